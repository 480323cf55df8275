import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refusal } from '../errors.ts'
import type { ServiceClient } from '../service/client.ts'
import { type Answer, askVerifier } from './buyer.ts'
import { expectVerdict } from './expect-verdict.ts'
import type { Workshop } from './fraud.ts'
import { attestationOf } from './genuine.ts'
import { type CommonRequest, issueItem, itemRequest } from './issue-items.ts'
import { facilityId } from './world.ts'

/** The worst statement of the pilot: children were found at work, and age checks failed. */
const WORST = { facility: 'msasa-mine', rulebook: 'child-labour' }

/**
 * The manufacturer leaves the worst statement out of a passport. Nobody can forbid that, so it is
 * issued and accepted; but unknown never helps: value and coverage must be lower.
 *
 * @param whole the verdict with everything in
 */
export async function leaveOut(
  { world, genuine, folder }: Workshop,
  client: ServiceClient,
  common: CommonRequest,
  whole: Answer,
): Promise<Answer> {
  const worst = attestationOf(genuine, facilityId(world, WORST.facility), WORST.rulebook)
  const attestations = common.attestations.filter((id) => id !== worst.id)
  const body = JSON.stringify(itemRequest(world, { ...common, attestations }, 0))
  const { location, battery } = await issueItem(client, body, randomUUID())
  const { body: presentation } = await client.get(`${location}/presentation`, 'application/vp')
  const file = join(folder, 'left-out.json')
  await writeFile(file, presentation)
  const answer = await askVerifier(world, { file, subject: battery })
  expectVerdict('the worst statement left out', answer, 'accepted', [])
  const [before, after] = [whole.verdict.score, answer.verdict.score]
  if (before !== null && after !== null) {
    if (after.value < before.value && after.coverage < before.coverage) return answer
  }
  throw refusal({
    what: 'Leaving a bad statement out has helped.',
    where: 'the score of the passport without it',
    expected: `a value below ${before?.value} and a coverage below ${before?.coverage}`,
    found: `value ${after?.value}, coverage ${after?.coverage}`,
  })
}

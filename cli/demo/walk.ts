import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Score } from '@battery-passport/contexts'
import { type Answer, askVerifier } from './buyer.ts'
import { expectVerdict } from './expect-verdict.ts'
import { exportResult } from './export-result.ts'
import type { Workshop } from './fraud.ts'
import { type Issued, issuePassports, withService } from './issue-passports.ts'
import { leaveOut } from './leave-out.ts'
import { missingList } from './missing-list.ts'
import { scoreLine } from './score-line.ts'
import { allFrauds, openWorkshop, showFrauds } from './show-frauds.ts'
import { signEverything } from './sign-everything.ts'
import type { World } from './world.ts'

/** What the demo has shown. */
export interface Demonstrated {
  readonly passports: number
  readonly frauds: number
  readonly score: Score
  /** The instant at which it was accepted, RFC 3339. */
  readonly at: string
}

/** Where the walk puts what is not the state of the pilot. */
export interface WalkFolders {
  /** Thrown away afterwards. */
  readonly frauds: string
  /** For other programs; null where nobody asked. */
  readonly exported: string | null
}

/** The whole mission once, in the order in which it happens. */
export async function walkDemo(world: World, folders: WalkFolders): Promise<Demonstrated> {
  await signEverything(world)
  return withService(world, async (service, token) => {
    const issued = await issuePassports(world, service, token)
    const { file, answer, score } = await accept(world, issued)
    const workshop = await openWorkshop(world, file, folders.frauds)
    const frauds = await refuse(workshop)
    await showLimits(workshop, issued, answer)
    if (folders.exported !== null) {
      const exported = { folder: folders.exported, presentation: file, answer }
      await world.board.step(
        () => exportResult(world, exported),
        () => 'the result written for other programs, and verified from there',
      )
    }
    return { passports: world.items + 1, frauds, score, at: answer.verdict.at }
  })
}

/** The buyer gets an item with its presentation, and asks the verifier. */
async function accept(world: World, { client, item }: Issued) {
  world.board.heading('The buyer')
  const { body } = await client.get(`${item.location}/presentation`, 'application/vp')
  const file = join(world.places.root, 'presentation.json')
  await writeFile(file, body)
  const answer = await world.board.step(
    async () => {
      const verified = await askVerifier(world, { file, subject: item.battery })
      expectVerdict('the passport of an item', verified, 'accepted', [])
      return verified
    },
    ({ verdict }) => `accepted: ${scoreLine(verdict.score)}`,
  )
  const { score } = answer.verdict
  if (score === null) throw new TypeError('an accepted verdict has a score')
  return { file, answer, score }
}

async function refuse(workshop: Workshop): Promise<number> {
  const { board } = workshop.world
  board.heading('Frauds')
  const frauds = await board.step(
    () => allFrauds(workshop),
    ({ length }) => `${length} frauds prepared with keys of the pilot`,
  )
  await showFrauds(workshop, frauds)
  return frauds.length
}

/** What is neither a fraud nor a success. */
async function showLimits(workshop: Workshop, { client, common }: Issued, whole: Answer) {
  const { board } = workshop.world
  board.heading('Neither refused nor better')
  await board.step(
    () => leaveOut(workshop, client, common, whole),
    ({ verdict }) => `accepted without the worst statement, but lower: ${scoreLine(verdict.score)}`,
  )
  await board.step(
    () => missingList(workshop),
    () => 'indeterminate: a status list is missing from the bundle\n          STATUS_UNREACHABLE',
  )
}

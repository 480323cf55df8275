import { join, relative } from 'node:path'
import { atMost } from '../at-most.ts'
import { accreditationFile } from './accredit-bodies.ts'
import { engagementForm } from './engagement-form.ts'
import type { PilotEngagement } from './pilot.ts'
import { pilotRows } from './pilot-rows.ts'
import { deskOptions, keyOptions } from './signing-options.ts'
import { AT_A_TIME, didOf, modelId, onlyParty, partiesOf, type World } from './world.ts'
import { writeJson } from './write-json.ts'

/** Every assurance body signs all it found, in one run of `attest` each. */
export async function attestEngagements(world: World): Promise<number> {
  const { pilot, places, calls } = world
  await atMost(AT_A_TIME, partiesOf(world, 'assurance-body'), async ({ key }) => {
    const own = pilot.engagements.filter(({ body }) => body === key)
    const batch = await writeBatch(world, key, own)
    const signer = [...keyOptions(world, key), ...deskOptions(world, key)]
    const accreditation = ['--accreditation', accreditationFile(world, key)]
    const out = ['--out', places.credentials('attestations', key)]
    await calls.must(['attest', ...signer, ...accreditation, '--batch', batch, ...out])
  })
  return pilot.engagements.length
}

/** The manifest of a body, with the engagements as its assessors would have written them. */
async function writeBatch(
  world: World,
  body: string,
  engagements: readonly PilotEngagement[],
): Promise<string> {
  const { pilot, places, now } = world
  const facts = {
    pilot,
    now: now(),
    didOf: (party: string) => didOf(world, party),
    model: modelId(world),
    manufacturer: onlyParty(world, 'manufacturer').key,
  }
  const batch = places.form('engagements', body, 'batch.json')
  const attestations: object[] = []
  for (const engagement of engagements) {
    const { subject, rulebook } = engagement
    const results = join(pilot.folder, 'results', subject, `${rulebook}.csv`)
    const name = `${subject}.${rulebook}.json`
    const form = engagementForm(engagement, await evidenceNamed(results), facts)
    await writeJson(places.form('engagements', body, name), form)
    attestations.push({
      engagement: name,
      results: relative(places.form('engagements', body), results),
      evidence: relative(places.form('engagements', body), join(pilot.folder, 'evidence', subject)),
    })
  }
  await writeJson(batch, { attestations })
  return batch
}

/** The evidence files that results name. */
async function evidenceNamed(results: string): Promise<ReadonlySet<string>> {
  const rows = await pilotRows(results)
  return new Set(rows.flatMap((row) => row.words('evidence')))
}

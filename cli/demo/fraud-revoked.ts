import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fraud, Workshop } from './fraud.ts'
import { attestationOf, presentationOf } from './genuine.ts'
import { keyOptions } from './signing-options.ts'
import { facilityId } from './world.ts'

/**
 * The assurance body withdraws a statement after the passport was issued, and the buyer has the new
 * list. It happens at a copy of the desk, so that the pilot stays as it is.
 */
export async function revokedFraud({ world, genuine, folder }: Workshop): Promise<Fraud> {
  const { calls, places } = world
  const attestation = attestationOf(genuine, facilityId(world, 'zwin-recycling'), 'circular-design')
  const body = 'pruefstein'
  const desk = join(folder, 'revoking-desk')
  const lists = join(folder, 'revoking-lists')
  await cp(places.desk(body), desk, { recursive: true })
  const signer = [...keyOptions(world, body), '--desk', desk]
  await calls.must(['revoke', ...signer, attestation.id, '--out', lists])
  return {
    title: 'revoked attestation: withdrawn since, as the newer list says',
    expected: [{ code: 'REVOKED', on: 'attestation' }],
    presentation: presentationOf(
      [genuine.passport, ...genuine.others].map(({ document }) => document),
    ),
    with: [lists],
  }
}

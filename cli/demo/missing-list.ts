import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isOfType } from '@battery-passport/verifier'
import { askVerifier } from './buyer.ts'
import { expectVerdict } from './expect-verdict.ts'
import type { Workshop } from './fraud.ts'
import { attestationOf, presentationOf } from './genuine.ts'
import { facilityId } from './world.ts'

/**
 * A status list is missing from the bundle: whether a statement was withdrawn cannot be said, and
 * that is neither yes nor no.
 */
export async function missingList({ world, genuine, folder }: Workshop): Promise<string> {
  const { passport, others } = genuine
  const cells = attestationOf(genuine, facilityId(world, 'puszta-cells'), 'greenhouse-gas')
  const missing = cells.credential.credentialStatus[0].statusListCredential
  const rest = others.filter(
    (each) => !isOfType(each, 'BitstringStatusListCredential') || each.id !== missing,
  )
  const file = join(folder, 'missing-list.json')
  await writeFile(file, presentationOf([passport, ...rest].map(({ document }) => document)))
  const answer = await askVerifier(world, { file })
  const expected = { code: 'STATUS_UNREACHABLE', on: 'attestation' } as const
  expectVerdict('a status list missing from the bundle', answer, 'indeterminate', [expected])
  return missing
}

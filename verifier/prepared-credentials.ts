import { decodeInput } from './decode.ts'
import { type Documents, indexDocuments } from './documents.ts'
import type { Finding } from './findings.ts'
import type { Limits } from './limits.ts'

/**
 * Credentials that were read and sorted once, to be added to many verifications: what the passports
 * of a series rest on. Nothing is verified yet.
 */
export interface PreparedCredentials {
  readonly documents: Documents
  /** What is wrong with the inputs themselves. */
  readonly findings: readonly Finding[]
}

/** Reads inputs, each a credential or a presentation; `/with/0` is the place of the first. */
export function prepareCredentials(
  inputs: readonly Uint8Array[],
  limits: Limits,
): PreparedCredentials {
  const decoded = inputs.map((bytes, index) => decodeInput(bytes, limits, `/with/${index}`))
  return Object.freeze({
    documents: indexDocuments(
      decoded.flatMap(({ documents }) => documents),
      limits,
    ),
    findings: decoded.flatMap(({ findings }) => findings),
  })
}

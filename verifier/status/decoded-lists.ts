import type { BoundedCache } from '@battery-passport/keys'
import { type BitstringResult, decodeBitstring, MAXIMUM_BYTES } from '../reading/bitstring.ts'
import type { StatusList } from '../reading/secured-credential.ts'

/** What the status lists of one verification may decode to together, in bytes. */
export const MAXIMUM_LIST_BYTES = 64 * MAXIMUM_BYTES

/** The status lists that were decoded in one verification. */
export interface DecodedLists {
  /** The bits of a list, or null: those that were decoded before leave no room for them. */
  bitsOf(list: StatusList): BitstringResult | null
}

/**
 * Decodes each list once in a verification, however many ask for it, and only so many: a
 * presentation has room for hundreds that hold a megabyte each, which neither time nor memory has.
 *
 * @param remembered lists of earlier verifications; they count as much as others
 */
export function decodedLists(remembered: BoundedCache<BitstringResult>): DecodedLists {
  const decoded = new Map<string, BitstringResult>()
  let total = 0
  return {
    bitsOf({ digestMultibase, credential }) {
      const known = decoded.get(digestMultibase)
      if (known !== undefined) return known
      if (total >= MAXIMUM_LIST_BYTES) return null
      const before = remembered.get(digestMultibase)
      const result = before ?? decodeBitstring(credential.credentialSubject.encodedList)
      // A refusal is remembered as well: a bomb is inflated as far as a list that is right.
      if (before === undefined) remembered.set(digestMultibase, result)
      decoded.set(digestMultibase, result)
      total += result.ok ? result.bits.length : MAXIMUM_BYTES
      return result
    },
  }
}

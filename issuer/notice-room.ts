import { MAXIMUM_NOTICES } from '@battery-passport/contexts'
import type { ProofForm } from '@battery-passport/keys'
import { LIMITS } from '@battery-passport/verifier'
import { encodeBitstring } from './bitstring.ts'
import { asNamed, type NamedNotice } from './status-lists.ts'

/** Room for the other members of a list, and for bits that are set later. */
const SPARE_BYTES = 6144

/**
 * Whether a list can name these notices: one that verifiers would not read would leave everything
 * in it open.
 */
export function canName(
  notices: readonly NamedNotice[],
  list: { readonly set: Iterable<number>; readonly entries?: number; readonly form: ProofForm },
): boolean {
  // A JWT is a third longer than what it envelopes.
  const most =
    list.form === 'vc+jwt' ? (LIMITS.envelopedCredentialBytes / 4) * 3 : LIMITS.credentialBytes
  const named = JSON.stringify(notices.map(asNamed)).length
  const bits = encodeBitstring(list.set, list.entries).length
  return notices.length <= MAXIMUM_NOTICES && named + bits + SPARE_BYTES <= most
}

import { checkRulebook } from './check-rulebook.ts'
import type { CheckedRulebook } from './checked.ts'
import { checkedDigest } from './checked-digest.ts'
import { DIGESTS_OF_SHIPPED_RULEBOOKS, SHIPPED_RULEBOOKS } from './generated/shipped.ts'
import type { Rulebook } from './rulebook.ts'

/** A rulebook that this package ships, and the digest of what it says. */
export interface ShippedRulebook {
  readonly digestMultibase: string
  readonly rulebook: CheckedRulebook
}

let shipped: readonly ShippedRulebook[] | undefined

/**
 * The rulebooks of this package. They were checked when they were written into it: one that still
 * has the digest of then is not checked again by every process that starts.
 */
export function shippedRulebooks(): readonly ShippedRulebook[] {
  shipped ??= Object.freeze(SHIPPED_RULEBOOKS.map(shippedRulebook))
  return shipped
}

/** @throws {Error} if the rulebook is not the one that was checked, and has faults */
export function shippedRulebook(document: Rulebook): ShippedRulebook {
  const unchanged = document as CheckedRulebook
  const digestMultibase = checkedDigest(unchanged)
  if (DIGESTS_OF_SHIPPED_RULEBOOKS.includes(digestMultibase)) {
    return Object.freeze({ digestMultibase, rulebook: unchanged })
  }
  const check = checkRulebook(document)
  if (!check.ok) throw new Error(`shipped rulebook: ${JSON.stringify(check.faults)}`)
  return Object.freeze({ digestMultibase, rulebook: check.rulebook })
}

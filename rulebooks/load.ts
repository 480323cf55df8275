import type { CheckedMethod, CheckedRulebook } from './checked.ts'
import { checkedDigest } from './checked-digest.ts'
import type { Method, Rulebook } from './rulebook.ts'

/** A rulebook in its place in a method. */
export interface LoadedRulebook {
  readonly rulebook: Rulebook
  readonly digestMultibase: string
  readonly weight: number
}

/** A method with the content of every rulebook it pins, in its order. */
export interface LoadedMethod {
  readonly method: Method
  readonly digestMultibase: string
  readonly rulebooks: readonly LoadedRulebook[]
}

/**
 * Puts a checked method and the rulebooks it pins together, by digest; `rulebooks` may hold more.
 * Throws a TypeError if one is missing: `checkMethod` reports that as a fault.
 */
export function loadMethod(
  method: CheckedMethod,
  rulebooks: readonly CheckedRulebook[],
): LoadedMethod {
  const byDigest = new Map(rulebooks.map((rulebook) => [checkedDigest(rulebook), rulebook]))
  return Object.freeze({
    method,
    digestMultibase: checkedDigest(method),
    rulebooks: Object.freeze(
      method.rulebooks.map(({ key, digestMultibase, weight }) => {
        const rulebook = byDigest.get(digestMultibase)
        if (rulebook === undefined) {
          throw new TypeError(`loadMethod: rulebook ${key} (${digestMultibase}) is not given`)
        }
        return Object.freeze({ rulebook, digestMultibase, weight })
      }),
    ),
  })
}

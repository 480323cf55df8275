import { duplicateFaults } from './check-duplicates.ts'
import { gradeFaults } from './check-grades.ts'
import { headerFaults } from './check-header.ts'
import { readShape } from './check-shape.ts'
import { chemistryFaults } from './check-stages.ts'
import { sumFaults } from './check-sum.ts'
import type { CheckedMethod, CheckedRulebook } from './checked.ts'
import { checkedDigest } from './checked-digest.ts'
import type { Fault } from './fault.ts'
import { frozenCopy } from './freeze.ts'
import * as validators from './generated/typed-validators.ts'
import type { Method } from './rulebook.ts'

/** A method that can be relied on, or everything that is wrong with it. */
export type MethodCheck =
  | { readonly ok: true; readonly method: CheckedMethod }
  | { readonly ok: false; readonly faults: readonly [Fault, ...Fault[]] }

/**
 * Parses a method: a frozen copy of it, or every fault it has. `rulebooks` are the documents its
 * digests may name; there may be more of them.
 */
export function checkMethod(document: unknown, rulebooks: readonly CheckedRulebook[]): MethodCheck {
  const shaped = readShape(validators.Method, 'Method', document)
  if (!shaped.ok) return shaped
  const copy = frozenCopy(shaped.value)
  const [semantic, ...others] = methodFaults(copy, rulebooks)
  if (semantic !== undefined) return { ok: false, faults: [semantic, ...others] }
  return { ok: true, method: copy as CheckedMethod }
}

function methodFaults(method: Method, given: readonly CheckedRulebook[]): Fault[] {
  const byDigest = new Map(given.map((rulebook) => [checkedDigest(rulebook), rulebook]))
  const found = method.rulebooks.map(({ digestMultibase }) => byDigest.get(digestMultibase))
  const pinned = found.flatMap((rulebook) => (rulebook === undefined ? [] : [rulebook]))
  return [
    ...headerFaults(method),
    ...duplicateFaults(
      method.rulebooks.map(({ key }) => key),
      'rulebook',
      (index) => `/rulebooks/${index}/key`,
    ),
    ...method.rulebooks.flatMap((entry, index) =>
      pinFaults(entry, found[index], given, `/rulebooks/${index}`),
    ),
    ...sumFaults(
      '/rulebooks',
      'the rulebooks',
      method.rulebooks.map(({ weight }) => weight),
    ),
    ...sumFaults('/pillars', 'the pillars', Object.values(method.pillars)),
    ...chemistryFaults(method, pinned),
    ...gradeFaults(method),
  ]
}

/** A digest whose content is not given, or is another rulebook or version than the entry says. */
function pinFaults(
  entry: Method['rulebooks'][number],
  rulebook: CheckedRulebook | undefined,
  given: readonly CheckedRulebook[],
  pointer: string,
): Fault[] {
  if (rulebook === undefined) {
    const same = given.find(({ key, version }) => key === entry.key && version === entry.version)
    return [
      {
        pointer: `${pointer}/digestMultibase`,
        expected:
          same === undefined
            ? 'the digest of a rulebook that is given'
            : `${checkedDigest(same)}, the digest of the given ${same.key} ${same.version}`,
        found: entry.digestMultibase,
        detail: 'The method pins its rulebooks by the digest of their canonical JSON (RFC 8785).',
        remedy:
          'Give the rulebook the method was made for (--rulebooks DIR), or pin the one that is given.',
      },
    ]
  }
  return (['key', 'version'] as const).flatMap((property) =>
    rulebook[property] === entry[property]
      ? []
      : [
          {
            pointer: `${pointer}/${property}`,
            expected: rulebook[property],
            found: entry[property],
            detail: `The rulebook with this digest has another ${property}.`,
            remedy: `Name the ${property} of the rulebook that is pinned, or pin another.`,
          },
        ],
  )
}

import { SCOPE_DIMENSIONS, type ScopeLists } from './scope-lists.ts'

/** Of one dimension: which entries of a scope, by their places, grant a value. */
interface Granting {
  readonly of: (lists: ScopeLists) => readonly string[]
  readonly byValue: ReadonlyMap<string, ReadonlySet<number>>
  /** Those that grant every value. */
  readonly any: ReadonlySet<number>
}

/**
 * In how many dimensions each entry of a scope does not grant what is asked for. Values are looked
 * up: who signs an accreditation and many attestations could otherwise have thousands of activities
 * compared with thousands of values each.
 */
export function missingDimensions(
  asked: ScopeLists,
  scope: readonly ScopeLists[],
): readonly number[] {
  const dimensions = indexOf(scope).map(({ of, byValue, any }) => {
    const granting = of(asked).map((value) => byValue.get(value) ?? NO_ENTRY)
    return { any, granting }
  })
  return scope.map((_, entry) => {
    const isMissing = ({ any, granting }: (typeof dimensions)[number]) =>
      !any.has(entry) && granting.some((entries) => !entries.has(entry))
    return dimensions.filter(isMissing).length
  })
}

const NO_ENTRY: ReadonlySet<number> = new Set()

/** One accreditation is compared with every activity of all that rests on it. */
const indexes = new WeakMap<readonly ScopeLists[], readonly Granting[]>()

function indexOf(scope: readonly ScopeLists[]): readonly Granting[] {
  const known = indexes.get(scope)
  if (known !== undefined) return known
  const index = SCOPE_DIMENSIONS.map(({ of }) => grantingOf(scope, of))
  indexes.set(scope, index)
  return index
}

function grantingOf(scope: readonly ScopeLists[], of: Granting['of']): Granting {
  const byValue = new Map<string, Set<number>>()
  const any = new Set<number>()
  for (const [entry, lists] of scope.entries()) {
    for (const value of of(lists)) {
      const entries = value === '*' ? any : byValue.get(value)
      if (entries === undefined) byValue.set(value, new Set([entry]))
      else entries.add(entry)
    }
  }
  return { of, byValue, any }
}

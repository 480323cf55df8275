import type { SupplyChainRow } from '@battery-passport/contexts'
import type { Method } from '@battery-passport/rulebooks'
import type { Complaint } from '../errors.ts'
import { type Misplaced, misplaced } from './misplaced.ts'
import { vocabularyOf } from './stage-vocabulary.ts'

/**
 * Rows of a stage or material to which the method gives no weight, each stage and material once:
 * they may stand in a passport and count for nothing, which a mistyped one must not do unnoticed.
 *
 * @param place names a member of the row with an index
 */
export function rowWarnings(
  { key, version, chemistries }: Method,
  {
    chemistry,
    supplyChain,
  }: { readonly chemistry: string; readonly supplyChain: readonly SupplyChainRow[] },
  place: (index: number, member: Misplaced['member']) => string,
): readonly Complaint[] {
  // A chemistry that the method does not know is refused, whatever the rows.
  if (!Object.hasOwn(chemistries, chemistry)) return []
  const vocabulary = vocabularyOf(chemistries[chemistry]?.stages ?? [])
  const first = new Map<string, { readonly index: number; more: number }>()
  for (const [index, { stage, material = '' }] of supplyChain.entries()) {
    const known = first.get(`${stage} ${material}`)
    if (known === undefined) first.set(`${stage} ${material}`, { index, more: 0 })
    else known.more += 1
  }
  return [...first.values()].flatMap(({ index, more }) => {
    const row = supplyChain[index]
    const fault = row === undefined ? null : misplaced(vocabulary, row)
    if (row === undefined || fault === null) return []
    const { member, expected, found, meant } = fault
    const rows = more === 0 ? '' : ` and ${more === 1 ? '1 more row' : `${more} more rows`}`
    return [
      {
        what: `A row does not count: method ${key} ${version} gives ${siteName(row)} no weight for ${chemistry}.`,
        where: `${place(index, member)}${rows}`,
        expected,
        found,
        remedy:
          meant === undefined
            ? 'Correct it if it is a mistake. As it is, the row stays and counts for nothing.'
            : `Did you mean "${meant}"? As it is, the row stays and counts for nothing.`,
      },
    ]
  })
}

function siteName({ stage, material }: SupplyChainRow): string {
  return material === undefined ? `${stage} without a material` : `${stage} of ${material}`
}

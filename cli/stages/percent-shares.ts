import type { SupplyChainRow } from '@battery-passport/contexts'
import type { Complaint } from '../errors.ts'

/** The whole in basis points, as somebody would write it who thinks in percent. */
const WHOLE_IN_PERCENT = 100

/**
 * Stages and materials whose shares sum to exactly one percent: likely percentages that were written
 * without their sign, by which nearly everything would count as unknown.
 *
 * @param place names a member of the row with an index
 */
export function percentShares(
  supplyChain: readonly Pick<SupplyChainRow, 'stage' | 'material' | 'share'>[],
  place: (index: number, member: 'share') => string,
): readonly Complaint[] {
  const sites = new Map<string, { readonly first: number; sum: number }>()
  for (const [index, { stage, material, share }] of supplyChain.entries()) {
    const site = material === undefined ? stage : `${stage} of ${material}`
    const known = sites.get(site)
    if (known === undefined) sites.set(site, { first: index, sum: share })
    else known.sum += share
  }
  return [...sites].flatMap(([site, { first, sum }]) => {
    if (sum !== WHOLE_IN_PERCENT) return []
    return [
      {
        what: `The shares of ${site} sum to one percent.`,
        where: place(first, 'share'),
        expected: 'basis points, 10000 for the whole',
        found: `${WHOLE_IN_PERCENT} basis points`,
        remedy: 'If percent are meant, multiply them by 100; in a table a percent sign will do.',
      },
    ]
  })
}

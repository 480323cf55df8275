import type { SupplyChainRow } from '@battery-passport/contexts'
import type { Fault } from './fault.ts'
import { siteKey } from './site-key.ts'

/** The whole of a (stage, material), in basis points. */
export const WHOLE_SHARE = 10000

/**
 * Every row that makes the shares of a (stage, material) impossible: the same facility twice, or a
 * sum above 10000. Pointers are from the array of rows. Rows outside the method are held to it too.
 */
export function checkShares(rows: readonly SupplyChainRow[]): Fault[] {
  const faults: Fault[] = []
  const sums = new Map<string, number>()
  const seen = new Map<string, number>()
  for (const [index, { facility, stage, material, share }] of rows.entries()) {
    const site = siteKey(stage, material)
    const place = `stage ${stage}${material === undefined ? '' : `, material ${material}`}`
    const first = seen.get(`${site} ${facility}`)
    if (first !== undefined) {
      faults.push({
        pointer: `/${index}/facility`,
        expected: 'a facility that is listed once in a stage and material',
        found: facility,
        detail: `The facility is already in row ${first} of ${place}.`,
        remedy: 'Merge the two rows into one with the sum of their shares.',
      })
    } else seen.set(`${site} ${facility}`, index)
    const before = sums.get(site) ?? 0
    sums.set(site, before + share)
    if (before <= WHOLE_SHARE && before + share > WHOLE_SHARE) {
      faults.push({
        pointer: `/${index}/share`,
        expected: `at most ${WHOLE_SHARE - before}, so that the shares sum to at most ${WHOLE_SHARE}`,
        found: String(share),
        detail: `From this row on, the shares of ${place} sum to more than ${WHOLE_SHARE} basis points.`,
        remedy: 'State each share in basis points of the stage and material, 10000 for the whole.',
      })
    }
  }
  return faults
}

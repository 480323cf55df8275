import type { CoveredRow, Custody } from '@battery-passport/verifier'
import { percent } from './figures.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'

/** What assures each row of the supply chain, one line each. */
export function coveredShares(rows: readonly CoveredRow<Custody>[]): string {
  return rows
    .map(({ row, level, by }) => {
      const { facility, stage, material, share, custodyModel } = row
      const what = material === undefined ? stage : `${stage} of ${material}`
      const who = by === null ? 'the word of the manufacturer alone' : `${level}, by ${by.id}`
      return wrap(
        plain(`${what}, ${percent(share)} ${custodyModel} from ${facility}: ${who}`),
        '  ',
      )
    })
    .join('\n')
}

import type { Result } from '@battery-passport/contexts'

/** An answer in a few words, as the assurance body gave it; null where it gave none. */
export function answerText(result: Result): string | null {
  switch (result.answer) {
    case 'assessed': {
      const { value, unit, uncertainty } = result
      const doubt = uncertainty === undefined ? '' : ` ± ${uncertainty}`
      return `${value}${doubt}${unit === undefined ? '' : ` ${unit}`}`
    }
    case 'not-applicable':
      return `not applicable (${result.condition})`
    case 'not-assessed':
      return null
    case 'equivalent':
      return `the equivalent ${result.standard}, ${result.edition}`
  }
}

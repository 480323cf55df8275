import type { Score } from '@battery-passport/contexts'
import type { Finding, PassportImpact, PassportVerdict } from '@battery-passport/verifier'
import type { Place } from './corpus.ts'

/** A verdict without its chain, and with the codes of what stands in its way. */
interface VerdictEntry {
  readonly outcome: PassportVerdict['outcome']
  readonly score: Score | null
  readonly codes: readonly string[]
}

/** What a withdrawal means for one passport, as `--json` prints it. */
export type ImpactEntry = Place &
  Pick<PassportImpact, 'battery' | 'effect' | 'restsOnIt' | 'change' | 'rescored'> & {
    readonly before: VerdictEntry
    readonly after: VerdictEntry
    readonly because: readonly Finding[]
  }

/** The answer to one passport, without what the verdicts have in common with `verify`. */
export function impactEntry(place: Place, impact: PassportImpact): ImpactEntry {
  const { battery, effect, restsOnIt, before, after, because, change, rescored } = impact
  return {
    ...place,
    battery,
    effect,
    restsOnIt,
    before: verdictEntry(before),
    after: verdictEntry(after),
    change,
    rescored,
    because,
  }
}

function verdictEntry({ outcome, score, findings }: PassportVerdict): VerdictEntry {
  const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return { outcome, score, codes: [...new Set(grave.map(({ code }) => code))] }
}

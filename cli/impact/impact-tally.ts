import type { Finding, ImpactEffect, PassportImpact } from '@battery-passport/verifier'

/** Why passports fall or change: a code with its first finding, and how many passports have it. */
export interface Reason {
  readonly finding: Finding
  readonly passports: number
}

/** What a withdrawal does to a corpus, in numbers. A class, since it grows with the corpus. */
export class ImpactTally {
  readonly effects: Record<ImpactEffect, number> = {
    falls: 0,
    changes: 0,
    untouched: 0,
    'not-accepted': 0,
  }
  /** Of those not accepted, the ones of which something could not be checked. */
  undecided = 0
  /** The untouched that rest on it all the same. */
  unmoved = 0
  /** Those that rest on it, whatever becomes of them. */
  resting = 0
  private readonly counts = new Map<string, Reason>()

  add({ effect, before, because, restsOnIt }: PassportImpact): void {
    this.effects[effect]++
    if (restsOnIt) this.resting++
    if (before.outcome === 'indeterminate') this.undecided++
    if (effect === 'untouched' && restsOnIt) this.unmoved++
    if (effect !== 'falls' && effect !== 'changes') return
    const isReason = ({ severity }: Finding) =>
      effect === 'falls' ? severity === 'error' || severity === 'unknown' : severity === 'warning'
    const codes = new Map<string, Finding>()
    for (const each of because) {
      if (isReason(each) && !codes.has(each.code)) codes.set(each.code, each)
    }
    for (const [code, finding] of codes) this.count(`${finding.severity} ${code}`, finding)
  }

  get passports(): number {
    return Object.values(this.effects).reduce((sum, count) => sum + count, 0)
  }

  /** The most frequent first. */
  get reasons(): readonly Reason[] {
    return [...this.counts.values()].sort((a, b) => b.passports - a.passports)
  }

  private count(key: string, finding: Finding): void {
    const known = this.counts.get(key)
    this.counts.set(key, {
      finding: known?.finding ?? finding,
      passports: (known?.passports ?? 0) + 1,
    })
  }
}

import type { DeliveryAnswer, FindingCode, Severity } from '@battery-passport/verifier'

/** A battery of the delivery, and the lines that name it. */
export interface NamedItem {
  readonly id: string
  readonly lines: readonly number[]
}

/** How a delivery differs from its list. */
export interface ListDifference {
  /** On the list, but in no passport of the delivery. */
  readonly missing: readonly string[]
  /** In a passport, but not on the list. */
  readonly unexpected: readonly NamedItem[]
}

/** How many lines had a finding of a code, at its worst of a severity. */
export interface CodeCount {
  readonly severity: Severity
  readonly code: FindingCode
  readonly lines: number
}

const OUTCOMES = ['accepted', 'rejected', 'indeterminate'] as const
type Outcome = (typeof OUTCOMES)[number]

/**
 * Counts the answers of a delivery. Of each line nothing is kept but the battery it names. A class,
 * since it grows with the delivery.
 */
export class DeliveryTally {
  readonly outcomes: Record<Outcome, number> = { accepted: 0, rejected: 0, indeterminate: 0 }
  private readonly counts = new Map<string, CodeCount>()
  /** The first line of each battery. */
  private readonly first = new Map<string, number>()
  /** Every line of those with several. */
  private readonly several = new Map<string, number[]>()

  /** Counts the answer for the next line. */
  add({ outcome, codes, battery }: DeliveryAnswer): void {
    this.outcomes[outcome]++
    for (const { code, severity } of codes) {
      const key = `${severity} ${code}`
      this.counts.set(key, { code, severity, lines: (this.counts.get(key)?.lines ?? 0) + 1 })
    }
    if (battery !== null) this.name(battery, this.lines)
  }

  /** How many lines were counted. */
  get lines(): number {
    return OUTCOMES.reduce((sum, outcome) => sum + this.outcomes[outcome], 0)
  }

  get codes(): readonly CodeCount[] {
    return [...this.counts.values()]
  }

  /** Batteries that several lines name. */
  get repeated(): readonly NamedItem[] {
    return [...this.several].map(([id, lines]) => ({ id, lines }))
  }

  /** How many different batteries the lines name. */
  get batteries(): number {
    return this.first.size
  }

  /** The batteries that are not on the list, and those that are but did not come. */
  differenceFrom(ids: ReadonlySet<string>): ListDifference {
    const unexpected = [...this.first]
      .filter(([id]) => !ids.has(id))
      .map(([id, line]) => ({ id, lines: this.several.get(id) ?? [line] }))
    return { missing: [...ids].filter((id) => !this.first.has(id)), unexpected }
  }

  private name(battery: string, line: number): void {
    const first = this.first.get(battery)
    if (first === undefined) {
      this.first.set(battery, line)
      return
    }
    const lines = this.several.get(battery)
    if (lines === undefined) this.several.set(battery, [first, line])
    else lines.push(line)
  }
}

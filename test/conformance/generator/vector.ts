/** What a vector sends to a verifier besides the policy, byte for byte. */
export interface Sent {
  readonly input: Uint8Array | string
  /** The name of the file, default `input.json`. */
  readonly as?: 'input.json' | 'input.jwt' | 'input.bin'
  /** More credentials, by the names of their files. */
  readonly with?: Readonly<Record<string, Uint8Array | string>>
  /** Members put over those of the honest policy; `undefined` removes one. */
  readonly policy?: Readonly<Record<string, unknown>>
  /** The instant to judge at; default `AT`. */
  readonly at?: string
  readonly expectSubject?: string
  readonly expectIssuer?: string
}

/** What must be read from an acceptance, besides that it is one. */
export interface ExpectedScore {
  readonly value: number
  readonly upper: number
  readonly coverage: number
}

/** One case: what is sent, and the only answer that is right. */
export interface Vector {
  readonly name: string
  readonly outcome: 'accepted' | 'rejected' | 'indeterminate'
  /** Every code of an error or an unknown, and no other. */
  readonly codes: readonly string[]
  /** Codes of warnings and notes that must be among the findings. */
  readonly also: readonly string[]
  /** The score where it is another than the passport claims. */
  readonly score?: ExpectedScore
  /** The accepted vector, `family/name`, that this would be but for one thing. */
  readonly siblingOf?: string
  readonly why: string
  readonly sent: Sent
}

type Making = Sent | Promise<Sent>

type Refusing = (
  name: string,
  codes: string | readonly string[],
  why: string,
  sent: Making,
  also?: readonly string[],
) => Promise<void>

/** Takes the vectors of a family in their order. */
export interface Collector {
  /** Nothing stands against it. */
  readonly accepted: (
    name: string,
    why: string,
    sent: Making,
    also?: readonly string[],
    score?: ExpectedScore,
  ) => Promise<void>
  /** Something stands against it. */
  readonly rejected: Refusing
  /** Nothing stands against it, and something could not be checked. */
  readonly open: Refusing
  /** What follows differs from an accepted vector of another family. */
  readonly beside: (accepted: string) => void
}

/** A collector; what is not accepted is a sibling of the last accepted vector before it. */
export function collector(family: string): Collector & { readonly vectors: readonly Vector[] } {
  const vectors: Vector[] = []
  let sibling: string | undefined
  const refused =
    (outcome: 'rejected' | 'indeterminate'): Refusing =>
    async (name, codes, why, sent, also = []) => {
      const sorted = (typeof codes === 'string' ? [codes] : [...codes]).sort()
      const siblingOf = sibling === undefined ? {} : { siblingOf: sibling }
      vectors.push({ name, outcome, codes: sorted, also, ...siblingOf, why, sent: await sent })
    }
  return {
    vectors,
    async accepted(name, why, sent, also = [], score) {
      const scored = score === undefined ? {} : { score }
      const outcome = 'accepted'
      vectors.push({ name, outcome, codes: [], also, ...scored, why, sent: await sent })
      sibling = `${family}/${name}`
    },
    rejected: refused('rejected'),
    open: refused('indeterminate'),
    beside(accepted) {
      sibling = accepted
    },
  }
}

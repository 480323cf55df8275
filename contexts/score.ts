import { type Static, Type } from '@sinclair/typebox'
import { RulebookReference } from './attestation.ts'
import { CATEGORIES, GRANULARITIES, RULEBOOK_STATUSES } from './names.ts'
import { AssuranceLevel, BasisPoints, closed, Day, IndicatorId, oneOf, Text } from './values.ts'

/** The battery category (Regulation (EU) 2023/1542 Article 3). */
export const Category = oneOf(CATEGORIES)

/** The cathode chemistry; the method knows which it can score. */
export const Chemistry = Type.String({ pattern: '^[A-Z][A-Z0-9-]{1,15}$' })

/** Worst and best case over everything unknown, in basis points. */
export const Interval = Type.Object({ value: BasisPoints, upper: BasisPoints }, closed)
export type Interval = Static<typeof Interval>

/** How much of the score rests on which level of assurance, in basis points. */
export const AssuranceMix = Type.Object(
  { reasonable: BasisPoints, limited: BasisPoints, none: BasisPoints },
  closed,
)
export type AssuranceMix = Static<typeof AssuranceMix>

const Gates = Type.Array(IndicatorId, { maxItems: 256, uniqueItems: true })

/** One rulebook's line of the score. */
export const RulebookScore = Type.Object(
  {
    key: RulebookReference.properties.key,
    version: RulebookReference.properties.version,
    digestMultibase: RulebookReference.properties.digestMultibase,
    value: BasisPoints,
    upper: BasisPoints,
    coverage: BasisPoints,
    notApplicable: BasisPoints,
    assuranceMix: AssuranceMix,
    capped: Gates,
    mayBeCapped: Gates,
  },
  closed,
)
export type RulebookScore = Static<typeof RulebookScore>

/** The claim that every verifier recomputes; it always carries its context. */
export const Score = Type.Object(
  {
    method: RulebookReference,
    scope: Type.Object(
      {
        granularity: oneOf(GRANULARITIES),
        category: Category,
        chemistry: Chemistry,
        periodFrom: Day,
        periodUntil: Day,
        rulebookStatus: oneOf(RULEBOOK_STATUSES),
      },
      closed,
    ),
    value: BasisPoints,
    upper: BasisPoints,
    grade: Text,
    coverage: BasisPoints,
    notApplicable: BasisPoints,
    shareAssurance: AssuranceLevel,
    assuranceMix: AssuranceMix,
    baseline: Type.Object({ met: BasisPoints, notMet: BasisPoints }, closed),
    pillars: Type.Object({ environment: Interval, social: Interval, governance: Interval }, closed),
    rulebooks: Type.Array(RulebookScore, { minItems: 1, maxItems: 64 }),
  },
  closed,
)
export type Score = Static<typeof Score>

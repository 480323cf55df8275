import {
  AssuranceLevel,
  BasisPoints,
  CUSTODY_MODELS,
  closed,
  Day,
  DecimalString,
  DigestMultibase,
  exactly,
  IndicatorId,
  Key,
  oneOf,
  RULEBOOK_STATUSES,
  Text,
  Version,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'

/** The three pillars of an ESG score. */
export const PILLARS = ['environment', 'social', 'governance'] as const
export type Pillar = (typeof PILLARS)[number]

/** The stage that stands for the battery itself; its one subject has share 10000. */
export const PRODUCT_STAGE = 'product'

const Points = Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }), BasisPoints)

/** A quantity's worth: bands ordered upwards, `below` exclusive, the last one open. */
const Bands = Type.Array(
  Type.Object({ below: Type.Optional(DecimalString), points: BasisPoints }, closed),
  { minItems: 2, maxItems: 64 },
)

/** Zero tolerance: while `when` holds, the rulebook's value is at most `cap`. */
const Gate = Type.Object(
  {
    when: Type.Unsafe<readonly string[] | { readonly atLeast: string }>({
      oneOf: [
        Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 64 }),
        Type.Object({ atLeast: DecimalString }, closed),
      ],
    }),
    cap: BasisPoints,
    level: oneOf(['facility', 'product']),
  },
  closed,
)
export type Gate = Static<typeof Gate>

/** A recognised standard whose certificate stands in for an assessment. */
const Equivalence = Type.Object(
  {
    standard: Text,
    editions: Type.Array(Text, { minItems: 1, maxItems: 16 }),
    points: BasisPoints,
    minimumLevel: AssuranceLevel,
  },
  closed,
)

/** One question a rulebook asks, what each answer is worth, and the norm it rests on. */
export const Indicator = Type.Object(
  {
    id: IndicatorId,
    pillar: oneOf(PILLARS),
    tier: oneOf(['baseline', 'leading']),
    text: Text,
    basis: Type.Array(Type.Object({ norm: Text, clause: Text }, closed), {
      minItems: 1,
      maxItems: 16,
    }),
    kind: oneOf(['boolean', 'choice', 'quantity', 'maturity']),
    unit: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$', maxLength: 64 })),
    stages: Type.Array(Key, { minItems: 1, maxItems: 32, uniqueItems: true }),
    materials: Type.Optional(Type.Array(Key, { minItems: 1, maxItems: 64, uniqueItems: true })),
    level: oneOf(['facility', 'product']),
    weight: Type.Integer({ minimum: 1, maximum: 10000 }),
    points: Type.Unsafe<Static<typeof Points> | Static<typeof Bands>>({ oneOf: [Points, Bands] }),
    minimumAssurance: AssuranceLevel,
    evidenceRequired: Type.Boolean(),
    notApplicableWhen: Type.Array(Key, { maxItems: 16, uniqueItems: true }),
    gate: Type.Optional(Gate),
    equivalences: Type.Optional(Type.Array(Equivalence, { minItems: 1, maxItems: 16 })),
    topic: Key,
  },
  closed,
)
export type Indicator = Static<typeof Indicator>

const header = {
  key: Key,
  version: Version,
  title: Text,
  status: oneOf(RULEBOOK_STATUSES),
  owner: Text,
  disclaimer: Text,
  validFrom: Day,
  validUntil: Day,
  supersedes: Type.Optional(DigestMultibase),
}

/** A rulebook as data: versioned, pinned by the digest of its JCS bytes, replaceable without code. */
export const Rulebook = Type.Object(
  {
    ...header,
    subjectTypes: Type.Array(oneOf(['Facility', 'Battery']), {
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
    }),
    stageWeights: Type.Record(Key, BasisPoints),
    minimumPeriodMonths: Type.Integer({ minimum: 1, maximum: 120 }),
    maximumValidityMonths: Type.Integer({ minimum: 1, maximum: 120 }),
    indicators: Type.Array(Indicator, { minItems: 1, maxItems: 256 }),
  },
  { ...closed, title: 'Rulebook' },
)
export type Rulebook = Static<typeof Rulebook>

/** The stages of one chemistry's supply chain, each with its materials or `none`. */
const MethodStage = Type.Object(
  {
    key: Key,
    materials: Type.Unsafe<'none' | readonly { readonly key: string; readonly weight: number }[]>({
      oneOf: [
        exactly('none'),
        Type.Array(
          Type.Object({ key: Key, weight: Type.Integer({ minimum: 1, maximum: 10000 }) }, closed),
          { minItems: 1, maxItems: 64 },
        ),
      ],
    }),
  },
  closed,
)

/** How seven rulebooks become one score: it owns the denominator, and pins every rulebook by digest. */
export const Method = Type.Object(
  {
    ...header,
    rulebooks: Type.Array(
      Type.Object(
        {
          key: Key,
          version: Version,
          digestMultibase: DigestMultibase,
          weight: Type.Integer({ minimum: 1, maximum: 10000 }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 64 },
    ),
    pillars: Type.Object(
      { environment: BasisPoints, social: BasisPoints, governance: BasisPoints },
      closed,
    ),
    chemistries: Type.Record(
      Type.String({ pattern: '^[A-Z][A-Z0-9-]{1,15}$' }),
      Type.Object({ stages: Type.Array(MethodStage, { minItems: 1, maxItems: 32 }) }, closed),
    ),
    gradeBands: Type.Array(Type.Object({ from: BasisPoints, grade: Text }, closed), {
      minItems: 1,
      maxItems: 16,
    }),
    gradeCapIfBaselineNotMet: Type.Optional(Text),
    deMinimis: BasisPoints,
    custodyModels: Type.Array(oneOf(CUSTODY_MODELS), {
      minItems: 1,
      maxItems: 5,
      uniqueItems: true,
    }),
    maximumPeriodSpreadMonths: Type.Integer({ minimum: 0, maximum: 120 }),
    maximumPeriodAgeMonths: Type.Integer({ minimum: 1, maximum: 120 }),
    facilityIdScheme: oneOf(['sgln', 'register-url', 'did']),
  },
  { ...closed, title: 'Method' },
)
export type Method = Static<typeof Method>

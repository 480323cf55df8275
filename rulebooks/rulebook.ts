import {
  AssuranceLevel,
  BasisPoints,
  Chemistry,
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
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { PILLARS } from './pillars.ts'

/** Two forms told apart by being an array, so that a fault names the form that was meant. */
function arrayOr<const A extends TSchema, const B extends TSchema>(array: A, other: B) {
  return Type.Unsafe<Static<A> | Static<B>>({
    if: { type: 'array' },
    // biome-ignore lint/suspicious/noThenProperty: `then` is the JSON Schema keyword
    then: array,
    else: other,
  })
}

/** What each answer of a boolean, choice or maturity is worth. */
const Points = Type.Record(Key, BasisPoints, { ...closed, minProperties: 2, maxProperties: 64 })

/** A quantity's worth: bands ordered upwards, `below` exclusive, the last one open. */
const Bands = Type.Array(
  Type.Object({ below: Type.Optional(DecimalString), points: BasisPoints }, closed),
  { minItems: 2, maxItems: 64 },
)

/** Zero tolerance: while `when` holds, the facility's or the battery's worth is at most `cap`. */
const Gate = Type.Object(
  {
    when: arrayOr(
      Type.Array(Key, { minItems: 1, maxItems: 64, uniqueItems: true }),
      Type.Object({ atLeast: DecimalString }, closed),
    ),
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
    points: arrayOr(Bands, Points),
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
    stageWeights: Type.Record(Key, BasisPoints, { ...closed, minProperties: 1, maxProperties: 33 }),
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
    materials: arrayOr(
      Type.Array(
        Type.Object({ key: Key, weight: Type.Integer({ minimum: 1, maximum: 10000 }) }, closed),
        { minItems: 1, maxItems: 64 },
      ),
      exactly('none'),
    ),
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
      Chemistry,
      Type.Object({ stages: Type.Array(MethodStage, { minItems: 1, maxItems: 32 }) }, closed),
      { ...closed, minProperties: 1, maxProperties: 64 },
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

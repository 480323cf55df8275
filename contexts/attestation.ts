import { type Static, Type } from '@sinclair/typebox'
import { EngagementType } from './accreditation.ts'
import { credential, EvidenceFile, IndicatorIds, referenceTo } from './credential.ts'
import { CONCLUSIONS } from './names.ts'
import {
  AssuranceLevel,
  Country,
  closed,
  Day,
  DecimalString,
  Did,
  DigestMultibase,
  exactly,
  IndicatorId,
  Key,
  Lei,
  oneOf,
  Text,
  taggedUnion,
  Uri,
  Version,
} from './values.ts'

/** Pins the criteria of the engagement by content. */
export const RulebookReference = Type.Object(
  { key: Key, version: Version, digestMultibase: DigestMultibase },
  closed,
)
export type RulebookReference = Static<typeof RulebookReference>

/** What a facility does: a stage and, unless the stage has no materials, a material. */
export const Activity = Type.Object({ stage: Key, material: Type.Optional(Key) }, closed)
export type Activity = Static<typeof Activity>

/** Two calendar days, both inside. */
export const DayRange = Type.Object({ from: Day, until: Day }, closed)
export type DayRange = Static<typeof DayRange>

/** How much of the facility's relevant output the engagement looked at. */
export const Boundary = taggedUnion('kind', [
  Type.Object({ kind: exactly('whole') }, closed),
  Type.Object(
    {
      kind: exactly('partial'),
      coveredShare: Type.Integer({ minimum: 1, maximum: 9999 }),
      excluded: Text,
    },
    closed,
  ),
])
export type Boundary = Static<typeof Boundary>

const EvidenceIds = Type.Array(Type.String({ pattern: '^urn:uuid:[0-9a-f-]{36}$' }), {
  minItems: 1,
  maxItems: 256,
  uniqueItems: true,
})

/** One indicator's answer. Not assessed, not applicable and assessed are different things. */
export const Result = taggedUnion('answer', [
  Type.Object(
    {
      indicator: IndicatorId,
      answer: exactly('assessed'),
      value: Type.String({ pattern: '^[\\x21-\\x7e]+$', maxLength: 64 }),
      unit: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$', maxLength: 64 })),
      uncertainty: Type.Optional(DecimalString),
      assuranceLevel: AssuranceLevel,
      evidenceIds: Type.Optional(EvidenceIds),
    },
    closed,
  ),
  Type.Object(
    {
      indicator: IndicatorId,
      answer: exactly('not-applicable'),
      condition: Key,
      assuranceLevel: AssuranceLevel,
      evidenceIds: Type.Optional(EvidenceIds),
    },
    closed,
  ),
  Type.Object({ indicator: IndicatorId, answer: exactly('not-assessed') }, closed),
  Type.Object(
    {
      indicator: IndicatorId,
      answer: exactly('equivalent'),
      standard: Text,
      edition: Text,
      assuranceLevel: AssuranceLevel,
      evidenceIds: EvidenceIds,
    },
    closed,
  ),
])
export type Result = Static<typeof Result>

/** A nonconformity the assurance body raised; open until `closedOn`. */
export const EngagementFinding = Type.Object(
  {
    id: Type.String({ pattern: '^[\\x21-\\x7e]+$', maxLength: 64 }),
    severity: oneOf(['minor', 'major']),
    indicator: Type.Optional(IndicatorId),
    description: Text,
    correctiveAction: Type.Optional(Text),
    dueDate: Type.Optional(Day),
    closedOn: Type.Optional(Day),
  },
  closed,
)

/** The engagement behind the answers. The assurance level stands on each result, nowhere else. */
export const Engagement = Type.Object(
  {
    standard: Text,
    engagementType: EngagementType,
    conclusion: oneOf(CONCLUSIONS),
    qualifiedIndicators: Type.Optional(IndicatorIds),
    materiality: Text,
    dataCutOff: Day,
    statementDate: Day,
    siteVisits: Type.Array(Type.Object({ date: Day, mode: oneOf(['on-site', 'remote']) }, closed), {
      maxItems: 64,
    }),
    findings: Type.Array(EngagementFinding, { maxItems: 256 }),
    procedures: Type.Optional(Text),
    limitations: Type.Optional(Text),
    intendedUsers: Type.Optional(Text),
  },
  {
    ...closed,
    if: { properties: { conclusion: { const: 'qualified' } } },
    // biome-ignore lint/suspicious/noThenProperty: `then` is the JSON Schema keyword
    then: { required: ['qualifiedIndicators'] },
    else: { properties: { qualifiedIndicators: false } },
  },
)
export type Engagement = Static<typeof Engagement>

const statement = {
  rulebook: RulebookReference,
  period: DayRange,
  results: Type.Array(Result, { maxItems: 256 }),
  engagement: Engagement,
  evidenceFiles: Type.Array(EvidenceFile, { maxItems: 256 }),
  accreditation: referenceTo('VerifierAccreditation'),
  supersedes: Type.Optional(referenceTo('RulebookAttestation')),
}

/** The attested facility. */
export const FacilitySubject = Type.Object(
  {
    id: Uri,
    type: exactly('Facility'),
    name: Type.Optional(Text),
    country: Country,
    operator: Did,
    operatorGroup: Type.Optional(Lei),
    activities: Type.Array(Activity, { minItems: 1, maxItems: 64 }),
    boundary: Boundary,
    productionWindow: Type.Optional(DayRange),
    ...statement,
  },
  closed,
)
export type FacilitySubject = Static<typeof FacilitySubject>

/** The attested battery model, batch or item; its one activity is the pseudo-stage `product`. */
export const BatterySubject = Type.Object(
  {
    id: Uri,
    type: exactly('Battery'),
    name: Type.Optional(Text),
    granularity: oneOf(['model', 'batch', 'item']),
    manufacturer: Did,
    plants: Type.Array(Uri, { minItems: 1, maxItems: 64, uniqueItems: true }),
    activities: exactly([{ stage: 'product' }] as const),
    boundary: Type.Object({ kind: exactly('whole') }, closed),
    productionWindow: Type.Optional(DayRange),
    ...statement,
  },
  {
    ...closed,
    if: { properties: { granularity: { const: 'item' } } },
    // biome-ignore lint/suspicious/noThenProperty: `then` is the JSON Schema keyword
    then: {},
    else: { required: ['productionWindow'] },
  },
)
export type BatterySubject = Static<typeof BatterySubject>

/** One rulebook × one subject × one period, signed by the assurance body with its own key. */
export const RulebookAttestation = credential(
  'RulebookAttestation',
  taggedUnion('type', [FacilitySubject, BatterySubject]),
)
export type RulebookAttestation = Static<typeof RulebookAttestation>

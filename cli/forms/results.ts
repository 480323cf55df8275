import {
  AssuranceLevel,
  closed,
  DecimalString,
  exactly,
  IndicatorId,
  Key,
  Text,
  taggedUnion,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'

const Printable = Type.String({ pattern: '^[\\x21-\\x7e]+$', maxLength: 64 })

/** Evidence by file name or key, as the engagement lists it. */
const EvidenceNames = Type.Array(Type.String({ minLength: 1, maxLength: 512 }), {
  minItems: 1,
  maxItems: 256,
  uniqueItems: true,
})

/** One indicator's answer as the assessor notes it: an attestation's, with evidence by name. */
export const ResultInput = taggedUnion('answer', [
  Type.Object(
    {
      indicator: IndicatorId,
      answer: exactly('assessed'),
      value: Printable,
      unit: Type.Optional(Printable),
      uncertainty: Type.Optional(DecimalString),
      assuranceLevel: AssuranceLevel,
      evidence: Type.Optional(EvidenceNames),
    },
    closed,
  ),
  Type.Object(
    {
      indicator: IndicatorId,
      answer: exactly('not-applicable'),
      condition: Key,
      assuranceLevel: AssuranceLevel,
      evidence: Type.Optional(EvidenceNames),
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
      evidence: EvidenceNames,
    },
    closed,
  ),
])
export type ResultInput = Static<typeof ResultInput>

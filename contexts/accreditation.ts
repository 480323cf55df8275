import { type Static, Type } from '@sinclair/typebox'
import { CoveredKey, credential, referenceTo } from './credential.ts'
import { CHAIN_OF_CUSTODY, ENGAGEMENT_TYPES } from './names.ts'
import { Country, closed, Did, DigestMultibase, exactly, Key, Lei, oneOf, Text } from './values.ts'

const anyOr = (pattern: string) =>
  Type.Array(Type.String({ pattern: `^(\\*|${pattern})$` }), {
    minItems: 1,
    maxItems: 256,
    uniqueItems: true,
  })

/** One of the kinds of engagement. */
export const EngagementType = oneOf(ENGAGEMENT_TYPES)

/** What the body may attest: one entry a rulebook. `*` means every value of that dimension. */
export const AccreditationScope = Type.Object(
  {
    rulebook: Key,
    rulebookDigests: Type.Optional(
      Type.Array(DigestMultibase, { minItems: 1, maxItems: 64, uniqueItems: true }),
    ),
    assuranceLevels: Type.Array(oneOf(['limited', 'reasonable']), {
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
    }),
    engagementTypes: Type.Array(EngagementType, { minItems: 1, maxItems: 3, uniqueItems: true }),
    subjectTypes: Type.Array(oneOf(['Facility', 'Battery']), {
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
    }),
    stages: anyOr('[a-z0-9][a-z0-9-]{0,63}'),
    materials: anyOr('[a-z0-9][a-z0-9-]{0,63}'),
    countries: anyOr('[A-Z]{2}'),
  },
  {
    ...closed,
    if: { properties: { rulebook: { const: CHAIN_OF_CUSTODY } } },
    // biome-ignore lint/suspicious/noThenProperty: `then` is the JSON Schema keyword
    then: { properties: { rulebookDigests: false } },
    else: { required: ['rulebookDigests'] },
  },
)
export type AccreditationScope = Static<typeof AccreditationScope>

/**
 * Who may attest what (ISO/IEC 17029, ISO/IEC 17011). Issued by a trust anchor, or by an
 * accreditation body that is itself accredited (`accreditedBy`) and may delegate.
 */
export const VerifierAccreditation = credential(
  'VerifierAccreditation',
  Type.Object(
    {
      id: Did,
      type: exactly('AccreditedVerifier'),
      legalName: Text,
      lei: Type.Optional(Lei),
      ultimateParentLei: Type.Optional(Lei),
      country: Type.Optional(Country),
      keys: Type.Array(CoveredKey, { minItems: 1, maxItems: 256 }),
      scope: Type.Array(AccreditationScope, { minItems: 1, maxItems: 64 }),
      mayDelegate: Type.Boolean(),
      accreditedBy: Type.Optional(referenceTo('VerifierAccreditation')),
      standard: Text,
      registrationNumber: Text,
      statusSuccessor: Type.Optional(Did),
    },
    closed,
  ),
)
export type VerifierAccreditation = Static<typeof VerifierAccreditation>

import {
  AccreditationScope,
  CHAIN_OF_CUSTODY,
  closed,
  VerifierAccreditation,
  Version,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { frame } from './frame.ts'
import { SubjectKeys } from './subject-keys.ts'

const { accreditedBy: _, ...subject } =
  VerifierAccreditation.properties.credentialSubject.properties

/** A scope entry in which a rulebook may be named by version instead of by digest. */
const ScopeInput = Type.Object(
  {
    ...AccreditationScope.properties,
    rulebookVersions: Type.Optional(
      Type.Array(Version, {
        minItems: 1,
        maxItems: 64,
        uniqueItems: true,
        description: 'Shipped, or in the folder given; each becomes a digest.',
      }),
    ),
  },
  {
    ...closed,
    if: { properties: { rulebook: { const: CHAIN_OF_CUSTODY } } },
    // biome-ignore lint/suspicious/noThenProperty: `then` is the JSON Schema keyword
    then: { properties: { rulebookDigests: false, rulebookVersions: false } },
    else: { anyOf: [{ required: ['rulebookVersions'] }, { required: ['rulebookDigests'] }] },
  },
)
export type ScopeInput = Static<typeof ScopeInput>

/** What an accreditation body or scheme owner allows an assurance body to attest. */
export const AccreditationForm = Type.Object(
  {
    ...frame,
    subject: Type.Object(
      {
        ...subject,
        keys: SubjectKeys,
        scope: Type.Array(ScopeInput, { minItems: 1, maxItems: 64 }),
      },
      closed,
    ),
  },
  { ...closed, title: 'AccreditationForm' },
)
export type AccreditationForm = Static<typeof AccreditationForm>

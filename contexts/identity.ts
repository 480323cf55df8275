import { type Static, Type } from '@sinclair/typebox'
import { CoveredKey, credential } from './credential.ts'
import { closed, Did, exactly, Lei, oneOf, Text, Uri } from './values.ts'

/** A facility that a registered organisation operates; `aliases` are other ids of the same place. */
export const OperatedFacility = Type.Object(
  { id: Uri, aliases: Type.Optional(Type.Array(Uri, { minItems: 1, maxItems: 16 })) },
  closed,
)

/** An id in a public register other than the LEI, such as a Catena-X BPN or a commercial register. */
export const RegisteredId = Type.Object({ scheme: Text, value: Text }, closed)

/**
 * Whose DID this is. Issued by an anchor of role `registrar` or `scheme-owner`, nobody else: a
 * self-claim never counts.
 */
export const RegisteredIdentity = credential(
  'RegisteredIdentity',
  Type.Object(
    {
      id: Did,
      type: exactly('RegisteredOrganization'),
      legalName: Text,
      lei: Type.Optional(Lei),
      registeredIds: Type.Optional(Type.Array(RegisteredId, { minItems: 1, maxItems: 16 })),
      ultimateParentLei: Type.Optional(Lei),
      roles: Type.Array(
        oneOf(['manufacturer', 'operator', 'assurance-body', 'accreditation-body']),
        { minItems: 1, maxItems: 4, uniqueItems: true },
      ),
      facilities: Type.Array(OperatedFacility, { maxItems: 256 }),
      keys: Type.Array(CoveredKey, { minItems: 1, maxItems: 256 }),
    },
    { ...closed, anyOf: [{ required: ['lei'] }, { required: ['registeredIds'] }] },
  ),
)
export type RegisteredIdentity = Static<typeof RegisteredIdentity>

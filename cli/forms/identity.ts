import { closed, RegisteredIdentity } from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { frame } from './frame.ts'
import { SubjectKeys } from './subject-keys.ts'

const { credentialSubject } = RegisteredIdentity.properties

/** What a registrar says about the holder of a DID. */
export const IdentityForm = Type.Object(
  {
    ...frame,
    subject: Type.Object(
      {
        ...credentialSubject.properties,
        facilities: Type.Optional(credentialSubject.properties.facilities),
        keys: SubjectKeys,
      },
      { ...closed, anyOf: [{ required: ['lei'] }, { required: ['registeredIds'] }] },
    ),
  },
  { ...closed, title: 'IdentityForm' },
)
export type IdentityForm = Static<typeof IdentityForm>

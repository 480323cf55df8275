import { CustodyAttestation, closed, SupplyChainRow } from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { frame } from './frame.ts'

const {
  accreditation: _,
  supplyChain: __,
  ...subject
} = CustodyAttestation.properties.credentialSubject.properties

/** What an assurance body found of the shares of a battery model or batch. */
export const CustodyForm = Type.Object(
  {
    ...frame,
    subject: Type.Object(
      {
        ...subject,
        supplyChain: Type.Optional(
          Type.Array(SupplyChainRow, {
            minItems: 1,
            maxItems: 256,
            description: 'The assured rows, unless they stand in a table of their own.',
          }),
        ),
      },
      closed,
    ),
  },
  { ...closed, title: 'CustodyForm' },
)
export type CustodyForm = Static<typeof CustodyForm>

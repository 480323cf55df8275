import { type Static, Type } from '@sinclair/typebox'
import { DayRange } from './attestation.ts'
import { credential, referenceTo } from './credential.ts'
import { SupplyChainRow } from './supply-chain.ts'
import { closed, Day, Did, exactly, oneOf, Uri } from './values.ts'

/** Who assures the shares: a body accredited for `chain-of-custody` (ISO 22095). */
export const CustodyAttestation = credential(
  'CustodyAttestation',
  Type.Object(
    {
      id: Uri,
      type: exactly('Battery'),
      granularity: oneOf(['model', 'batch']),
      manufacturer: Did,
      supplyChain: Type.Array(SupplyChainRow, { minItems: 1, maxItems: 256 }),
      period: DayRange,
      productionWindow: DayRange,
      statementDate: Day,
      assuranceLevel: oneOf(['limited', 'reasonable']),
      accreditation: referenceTo('VerifierAccreditation'),
    },
    closed,
  ),
)
export type CustodyAttestation = Static<typeof CustodyAttestation>

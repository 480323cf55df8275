import { type Static, Type } from '@sinclair/typebox'
import { CUSTODY_MODELS } from './names.ts'
import { closed, Key, oneOf, Uri } from './values.ts'

/** Which share of a stage's material came from which facility. */
export const SupplyChainRow = Type.Object(
  {
    facility: Uri,
    stage: Key,
    material: Type.Optional(Key),
    share: Type.Integer({ minimum: 1, maximum: 10000, description: 'Basis points.' }),
    custodyModel: oneOf(CUSTODY_MODELS),
  },
  closed,
)
export type SupplyChainRow = Static<typeof SupplyChainRow>

import { type Static, Type } from '@sinclair/typebox'
import { credential, referenceTo } from './credential.ts'
import { ProductData } from './product.ts'
import { Category, Chemistry, Score } from './score.ts'
import { SupplyChainRow } from './supply-chain.ts'
import {
  closed,
  Day,
  Did,
  DigestMultibase,
  exactly,
  Lei,
  oneOf,
  taggedUnion,
  Uri,
} from './values.ts'

/** Data that is not public, bound by digest: a credential of its own per access class. */
export const RestrictedReference = Type.Object(
  {
    id: Uri,
    type: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,63}$' }),
    digestMultibase: DigestMultibase,
    accessClass: oneOf(['legitimate-interest', 'authorities']),
  },
  closed,
)

/** What the passports of one model have in common. */
export const SupplyChain = Type.Array(SupplyChainRow, { minItems: 1, maxItems: 256 })
export const AttestationReferences = Type.Array(referenceTo('RulebookAttestation'), {
  minItems: 1,
  maxItems: 384,
})

const common = {
  id: Uri,
  type: exactly('Battery'),
  category: Category,
  chemistry: Chemistry,
  manufacturer: Did,
  manufacturerGroup: Type.Optional(Lei),
  product: ProductData,
  supplyChain: SupplyChain,
  attestations: AttestationReferences,
  custody: Type.Array(referenceTo('CustodyAttestation'), { maxItems: 64 }),
  score: Score,
  restricted: Type.Optional(Type.Array(RestrictedReference, { minItems: 1, maxItems: 16 })),
  predecessor: Type.Optional(referenceTo('BatteryPassport')),
}

/** The battery the passport is about: an item, a batch (`id` = `batch`) or a model (`id` = `model`). */
export const PassportSubject = taggedUnion('granularity', [
  Type.Object(
    {
      granularity: exactly('item'),
      model: Type.Optional(Uri),
      batch: Type.Optional(Uri),
      manufacturedOn: Day,
      ...common,
    },
    closed,
  ),
  Type.Object(
    { granularity: exactly('batch'), model: Type.Optional(Uri), batch: Uri, ...common },
    closed,
  ),
  Type.Object({ granularity: exactly('model'), model: Uri, ...common }, closed),
])
export type PassportSubject = Static<typeof PassportSubject>

/** The battery passport (Regulation (EU) 2023/1542 Article 77), issued by the manufacturer. */
export const BatteryPassport = credential('BatteryPassport', PassportSubject)
export type BatteryPassport = Static<typeof BatteryPassport>

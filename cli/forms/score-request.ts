import {
  Category,
  Chemistry,
  closed,
  DigestMultibase,
  GRANULARITIES,
  Key,
  oneOf,
  SupplyChainRow,
  Uri,
  Version,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'

/**
 * What a score needs of a request for a passport. The rest of the request may be there or not: it is
 * checked when the passport is issued.
 */
export const ScoreRequest = Type.Object(
  {
    battery: Type.Object({
      granularity: oneOf(GRANULARITIES),
      category: Category,
      chemistry: Chemistry,
      supplyChain: Type.Optional(Type.Array(SupplyChainRow, { minItems: 1, maxItems: 256 })),
    }),
    attestations: Type.Array(Type.Union([DigestMultibase, Uri]), {
      minItems: 1,
      maxItems: 384,
      uniqueItems: true,
    }),
    custody: Type.Optional(
      Type.Array(Type.Union([DigestMultibase, Uri]), { maxItems: 64, uniqueItems: true }),
    ),
    method: Type.Optional(Type.Object({ key: Key, version: Version }, closed)),
  },
  { title: 'ScoreRequest' },
)
export type ScoreRequest = Static<typeof ScoreRequest>

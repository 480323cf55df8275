import {
  Category,
  Chemistry,
  closed,
  Day,
  DigestMultibase,
  exactly,
  Instant,
  Key,
  Lei,
  oneOf,
  ProductData,
  RestrictedReference,
  SupplyChainRow,
  Text,
  taggedUnion,
  Uri,
  Version,
  WITHDRAWAL_REASONS,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'

const described = {
  category: Category,
  chemistry: Chemistry,
  manufacturerGroup: Type.Optional(Lei),
  product: ProductData,
  supplyChain: Type.Array(SupplyChainRow, { minItems: 1, maxItems: 256 }),
  restricted: Type.Optional(Type.Array(RestrictedReference, { minItems: 1, maxItems: 16 })),
  predecessor: Type.Optional({
    ...Uri,
    description: 'The id of an earlier passport of this service, which this one replaces.',
  }),
}

/**
 * The battery as its manufacturer describes it: the passport's subject without what follows from
 * the key (manufacturer) and from the attestations (references, custody, score).
 */
export const BatteryDescription = taggedUnion('granularity', [
  Type.Object(
    {
      granularity: exactly('item'),
      id: Uri,
      model: Type.Optional(Uri),
      batch: Type.Optional(Uri),
      manufacturedOn: Day,
      ...described,
    },
    closed,
  ),
  Type.Object(
    { granularity: exactly('batch'), batch: Uri, model: Type.Optional(Uri), ...described },
    closed,
  ),
  Type.Object({ granularity: exactly('model'), model: Uri, ...described }, closed),
])
export type BatteryDescription = Static<typeof BatteryDescription>

/** What is asked for with `POST /passports`. There is no place for a score: it is recomputed. */
export const IssueRequest = Type.Object(
  {
    name: Type.Optional(Text),
    description: Type.Optional(Text),
    battery: BatteryDescription,
    attestations: Type.Array(Type.Union([DigestMultibase, Uri]), {
      minItems: 1,
      maxItems: 384,
      uniqueItems: true,
      description: 'Ids or digests of attestations that were submitted before.',
    }),
    custody: Type.Optional(
      Type.Array(Type.Union([DigestMultibase, Uri]), {
        maxItems: 64,
        uniqueItems: true,
        description: 'Ids or digests of custody attestations that were submitted before.',
      }),
    ),
    method: Type.Optional(
      Type.Object({ key: Key, version: Version }, { ...closed, description: 'One of the policy.' }),
    ),
    validFrom: Type.Optional(Instant),
    validUntil: Instant,
  },
  { ...closed, title: 'IssueRequest' },
)
export type IssueRequest = Static<typeof IssueRequest>

/** What a passport can be: `revoked` is final, `suspended` can be lifted. */
export const STATUSES = ['active', 'suspended', 'revoked'] as const
export type PassportStatus = (typeof STATUSES)[number]

/** What everybody is told of a withdrawal: a `WithdrawalNotice` with this content. */
const NoticeRequest = Type.Object(
  {
    reason: oneOf(WITHDRAWAL_REASONS),
    description: Type.Optional(Text),
    effectiveFrom: Type.Optional(Instant),
    voidFrom: Type.Optional(Instant),
  },
  closed,
)

/** What is asked for with `POST /passports/{id}/status`. */
export const StatusChange = Type.Object(
  {
    status: oneOf(STATUSES),
    reason: Type.String({ pattern: '^[^\\x00-\\x1f\\x7f]+$', maxLength: 500 }),
    notice: Type.Optional(NoticeRequest),
  },
  { ...closed, title: 'StatusChange' },
)
export type StatusChange = Static<typeof StatusChange>

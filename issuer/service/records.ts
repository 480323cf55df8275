import {
  closed,
  Did,
  DigestMultibase,
  GRANULARITIES,
  Instant,
  oneOf,
  Text,
  Timestamp,
  Uri,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { STATUSES } from '../issue-request.ts'
import { LocalId } from './local-id.ts'

/** A secured credential as it is sent: the JSON of the document, or the compact JWT. */
const SecuredText = Type.String({ minLength: 2 })

const StatusPlace = Type.Object(
  {
    generation: Type.Integer({ minimum: 1 }),
    index: Type.Integer({ minimum: 0 }),
  },
  closed,
)

/** To whom the store belongs: written once. */
export const OwnerRecord = Type.Object({ issuer: Did, publicBaseUrl: Uri }, closed)
export type OwnerRecord = Static<typeof OwnerRecord>

/** Timestamps of a credential, each a token in base64. */
const Tokens = Type.Optional(Type.Array(Timestamp.properties.rfc3161, { maxItems: 4 }))

/** A verified credential of another issuer. */
export const EvidenceRecord = Type.Object(
  { text: SecuredText, receivedAt: Instant, timestamps: Tokens },
  closed,
)
export type EvidenceRecord = Static<typeof EvidenceRecord>

/** What is about to be signed: a retry after a crash makes the same credential. */
export const IntentRecord = Type.Object(
  {
    requestDigest: DigestMultibase,
    passport: LocalId,
    status: StatusPlace,
    created: Instant,
  },
  closed,
)
export type IntentRecord = Static<typeof IntentRecord>

/** The answer an idempotency key got: the passport, whose text never changes. */
export const ReplyRecord = Type.Object(
  { requestDigest: DigestMultibase, passport: LocalId },
  closed,
)
export type ReplyRecord = Static<typeof ReplyRecord>

/** A passport that was released. */
export const PassportRecord = Type.Object(
  {
    text: SecuredText,
    digestMultibase: DigestMultibase,
    credential: Uri,
    battery: Uri,
    granularity: oneOf(GRANULARITIES),
    attestations: Type.Array(DigestMultibase),
    status: StatusPlace,
    issuedAt: Instant,
  },
  closed,
)
export type PassportRecord = Static<typeof PassportRecord>

/** A status index in use, and by which passport. */
export const StatusIndexRecord = Type.Object({ passport: LocalId }, closed)
export type StatusIndexRecord = Static<typeof StatusIndexRecord>

/** The notice of a passport that is withdrawn, signed. */
const NoticeRecord = Type.Object(
  { id: Uri, digestMultibase: DigestMultibase, text: SecuredText },
  closed,
)
export type NoticeRecord = Static<typeof NoticeRecord>

/** A passport whose status was changed at least once. */
export const StatusRecord = Type.Object(
  {
    place: StatusPlace,
    status: oneOf(STATUSES),
    reason: Text,
    changedAt: Instant,
    notice: Type.Optional(NoticeRecord),
  },
  closed,
)
export type StatusRecord = Static<typeof StatusRecord>

/** The newest edition of a list of our own. */
export const OwnListRecord = Type.Object(
  { text: SecuredText, digestMultibase: DigestMultibase, createdAt: Instant, validUntil: Instant },
  closed,
)
export type OwnListRecord = Static<typeof OwnListRecord>

import {
  closed,
  Did,
  DigestMultibase,
  exactly,
  IndicatorIds,
  Instant,
  oneOf,
  Text,
  taggedUnion,
  Uri,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { Hash } from '../hash-chain-schema.ts'

const Index = Type.Integer({ minimum: 0, maximum: 99_999_999 })
const Generation = Type.Integer({ minimum: 1, maximum: 999_999 })
const FileName = Type.String({ pattern: '^[A-Za-z0-9._-]{1,120}$' })

/** The types a desk issues; lists are published, not issued. */
export const ISSUED_TYPES = [
  'RegisteredIdentity',
  'VerifierAccreditation',
  'RulebookAttestation',
  'CustodyAttestation',
] as const
export type IssuedType = (typeof ISSUED_TYPES)[number]

/** Whose desk it is and where its lists are found: written once, never changed. */
export const DeskFile = Type.Object(
  {
    version: exactly(1),
    did: Did,
    statusBase: Uri,
    entries: Type.Integer({ minimum: 131_072, maximum: 8_388_608, multipleOf: 8 }),
  },
  { ...closed, title: 'DeskFile' },
)
export type DeskFile = Static<typeof DeskFile>

const place = { generation: Generation, index: Index }

/** What was changed, when, and why, for those who keep the desk: no list says the reason. */
const change = { id: Uri, at: Instant, reason: Type.Optional(Text) }

/** A notice that was signed with a change, and what it says, so that the log alone tells. */
const Noticed = Type.Object(
  {
    id: Uri,
    digestMultibase: DigestMultibase,
    file: FileName,
    sha256: Hash,
    signed: Instant,
    since: Instant,
    indicators: Type.Optional(IndicatorIds),
  },
  closed,
)
export type Noticed = Static<typeof Noticed>

const changeWithNotice = { ...change, notice: Type.Optional(Noticed) }

/** One thing that happened at the desk. */
export const DeskEvent = taggedUnion('kind', [
  /** The desk was made; pins `desk.json`. */
  Type.Object({ kind: exactly('created'), deskFile: Hash }, closed),
  /** A credential is about to be signed: its index is taken from here on, whatever happens. */
  Type.Object(
    { kind: exactly('intended'), id: Uri, type: oneOf(ISSUED_TYPES), created: Instant, ...place },
    closed,
  ),
  /** It was signed and stored, and may be released. */
  Type.Object(
    {
      kind: exactly('issued'),
      id: Uri,
      digestMultibase: DigestMultibase,
      file: FileName,
      sha256: Hash,
    },
    closed,
  ),
  /** It may have been signed, but was never released: its index is withdrawn for good. */
  Type.Object({ kind: exactly('abandoned'), id: Uri, ...place }, closed),
  Type.Object({ kind: exactly('revoked'), ...changeWithNotice }, closed),
  /** Some of what it says was withdrawn: the rest counts. */
  Type.Object({ kind: exactly('withdrawn-in-part'), ...change, notice: Noticed }, closed),
  Type.Object({ kind: exactly('suspended'), ...changeWithNotice }, closed),
  Type.Object({ kind: exactly('reinstated'), ...change }, closed),
  /** These editions of the lists are the current ones. */
  Type.Object(
    {
      kind: exactly('published'),
      at: Instant,
      lists: Type.Array(Type.Object({ id: Uri, file: FileName, sha256: Hash }, closed), {
        minItems: 2,
        maxItems: 1_999_998,
      }),
    },
    closed,
  ),
])
export type DeskEvent = Static<typeof DeskEvent>

/** A line of the log: an event in its place in the chain of hashes. */
export const DeskEntry = Type.Object(
  {
    sequence: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    event: DeskEvent,
    /** The hash of the line before. */
    previous: Hash,
    /** SHA-256 over the JCS form of the other members. */
    hash: Hash,
  },
  { ...closed, title: 'DeskEntry' },
)
export type DeskEntry = Static<typeof DeskEntry>

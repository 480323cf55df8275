import { closed, Instant, oneOf } from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { Hash } from '../hash-chain-schema.ts'

/** What happens in an issuer's store. */
export const AUDIT_ACTIONS = [
  'store-created',
  'store-claimed',
  'evidence-stored',
  'list-replaced',
  'intent-recorded',
  'intent-dropped',
  'passport-issued',
  'list-signed',
  'status-changed',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** One line of the audit log. `hash` covers all other members; `previous` is the hash before it. */
export const AuditEntry = Type.Object(
  {
    sequence: Type.Integer({ minimum: 1 }),
    /** Never earlier than the entry before. */
    at: Instant,
    action: oneOf(AUDIT_ACTIONS),
    /** The id of what the commit is about. */
    subject: Type.String(),
    detail: Type.Optional(Type.String()),
    /** SHA-256 over the changes of the commit: what each does, to which key, the digest of its value. */
    changes: Hash,
    previous: Hash,
    hash: Hash,
  },
  closed,
)
export type AuditEntry = Static<typeof AuditEntry>

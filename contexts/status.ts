import { type Static, Type } from '@sinclair/typebox'
import { IndicatorIds, referenceTo, statuslessCredential } from './credential.ts'
import { MAXIMUM_NOTICES, STATUS_PURPOSES, WITHDRAWAL_REASONS } from './names.ts'
import {
  closed,
  DigestMultibase,
  exactly,
  Instant,
  oneOf,
  Text,
  taggedUnion,
  Uri,
} from './values.ts'

const notice = referenceTo('WithdrawalNotice')

/** One bit per credential; a set bit says that, not why or since when: the named notice does. */
export const StatusListCredential = statuslessCredential(
  'BitstringStatusListCredential',
  Type.Object(
    {
      id: Uri,
      type: exactly('BitstringStatusList'),
      statusPurpose: oneOf(STATUS_PURPOSES),
      encodedList: Type.String({ pattern: '^u[A-Za-z0-9_-]+$', maxLength: 32768 }),
      notices: Type.Optional(
        Type.Array(
          Type.Object(
            { index: Type.Integer({ minimum: 0, maximum: 99_999_999 }), ...notice.properties },
            closed,
          ),
          { minItems: 1, maxItems: MAXIMUM_NOTICES },
        ),
      ),
    },
    closed,
  ),
)
export type StatusListCredential = Static<typeof StatusListCredential>

/** Why, how far and since when a credential is withdrawn. */
export const WithdrawalNotice = statuslessCredential(
  'WithdrawalNotice',
  Type.Object(
    {
      id: Uri,
      type: exactly('WithdrawnCredential'),
      digestMultibase: DigestMultibase,
      reason: oneOf(WITHDRAWAL_REASONS),
      description: Type.Optional(Text),
      withdraws: taggedUnion('kind', [
        Type.Object({ kind: exactly('whole') }, closed),
        Type.Object({ kind: exactly('indicators'), indicators: IndicatorIds }, closed),
      ]),
      effectiveFrom: Type.Optional(Instant),
      voidFrom: Type.Optional(Instant),
    },
    { ...closed, oneOf: [{ required: ['effectiveFrom'] }, { required: ['voidFrom'] }] },
  ),
)
export type WithdrawalNotice = Static<typeof WithdrawalNotice>

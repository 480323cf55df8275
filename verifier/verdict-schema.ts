import { OUTCOMES } from '@battery-passport/contexts'
import {
  closed,
  DigestMultibase,
  exactly,
  Instant,
  oneOf,
  Score,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { Finding } from './findings/finding-schema.ts'
import { VERDICT_VERSION } from './verdict.ts'

const ChainLink = Type.Object(
  {
    credential: Type.String(),
    type: Type.String(),
    issuer: Type.String(),
    pointer: Type.String(),
    digestMultibase: Type.String(),
    result: oneOf(['passed', 'failed', 'unknown', 'unused']),
    restsOn: Type.Array(Type.String()),
    validFrom: Type.Optional(Instant),
    validUntil: Type.Optional(Instant),
    signedAt: Type.Optional(Instant),
  },
  closed,
)

const Digest = Type.Object({ digestMultibase: DigestMultibase }, closed)

/** The verdict as JSON, as `verify --json` prints it. */
export const PassportVerdict = Type.Object(
  {
    version: exactly(VERDICT_VERSION),
    outcome: oneOf(OUTCOMES),
    at: Instant,
    statusAsOf: Type.Optional(Instant),
    input: Digest,
    policy: Digest,
    score: Type.Union([Score, Type.Null()]),
    findings: Type.Array(Finding),
    chain: Type.Array(ChainLink),
  },
  {
    ...closed,
    title: 'PassportVerdict',
    if: { properties: { outcome: { const: 'accepted' } } },
    // biome-ignore lint/suspicious/noThenProperty: `then` is the JSON Schema keyword
    then: { properties: { score: { type: 'object' } } },
    else: { properties: { score: { type: 'null' }, findings: { minItems: 1 } } },
  },
)

/** A verdict that came as text: its score is not accepted by this program, only said to be. */
export type PrintedVerdict = Static<typeof PassportVerdict>

import {
  closed,
  DigestMultibase,
  exactly,
  Instant,
  oneOf,
  Score,
} from '@battery-passport/contexts/schemas'
import { Type } from '@sinclair/typebox'
import { FINDING_KINDS } from './finding-kinds.ts'
import { VERDICT_VERSION } from './verdict.ts'

const SEVERITIES = ['error', 'unknown', 'warning', 'note'] as const
const RESPONSIBLE = ['issuer', 'assurance-body', 'scheme', 'holder', 'verifier', 'network'] as const

const Finding = Type.Object(
  {
    code: oneOf(Object.keys(FINDING_KINDS)),
    severity: oneOf(SEVERITIES),
    credential: Type.String(),
    pointer: Type.String(),
    expected: Type.Optional(Type.String()),
    found: Type.Optional(Type.String()),
    detail: Type.String(),
    remedy: Type.String(),
    whose: oneOf(RESPONSIBLE),
  },
  closed,
)

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
    outcome: oneOf(['accepted', 'rejected', 'indeterminate']),
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

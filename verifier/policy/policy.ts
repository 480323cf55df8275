import {
  type AssuranceLevel,
  type CustodyModel,
  digestOfDocument,
  PROOF_FORMS,
  type ProofForm,
  type SchemaFault,
  schemaFaults,
} from '@battery-passport/contexts'
import type { TimestampAuthority } from '@battery-passport/keys'
import * as generated from '../generated/typed-validators.ts'
import { instant } from '../reading/calendar.ts'
import { type JsonValue, readJson } from '../reading/json.ts'
import { LIMITS, type Limits } from '../reading/limits.ts'
import { assertBytes } from './caller-faults.ts'
import { didDocumentFaults } from './did-document-faults.ts'
import type { AnchorRole, DidDocumentPin, Minimum, VerificationPolicy } from './policy-schema.ts'
import { timestampAuthority, timestampAuthorityFaults } from './timestamp-authorities.ts'

/** A trust anchor with its instants read: seconds since the epoch, bounds inclusive. */
export interface TrustAnchor {
  readonly did: string
  readonly role: AnchorRole
  readonly validFrom: number
  readonly validUntil: number
}

const DISTRUSTED = ['did', 'key', 'credential'] as const

/** A DID, key thumbprint or credential id that must not count, from an instant on or altogether. */
export interface DistrustRule {
  readonly kind: (typeof DISTRUSTED)[number]
  readonly value: string
  /** Seconds since the epoch; -Infinity: from ever. */
  readonly since: number
  readonly reason: string
}

/** A DID document that the policy pins, for as long as it says. */
export interface PinnedDidDocument {
  readonly did: string
  /** Null where a file beside the policy holds it. */
  readonly document: JsonValue | null
  readonly digestMultibase: string
  /** Seconds since the epoch, both inclusive; null: no bound. */
  readonly validFrom: number | null
  readonly validUntil: number | null
}

/** A policy that was checked once, with every default written out. */
export interface EffectivePolicy {
  readonly digestMultibase: string
  readonly source: VerificationPolicy
  readonly anchors: readonly TrustAnchor[]
  readonly distrust: readonly DistrustRule[]
  readonly passportIssuers: 'registered' | 'any' | ReadonlySet<string>
  readonly didDocuments: readonly PinnedDidDocument[]
  readonly timestampAuthorities: readonly TimestampAuthority[]
  readonly methodsUntil: ReadonlyMap<string, number | null>
  readonly allowIllustrative: boolean
  readonly overall: Minimum
  readonly rulebookMinimums: ReadonlyMap<string, Minimum>
  readonly minimumShareAssurance: AssuranceLevel
  readonly requireProvenIndependence: boolean
  readonly custodyModels: ReadonlySet<CustodyModel> | null
  readonly statusMaximumAge: number
  readonly requireCurrent: boolean
  readonly acceptSelfAssertedTime: boolean
  readonly uncountedAttestation: 'reject' | 'rescore'
  readonly proofForms: ReadonlySet<ProofForm>
  readonly clockSkew: number
  readonly limits: Limits
}

/** A policy that can be verified under, or every fault of it. */
export type PolicyResult =
  | { readonly ok: true; readonly policy: EffectivePolicy }
  | { readonly ok: false; readonly faults: readonly SchemaFault[] }

const DEFAULT_CLOCK_SKEW = 60

/** A policy may name many issuers, so it is read with wider limits than a credential. */
const POLICY_LIMITS: Limits = {
  ...LIMITS,
  presentationBytes: 1024 * 1024,
  nodes: 100_000,
  arrayItems: 4096,
  objectMembers: 4096,
}

/**
 * Reads a policy from its bytes: strict JSON, closed schema; every fault is named at once.
 *
 * @throws {TypeError} if these are no bytes
 */
export function readPolicy(bytes: Uint8Array): PolicyResult {
  assertBytes(bytes, 'policy')
  const read = readJson(bytes, POLICY_LIMITS)
  if (read.ok) return parsePolicy(read.value)
  const { pointer, expected, found } = read.fault
  return { ok: false, faults: [{ pointer, expected, found }] }
}

/** Checks a policy document and writes its defaults out. The document may be changed afterwards. */
export function parsePolicy(given: unknown): PolicyResult {
  if (!generated.VerificationPolicy(given)) {
    return { ok: false, faults: schemaFaults(generated.VerificationPolicy, given) }
  }
  const faults = furtherFaults(given)
  if (faults.length > 0) return { ok: false, faults }
  // A copy: what counts is what was checked, and what its digest names.
  const document = structuredClone(given)
  const minimums = document.minimums ?? {}
  return {
    ok: true,
    policy: {
      digestMultibase: digestOfDocument(document),
      source: document,
      anchors: document.anchors.map(({ did, role, validFrom, validUntil }) => ({
        did,
        role,
        validFrom: instant(validFrom),
        validUntil: instant(validUntil),
      })),
      distrust: (document.distrust ?? []).flatMap(distrustRules),
      passportIssuers:
        typeof document.passportIssuers === 'string'
          ? document.passportIssuers
          : new Set(document.passportIssuers),
      didDocuments: (document.didDocuments ?? []).map(pinnedDidDocument),
      timestampAuthorities: (document.timestampAuthorities ?? []).map(timestampAuthority),
      methodsUntil: new Map(
        document.methods.map(({ digestMultibase, until }) => [
          digestMultibase,
          until === undefined ? null : instant(until),
        ]),
      ),
      allowIllustrative: document.allowIllustrative ?? false,
      overall: minimums.overall ?? {},
      rulebookMinimums: new Map(Object.entries(minimums.rulebooks ?? {})),
      minimumShareAssurance: document.minimumShareAssurance ?? 'none',
      requireProvenIndependence: document.requireProvenIndependence ?? false,
      custodyModels: document.custodyModels === undefined ? null : new Set(document.custodyModels),
      statusMaximumAge: document.statusMaximumAgeSeconds,
      requireCurrent: document.requireCurrent ?? false,
      acceptSelfAssertedTime: document.acceptSelfAssertedTime ?? false,
      uncountedAttestation: document.uncountedAttestation ?? 'reject',
      proofForms: new Set(document.cryptosuites ?? PROOF_FORMS),
      clockSkew: document.clockSkewSeconds ?? DEFAULT_CLOCK_SKEW,
      limits: lowered(document.limits ?? {}),
    },
  }
}

/** What the schema cannot say. */
function furtherFaults(policy: VerificationPolicy): SchemaFault[] {
  return [
    ...repeatedMethods(policy),
    ...anchorFaults(policy),
    ...didDocumentFaults(policy),
    ...timestampAuthorityFaults(policy),
  ]
}

/** A method named twice, with two instants until which it counts, would mean either. */
function repeatedMethods({ methods }: VerificationPolicy): SchemaFault[] {
  const seen = new Set<string>()
  return methods.flatMap(({ digestMultibase }, index) => {
    const isNew = !seen.has(digestMultibase)
    seen.add(digestMultibase)
    return isNew
      ? []
      : [
          {
            pointer: `/methods/${index}/digestMultibase`,
            expected: 'each method once',
            found: digestMultibase,
          },
        ]
  })
}

/** An anchor that ends before it begins would silently never count. */
function anchorFaults(policy: VerificationPolicy): SchemaFault[] {
  return policy.anchors.flatMap(({ validFrom, validUntil }, index) =>
    validFrom <= validUntil
      ? []
      : [
          {
            pointer: `/anchors/${index}/validUntil`,
            expected: `an instant not before ${validFrom}`,
            found: validUntil,
          },
        ],
  )
}

function pinnedDidDocument(pin: DidDocumentPin): PinnedDidDocument {
  const { did, document, digestMultibase, validFrom, validUntil } = pin
  return {
    did,
    document: document ?? null,
    digestMultibase: digestMultibase ?? digestOfDocument(document),
    validFrom: validFrom === undefined ? null : instant(validFrom),
    validUntil: validUntil === undefined ? null : instant(validUntil),
  }
}

/** By each that it names: the schema has it name one. */
function distrustRules(rule: NonNullable<VerificationPolicy['distrust']>[number]): DistrustRule[] {
  const since = rule.since === undefined ? Number.NEGATIVE_INFINITY : instant(rule.since)
  return DISTRUSTED.flatMap((kind) => {
    const value = rule[kind]
    return value === undefined ? [] : [{ kind, value, since, reason: rule.reason }]
  })
}

function lowered(limits: NonNullable<VerificationPolicy['limits']>): Limits {
  const { presentationBytes, presentationCredentials, chainDepth } = limits
  return {
    ...LIMITS,
    ...(presentationBytes === undefined ? {} : { presentationBytes }),
    ...(presentationCredentials === undefined ? {} : { presentationCredentials }),
    ...(chainDepth === undefined ? {} : { chainDepth }),
  }
}

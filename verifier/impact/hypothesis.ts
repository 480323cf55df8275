import { parseInstant } from '@battery-passport/contexts'
import { parseDidUrl, type Resolver } from '@battery-passport/keys'
import { type EffectivePolicy, parsePolicy } from '../policy/policy.ts'
import type { VerificationPolicy } from '../policy/policy-schema.ts'
import type { SupposedRevocation } from '../status/supposed-withdrawal.ts'

/** A credential that its issuer would revoke. */
export interface WithdrawnCredential {
  /** Its id. */
  readonly credential: string
  /** Its issuer, where another may use the same id; default: whoever it is. */
  readonly issuer?: string
  /** The answers of an attestation that alone are withdrawn; default: the whole. */
  readonly indicators?: readonly string[]
  /** From when on, RFC 3339 with `Z`; default: from the beginning. */
  readonly since?: string
}

/** An issuer, with everything it has signed, that one would distrust. */
export interface DistrustedDid {
  readonly did: string
  /** What it signed from then on, RFC 3339 with `Z`; default: everything. */
  readonly since?: string
}

/** A key, with everything it has signed, that one would distrust. */
export interface DistrustedKey {
  /** Its thumbprint, or its name in a DID document: a DID with a fragment. */
  readonly key: string
  /** What it signed from then on, RFC 3339 with `Z`; default: everything. */
  readonly since?: string
}

/** What could be withdrawn. */
export type Withdrawable = WithdrawnCredential | DistrustedDid | DistrustedKey

/** A key that is named and cannot be found. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError'
  readonly key: string

  constructor(key: string, detail: string) {
    super(`${key}: ${detail}`)
    this.key = key
  }
}

/** A withdrawal as a verifier takes it: what is supposed of status, and whom the policy distrusts. */
export interface Hypothesis {
  readonly supposed: SupposedRevocation | null
  readonly policy: EffectivePolicy
  /** The thumbprints of a distrusted key: a name may have meant several, one after another. */
  readonly thumbprints: ReadonlySet<string>
}

/**
 * What a verification would be asked, were something withdrawn: a credential by its issuer, a DID or
 * key by the policy.
 *
 * @throws {UnknownKeyError} for a key that nobody can find
 * @throws {TypeError} for what is no id, no instant, or more than a policy can distrust
 */
export async function hypothesisOf(
  withdrawn: Withdrawable,
  policy: EffectivePolicy,
  resolver: Resolver,
): Promise<Hypothesis> {
  const { since } = withdrawn
  const from = since === undefined ? null : parseInstant(since)
  if (since !== undefined && from === null) {
    throw new TypeError(`since: expected RFC 3339 with Z, found ${since}`)
  }
  if ('credential' in withdrawn) {
    const { credential, issuer = null, indicators } = withdrawn
    if (indicators?.length === 0) throw new TypeError('indicators: expected at least one')
    const supposed = { credential, issuer, withdraws: indicators ?? 'whole', since: from } as const
    return { supposed, policy, thumbprints: NONE }
  }
  const beginning = since === undefined ? {} : { since }
  if ('did' in withdrawn) {
    const rules = [{ did: withdrawn.did, ...beginning, reason: REASON }]
    return { supposed: null, policy: distrusting(policy, rules), thumbprints: NONE }
  }
  const thumbprints = await thumbprintsOf(withdrawn.key, resolver)
  const rules = [...thumbprints].map((key) => ({ key, ...beginning, reason: REASON }))
  return { supposed: null, policy: distrusting(policy, rules), thumbprints }
}

const NONE: ReadonlySet<string> = new Set()
const REASON = 'supposed here, to see what follows'

/** The policy as its owner would write it; its digest tells that it is another. */
function distrusting(
  { source }: EffectivePolicy,
  rules: NonNullable<VerificationPolicy['distrust']>,
): EffectivePolicy {
  return policyOf({ ...source, distrust: [...(source.distrust ?? []), ...rules] })
}

/** The same policy, where a statement that does not count makes its answers unknown. */
export function rescoring({ source }: EffectivePolicy): EffectivePolicy {
  return policyOf({ ...source, uncountedAttestation: 'rescore' })
}

function policyOf(document: VerificationPolicy): EffectivePolicy {
  const result = parsePolicy(document)
  if (result.ok) return result.policy
  const faults = result.faults.map(
    ({ pointer, expected, found }) => `${pointer} expected ${expected}, found ${found}`,
  )
  throw new TypeError(`policy: ${faults.join('; ')}`)
}

async function thumbprintsOf(key: string, resolver: Resolver): Promise<ReadonlySet<string>> {
  if (!key.includes('#')) return new Set([key])
  const url = parseDidUrl(key)
  if (url === null) throw new UnknownKeyError(key, 'it is no DID with the name of a key')
  const resolution = await resolver.resolve(url.did)
  if (!resolution.ok) throw new UnknownKeyError(key, resolution.detail)
  const { verificationMethod } = resolution.document
  const named = verificationMethod.filter(({ id }) => id === key)
  if (named.length === 0) throw new UnknownKeyError(key, 'the DID document has no such key')
  return new Set(named.map(({ publicKey }) => publicKey.thumbprint))
}

import { formatInstant } from '@battery-passport/contexts'
import {
  checkDataIntegrity,
  checkJcsSignature,
  checkJose,
  type PublicKey,
  parseDidUrl,
  type Resolution,
  type VerificationMethod,
} from '@battery-passport/keys'
import type { FindingCode } from '../findings/finding-kinds.ts'
import { type Finding, finding } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Memory } from '../memory/memory.ts'
import type { DistrustRule, EffectivePolicy } from '../policy/policy.ts'
import { proofPointer, type SecuredCredential } from '../reading/secured-credential.ts'
import type { Authenticity } from './signer-judgement.ts'

/** Something signed: what tells who signed it, and when. */
export type Signed = Pick<
  SecuredCredential,
  'id' | 'issuer' | 'created' | 'digestMultibase' | 'document' | 'securing'
>

/** What is asked to tell who signed. */
export interface SignerInquiry
  extends Pick<Inquiry, 'at' | 'resolver' | 'authentications' | 'times'> {
  readonly policy: Pick<
    EffectivePolicy,
    'proofForms' | 'clockSkew' | 'distrust' | 'acceptSelfAssertedTime'
  >
  readonly memory: Pick<Memory, 'proofs'>
}

/**
 * Step 3: exactly the expected proof, under a key of the issuer's own DID document that was neither
 * revoked nor weak when it signed. Distrust comes first: what is distrusted is not even resolved.
 *
 * @param latest no signature may be later than this instant (the skew is added here)
 */
export function authenticate(
  credential: Signed,
  inquiry: SignerInquiry,
  latest: number,
): Promise<Authenticity> {
  // A status list is asked for by every credential of its issuer.
  const key = `${credential.digestMultibase} ${latest}`
  const known = inquiry.authentications.get(key)
  if (known !== undefined) return known
  const authenticity = judgeAuthenticity(credential, inquiry, latest)
  inquiry.authentications.set(key, authenticity)
  return authenticity
}

async function judgeAuthenticity(
  credential: Signed,
  inquiry: SignerInquiry,
  latest: number,
): Promise<Authenticity> {
  const { policy } = inquiry
  const form = formOf(credential)
  if (!policy.proofForms.has(form)) {
    return refuse(credential, 'PROOF_SUITE_NOT_ALLOWED', 'cryptosuite', {
      detail: 'The policy does not allow this form of proof.',
      expected: `one of ${[...policy.proofForms].join(', ')}`,
      found: form,
    })
  }
  if (credential.created > latest + policy.clockSkew) {
    return refuse(credential, 'PROOF_TIME', 'created', {
      detail: 'It claims to be signed later than the instant it is judged at.',
      expected: `not later than ${formatInstant(latest)} (and ${policy.clockSkew} s of skew)`,
      found: formatInstant(credential.created),
    })
  }
  const named = distrustRules(credential, inquiry, null)
  const distrusted = distrust(credential, named)
  if (distrusted !== null) return distrusted
  const resolved = await keyOf(credential, inquiry)
  if (!resolved.ok) return resolved
  const byKey = distrustRules(credential, inquiry, resolved.key)
  const keyDistrusted = distrust(credential, byKey)
  if (keyDistrusted !== null) return keyDistrusted
  const fault = await verifySignature(credential, resolved.key, inquiry)
  if (fault !== null) return fault
  const contradicted = stampedEarlier(credential, inquiry)
  if (contradicted !== null) return contradicted
  const since = [...resolved.doubts, ...[...named, ...byKey].map(backdatable)]
  const doubts = policy.acceptSelfAssertedTime ? [] : weighed(credential, since, inquiry)
  return { ok: true, key: resolved.key, doubts, isGoodToday: since.length === 0 }
}

function formOf({ securing }: Signed) {
  return securing.form === 'vc+jwt' ? 'vc+jwt' : securing.proof.cryptosuite
}

/** Every rule of the policy that names the issuer or the credential, or, given one, the key. */
export function distrustRules(
  credential: Signed,
  { policy }: SignerInquiry,
  key: PublicKey | null,
): readonly DistrustRule[] {
  return policy.distrust.filter(({ kind, value }) =>
    key === null
      ? (kind === 'did' && value === credential.issuer) ||
        (kind === 'credential' && value === credential.id)
      : kind === 'key' && value === key.thumbprint,
  )
}

/** A rule without `since`, or a signature from then on. */
function distrust(credential: Signed, rules: readonly DistrustRule[]): Refused | null {
  const rule = rules.find(({ since }) => credential.created >= since)
  if (rule === undefined) return null
  return refuse(credential, 'DISTRUSTED', '', {
    detail: `Your policy distrusts this ${rule.kind === 'did' ? 'issuer' : rule.kind}: ${rule.reason}`,
    expected: 'an issuer, a key and a credential that your policy does not distrust',
    found: rule.value,
  })
}

/** A timestamp proves that it existed before it says that it was signed: one of the two is wrong. */
function stampedEarlier(credential: Signed, { policy, times }: SignerInquiry): Refused | null {
  const { created, digestMultibase } = credential
  if (!times.proveBy(digestMultibase, created - policy.clockSkew - 1)) return null
  return refuse(credential, 'PROOF_TIME', 'created', {
    detail: 'A timestamp proves that it existed before it claims to be signed.',
    expected: `not later than its timestamp (and ${policy.clockSkew} s of skew)`,
    found: formatInstant(created),
  })
}

/** Why its signer could date it back, and the last instant at which that was no reason. */
interface Doubt {
  readonly detail: string
  readonly last: number
}

/** Only a trusted time shows that it is older: with one, a doubt is a note of what has ended. */
function weighed(
  credential: Signed,
  doubts: readonly Doubt[],
  { times }: SignerInquiry,
): readonly Finding[] {
  return doubts.map(({ detail, last }) => {
    const isProven = times.proveBy(credential.digestMultibase, last)
    const said = isProven
      ? 'a timestamp proves that it was signed before'
      : 'only its own word says that it was signed before'
    return finding(isProven ? 'ENDED_SINCE' : 'TIME_UNPROVEN', {
      credential: credential.id,
      pointer: proofPointer(credential, 'created'),
      detail: `${detail}, and ${said}.`,
      expected: isProven ? 'its signer still in its right' : 'a trusted timestamp',
      found: formatInstant(credential.created),
    })
  })
}

/** A distrusted signer could date anything back. */
function backdatable({ since, reason }: DistrustRule): Doubt {
  const detail = `Your policy distrusts its signer from ${formatInstant(since)} on (${reason})`
  return { detail, last: since - 1 }
}

type Refused = Extract<Authenticity, { readonly ok: false }>

type ResolvedKey =
  | { readonly ok: true; readonly key: PublicKey; readonly doubts: readonly Doubt[] }
  | Refused

async function keyOf(credential: Signed, inquiry: SignerInquiry): Promise<ResolvedKey> {
  const { securing, issuer, created } = credential
  const url = securing.form === 'vc+jwt' ? securing.keyId : securing.proof.verificationMethod
  const parts = parseDidUrl(url)
  if (parts === null || parts.did !== issuer) {
    return refuse(credential, 'KEY_NOT_AUTHORISED', 'verificationMethod', {
      detail: 'The proof names a key that is not of the issuer.',
      expected: `a key of ${issuer}`,
      found: url,
    })
  }
  const resolution = await resolve(issuer, inquiry)
  if (!resolution.ok) {
    const { code, detail } = resolution
    const expected = 'a DID whose document can be had and read'
    return refuseAt(credential, code, '/issuer', { detail, expected, found: issuer })
  }
  const { document } = resolution
  // A resolver that answers with another document would lend that document's keys to this issuer.
  const isIssuers = document.id === issuer
  const unusable = isIssuers ? document.unusable?.find(({ id }) => id === url) : undefined
  if (unusable !== undefined) {
    const code = unusable.isWeak ? 'KEY_WEAK' : 'KEY_NOT_AUTHORISED'
    return refuse(credential, code, 'verificationMethod', {
      detail: `The key it names cannot be relied on: ${unusable.detail}.`,
      expected: 'a sound key in its canonical form',
      found: url,
    })
  }
  const method = isIssuers ? methodOf(document.verificationMethod, url, created) : undefined
  if (
    method === undefined ||
    method.controller !== issuer ||
    !document.assertionMethod.some((id) => id === url)
  ) {
    return refuse(credential, 'KEY_NOT_AUTHORISED', 'verificationMethod', {
      detail: 'The DID document does not authorise this key for assertions.',
      expected: `an assertionMethod of ${issuer}`,
      found: url,
    })
  }
  const ends = endsOf(method)
  if (!hasBegun(method, created)) {
    return refuse(credential, 'KEY_NOT_AUTHORISED', 'verificationMethod', {
      detail: 'The DID document did not list the key yet when it signed.',
      expected: `signed from ${method.validFrom} on`,
      found: formatInstant(created),
    })
  }
  const ended = ends.find((end) => isOver(end, created))
  if (ended !== undefined) {
    return refuse(credential, 'KEY_REVOKED', 'verificationMethod', {
      detail: 'The key was revoked or had expired when it signed.',
      expected: `signed before ${ended}`,
      found: formatInstant(created),
    })
  }
  const doubts = ends.filter((end) => isOver(end, inquiry.at)).map(keyEndedSince)
  return { ok: true, key: method.publicKey, doubts }
}

/** Who holds a key that was revoked since could date anything back. */
function keyEndedSince(since: string): Doubt {
  const detail = `Its key was revoked or has expired since (${since})`
  // A signature of the very second from which it does not count is too late.
  return { detail, last: Math.ceil(Date.parse(since) / 1000) - 1 }
}

/** A resolver that throws has not resolved: that leaves open, it is no reason to fall over. */
async function resolve(did: string, { resolver }: SignerInquiry): Promise<Resolution> {
  try {
    return await resolver.resolve(did)
  } catch {
    return { ok: false, code: 'DID_UNRESOLVED', detail: 'The resolver failed on this DID.' }
  }
}

/** Of several under one name, one after another, the one that was listed when it signed. */
function methodOf(methods: readonly VerificationMethod[], url: string, created: number) {
  const named = methods.filter(({ id }) => id === url)
  const isListed = (method: VerificationMethod) =>
    hasBegun(method, created) && !endsOf(method).some((end) => isOver(end, created))
  return named.find(isListed) ?? named.at(-1)
}

function endsOf({ revoked, expires }: VerificationMethod): readonly string[] {
  return [revoked, expires].filter((instant) => instant !== undefined)
}

/** What cannot be read as an instant counts as past: a key must not live on by a typing error. */
function isOver(end: string, instant: number): boolean {
  return !(Date.parse(end) > instant * 1000)
}

function hasBegun({ validFrom }: VerificationMethod, instant: number): boolean {
  return validFrom === undefined || Date.parse(validFrom) <= instant * 1000
}

/** Checks the signature once for the same bytes and key; a later use finds it remembered. */
async function verifySignature(
  credential: Signed,
  key: PublicKey,
  inquiry: SignerInquiry,
): Promise<Refused | null> {
  const { digestMultibase } = credential
  if (inquiry.memory.proofs.get(digestMultibase)?.multibase === key.multibase) return null
  const fault = await faultOf(credential, key)
  if (fault === null) {
    inquiry.memory.proofs.set(digestMultibase, key)
    return null
  }
  return refuse(credential, fault.code, 'proofValue', {
    detail: `The signature does not fit the content: ${fault.detail}.`,
    expected: `a signature by ${key.multibase} over exactly this content`,
    found: signatureIn(credential),
  })
}

/** The signature as it stands in the credential. */
function signatureIn({ securing }: Signed): string {
  return securing.form === 'vc+jwt'
    ? securing.compact.slice(securing.compact.lastIndexOf('.') + 1)
    : securing.proof.proofValue
}

type SignatureFault = { readonly code: 'PROOF_INVALID' | 'PROOF_ENCODING'; readonly detail: string }

async function faultOf(
  { securing, document }: Signed,
  publicKey: PublicKey,
): Promise<SignatureFault | null> {
  if (securing.form === 'vc+jwt') {
    const check = await checkJose(securing.compact, { publicKey })
    return check.ok ? null : check
  }
  if (securing.proof.cryptosuite !== 'eddsa-jcs-2022') {
    const check = await checkDataIntegrity(document, { publicKey })
    return check.ok ? null : check
  }
  const holds = await checkJcsSignature({ ...securing, publicKey })
  return holds ? null : { code: 'PROOF_INVALID', detail: 'the content or the proof was changed' }
}

function refuse(
  credential: Signed,
  code: FindingCode,
  pointer: string,
  what: { readonly detail: string; readonly expected: string; readonly found: string },
): Refused {
  return refuseAt(credential, code, pointer === '' ? '' : proofPointer(credential, pointer), what)
}

function refuseAt(
  credential: Signed,
  code: FindingCode,
  pointer: string,
  what: { readonly detail: string; readonly expected: string; readonly found: string },
): Refused {
  return { ok: false, findings: [finding(code, { credential: credential.id, pointer, ...what })] }
}

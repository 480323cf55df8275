import { formatInstant } from '@battery-passport/contexts'
import { checkJcsSignature, checkJose, faultOfRdfc, type PublicKey } from '@battery-passport/keys'
import { type Finding, finding } from '../findings/findings.ts'
import { proofPointer } from '../reading/secured-credential.ts'
import { backdatable, distrusted, distrustRules } from './distrust.ts'
import { issuerKey } from './issuer-key.ts'
import { type Refused, refuse } from './refusal.ts'
import type { Doubt, Signed, SignerInquiry } from './signed.ts'
import type { Authenticity } from './signer-judgement.ts'

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
  const byName = distrusted(credential, named)
  if (byName !== null) return byName
  const resolved = await issuerKey(credential, inquiry)
  if (!resolved.ok) return resolved
  const byKey = distrustRules(credential, inquiry, resolved.key)
  const keyDistrusted = distrusted(credential, byKey)
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
    const { proof: _, ...unsecured } = document
    const detail = await faultOfRdfc({ ...securing, unsecured, publicKey })
    return detail === null ? null : { code: 'PROOF_INVALID', detail }
  }
  const holds = await checkJcsSignature({ ...securing, publicKey })
  return holds ? null : { code: 'PROOF_INVALID', detail: 'the content or the proof was changed' }
}

import { formatInstant } from '@battery-passport/contexts'
import {
  endsBy,
  hasBegun,
  listedMethod,
  type PublicKey,
  parseDidUrl,
  resolveDid,
} from '@battery-passport/keys'
import { type Refused, refuse, refuseAt } from './refusal.ts'
import type { Doubt, Signed, SignerInquiry } from './signed.ts'

/** The key that signed, and why its holder could have dated the signature back. */
export type ResolvedKey =
  | { readonly ok: true; readonly key: PublicKey; readonly doubts: readonly Doubt[] }
  | Refused

/**
 * The key that a proof names, out of the DID document of the issuer and of nobody else: sound, listed
 * for claims, and in force when it signed.
 */
export async function issuerKey(credential: Signed, inquiry: SignerInquiry): Promise<ResolvedKey> {
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
  const resolution = await resolveDid(issuer, inquiry.resolver)
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
  const method = isIssuers ? listedMethod(document, url, created * 1000) : undefined
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
  if (!hasBegun(method, created * 1000)) {
    return refuse(credential, 'KEY_NOT_AUTHORISED', 'verificationMethod', {
      detail: 'The DID document did not list the key yet when it signed.',
      expected: `signed from ${method.validFrom} on`,
      found: formatInstant(created),
    })
  }
  const [ended] = endsBy(method, created * 1000)
  if (ended !== undefined) {
    return refuse(credential, 'KEY_REVOKED', 'verificationMethod', {
      detail: 'The key was revoked or had expired when it signed.',
      expected: `signed before ${ended}`,
      found: formatInstant(created),
    })
  }
  const doubts = endsBy(method, inquiry.at * 1000).map(keyEndedSince)
  return { ok: true, key: method.publicKey, doubts }
}

/** Who holds a key that was revoked since could date anything back. */
function keyEndedSince(since: string): Doubt {
  const detail = `Its key was revoked or has expired since (${since})`
  // A signature of the very second from which it does not count is too late.
  return { detail, last: Math.ceil(Date.parse(since) / 1000) - 1 }
}

import { readX509, type X509 } from './certificate.ts'
import { trustedUnder } from './certificate-path.ts'
import { childrenOf, type Element, TAG } from './der.ts'
import { algorithmOf, DerFault, Fields, isSame, oidOf } from './der-fields.ts'
import { HASHES, type HashName, hashOf } from './hashes.ts'
import { holds } from './signature.ts'
import {
  namesCertificate,
  type TimestampToken,
  type TokenSigner,
  TST_INFO,
} from './timestamp-token.ts'

/** A timestamp authority that is trusted: its own certificate, or one that certifies it. */
export interface TimestampAuthority {
  /** X.509 in DER. */
  readonly certificate: Uint8Array
  /** The instants at which it is trusted to tell: seconds since the epoch, both inclusive. */
  readonly validFrom: number | null
  readonly validUntil: number | null
}

/** Whether a token holds; `ok` only for one of a trusted authority. */
export type TimestampCheck = { readonly ok: true } | { readonly ok: false; readonly detail: string }

/** Signed attributes by object identifier (RFC 5652 §11, RFC 5035 §3). */
const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

/**
 * Whether a timestamp token was signed by a trusted authority: its signature over the time and the
 * digest, its certificate named in what it signed (RFC 5816), for timestamps alone and in force at
 * that time, and resting on a trusted one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3161#section-2.3
 */
export async function checkTimestamp(
  token: TimestampToken,
  authorities: readonly TimestampAuthority[],
): Promise<TimestampCheck> {
  const { signer, time } = token
  const inTime = authorities.filter(
    ({ validFrom, validUntil }) => time >= (validFrom ?? time) && time <= (validUntil ?? time),
  )
  const trusted = readable(inTime.map(({ certificate }) => certificate))
  if (trusted.length === 0) return refuse('no authority is trusted for its time')
  const attributes = await attributesOf(token)
  if (typeof attributes === 'string') return refuse(attributes)
  const others = readable(token.certificates)
  const own = await ownCertificate(attributes.certificate, signer, [...trusted, ...others])
  if (own === null) {
    return refuse('the certificate it names as its signer is not at hand, or cannot be read')
  }
  if (!own.isForTimestamps) return refuse('its signer is not certified for timestamps alone')
  if ((await trustedUnder(own, trusted, others, time)) === null) {
    return refuse('its signer is no trusted authority, and was certified by none at its time')
  }
  const { signature, algorithm } = signer
  const signed = { data: attributes.signed, signature, algorithm, hash: attributes.hash }
  return (await holds(signed, own.publicKey)) ? { ok: true } : refuse('its signature does not hold')
}

/** Those that can be read; what rests on another does not hold. */
function readable(certificates: readonly Uint8Array[]): X509[] {
  return certificates.flatMap((der) => {
    const reading = readX509(der)
    return reading.ok ? [reading.x509] : []
  })
}

interface Attributes {
  /** What the signature is over: the attributes, as the set they are. */
  readonly signed: Uint8Array
  readonly hash: HashName
  /** The certificate of the signer, by hash (ESSCertIDv2, RFC 5035 §4). */
  readonly certificate: CertificateHash
}

interface CertificateHash {
  readonly hash: HashName
  readonly digest: Uint8Array
}

/** The signed attributes, once they were found to be those of this content; or what is wrong. */
async function attributesOf({ signer, content }: TimestampToken): Promise<Attributes | string> {
  const { hash, attributes } = signer
  if (hash === null) return 'its hash function is not one of SHA-256, SHA-384 and SHA-512'
  if (attributes === null) return 'it signs no attributes'
  try {
    const values = valuesOf(attributes)
    const type = values.get(ATTRIBUTE.contentType)
    if (type?.tag !== TAG.oid || oidOf(type) !== TST_INFO) return 'it signs another content'
    const digest = values.get(ATTRIBUTE.messageDigest)
    if (digest?.tag !== TAG.octetString) return 'it does not sign its statement'
    if (!isSame(digest.content, await hashOf(hash, content))) return 'its statement was changed'
    const certificate = certificateHash(values.get(ATTRIBUTE.signingCertificateV2))
    if (certificate === null) return 'it does not sign which certificate is its own'
    const signed = Uint8Array.from(attributes.bytes)
    // Signed under the tag of a set, sent under another (RFC 5652 §5.4).
    signed[0] = TAG.set
    return { signed, hash, certificate }
  } catch (error) {
    if (!(error instanceof DerFault)) throw error
    return `what it signs cannot be read: ${error.message}`
  }
}

/** Attribute ::= SEQUENCE { type, SET OF value }: each once, with one value. */
function valuesOf(attributes: Element): ReadonlyMap<string, Element> {
  const values = new Map<string, Element>()
  for (const attribute of childrenOf(attributes)) {
    const fields = new Fields(attribute)
    const type = oidOf(fields.take(TAG.oid))
    const [value, second] = childrenOf(fields.take(TAG.set))
    fields.end()
    if (values.has(type)) throw new DerFault('an attribute twice')
    if (value === undefined || second !== undefined) throw new DerFault('not one value')
    values.set(type, value)
  }
  return values
}

/** SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, … }: the first is the signer. */
function certificateHash(value: Element | undefined): CertificateHash | null {
  if (value === undefined) return null
  const [first] = childrenOf(new Fields(value).take(TAG.sequence))
  if (first === undefined) return null
  const fields = new Fields(first)
  const algorithm = fields.takeIf(TAG.sequence)
  const digest = fields.takeIf(TAG.octetString)
  // Left out, the hash function is SHA-256.
  const hash = algorithm === null ? 'SHA-256' : HASHES.get(algorithmOf(algorithm).oid)
  return digest === null || hash === undefined ? null : { hash, digest: digest.content }
}

/** The certificate that the token names as its signer's, by its hash and as CMS names it. */
async function ownCertificate(
  { hash, digest }: CertificateHash,
  signer: TokenSigner,
  candidates: readonly X509[],
): Promise<X509 | null> {
  for (const each of candidates) {
    if (isSame(await hashOf(hash, each.der), digest)) {
      return namesCertificate(signer, each) ? each : null
    }
  }
  return null
}

function refuse(detail: string): TimestampCheck {
  return { ok: false, detail }
}

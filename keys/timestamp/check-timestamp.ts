import type { Attribute, SignerInfo } from 'pkijs'
import { readX509, type X509 } from './certificate.ts'
import { trustedUnder } from './certificate-path.ts'
import { elementsOf } from './der.ts'
import { HASHES, hashOf, isSame, loadPki, OID, type Pki } from './pki.ts'
import { holds } from './signature.ts'
import type { ParsedToken, TimestampToken } from './timestamp-token.ts'

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

/**
 * Whether a timestamp token was signed by a trusted authority: its signature over the time and the
 * digest, its certificate named in what it signed (RFC 5816), for timestamps alone and in force at
 * that time, and resting on a trusted one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3161#section-2.3
 */
export async function checkTimestamp(
  { parsed, time }: TimestampToken,
  authorities: readonly TimestampAuthority[],
): Promise<TimestampCheck> {
  const trusted: X509[] = []
  for (const { certificate, validFrom, validUntil } of authorities) {
    if (time < (validFrom ?? time) || (validUntil ?? time) < time) continue
    const reading = await readX509(certificate)
    if (reading.ok) trusted.push(reading.x509)
  }
  if (trusted.length === 0) return refuse('no authority is trusted for its time')
  const { signer, certificates } = parsed
  const others: X509[] = []
  for (const der of certificates) {
    const reading = await readX509(der)
    if (reading.ok) others.push(reading.x509)
  }
  const attributes = await attributesOf(parsed)
  if (typeof attributes === 'string') return refuse(attributes)
  const own = await ownCertificate(attributes.signingCertificate, signer, [...trusted, ...others])
  if (own === null) {
    return refuse('the certificate it names as its signer is not at hand, or cannot be read')
  }
  if (!own.isForTimestamps) return refuse('its signer is not certified for timestamps alone')
  if ((await trustedUnder(own, trusted, others, time)) === null) {
    return refuse('its signer is no trusted authority, and was certified by none at its time')
  }
  const isSigned = await holds(
    {
      data: attributes.signed,
      signature: signer.signature,
      algorithm: signer.signatureAlgorithm,
      hash: attributes.hash,
    },
    own.certificate.subjectPublicKeyInfo,
  )
  return isSigned ? { ok: true } : refuse('its signature does not hold')
}

interface Attributes {
  /** What the signature is over: the attributes, as the set they are. */
  readonly signed: Uint8Array
  readonly hash: string
  /** The certificate of the signer, by hash (ESSCertIDv2, RFC 5816 §2.2.1). */
  readonly signingCertificate: { readonly hash: string; readonly digest: Uint8Array }
}

/** OBJECT IDENTIFIER id-ct-TSTInfo, 1.2.840.113549.1.9.16.1.4. */
const TST_INFO = Uint8Array.from([6, 11, 42, 134, 72, 134, 247, 13, 1, 9, 16, 1, 4])

/** The signed attributes, once they were found to be those of this content; or what is wrong. */
async function attributesOf({ signer, content }: ParsedToken): Promise<Attributes | string> {
  const pki = await loadPki()
  const hash = HASHES.get(signer.digestAlgorithm.algorithmId)
  if (hash === undefined) return 'its hash function is not one of SHA-256, SHA-384 and SHA-512'
  const { signedAttrs } = signer
  if (signedAttrs === undefined) return 'it signs no attributes'
  const { attributes } = signedAttrs
  if (new Set(attributes.map(({ type }) => type)).size !== attributes.length) {
    return 'it signs an attribute twice'
  }
  const type = singleValue(attributes, OID.contentType)
  if (type === null || !isSame(type, TST_INFO)) return 'it signs another content'
  const digest = singleValue(attributes, OID.messageDigest)
  const octets = digest?.[0] === 0x04 ? contentOf(digest) : null
  if (octets === null || !isSame(octets, await hashOf(hash, content))) {
    return 'its statement was changed'
  }
  const signingCertificate = signingCertificateOf(
    singleValue(attributes, OID.signingCertificateV2),
    pki,
  )
  if (signingCertificate === null) return 'it does not sign which certificate is its own'
  return { signed: new Uint8Array(signedAttrs.encodedValue), hash, signingCertificate }
}

/** SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, … }: the first is the signer. */
function signingCertificateOf(
  value: Uint8Array | null,
  pki: Pki,
): Attributes['signingCertificate'] | null {
  const [certs] = elementsOf(value ?? new Uint8Array())
  const [first] = elementsOf(certs ?? new Uint8Array())
  const [head, next] = elementsOf(first ?? new Uint8Array())
  // Left out, the hash function is SHA-256.
  const isDefault = head?.[0] === 0x04
  const digest = isDefault ? head : next
  const hash = isDefault ? 'SHA-256' : hashNamed(head, pki)
  return digest?.[0] === 0x04 && hash !== undefined ? { hash, digest: contentOf(digest) } : null
}

function hashNamed(algorithm: Uint8Array | undefined, pki: Pki): string | undefined {
  if (algorithm === undefined) return undefined
  try {
    return HASHES.get(pki.AlgorithmIdentifier.fromBER(Uint8Array.from(algorithm)).algorithmId)
  } catch {
    return undefined
  }
}

/** The one value of an attribute as it was written, or null. */
function singleValue(attributes: readonly Attribute[], oid: string): Uint8Array | null {
  const [value, second] = attributes.find(({ type }) => type === oid)?.values ?? []
  const bytes: unknown = second === undefined ? value?.valueBeforeDecodeView : undefined
  return bytes instanceof Uint8Array ? bytes : null
}

/** The content of an element whose length is written in one byte: no hash is longer. */
function contentOf(element: Uint8Array): Uint8Array {
  return element.subarray(2)
}

/** The certificate that the token names as its signer's, by its hash and as CMS names it. */
async function ownCertificate(
  { hash, digest }: Attributes['signingCertificate'],
  { sid }: SignerInfo,
  candidates: readonly X509[],
): Promise<X509 | null> {
  const { IssuerAndSerialNumber } = await loadPki()
  for (const each of candidates) {
    if (!isSame(await hashOf(hash, each.der), digest)) continue
    const { issuer, serialNumber } = each.certificate
    const isNamed =
      !(sid instanceof IssuerAndSerialNumber) ||
      (sid.issuer.isEqual(issuer) && sid.serialNumber.isEqual(serialNumber))
    return isNamed ? each : null
  }
  return null
}

function refuse(detail: string): TimestampCheck {
  return { ok: false, detail }
}

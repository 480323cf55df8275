import { encodeSha256 } from '@battery-passport/contexts'
import { childrenOf, type Element, TAG, tagged } from './der.ts'
import {
  algorithmOf,
  DerFault,
  Fields,
  isSame,
  numberOf,
  oidOf,
  parseDer,
  timeOf,
} from './der-fields.ts'
import { HASHES, type HashName } from './hashes.ts'

/** The largest token, or answer of a timestamp authority, that is read, in bytes. */
export const MAX_TIMESTAMP_BYTES = 16 * 1024

/** The most certificates that a token brings with it: that of its signer, and what it rests on. */
const MAX_CERTIFICATES = 8

const SIGNED_DATA = '1.2.840.113549.1.7.2'
/** The type of the content that is a timestamp (RFC 3161 §2.4.2). */
export const TST_INFO = '1.2.840.113549.1.9.16.1.4'

/** A timestamp token that has its form (RFC 3161 §2.4.2); who signed it is not known yet. */
export interface TimestampToken {
  /** SHA-256 of what was stamped, as `digestMultibase` has it. */
  readonly digestMultibase: string
  /** When, in whole seconds since the epoch: the end of the second, of the accuracy if it has one. */
  readonly time: number
  /** The number that the asker chose, in hexadecimal; null: none. */
  readonly nonce: string | null
  /** The token alone, without the answer it came in. */
  readonly bytes: Uint8Array
  readonly signer: TokenSigner
  /** The bytes of the TSTInfo: what was signed. */
  readonly content: Uint8Array
  /** In DER, as they came. */
  readonly certificates: readonly Uint8Array[]
}

/** Who signed a token by its own word, and how (SignerInfo, RFC 5652 §5.3). */
export interface TokenSigner {
  /** The issuer and the number of its certificate in DER; null where it is named by its key. */
  readonly certificate: { readonly issuer: Uint8Array; readonly serialNumber: Uint8Array } | null
  /** Null: one that does not count. */
  readonly hash: HashName | null
  /** Null: it signs none. */
  readonly attributes: Element | null
  readonly algorithm: Element
  readonly signature: Uint8Array
}

/** What reading a token answers. */
export type TimestampReading =
  | { readonly ok: true; readonly token: TimestampToken }
  | { readonly ok: false; readonly detail: string }

/** What a reader can be told of. */
class Refused extends DerFault {}

/**
 * Reads a timestamp token, alone or in the answer of a timestamp authority (`.tsr`): strict DER, one
 * signature, over a TSTInfo of version 1 with a SHA-256 imprint, and no critical extension.
 */
export function readTimestamp(bytes: Uint8Array): TimestampReading {
  if (bytes.length > MAX_TIMESTAMP_BYTES) {
    return { ok: false, detail: `it has more than ${MAX_TIMESTAMP_BYTES} bytes` }
  }
  try {
    return { ok: true, token: readToken(tokenIn(parseDer(bytes))) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, detail: error.message }
    if (!(error instanceof DerFault)) throw error
    return { ok: false, detail: `it is no RFC 3161 timestamp: ${error.message}` }
  }
}

/** The token of an answer that grants one, or the element itself. */
function tokenIn(element: Element): Element {
  // An answer begins with its status, a sequence; a token with the identifier of its type.
  const [status, token] = childrenOf(element)
  if (element.tag !== TAG.sequence || status?.tag !== TAG.sequence) return element
  const granted = numberOf(new Fields(status).take(TAG.integer))
  if (granted > 1) throw new Refused(`the authority granted none (status ${granted})`)
  if (token === undefined) throw new Refused('it is an answer without a token')
  return token
}

/** ContentInfo ::= SEQUENCE { contentType, [0] EXPLICIT SignedData } */
function readToken(element: Element): TimestampToken {
  const info = new Fields(element)
  if (oidOf(info.take(TAG.oid)) !== SIGNED_DATA) throw new Refused('it is no signed data')
  const signedData = new Fields(info.take(tagged(0)), tagged(0)).take(TAG.sequence)
  info.end()
  const fields = new Fields(signedData)
  fields.take(TAG.integer)
  fields.take(TAG.set)
  const content = contentOf(fields.take(TAG.sequence))
  const certificates = fields.takeIf(tagged(0))
  fields.takeIf(tagged(1))
  const [signer, second] = childrenOf(fields.take(TAG.set))
  fields.end()
  if (signer === undefined || second !== undefined) {
    throw new Refused(`expected one signature, found ${signer === undefined ? 'none' : 'more'}`)
  }
  const found = certificates === null ? [] : childrenOf(certificates).map(({ bytes }) => bytes)
  if (found.length > MAX_CERTIFICATES) {
    throw new Refused(`expected at most ${MAX_CERTIFICATES} certificates`)
  }
  return Object.freeze({
    ...readInfo(content),
    bytes: element.bytes,
    signer: readSigner(signer),
    content,
    certificates: found,
  })
}

/** EncapsulatedContentInfo ::= SEQUENCE { eContentType, [0] EXPLICIT OCTET STRING } */
function contentOf(element: Element): Uint8Array {
  const fields = new Fields(element)
  const type = oidOf(fields.take(TAG.oid))
  const content = fields.takeIf(tagged(0))
  if (type !== TST_INFO || content === null) throw new Refused('it is signed, but no timestamp')
  return new Fields(content, tagged(0)).take(TAG.octetString).content
}

function readSigner(element: Element): TokenSigner {
  const fields = new Fields(element)
  fields.take(TAG.integer)
  const named = fields.takeIf(TAG.sequence)
  if (named === null) fields.take(0x80)
  const { oid } = algorithmOf(fields.take(TAG.sequence))
  const attributes = fields.takeIf(tagged(0))
  const algorithm = fields.take(TAG.sequence)
  const signature = fields.take(TAG.octetString).content
  fields.takeIf(tagged(1))
  fields.end()
  const hash = HASHES.get(oid) ?? null
  return {
    certificate: named === null ? null : issuerAndSerial(named),
    hash,
    attributes,
    algorithm,
    signature,
  }
}

function issuerAndSerial(element: Element): NonNullable<TokenSigner['certificate']> {
  const fields = new Fields(element)
  const issuer = fields.take(TAG.sequence).bytes
  const serialNumber = fields.take(TAG.integer).bytes
  fields.end()
  return { issuer, serialNumber }
}

/** What the authority states: TSTInfo (RFC 3161 §2.4.2). */
function readInfo(bytes: Uint8Array): Pick<TimestampToken, 'digestMultibase' | 'time' | 'nonce'> {
  const fields = new Fields(parseDer(bytes))
  const version = numberOf(fields.take(TAG.integer))
  if (version !== 1) throw new Refused(`expected version 1, found ${version}`)
  fields.take(TAG.oid)
  const digest = digestOf(fields.take(TAG.sequence))
  fields.take(TAG.integer)
  const written = timeIn(fields.take(TAG.generalizedTime))
  const accuracy = fields.takeIf(TAG.sequence)
  fields.takeIf(TAG.boolean)
  const nonce = fields.takeIf(TAG.integer)
  fields.takeIf(tagged(0))
  assertNotCritical(fields.takeIf(tagged(1)))
  fields.end()
  return {
    digestMultibase: encodeSha256(digest),
    time: Math.ceil(written + (accuracy === null ? 0 : secondsOf(accuracy))),
    nonce: nonce === null ? null : hexOf(nonce.content),
  }
}

/** MessageImprint ::= SEQUENCE { hashAlgorithm, hashedMessage } */
function digestOf(imprint: Element): Uint8Array {
  const fields = new Fields(imprint)
  const { oid } = algorithmOf(fields.take(TAG.sequence))
  if (HASHES.get(oid) !== 'SHA-256') {
    throw new Refused('expected the SHA-256 of what was stamped, found another hash')
  }
  const digest = fields.take(TAG.octetString).content
  fields.end()
  if (digest.length !== 32) throw new Refused('expected 32 bytes of SHA-256')
  return digest
}

function timeIn(element: Element): number {
  try {
    return timeOf(element)
  } catch {
    throw new Refused('its time cannot be read')
  }
}

/** Accuracy ::= SEQUENCE { seconds OPTIONAL, [0] millis OPTIONAL, [1] micros OPTIONAL }, in seconds. */
function secondsOf(accuracy: Element): number {
  const fields = new Fields(accuracy)
  const parts = [TAG.integer, 0x80, 0x81].map((tag, index) => {
    const part = fields.takeIf(tag)
    return part === null ? 0 : numberOf(part) / 1000 ** index
  })
  fields.end()
  return parts.reduce((sum, part) => sum + part, 0)
}

/** [1] IMPLICIT SEQUENCE OF SEQUENCE { extnID, critical DEFAULT FALSE, extnValue } */
function assertNotCritical(extensions: Element | null): void {
  if (extensions === null) return
  for (const extension of childrenOf(extensions)) {
    if (childrenOf(extension)[1]?.tag !== TAG.boolean) continue
    throw new Refused('it has a critical extension, and none is understood')
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Whether a token is signed by the holder of a certificate, by its own word. */
export function namesCertificate(
  { certificate }: TokenSigner,
  other: { readonly issuer: Uint8Array; readonly serialNumber: Uint8Array },
): boolean {
  return (
    certificate === null ||
    (isSame(certificate.issuer, other.issuer) &&
      isSame(certificate.serialNumber, other.serialNumber))
  )
}

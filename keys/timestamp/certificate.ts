import { childrenOf, type Element, TAG, tagged } from './der.ts'
import {
  DerFault,
  Fields,
  isSame,
  numberOf,
  oidOf,
  parseDer,
  timeOf,
  wholeBytesOf,
} from './der-fields.ts'

/** The largest certificate that is read, in bytes. */
export const MAX_CERTIFICATE_BYTES = 8 * 1024

/** An X.509 certificate of which everything that is critical was understood (RFC 5280 §4). */
export interface X509 {
  readonly der: Uint8Array
  /** What its issuer signed, how, and the signature. */
  readonly signed: Uint8Array
  readonly algorithm: Element
  readonly signature: Uint8Array
  /** The names and the number, in DER. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly serialNumber: Uint8Array
  /** The SubjectPublicKeyInfo. */
  readonly publicKey: Element
  /** Seconds since the epoch, both inclusive. */
  readonly notBefore: number
  readonly notAfter: number
  /** Null: it certifies nobody. */
  readonly authority: { readonly mostBelow: number } | null
  /** Whether it is for timestamps, and for nothing else (RFC 3161 §2.3). */
  readonly isForTimestamps: boolean
}

/** What reading a certificate answers. */
export type X509Reading =
  | { readonly ok: true; readonly x509: X509 }
  | { readonly ok: false; readonly detail: string }

const PEM = /^-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/

/** Extensions by object identifier (RFC 5280 §4.2.1). */
const EXTENSION = {
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  certificatePolicies: '2.5.29.32',
} as const
const UNDERSTOOD: ReadonlySet<string> = new Set(Object.values(EXTENSION))

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'

/** Bits of the first byte of keyUsage (RFC 5280 §4.2.1.3). */
const DIGITAL_SIGNATURE = 0x80
const NON_REPUDIATION = 0x40
const CERTIFICATE_SIGNING = 0x04

/** The base64 in a text that is one certificate: PEM, or the base64 of its DER alone. */
export function certificateBase64(text: string): string {
  return (PEM.exec(text)?.[1] ?? text).replaceAll(/\s/g, '')
}

/** Reads one certificate. */
export function readX509(der: Uint8Array): X509Reading {
  if (der.length > MAX_CERTIFICATE_BYTES) {
    return { ok: false, detail: `it has more than ${MAX_CERTIFICATE_BYTES} bytes` }
  }
  try {
    return { ok: true, x509: parseX509(der) }
  } catch (error) {
    if (!(error instanceof DerFault)) throw error
    return { ok: false, detail: `it is no certificate that can be relied on: ${error.message}` }
  }
}

/** Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue } */
function parseX509(der: Uint8Array): X509 {
  const whole = new Fields(parseDer(der))
  const body = whole.take(TAG.sequence)
  const algorithm = whole.take(TAG.sequence)
  const signature = wholeBytesOf(whole.take(TAG.bitString))
  whole.end()

  const fields = new Fields(body)
  // [0] the version: extensions came with the third.
  const version = fields.takeIf(tagged(0))
  const isThird = version !== null && numberOf(onlyOf(version)) === 2
  const serialNumber = fields.take(TAG.integer).bytes
  // What is signed says how; the algorithm beside it is anybody's word (RFC 5280 §4.1.1.2).
  if (!isSame(fields.take(TAG.sequence).bytes, algorithm.bytes)) {
    throw new DerFault('it names two signature algorithms')
  }
  const issuer = fields.take(TAG.sequence).bytes
  const [notBefore, notAfter, third] = childrenOf(fields.take(TAG.sequence))
  if (notBefore === undefined || notAfter === undefined || third !== undefined) {
    throw new DerFault('no validity')
  }
  const subject = fields.take(TAG.sequence).bytes
  const publicKey = fields.take(TAG.sequence)
  const extensions = fields.takeIf(tagged(3))
  fields.end()
  return {
    der,
    signed: body.bytes,
    algorithm,
    signature,
    issuer,
    subject,
    serialNumber,
    publicKey,
    notBefore: Math.ceil(timeOf(notBefore)),
    notAfter: Math.floor(timeOf(notAfter)),
    ...purposesOf(extensionsOf(isThird ? extensions : null)),
  }
}

interface Extension {
  readonly isCritical: boolean
  readonly value: Element
}

/** [3] EXPLICIT SEQUENCE OF SEQUENCE { extnID, critical DEFAULT FALSE, extnValue } */
function extensionsOf(element: Element | null): ReadonlyMap<string, Extension> {
  const found = new Map<string, Extension>()
  const met = new Set<string>()
  if (element === null) return found
  for (const extension of childrenOf(onlyOf(element))) {
    const fields = new Fields(extension)
    const oid = oidOf(fields.take(TAG.oid))
    const isCritical = fields.takeIf(TAG.boolean)?.content[0] === 0xff
    const octets = fields.take(TAG.octetString).content
    fields.end()
    if (met.has(oid)) throw new DerFault(`its extension ${oid} stands twice`)
    met.add(oid)
    if (UNDERSTOOD.has(oid)) found.set(oid, { isCritical, value: parseDer(octets) })
    else if (isCritical) throw new DerFault(`its extension ${oid} is not understood`)
  }
  return found
}

function purposesOf(
  extensions: ReadonlyMap<string, Extension>,
): Pick<X509, 'authority' | 'isForTimestamps'> {
  const usage = usageOf(extensions.get(EXTENSION.keyUsage)?.value)
  const constraints = extensions.get(EXTENSION.basicConstraints)
  const mostBelow = constraints === undefined ? null : mostBelowOf(constraints.value)
  const mayCertify = usage === null || (usage & CERTIFICATE_SIGNING) !== 0
  const purposes = extensions.get(EXTENSION.extendedKeyUsage)
  const isForTimestamps =
    purposes?.isCritical === true &&
    childrenOf(purposes.value).map(oidOf).join() === TIME_STAMPING &&
    (usage === null || isForSigning(usage))
  return { authority: mostBelow === null || !mayCertify ? null : { mostBelow }, isForTimestamps }
}

/** BasicConstraints ::= SEQUENCE { cA DEFAULT FALSE, pathLenConstraint OPTIONAL }; null: no authority. */
function mostBelowOf(constraints: Element): number | null {
  const fields = new Fields(constraints)
  const isAuthority = fields.takeIf(TAG.boolean)?.content[0] === 0xff
  const length = fields.takeIf(TAG.integer)
  fields.end()
  if (!isAuthority) return null
  return length === null ? Number.POSITIVE_INFINITY : numberOf(length)
}

/** Signatures alone: a key that certifies or encrypts as well is kept by other rules. */
function isForSigning(usage: number): boolean {
  return usage !== 0 && (usage & ~(DIGITAL_SIGNATURE | NON_REPUDIATION)) === 0
}

/** The bits of keyUsage; null: there is none, so it is for anything. A second byte encrypts. */
function usageOf(element: Element | undefined): number | null {
  if (element === undefined) return null
  if (element.tag !== TAG.bitString) throw new DerFault('no key usage')
  const [, first = 0, second = 0] = element.content
  return second === 0 ? first : first | 0x01
}

function onlyOf(element: Element): Element {
  const [only, second] = childrenOf(element)
  if (only === undefined || second !== undefined) throw new DerFault('not one element')
  return only
}

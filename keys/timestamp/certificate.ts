import type { Certificate, Extension } from 'pkijs'
import { isDer } from './der.ts'
import { loadPki, OID } from './pki.ts'

/** The largest certificate that is read, in bytes. */
export const MAX_CERTIFICATE_BYTES = 8 * 1024

/** An X.509 certificate of which everything that is critical was understood (RFC 5280 §4). */
export interface X509 {
  readonly der: Uint8Array
  readonly certificate: Certificate
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

const PEM = /^-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END CERTIFICATE-----\s*$/

/** Bits of the first byte of keyUsage (RFC 5280 §4.2.1.3). */
const DIGITAL_SIGNATURE = 0x80
const NON_REPUDIATION = 0x40
const CERTIFICATE_SIGNING = 0x04

const UNDERSTOOD: readonly string[] = [
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.certificatePolicies,
]

/** The base64 in a text that is one certificate: PEM, or the base64 of its DER alone. */
export function certificateBase64(text: string): string {
  return (PEM.exec(text)?.[1] ?? text).replaceAll(/\s/g, '')
}

/** Reads one certificate. */
export async function readX509(der: Uint8Array): Promise<X509Reading> {
  if (der.length > MAX_CERTIFICATE_BYTES) {
    return refuse(`it has more than ${MAX_CERTIFICATE_BYTES} bytes`)
  }
  if (!isDer(der)) return refuse('it is not DER')
  const pki = await loadPki()
  let certificate: Certificate
  try {
    certificate = pki.Certificate.fromBER(Uint8Array.from(der))
  } catch {
    return refuse('it is no X.509 certificate')
  }
  const { extensions = [], notBefore, notAfter } = certificate
  if (new Set(extensions.map(({ extnID }) => extnID)).size !== extensions.length) {
    return refuse('it has an extension twice')
  }
  const stranger = extensions.find(
    ({ extnID, critical }) => critical && !UNDERSTOOD.includes(extnID),
  )
  if (stranger !== undefined) return refuse(`its extension ${stranger.extnID} is not understood`)
  const find = (oid: string) => extensions.find(({ extnID }) => extnID === oid)
  const usage = usageOf(find(OID.keyUsage))
  const constraints = find(OID.basicConstraints)?.parsedValue
  const isAuthority =
    constraints instanceof pki.BasicConstraints &&
    constraints.cA &&
    (usage === null || (usage & CERTIFICATE_SIGNING) !== 0)
  const purposes = find(OID.extendedKeyUsage)
  return {
    ok: true,
    x509: {
      der,
      certificate,
      notBefore: Math.ceil(notBefore.value.getTime() / 1000),
      notAfter: Math.floor(notAfter.value.getTime() / 1000),
      authority: isAuthority ? { mostBelow: mostBelow(constraints.pathLenConstraint) } : null,
      isForTimestamps:
        purposes?.critical === true &&
        purposes.parsedValue instanceof pki.ExtKeyUsage &&
        purposes.parsedValue.keyPurposes.join() === OID.timeStamping &&
        (usage === null || isForSigning(usage)),
    },
  }
}

/** Signatures alone: a key that certifies or encrypts as well is kept by other rules. */
function isForSigning(usage: number): boolean {
  return usage !== 0 && (usage & ~(DIGITAL_SIGNATURE | NON_REPUDIATION)) === 0
}

/** The bits of keyUsage; null: there is none, so it is for anything. */
function usageOf(extension: Extension | undefined): number | null {
  if (extension === undefined) return null
  const bytes = extension.extnValue.valueBlock.valueHexView
  // BIT STRING, its length, the unused bits, the bits.
  return bytes[0] === 0x03 ? (bytes[3] ?? 0) : 0
}

function mostBelow(constraint: unknown): number {
  if (constraint === undefined) return Number.POSITIVE_INFINITY
  return typeof constraint === 'number' ? constraint : 0
}

function refuse(detail: string): X509Reading {
  return { ok: false, detail }
}

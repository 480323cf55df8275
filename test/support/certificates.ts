import { BitString, Integer, Utf8String } from 'asn1js'
import {
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
} from 'pkijs'

const { subtle } = globalThis.crypto

/** How keys of certificates are made. */
export const KEY_ALGORITHMS = {
  RSA: {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: Uint8Array.from([1, 0, 1]),
    hash: 'SHA-256',
  },
  ECDSA: { name: 'ECDSA', namedCurve: 'P-256' },
} as const

/** An X.509 certificate with its private key, both made for this run. */
export interface Certified {
  readonly certificate: Certificate
  readonly der: Uint8Array
  readonly pem: string
  readonly keys: CryptoKeyPair
}

type CryptoKeyPair = Awaited<ReturnType<typeof keyPair>>

/** What a certificate says; everything left out is left out of it. */
export interface CertificateParts {
  readonly subject: string
  /** Default: itself. */
  readonly issuer?: Certified
  readonly algorithm?: keyof typeof KEY_ALGORITHMS
  readonly keys?: CryptoKeyPair
  readonly validFrom?: string
  readonly validUntil?: string
  readonly serial?: number
  readonly isAuthority?: boolean
  readonly pathLength?: number
  /** Default: none. */
  readonly keyUsage?: number
  readonly extendedKeyUsage?: {
    readonly purposes: readonly string[]
    readonly critical: boolean
  }
  readonly host?: string
  /** Any others. */
  readonly extensions?: readonly Extension[]
  readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-384'
}

/** Makes a certificate, signed by its issuer or by itself. */
export async function certify(parts: CertificateParts): Promise<Certified> {
  const { issuer, algorithm = 'ECDSA', hash = 'SHA-256' } = parts
  const keys = parts.keys ?? (await keyPair(algorithm))
  const certificate = new Certificate()
  certificate.version = 2
  certificate.serialNumber = new Integer({ value: parts.serial ?? 1 })
  name(certificate.subject.typesAndValues, parts.subject)
  if (issuer === undefined) name(certificate.issuer.typesAndValues, parts.subject)
  else certificate.issuer = issuer.certificate.subject
  certificate.notBefore.value = new Date(parts.validFrom ?? '2020-01-01T00:00:00Z')
  certificate.notAfter.value = new Date(parts.validUntil ?? '2040-01-01T00:00:00Z')
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey)
  certificate.extensions = extensionsOf(parts)
  await certificate.sign((issuer?.keys ?? keys).privateKey, hash)
  const der = new Uint8Array(certificate.toSchema(true).toBER())
  return { certificate: Certificate.fromBER(der), der, pem: pemOf('CERTIFICATE', der), keys }
}

/** The private key as a TLS server takes it. */
export async function privateKeyPem({ keys }: Certified): Promise<string> {
  return pemOf('PRIVATE KEY', new Uint8Array(await subtle.exportKey('pkcs8', keys.privateKey)))
}

function keyPair(algorithm: keyof typeof KEY_ALGORITHMS) {
  return algorithm === 'RSA'
    ? subtle.generateKey(KEY_ALGORITHMS.RSA, true, ['sign', 'verify'])
    : subtle.generateKey(KEY_ALGORITHMS.ECDSA, true, ['sign', 'verify'])
}

function name(parts: AttributeTypeAndValue[], commonName: string): void {
  const value = new Utf8String({ value: commonName })
  parts.push(new AttributeTypeAndValue({ type: '2.5.4.3', value }))
}

function extensionsOf(parts: CertificateParts): Extension[] {
  const { isAuthority, pathLength, keyUsage, extendedKeyUsage, host, extensions = [] } = parts
  const found: Extension[] = [...extensions]
  if (isAuthority !== undefined) {
    const constraints = new BasicConstraints({
      cA: isAuthority,
      ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }),
    })
    found.push(extension('2.5.29.19', true, constraints.toSchema()))
  }
  if (keyUsage !== undefined) {
    const bits = new BitString({ valueHex: Uint8Array.from([keyUsage]).buffer })
    found.push(extension('2.5.29.15', true, bits))
  }
  if (extendedKeyUsage !== undefined) {
    const { purposes, critical } = extendedKeyUsage
    const usage = new ExtKeyUsage({ keyPurposes: [...purposes] })
    found.push(extension('2.5.29.37', critical, usage.toSchema()))
  }
  if (host !== undefined) {
    const names = new GeneralNames({ names: [new GeneralName({ type: 2, value: host })] })
    found.push(extension('2.5.29.17', false, names.toSchema()))
  }
  return found
}

/** An extension of a certificate with this content. */
export function extension(
  extnID: string,
  critical: boolean,
  content: { toBER(): ArrayBuffer },
): Extension {
  return new Extension({ extnID, critical, extnValue: content.toBER() })
}

/** Bytes as PEM (RFC 7468). */
export function pemOf(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der).toString('base64')
  const lines = base64.match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

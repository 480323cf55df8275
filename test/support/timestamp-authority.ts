import { randomBytes } from 'node:crypto'
import { Integer, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import {
  Accuracy,
  AlgorithmIdentifier,
  Attribute,
  ContentInfo,
  EncapsulatedContentInfo,
  type Extension,
  IssuerAndSerialNumber,
  MessageImprint,
  PKIStatusInfo,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TimeStampResp,
  TSTInfo,
} from 'pkijs'
import { childrenOf, readDer } from '../../keys/timestamp/der.ts'
import { type CertificateParts, type Certified, certify } from './certificates.ts'

const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const HASH_IDS = {
  'SHA-1': '1.3.14.3.2.26',
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
} as const

/** For timestamps alone, as RFC 3161 §2.3 has it. */
export const FOR_TIMESTAMPS = {
  extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
} as const

/** A timestamp authority made for this run: what it signs is as right or wrong as a test wants it. */
export interface TestAuthority {
  readonly root: Certified
  readonly signer: Certified
}

/** An authority whose certificate rests on a root. */
export async function testAuthority(
  change: Partial<CertificateParts> = {},
  root?: Certified,
): Promise<TestAuthority> {
  const above =
    root ??
    (await certify({ subject: 'Clock Root (fictional)', isAuthority: true, keyUsage: 0x04 }))
  const signer = await certify({
    subject: 'Clock (fictional)',
    issuer: above,
    serial: 7,
    ...FOR_TIMESTAMPS,
    ...change,
  })
  return { root: above, signer }
}

/** What a test changes in a token; everything left out is as it should be. */
export interface TokenChange {
  /** RFC 3339. */
  readonly time?: string
  /** The GeneralizedTime as it is written, whatever it says. */
  readonly writtenTime?: string
  readonly version?: number
  readonly imprintHash?: keyof typeof HASH_IDS
  readonly imprint?: Uint8Array
  readonly accuracy?: ConstructorParameters<typeof Accuracy>[0]
  readonly extensions?: readonly Extension[]
  readonly contentType?: string
  /** The content type in the signed attributes. */
  readonly signedContentType?: string
  readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-384'
  /** The hash of the certificate that is signed as the signer's. */
  readonly signingCertificate?: Uint8Array | null
  readonly signingCertificateHash?: 'SHA-1' | 'SHA-384'
  readonly messageDigest?: Uint8Array | null
  readonly noAttributes?: true
  readonly attributeTwice?: true
  /** Default: that of the signer. */
  readonly certificates?: readonly Certified[]
  readonly serialOf?: Certified
  readonly signatures?: number
  readonly nonce?: Uint8Array
  /** Runs last, before the bytes are written. */
  readonly alter?: (signed: SignedData) => void
}

/** A token over the SHA-256 digest of something, without the answer around it. */
export async function stamp(
  { signer }: Pick<TestAuthority, 'signer'>,
  digest: Uint8Array,
  change: TokenChange = {},
): Promise<Uint8Array> {
  const { hash = 'SHA-256', contentType = TST_INFO, certificates = [signer] } = change
  const content = statement(digest, change)
  const encapContentInfo = new EncapsulatedContentInfo({ eContentType: contentType })
  // Given to the constructor, it would be cut into pieces, which is not DER.
  encapContentInfo.eContent = new OctetString({ valueHex: Uint8Array.from(content).buffer })
  const signerInfos = Array.from({ length: change.signatures ?? 1 }, () => {
    const { issuer, serialNumber } = (change.serialOf ?? signer).certificate
    return new SignerInfo({ version: 1, sid: new IssuerAndSerialNumber({ issuer, serialNumber }) })
  })
  const signed = new SignedData({
    version: 3,
    encapContentInfo,
    certificates: certificates.map(({ certificate }) => certificate),
    signerInfos,
  })
  for (const [index, info] of signerInfos.entries()) {
    if (!change.noAttributes) {
      const attributes = await attributesOf(signer, content, change)
      info.signedAttrs = new SignedAndUnsignedAttributes({ type: 0, attributes })
    }
    await signed.sign(signer.keys.privateKey, index, hash)
  }
  change.alter?.(signed)
  const info = new ContentInfo({
    contentType: ContentInfo.SIGNED_DATA,
    content: signed.toSchema(true),
  })
  return new Uint8Array(info.toSchema().toBER())
}

/** The answer of an authority with a token in it, or without. */
export function answerWith(token: Uint8Array | null, status = 0): Uint8Array {
  const answer = new TimeStampResp({
    status: new PKIStatusInfo({ status }),
    ...(token === null ? {} : { timeStampToken: ContentInfo.fromBER(Uint8Array.from(token)) }),
  })
  return new Uint8Array(answer.toSchema().toBER())
}

function statement(digest: Uint8Array, change: TokenChange): Uint8Array {
  const { time = '2026-10-01T00:00:00Z', imprintHash = 'SHA-256', writtenTime } = change
  const info = new TSTInfo({
    version: change.version ?? 1,
    policy: '1.3.6.1.4.1.32473.1',
    messageImprint: new MessageImprint({
      hashAlgorithm: algorithm(HASH_IDS[imprintHash]),
      hashedMessage: new OctetString({
        valueHex: Uint8Array.from(change.imprint ?? digest).buffer,
      }),
    }),
    serialNumber: new Integer({ valueHex: Uint8Array.from([1, ...randomBytes(7)]).buffer }),
    genTime: new Date(time),
    ...(change.accuracy === undefined ? {} : { accuracy: new Accuracy(change.accuracy) }),
    ...(change.nonce === undefined
      ? {}
      : { nonce: new Integer({ valueHex: Uint8Array.from(change.nonce).buffer }) }),
    ...(change.extensions === undefined ? {} : { extensions: [...change.extensions] }),
  })
  const der = new Uint8Array(info.toSchema().toBER())
  if (writtenTime === undefined) return der
  const written = Uint8Array.from([0x18, writtenTime.length, ...Buffer.from(writtenTime)])
  const whole = readDer(der)
  const parts = whole === null ? [] : childrenOf(whole)
  const content = parts.map(({ bytes: part }, index) => (index === 4 ? written : part))
  const bytes = Buffer.concat(content)
  const length = bytes.length < 0x80 ? [bytes.length] : [0x81, bytes.length]
  return Uint8Array.from([0x30, ...length, ...bytes])
}

async function attributesOf(
  signer: Certified,
  content: Uint8Array,
  change: TokenChange,
): Promise<Attribute[]> {
  const { hash = 'SHA-256', contentType = TST_INFO, signedContentType = contentType } = change
  const digest = async (name: string, bytes: Uint8Array) =>
    new Uint8Array(await globalThis.crypto.subtle.digest(name, Uint8Array.from(bytes)))
  const attribute = (type: string, value: object) => new Attribute({ type, values: [value] })
  const octets = (bytes: Uint8Array) => new OctetString({ valueHex: Uint8Array.from(bytes).buffer })
  const type = attribute('1.2.840.113549.1.9.3', new ObjectIdentifier({ value: signedContentType }))
  const attributes = [type]
  if (change.attributeTwice) attributes.push(type)
  if (change.messageDigest !== null) {
    const value = change.messageDigest ?? (await digest(hash, content))
    attributes.push(attribute('1.2.840.113549.1.9.4', octets(value)))
  }
  if (change.signingCertificate !== null) {
    const { signingCertificateHash } = change
    const named = signingCertificateHash ?? 'SHA-256'
    const value = change.signingCertificate ?? (await digest(named, signer.der))
    const id = new Sequence({
      value: [
        ...(signingCertificateHash === undefined
          ? []
          : [algorithm(HASH_IDS[signingCertificateHash]).toSchema()]),
        octets(value),
      ],
    })
    const certs = new Sequence({ value: [new Sequence({ value: [id] })] })
    attributes.push(attribute('1.2.840.113549.1.9.16.2.47', certs))
  }
  return attributes
}

function algorithm(algorithmId: string): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithmId, algorithmParams: new Null() })
}

import { webCrypto } from '../web-crypto.ts'
import { childrenOf, type Element, TAG, tagged } from './der.ts'
import {
  algorithmOf,
  DerFault,
  Fields,
  numberOf,
  oidOf,
  parseDer,
  wholeBytesOf,
} from './der-fields.ts'
import { HASHES, type HashName } from './hashes.ts'

const RSA = '1.2.840.113549.1.1.1'
const RSA_PSS = '1.2.840.113549.1.1.10'
const MGF1 = '1.2.840.113549.1.1.8'
const EC = '1.2.840.10045.2.1'

/** Signature algorithms with their hash function; SHA-1 and older ones are not among them. */
const PKCS1: ReadonlyMap<string, HashName> = new Map([
  ['1.2.840.113549.1.1.11', 'SHA-256'],
  ['1.2.840.113549.1.1.12', 'SHA-384'],
  ['1.2.840.113549.1.1.13', 'SHA-512'],
])
const ECDSA: ReadonlyMap<string, HashName> = new Map([
  ['1.2.840.10045.4.3.2', 'SHA-256'],
  ['1.2.840.10045.4.3.3', 'SHA-384'],
  ['1.2.840.10045.4.3.4', 'SHA-512'],
])

/** Curves by object identifier, with the bytes of a coordinate. */
const CURVES: ReadonlyMap<string, { readonly name: string; readonly bytes: number }> = new Map([
  ['1.2.840.10045.3.1.7', { name: 'P-256', bytes: 32 }],
  ['1.3.132.0.34', { name: 'P-384', bytes: 48 }],
  ['1.3.132.0.35', { name: 'P-521', bytes: 66 }],
])

/** In bytes of the modulus: shorter ones are broken, longer ones take time to check. */
const RSA_BYTES = { least: 256, most: 1024 }

/** Bytes that were signed, and how. */
export interface SignedBytes {
  readonly data: Uint8Array
  readonly signature: Uint8Array
  /** AlgorithmIdentifier. */
  readonly algorithm: Element
  /** Where the algorithm does not say its hash function (plain RSA in CMS, RFC 3370 §3.2). */
  readonly hash?: HashName
}

type Import = Parameters<typeof globalThis.crypto.subtle.importKey>[2]
type Verify = Parameters<typeof globalThis.crypto.subtle.verify>[0]

interface Way {
  readonly key: Import
  readonly verify: Verify
  readonly signature: Uint8Array
}

/** Whether a signature of X.509 or CMS holds under a key: an algorithm that counts, a sound size. */
export async function holds(signed: SignedBytes, publicKey: Element): Promise<boolean> {
  const subtle = webCrypto()
  try {
    const way = wayOf(signed, publicKey)
    if (way === null) return false
    const spki = Uint8Array.from(publicKey.bytes)
    const key = await subtle.importKey('spki', spki, way.key, false, ['verify'])
    const signature = Uint8Array.from(way.signature)
    return await subtle.verify(way.verify, key, signature, Uint8Array.from(signed.data))
  } catch {
    // A structure that is none, a point off its curve: whatever goes wrong is no valid signature.
    return false
  }
}

/** How to check it with Web Cryptography; null for what does not count. */
function wayOf({ algorithm, signature, hash }: SignedBytes, publicKey: Element): Way | null {
  const fields = new Fields(publicKey)
  const { oid: keyKind, parameters: keyParameters } = algorithmOf(fields.take(TAG.sequence))
  const bits = wholeBytesOf(fields.take(TAG.bitString))
  fields.end()
  const { oid, parameters } = algorithmOf(algorithm)
  if (keyKind === EC) {
    const curve = keyParameters === null ? undefined : CURVES.get(oidOf(keyParameters))
    const name = ECDSA.get(oid)
    if (curve === undefined || name === undefined) return null
    return {
      key: { name: 'ECDSA', namedCurve: curve.name },
      verify: { name: 'ECDSA', hash: name },
      signature: rawSignature(signature, curve.bytes),
    }
  }
  if (keyKind !== RSA || !hasSoundModulus(bits)) return null
  if (oid === RSA_PSS) {
    const pss = pssOf(parameters)
    return pss === null ? null : { ...pss, signature }
  }
  const name = oid === RSA ? hash : PKCS1.get(oid)
  if (name === undefined) return null
  const key = { name: 'RSASSA-PKCS1-v1_5', hash: name }
  return { key, verify: { name: key.name }, signature }
}

/** ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER } as `r ‖ s`. */
function rawSignature(signature: Uint8Array, bytes: number): Uint8Array {
  const fields = new Fields(parseDer(signature))
  const raw = new Uint8Array(2 * bytes)
  for (const index of [1, 2]) {
    const { content } = fields.take(TAG.integer)
    const magnitude = content[0] === 0 ? content.subarray(1) : content
    if (magnitude.length > bytes) throw new DerFault('a number that is too large')
    raw.set(magnitude, index * bytes - magnitude.length)
  }
  fields.end()
  return raw
}

/** RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER } */
function hasSoundModulus(bits: Uint8Array): boolean {
  const fields = new Fields(parseDer(bits))
  const modulus = fields.take(TAG.integer).content
  const exponent = numberOf(fields.take(TAG.integer))
  fields.end()
  const length = modulus[0] === 0 ? modulus.length - 1 : modulus.length
  return length >= RSA_BYTES.least && length <= RSA_BYTES.most && exponent > 2 && exponent < 2 ** 32
}

/**
 * RSASSA-PSS-params (RFC 4055 §3.1) with one hash function throughout. What is left out of them is
 * SHA-1, which does not count.
 */
function pssOf(parameters: Element | null): Pick<Way, 'key' | 'verify'> | null {
  if (parameters === null) return null
  const fields = new Fields(parameters)
  const [hash] = childrenOf(fields.take(tagged(0)))
  const [mask] = childrenOf(fields.take(tagged(1)))
  const [salt] = childrenOf(fields.take(tagged(2)))
  fields.end()
  if (hash === undefined || mask === undefined || salt === undefined) return null
  const name = HASHES.get(algorithmOf(hash).oid)
  const { oid, parameters: maskHash } = algorithmOf(mask)
  if (name === undefined || oid !== MGF1 || maskHash === null) return null
  if (HASHES.get(algorithmOf(maskHash).oid) !== name) return null
  const key = { name: 'RSA-PSS', hash: name }
  return { key, verify: { name: key.name, saltLength: numberOf(salt) } }
}

import type { AlgorithmIdentifier, PublicKeyInfo } from 'pkijs'
import { HASHES, loadPki, type Pki } from './pki.ts'

/** Kinds of keys, by the object identifier of the algorithm of the key (RFC 3279, RFC 5480). */
const KEYS: Readonly<Record<string, 'RSA' | 'EC'>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA',
  '1.2.840.10045.2.1': 'EC',
}

const RSA = '1.2.840.113549.1.1.1'
const RSA_PSS = '1.2.840.113549.1.1.10'

/** The kind of key that each signature algorithm is of; SHA-1 and older ones are not among them. */
const ALGORITHMS: Readonly<Record<string, 'RSA' | 'EC'>> = {
  [RSA]: 'RSA',
  [RSA_PSS]: 'RSA',
  '1.2.840.113549.1.1.11': 'RSA',
  '1.2.840.113549.1.1.12': 'RSA',
  '1.2.840.113549.1.1.13': 'RSA',
  '1.2.840.10045.4.3.2': 'EC',
  '1.2.840.10045.4.3.3': 'EC',
  '1.2.840.10045.4.3.4': 'EC',
}

/** In bytes of the modulus: shorter ones are broken, longer ones take time to check. */
const RSA_BYTES = { least: 256, most: 1024 }

/** Bytes that were signed, and how. */
export interface SignedBytes {
  readonly data: Uint8Array
  readonly signature: Parameters<Pki['CryptoEngine']['prototype']['verifyWithPublicKey']>[1]
  readonly algorithm: AlgorithmIdentifier
  /** Where the algorithm does not say its hash function (plain RSA in CMS, RFC 3370 §3.2). */
  readonly hash?: string
}

/** Whether a signature of X.509 or CMS holds under a key: an algorithm that counts, a sound size. */
export async function holds(
  { data, signature, algorithm, hash }: SignedBytes,
  key: PublicKeyInfo,
): Promise<boolean> {
  const pki = await loadPki()
  const { algorithmId } = algorithm
  const kind = own(ALGORITHMS, algorithmId)
  if (kind === undefined || kind !== own(KEYS, key.algorithm.algorithmId)) return false
  if (algorithmId === RSA && hash === undefined) return false
  if (algorithmId === RSA_PSS && !hasSoundPss(algorithm, pki)) return false
  if (kind === 'RSA' && !hasSoundModulus(key, pki)) return false
  try {
    return await pki
      .getCrypto(true)
      .verifyWithPublicKey(
        Uint8Array.from(data),
        signature,
        key,
        algorithm,
        ...(algorithmId === RSA && hash !== undefined ? [hash] : []),
      )
  } catch {
    // An unknown curve, a point off it, a signature of another length.
    return false
  }
}

function hasSoundModulus({ parsedKey }: PublicKeyInfo, pki: Pki): boolean {
  if (!(parsedKey instanceof pki.RSAPublicKey)) return false
  const modulus = parsedKey.modulus.valueBlock.valueHexView
  const length = modulus[0] === 0 ? modulus.length - 1 : modulus.length
  const exponent = parsedKey.publicExponent.valueBlock.valueHexView
  return length >= RSA_BYTES.least && length <= RSA_BYTES.most && exponent.length <= 4
}

/** Without parameters the hash function is SHA-1 (RFC 4055 §3.1). */
function hasSoundPss({ algorithmParams }: AlgorithmIdentifier, pki: Pki): boolean {
  try {
    const { hashAlgorithm } = new pki.RSASSAPSSParams({ schema: algorithmParams })
    return HASHES.has(hashAlgorithm.algorithmId)
  } catch {
    return false
  }
}

function own<V>(table: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

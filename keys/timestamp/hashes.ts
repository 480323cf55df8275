import { webCrypto } from '../web-crypto.ts'

/** The hash functions that count, by object identifier: none that is broken. */
export const HASHES: ReadonlyMap<string, HashName> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
])

/** As Web Cryptography names them. */
export type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512'

/** The hash of bytes. */
export async function hashOf(name: HashName, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await webCrypto().digest(name, Uint8Array.from(bytes)))
}

import { base58btc } from 'multiformats/bases/base58'
import { sha256 } from '#sha256'
import { jcs } from './jcs.ts'

/** SHA-256 multihash in base58btc multibase (`zQm…`), as `digestMultibase` has it (VCDM 2.0 §5.3). */
export function digestMultibase(data: string | Uint8Array): string {
  return encodeSha256(sha256(data))
}

/** A SHA-256 that was computed elsewhere, such as over a stream, in the form of `digestMultibase`. */
export function encodeSha256(digest: Uint8Array): string {
  if (digest.length !== 32) throw new TypeError('encodeSha256: expected 32 bytes')
  const multihash = new Uint8Array(34)
  multihash[0] = 0x12
  multihash[1] = 0x20
  multihash.set(digest, 2)
  return base58btc.encode(multihash)
}

/** The digest that pins a rulebook or method: over the JCS bytes of its document. */
export function digestOfDocument(document: unknown): string {
  return digestMultibase(jcs(document))
}

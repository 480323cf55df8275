import { digestMultibase } from '@battery-passport/contexts'
import {
  encodeMultikey,
  type KeyType,
  parseDid,
  parseDidUrl,
  type Signer,
} from '@battery-passport/keys'
import { base58btc } from 'multiformats/bases/base58'
import { seededSigner } from '../../support/consortium.ts'

/** A signer under another name than its key has: what an honest one cannot be. */
export function namedSigner(signer: Signer, did: string, method?: string): Signer {
  const subject = parseDid(did)
  const url = parseDidUrl(method ?? `${did}#${did.slice('did:key:'.length)}`)
  if (subject === null || url === null) throw new TypeError(`namedSigner: no DID ${did}`)
  return { ...signer, did: subject, verificationMethod: url.url }
}

/**
 * The signature under a public key of small order that no private key is needed for: with the
 * identity as key, R is the identity and S zero for every message.
 */
export function identitySigner(raw: Uint8Array): Signer {
  const signer = seededSigner('anybody')
  const multibase = encodeMultikey('Ed25519', raw)
  const signature = Uint8Array.of(1, ...new Uint8Array(63))
  return { ...namedSigner(signer, `did:key:${multibase}`), sign: async () => signature }
}

/** The thumbprint of 32 bytes as an Ed25519 key, sound or not. */
export function rawThumbprint(raw: Uint8Array): string {
  const x = Buffer.from(raw).toString('base64url')
  return digestMultibase(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
}

/** Any bytes as a did:key. */
export function didOfBytes(...bytes: readonly number[]): string {
  return `did:key:${base58btc.encode(Uint8Array.from(bytes))}`
}

/** The bytes of the public key of a signer, without the header of its kind. */
export function rawKeyOf({ publicKey }: Signer): Uint8Array {
  return base58btc.decode(publicKey.multibase).slice(2)
}

/** The first seeded key with a property, so that rare ones need no luck. */
export function rareSigner(algorithm: KeyType, holds: (signer: Signer) => boolean): Signer {
  for (let attempt = 0; ; attempt++) {
    const signer = seededSigner(`rare ${attempt}`, algorithm)
    if (holds(signer)) return signer
  }
}

import { fromBase64url, toBase64url } from '@battery-passport/contexts'
import type { DIDDocument, DIDResolver, Resolver as DidResolver } from 'did-resolver'
import { base58btc } from 'multiformats/bases/base58'
import { READS_EVERY_KEY } from '#second-reading'
import { BoundedCache } from './bounded-cache.ts'
import { type Did, MAX_DID_KEY_LENGTH, methodOf, parseDid } from './did.ts'
import { type DidDocument, didKeyOf } from './did-document.ts'
import { encodeMultikey } from './multikey.ts'
import { type KeyReading, publicKeyFromJwk, publicKeyFromMultikey } from './public-key.ts'
import type { Resolution, Resolver } from './resolver.ts'

/**
 * Resolves did:key, and nothing else; no network is asked.
 *
 * The text is decoded twice: by key-did-resolver, behind did-resolver, and by our own strict reader.
 * The library alone would resolve several names of one key (a longer varint, an uncompressed point)
 * and keys of small order, and its documents have no Multikey; so its key is encoded again and the
 * result must be the DID that was asked for.
 *
 * @param limits.cache the most documents held at a time
 * @see https://w3c-ccg.github.io/did-key-spec/
 */
export function didKeyResolver(limits: { readonly cache: number } = { cache: 4096 }): Resolver {
  const resolved = new BoundedCache<Resolution & { ok: true }>(limits.cache)
  return {
    async resolve(text) {
      const known = resolved.get(text)
      if (known !== undefined) return known
      const did = parseDid(text)
      if (did === null) {
        const limit = `a did:key of at most ${MAX_DID_KEY_LENGTH} characters`
        return unresolved(`expected ${limit}, found ${text.length} characters that are no such DID`)
      }
      if (methodOf(did) !== 'key') return unresolved('expected the DID method key')
      const own = publicKeyFromMultikey(did.slice('did:key:'.length))
      if (!own.ok && own.code === 'KEY_WEAK') return refuse('KEY_WEAK', own.detail)

      const fault = own.ok && !READS_EVERY_KEY ? null : await faultByLibrary(did)
      if (fault !== null) return fault
      if (!own.ok) return unresolved(own.detail)
      const { did: canonical, url } = didKeyOf(own.publicKey)
      // The DID as it was made here: that of the question may be cut from a long text.
      const document: DidDocument = Object.freeze({
        id: canonical,
        verificationMethod: Object.freeze([
          Object.freeze({ id: url, controller: canonical, publicKey: own.publicKey }),
        ]),
        assertionMethod: Object.freeze([url]),
        authentication: Object.freeze([url]),
      })
      const resolution = { ok: true, document } as const
      resolved.set(canonical, resolution)
      return resolution
    },
  }
}

/** What is wrong with a did:key as key-did-resolver reads it, or null where it is the canonical one. */
async function faultByLibrary(did: Did): Promise<Resolution | null> {
  library ??= loadLibrary()
  const { didDocument } = await (await library).resolve(did)
  if (didDocument === null) return unresolved('the did:key holds no key that can be decoded')
  const key = keyIn(didDocument)
  if (!key.ok) {
    return key.code === 'KEY_WEAK' ? refuse('KEY_WEAK', key.detail) : unresolved(key.detail)
  }
  const { did: canonical } = didKeyOf(key.publicKey)
  return canonical === did && didDocument.id === did
    ? null
    : refuse('DID_NOT_CANONICAL', `this key has the did:key ${canonical}`)
}

/** One for the process: it keeps nothing between two questions. */
let library: Promise<DidResolver> | undefined

/** Loaded at the first use: it brings three more curves and takes longer than everything else here. */
async function loadLibrary(): Promise<DidResolver> {
  const [{ getResolver }, { Resolver }] = await Promise.all([
    import('key-did-resolver'),
    import('did-resolver'),
  ])
  // A registry without a prototype: did:constructor:x would find Object.prototype.constructor.
  const registry: Record<string, DIDResolver> = Object.create(null)
  Object.assign(registry, getResolver())
  return new Resolver(registry)
}

/** The key in the older verification method types that key-did-resolver writes. */
function keyIn(document: DIDDocument): KeyReading {
  const [method] = document.verificationMethod ?? []
  if (method?.type === 'Ed25519VerificationKey2018' && method.publicKeyBase58 !== undefined) {
    const raw = base58btc.decode(`z${method.publicKeyBase58}`)
    return publicKeyFromMultikey(encodeMultikey('Ed25519', raw))
  }
  if (method?.type === 'JsonWebKey2020' && method.publicKeyJwk?.crv === 'P-256') {
    const { kty, crv, x, y } = method.publicKeyJwk
    return publicKeyFromJwk({ kty, crv, x: thirtyTwoBytes(x), y: thirtyTwoBytes(y) })
  }
  const detail = 'the did:key is neither of Ed25519 nor of P-256'
  return { ok: false, code: 'KEY_UNSUPPORTED', detail }
}

/** key-did-resolver drops the leading zero bytes of a coordinate (against RFC 7518 §6.2.1.2). */
function thirtyTwoBytes(coordinate = ''): string {
  const bytes = fromBase64url(coordinate) ?? new Uint8Array()
  const whole = new Uint8Array(Math.max(32, bytes.length))
  whole.set(bytes, whole.length - bytes.length)
  return toBase64url(whole)
}

function unresolved(detail: string): Resolution {
  return refuse('DID_UNRESOLVED', detail)
}

function refuse(code: (Resolution & { ok: false })['code'], detail: string): Resolution {
  return { ok: false, code, detail }
}

import type { Cryptosuite, RemoteDocument } from '@battery-passport/contexts'
import { pinnedContext } from '@battery-passport/contexts/loader'
import { canonicalStatements } from './canonical-statements.ts'
import type { PublicKey } from './public-key.ts'
import { SecuringError } from './securing-error.ts'
import { signatureOf } from './signature-of.ts'
import type { Signer } from './signer.ts'
import { verifySignature } from './verify-signature.ts'

/** The cryptosuites that sign RDF statements and therefore need a JSON-LD processor. */
export type JsonLdSuite = Exclude<Cryptosuite, 'eddsa-jcs-2022'>

/** Gives the pinned document of a context URL and throws for any other; it never asks a network. */
export type ContextLoader = (url: string) => RemoteDocument

/**
 * Signs with @digitalbazaar/vc and answers the `proofValue`.
 *
 * @throws {SecuringError} SIGNER_FAULT
 * @throws {TypeError} for contexts that are no list of URLs, and what the loader throws for others
 */
export async function signJsonLd(
  unsecured: object,
  options: {
    readonly signer: Signer
    readonly cryptosuite: JsonLdSuite
    readonly created: string
    readonly contextLoader?: ContextLoader
  },
): Promise<string> {
  const { signer, cryptosuite, created, contextLoader = pinnedContext } = options
  assertContexts(unsecured, contextLoader)
  const { vc, DataIntegrityProof, suites } = await loadLibraries()
  const quick = quicker(suites[cryptosuite], contextLoader)
  const suite = new DataIntegrityProof({
    signer: {
      id: signer.verificationMethod,
      algorithm: signer.algorithm,
      sign: ({ data }) => signatureOf(data, signer),
    },
    date: created,
    cryptosuite: quick,
  })
  const secured = await vc.issue({
    // A copy, because vc.issue() writes the proof into what it is given.
    credential: structuredClone(unsecured),
    suite,
    documentLoader: async (url) => loadContext(url, contextLoader),
    now: new Date(created),
  })
  const proof = memberOf(secured, 'proof')
  const proofValue = memberOf(proof, 'proofValue')
  if (memberOf(proof, 'created') !== created || typeof proofValue !== 'string') {
    throw new SecuringError('SIGNER_FAULT', 'proof: @digitalbazaar/vc wrote another proof')
  }
  return proofValue
}

/**
 * Verifies with @digitalbazaar/vc. Only the signature, its purpose and its controller are judged:
 * dates and status belong to the walk, which has its own clock and lists.
 *
 * @returns null when the signature holds, else why not
 * @throws {TypeError} for contexts that are no list of URLs, and what the loader throws for others
 */
export async function faultOfJsonLd(
  document: object,
  options: {
    readonly verificationMethod: string
    /** Whose key it is: the library requires that it equals the issuer. */
    readonly controller: string
    readonly publicKey: PublicKey
    readonly cryptosuite: JsonLdSuite
    readonly contextLoader?: ContextLoader
  },
): Promise<string | null> {
  const { verificationMethod: id, controller, publicKey, cryptosuite } = options
  const { contextLoader = pinnedContext } = options
  assertContexts(document, contextLoader)
  const { vc, DataIntegrityProof, suites } = await loadLibraries()
  const quick = quicker(suites[cryptosuite], contextLoader)
  // The key was resolved and judged before; the library sees nothing but this one.
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id,
    type: 'Multikey',
    controller,
    publicKeyMultibase: publicKey.multibase,
  }
  const { verified, error } = await vc.verifyCredential({
    credential: structuredClone(document),
    suite: new DataIntegrityProof({ cryptosuite: checkedBy(publicKey, quick) }),
    documentLoader: async (url) =>
      url === id ? { document: method } : loadContext(url, contextLoader),
    controller: { id: controller, assertionMethod: [id] },
    checkStatus: async () => ({ verified: true }),
    now: new Date(0),
    maxClockSkew: Number.POSITIVE_INFINITY,
  })
  if (verified === true) return null
  return `the ${cryptosuite} signature does not hold: ${firstMessage(error)}`
}

/** A cryptosuite that asks the library for a canonical form only where it needs one. */
function quicker(
  suite: DigitalBazaarCryptosuite,
  contextLoader: ContextLoader,
): DigitalBazaarCryptosuite {
  // Under another loader the contexts may say something else than those that are pinned.
  if (contextLoader !== pinnedContext) return suite
  const canonize = async (input: object, options: object) =>
    canonicalStatements(input) ?? suite.canonize(input, options)
  return { ...suite, canonize }
}

/**
 * A cryptosuite that leaves the key and the signature to our own check. In a browser those of the
 * library are others: it accepts signatures of Ed25519 that hold only with the cofactor, and cannot
 * import a compressed key of P-256.
 */
function checkedBy(
  publicKey: PublicKey,
  suite: DigitalBazaarCryptosuite,
): DigitalBazaarCryptosuite {
  const { createVerifyData } = suite
  const algorithm = publicKey.type
  const verifier: DigitalBazaarVerifier = {
    algorithm,
    verify: ({ data, signature }) => verifySignature(data, signature, publicKey),
  }
  const checked = { ...suite, createVerifier: async () => verifier }
  if (createVerifyData === undefined) return checked
  // It imports the key to learn its algorithm, unless there is a signer that says it.
  return {
    ...checked,
    createVerifyData({ verificationMethod: _, dataIntegrityProof, ...others }) {
      const proof: object = Object.create(dataIntegrityProof, { signer: { value: { algorithm } } })
      return createVerifyData({ ...others, dataIntegrityProof: proof })
    },
  }
}

/** A loader that answered for another URL would let one document stand in for the other. */
export function loadContext(url: string, load: ContextLoader): LoadedContext {
  const { documentUrl, document } = load(url)
  if (documentUrl !== url) throw new TypeError('the context loader answered for another URL')
  // jsonld.js keeps what is tagged static for the whole process, whichever loader gave it: only
  // what is pinned for all may have the tag.
  return load === pinnedContext
    ? { contextUrl: null, documentUrl, document, tag: 'static' }
    : { contextUrl: null, documentUrl, document }
}

type LoadedContext = Omit<RemoteDocument, 'tag'> & { readonly tag?: 'static' }

/**
 * Every context is a URL at the top of the document that the loader knows. The library would ask
 * its own built-in contexts first, and take contexts written into the document itself: terms of the
 * attacker's choosing.
 */
export function assertContexts(document: object, load: ContextLoader): void {
  const { '@context': contexts, ...members }: Readonly<Record<string, unknown>> = { ...document }
  if (!Array.isArray(contexts)) throw new TypeError('@context: expected a list of URLs')
  for (const url of contexts) {
    if (typeof url !== 'string') throw new TypeError('@context: expected URLs only')
    loadContext(url, load)
  }
  const waiting: unknown[] = Object.values(members)
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value !== 'object' || value === null) continue
    if (Object.hasOwn(value, '@context')) throw new TypeError('@context: expected at the top only')
    waiting.push(...Object.values(value))
  }
}

let libraries: Awaited<ReturnType<typeof importLibraries>> | undefined

/**
 * Loaded at the first use, so that who verifies eddsa-jcs-2022 never waits for a JSON-LD processor,
 * and kept: to ask for a module again takes longer than to verify.
 */
export async function loadLibraries() {
  libraries ??= await importLibraries()
  return libraries
}

async function importLibraries() {
  const [vc, { DataIntegrityProof }, eddsa, ecdsa] = await Promise.all([
    import('@digitalbazaar/vc'),
    import('@digitalbazaar/data-integrity'),
    import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite'),
    import('@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'),
  ])
  const suites = { 'eddsa-rdfc-2022': eddsa.cryptosuite, 'ecdsa-rdfc-2019': ecdsa.cryptosuite }
  return { vc, DataIntegrityProof, suites }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** The library nests errors in lists; their texts may quote the document, so they are cut short. */
function firstMessage(error: unknown): string {
  const first: unknown = Array.isArray(error) ? error[0] : error
  const inner = memberOf(first, 'errors')
  if (Array.isArray(inner) && inner.length > 0) return firstMessage(inner)
  const message = memberOf(first, 'message')
  return typeof message === 'string' ? JSON.stringify(message.slice(0, 200)) : 'no reason given'
}

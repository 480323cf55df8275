import { type Cryptosuite, jcs } from '@battery-passport/contexts'
import { jcsHashData } from '../eddsa-jcs-2022.ts'
import type { ContextLoader, JsonLdSuite } from '../json-ld.ts'
import { type CanonicalWork, canonicalWork } from './canonical-work.ts'

/** What a proof signs. */
export interface Signable {
  readonly cryptosuite: Cryptosuite
  /** The proof without `proofValue`. */
  readonly options: Readonly<Record<string, unknown>>
  /** The proofs it signs as well, whole, as they stand in the document. */
  readonly previous: readonly object[]
}

/** Answers what a signature covers: the hashes of the proof options and of the document. */
export type SignedHash = (signable: Signable) => Promise<Uint8Array>

/**
 * Hashes what the proofs of one document sign. A chained proof signs the document with the proofs
 * before it in `proof`; any other, the document without one. The canonical form of each is made
 * once, however many proofs sign it.
 *
 * @param unsecured the document without `proof`
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
 * @throws when it has no canonical form, or a context is not at hand
 */
export function signedHash(
  unsecured: object,
  contextLoader: ContextLoader,
  work: CanonicalWork = canonicalWork(),
): SignedHash {
  const documents = new Map<string, object>()
  const texts = new Map<object, string>()
  let jsonLd: Promise<(document: object, signable: Signable) => Promise<Uint8Array>> | undefined

  const documentOf = ({ previous }: Signable): object => {
    if (previous.length === 0) return unsecured
    const key = jcs(previous)
    const known = documents.get(key)
    if (known !== undefined) return known
    const document = { ...unsecured, proof: previous }
    documents.set(key, document)
    return document
  }
  const textOf = (document: object): string => {
    const known = texts.get(document)
    if (known !== undefined) return known
    const text = jcs(document)
    texts.set(document, text)
    return text
  }
  return async (signable) => {
    const document = documentOf(signable)
    const { cryptosuite, options } = signable
    if (cryptosuite === 'eddsa-jcs-2022') return jcsHashData(jcs(options), textOf(document))
    jsonLd ??= import('./json-ld-hash.ts').then(({ jsonLdHash }) => {
      const hash = jsonLdHash(unsecured, contextLoader, work)
      return (each, { cryptosuite: suite, options: proof }) => hash(each, asJsonLd(suite), proof)
    })
    return (await jsonLd)(document, signable)
  }
}

function asJsonLd(suite: Cryptosuite): JsonLdSuite {
  if (suite === 'eddsa-jcs-2022') throw new TypeError('eddsa-jcs-2022 signs text')
  return suite
}

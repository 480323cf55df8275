import { forbiddenValue } from '../forbidden-value.ts'
import {
  assertContexts,
  type ContextLoader,
  type JsonLdSuite,
  loadContext,
  loadLibraries,
} from '../json-ld.ts'
import type { CanonicalWork } from './canonical-work.ts'

/** The hashes that a signature over RDF statements covers. */
export type JsonLdHash = (
  document: object,
  suite: JsonLdSuite,
  options: Readonly<Record<string, unknown>>,
) => Promise<Uint8Array>

/**
 * Hashes with the cryptosuites of Digital Bazaar, one proof at a time: jsonld-signatures looks at
 * the proofs of a set together, answers yes when any of them verifies, and takes the proofs out of
 * the document before a chained one is checked.
 *
 * @param unsecured the document without `proof`; a JSON-LD processor never sees one that it would
 *   read otherwise than a reader of JSON does
 * @param work what is left of what may be made canonical
 * @throws {TypeError} for such a document, and what the loader throws for a context
 */
export function jsonLdHash(
  unsecured: object,
  contextLoader: ContextLoader,
  work: CanonicalWork,
): JsonLdHash {
  assertContexts(unsecured, contextLoader)
  assertPlain(unsecured)
  const canonical: Readonly<Record<JsonLdSuite, Map<object, Promise<string>>>> = {
    'eddsa-rdfc-2022': new Map(),
    'ecdsa-rdfc-2019': new Map(),
  }
  return async (document, suite, options) => {
    assertPlain(options)
    const { DataIntegrityProof, suites } = await loadLibraries()
    const known = canonical[suite]
    const { canonize, ...others } = suites[suite]
    const cryptosuite = {
      ...others,
      canonize(input: object, choices: object) {
        const before = known.get(input)
        if (before !== undefined) return before
        work.spend(input)
        const text = canonize(input, choices)
        // What the library makes of the proof is another object each time.
        if (input === document) known.set(document, text)
        return text
      },
    }
    const proof = new DataIntegrityProof({ cryptosuite, signer: signerOf(suite) })
    const input = {
      document,
      proof: options,
      documentLoader: async (url: string) => loadContext(url, contextLoader),
    }
    return cryptosuite.createVerifyData === undefined
      ? proof.createVerifyData(input)
      : cryptosuite.createVerifyData({ ...input, cryptosuite, dataIntegrityProof: proof })
  }
}

/** One that is never asked to sign: the suite chooses the hash by its algorithm. */
function signerOf(suite: JsonLdSuite) {
  return {
    id: '',
    algorithm: suite === 'ecdsa-rdfc-2019' ? 'P-256' : 'Ed25519',
    sign: () => Promise.reject(new TypeError('nothing is signed here')),
  }
}

/**
 * The statements of JSON-LD must be what stands in the text. Null members and second names of a
 * term (`@type`, an IRI, a compact IRI) could be added or exchanged without breaking a signature; a
 * fraction is signed with 16 digits alone; labelled blank nodes make poisoned graphs.
 */
function assertPlain(document: object): void {
  const forbidden = forbiddenValue(document)
  if (forbidden !== null) throw new TypeError(`a member or value ${JSON.stringify(forbidden)}`)
  const waiting: (readonly [string, unknown])[] = Object.entries(document)
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    const [key, value] = entry
    if (key !== '@context' && /[@:]/.test(key)) {
      throw new TypeError(`expected terms of the contexts, found the key ${short(key)}`)
    }
    if (value === null) throw new TypeError(`${short(key)}: expected no null`)
    if (typeof value === 'number' && Number(value.toExponential(15)) !== value) {
      throw new TypeError(`${short(key)}: expected a number of at most 16 digits`)
    }
    if (typeof value === 'string' && value.startsWith('_:')) {
      throw new TypeError(`${short(key)}: expected no label of a blank node`)
    }
    if (Array.isArray(value)) waiting.push(...value.map((item: unknown) => [key, item] as const))
    else if (typeof value === 'object') waiting.push(...Object.entries(value))
  }
}

function short(key: string): string {
  return JSON.stringify(key.slice(0, 80))
}

import { pinnedContext } from '@battery-passport/contexts'
import { didDocument, didKeyOf, type PublicKey } from '@battery-passport/keys'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { generate } from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import {
  type CheckStatus,
  type DocumentLoader,
  defaultDocumentLoader,
  issue,
  verifyCredential,
} from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import signatures from 'jsonld-signatures'
import type { Signed } from '../test/support/consortium.ts'

/**
 * @digitalbazaar/vc used as its README shows: `eddsa-rdfc-2022` with DataIntegrityProof, a document
 * loader that extends its own, `checkStatus` of vc-bitstring-status-list. Contexts, keys, DID
 * documents and lists are in memory, so that it never waits for a network.
 */
export interface NaiveStack {
  verify(bytes: Uint8Array, status: 'with status' | 'without status'): Promise<void>
  /** Every credential of a presentation that has a status, and its status. */
  verifyAll(presentation: Uint8Array): Promise<void>
  checkStatus(credential: object): Promise<void>
}

/**
 * @param known.keys those of every issuer
 * @param known.lists the status lists
 * @param known.now the instant to judge at
 */
export function naiveStack(known: {
  readonly keys: readonly PublicKey[]
  readonly lists: readonly Signed[]
  readonly now: Date
}): NaiveStack {
  const { now } = known
  const documents = documentsOf(known.keys)
  for (const { id, document } of known.lists) documents.set(id, document)
  const documentLoader = loaderOf(documents)
  const suite = new DataIntegrityProof({ cryptosuite })
  const noStatus: CheckStatus = async () => ({ verified: true })
  const verify = async (credential: object, check: CheckStatus) => {
    const options = { credential, suite, documentLoader, now, checkStatus: check }
    const { verified, error, statusResult } = await verifyCredential(options)
    if (!verified) throw new Error('the library refused what is right', { cause: error })
    assertNotWithdrawn(statusResult?.results)
  }
  return {
    verify: (bytes, status) =>
      verify(JSON.parse(textOf(bytes)), status === 'with status' ? checkStatus : noStatus),
    async verifyAll(presentation) {
      const { verifiableCredential: credentials } = JSON.parse(textOf(presentation))
      for (const credential of credentials) {
        if ('credentialStatus' in credential) await verify(credential, checkStatus)
      }
    },
    async checkStatus(credential) {
      const { verified, error, results } = await checkStatus({ credential, suite, documentLoader })
      if (!verified) throw new Error('the library refused what is right', { cause: error })
      assertNotWithdrawn(results)
    },
  }
}

/** By URL the DID documents of keys, and their verification methods. */
export function documentsOf(keys: readonly PublicKey[]): Map<string, unknown> {
  const documents = new Map<string, unknown>()
  for (const key of keys) {
    const document = didDocument(key)
    const [method] = document.verificationMethod
    documents.set(didKeyOf(key).did, document)
    documents.set(method.id, { '@context': 'https://w3id.org/security/multikey/v1', ...method })
  }
  return documents
}

/** `vc.issue()` with a key of @digitalbazaar/ed25519-multikey. */
export async function naiveIssuer(): Promise<(credential: object) => Promise<unknown>> {
  const controller = 'did:example:manufacturer'
  const key = await generate({ controller })
  const documentLoader = loaderOf(new Map())
  return (credential) => {
    const suite = new DataIntegrityProof({ signer: key.signer(), cryptosuite })
    return issue({ credential: { ...credential, issuer: controller }, suite, documentLoader })
  }
}

/** The loader of the README, with our context as the custom one. */
function loaderOf(documents: ReadonlyMap<string, unknown>): DocumentLoader {
  const contexts = new Map<string, unknown>()
  return signatures.extendContextLoader(async (url) => {
    const document = documents.get(url) ?? contexts.get(url)
    if (document !== undefined) return { contextUrl: null, documentUrl: url, document }
    if (!url.startsWith('https://battery-passport.example/')) return defaultDocumentLoader(url)
    const context: unknown = structuredClone(pinnedContext(url).document)
    contexts.set(url, context)
    return { contextUrl: null, documentUrl: url, document: context }
  })
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** The library answers `verified: true` for a revoked credential: whoever uses it looks here. */
function assertNotWithdrawn(results: readonly { readonly status: boolean }[] = []): void {
  if (results.some(({ status }) => status)) throw new Error('a credential of the bench is revoked')
}

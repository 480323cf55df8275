import { readFileSync } from 'node:fs'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { defaultDocumentLoader, verifyCredential } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import signatures from 'jsonld-signatures'

/**
 * The whole program that row 7 measures against: what someone writes who follows the README of
 * @digitalbazaar/vc. `node naive-script.mjs presentation.json documents.json 2026-10-01T00:00:00Z`
 * verifies every credential of the presentation that has a status, and its status. The documents
 * are our context, keys and DID documents by URL, so that it never waits for a network.
 */
const [presentation, known, at] = process.argv.slice(2)
const { verifiableCredential: credentials } = JSON.parse(readFileSync(presentation, 'utf8'))
const documents = new Map(Object.entries(JSON.parse(readFileSync(known, 'utf8'))))
for (const credential of credentials) documents.set(credential.id, credential)

const documentLoader = signatures.extendContextLoader(async (url) => {
  const document = documents.get(url)
  if (document === undefined) return defaultDocumentLoader(url)
  return { contextUrl: null, documentUrl: url, document }
})
const suite = new DataIntegrityProof({ cryptosuite })
const now = new Date(at)
for (const credential of credentials) {
  if (!('credentialStatus' in credential)) continue
  const options = { credential, suite, documentLoader, now, checkStatus }
  const { verified, error, statusResult } = await verifyCredential(options)
  if (!verified) throw new Error('not verified', { cause: error })
  // The library answers `verified: true` for a revoked credential: whoever uses it looks here.
  if (statusResult.results.some(({ status }) => status)) throw new Error('withdrawn')
}

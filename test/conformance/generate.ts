import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withAttacks } from './attacks-page.ts'
import { corpusFiles } from './generator/files.ts'
import { PLACES, placesOfCorpus } from './places.ts'
import { storedVectors } from './stored.ts'

/**
 * Writes the corpus, the places that the verifier names in it, and the table of attacks
 * (`npm run conformance:generate`). What the fuzzer found stands in a family of its own, `found`,
 * and stays.
 */
const vectors = fileURLToPath(new URL('vectors', import.meta.url))
const files = await corpusFiles()
const families = existsSync(vectors) ? readdirSync(vectors) : []
for (const family of families.filter((name) => name !== 'found')) {
  rmSync(join(vectors, family), { recursive: true })
}
for (const [path, bytes] of files) {
  const full = join(vectors, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, bytes)
}
const page = fileURLToPath(new URL('../../docs/verification.md', import.meta.url))
writeFileSync(page, withAttacks(readFileSync(page, 'utf8')))
writeFileSync(PLACES, await placesOfCorpus(storedVectors()))
const count = [...files.keys()].filter((path) => path.endsWith('/expect.json')).length
const size = [...files.values()].reduce((sum, { length }) => sum + length, 0)
console.log(`${count} vectors, ${(size / 1e6).toFixed(1)} MB`)

import assert from 'node:assert/strict'
import { CONTEXTS, jcs, pinnedContext } from '@battery-passport/contexts'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import fc from 'fast-check'
import { canonicalStatements } from '../../keys/canonical-statements.ts'
import { vocabularyOf } from '../../keys/context-terms.ts'
import { forbiddenValue } from '../../keys/forbidden-value.ts'
import { credentialsOfEveryType, type Members, oneOfEachType } from './every-type.ts'

/** What the library makes of a document, or null when it refuses it. */
async function byLibrary(document: object): Promise<string | null> {
  const documentLoader = async (url: string) => pinnedContext(url)
  try {
    return await cryptosuite.canonize(structuredClone(document), { documentLoader })
  } catch {
    return null
  }
}

/** Ours is the text of the library, or nothing: then the library is asked, whatever it says. */
async function assertTheSame(document: object): Promise<'same' | 'asked'> {
  if (forbiddenValue(document) !== null) return 'asked'
  const ours = canonicalStatements(document)
  if (ours === null) return 'asked'
  assert.equal(ours, await byLibrary(document), JSON.stringify(document))
  return 'same'
}

const sample = (members: Members): Members => ({
  '@context': CONTEXTS,
  id: 'https://a.example/1',
  type: ['VerifiableCredential', 'BatteryPassport'],
  issuer: 'did:example:a',
  credentialSubject: { id: 'https://b.example/1', type: 'Battery', name: 'Cell' },
  ...members,
})

describe('The canonical statements of a document', () => {
  let documents: Members[]

  before(async () => {
    documents = (await credentialsOfEveryType()).flatMap(({ proof, ...unsecured }) => {
      const { proofValue: _, ...options }: Members = { ...Object(proof) }
      return [unsecured, { '@context': unsecured['@context'], ...options }]
    })
  })

  it('are those of the library for what the profile has, proofs and all', async () => {
    assert.equal(oneOfEachType(documents).length, 7)
    for (const document of documents)
      assert.equal(await assertTheSame(document), 'same', JSON.stringify(document))
  })

  it('are those of the library for every way a value may be written', async () => {
    for (const members of [
      {},
      { name: 'one' },
      { name: ['one', 'two'] },
      { name: [] },
      { name: '' },
      { name: '"\\\n\r\t\u0001\u007f\u2028é😀' },
      { name: true },
      { name: 7 },
      { name: Number.MAX_SAFE_INTEGER },
      { type: 'VerifiableCredential' },
      { validFrom: '2026-01-01T00:00:00Z' },
      { id: undefined },
      { countries: ['DE', 'FR', 'DE'] },
      { countries: [] },
      { name: { id: 'urn:a:1' } },
      { issuer: { id: 'urn:a:1' } },
      { countries: [{ id: 'urn:a:1' }, { id: 'urn:a:1' }] },
      { credentialSubject: { type: 'Battery', name: 'x' } },
      { countries: 'DE' },
      { score: { a: [1.5, null, { b: -0 }], '@id': 'x', é: '' } },
      { score: [] },
      { score: { text: '"@context":', control: '\u0000\u001f\u007f\u0080\\u001f\b\f' } },
      { score: 'text' },
      { credentialSubject: [{ id: 'urn:a:1', name: 'a' }, { name: 'b' }] },
    ]) {
      const { id, ...others } = sample(members)
      const document = id === undefined ? others : { id, ...others }
      assert.equal(await assertTheSame(document), 'same', JSON.stringify(members))
    }
  })

  it('are left to the library where anything is not plain', async () => {
    for (const members of [
      { bogus: 'x' },
      { name: null },
      { name: 1.5 },
      { name: -0 },
      { name: 1e21 },
      { name: ['one', 'one'] },
      { name: [['one']] },
      { name: { '@value': 'x' } },
      { name: {} },
      { score: null },
      { '@id': 'urn:a:1' },
      { '@type': 'Battery' },
      { 'https://schema.org/name': 'x' },
      { issuer: 'relative' },
      { issuer: '_:b0' },
      { issuer: '@id' },
      { issuer: 'name:x' },
      { issuer: 'did:example:a b' },
      // Letters of which the small ones are `s` and `k`, which a scheme has not.
      { issuer: '\u017fx:a' },
      { issuer: 'ur\u212a:a' },
      { issuer: 7 },
      { id: '' },
      { id: ['urn:a:1'] },
      { type: ['VerifiableCredential', 'Bogus'] },
      { type: ['VerifiableCredential', 'VerifiableCredential'] },
      { type: ['VerifiableCredential', 7] },
      { cnf: { kid: 'urn:a:1' } },
      { countries: [['DE']] },
      { proofPurpose: 'bogus' },
      { '@context': [...CONTEXTS, { '@vocab': 'urn:a:' }] },
      { '@context': [...CONTEXTS].reverse() },
      { '@context': CONTEXTS[0] },
      { credentialSubject: { name: 'x', '@context': CONTEXTS[1] } },
      // The terms of VerifiableCredential are not those of what stands in it.
      { credentialSubject: { name: 'x', validFrom: '2026-01-01T00:00:00Z' } },
      // A literal of any JSON is one, but a context in it is refused before the library sees it.
      { score: { deep: [{ '@context': CONTEXTS[0] }] } },
      // Two nodes of which the same is said: telling them apart is where the work is.
      { credentialSubject: [{ name: 'x' }, { name: 'x' }] },
    ]) {
      assert.equal(canonicalStatements(sample(members)), null, JSON.stringify(members))
    }
  })

  it('are not read otherwise after documents with other types', () => {
    const vocabulary = vocabularyOf(CONTEXTS)
    assert.ok(vocabulary !== null)
    const types = ['VerifiableCredential', 'BatteryPassport']
    assert.equal(vocabulary.termsOf([types.join(' ')])?.has('validFrom'), false)
    const terms = vocabulary.termsOf(types)
    assert.equal(terms?.has('validFrom'), true)
    for (let count = 0; count < 1000; count += 1) vocabulary.termsOf([`Other${count}`])
    assert.equal(vocabulary.termsOf(types), vocabulary.termsOf(types), 'it is remembered again')
  })

  it('are those of the library, or none, for whatever becomes of a document', async function () {
    this.timeout(120_000)
    const keys = [
      ...['id', 'type', 'name', 'issuer', 'score', 'countries', 'aliases', 'evidence', 'proof'],
      ...['validFrom', 'credentialSubject', 'credentialStatus', 'ttl', 'results', 'holder'],
      ...['@id', '@type', '@value', '@list', '@graph', '@language', '@reverse', 'x', 'https://a/b'],
    ]
    const text = fc.oneof(
      fc.constantFrom(
        'urn:a:1',
        'did:example:a',
        '_:b0',
        'Battery',
        'BatteryPassport',
        'a:b',
        '@id',
      ),
      fc.constantFrom(
        'BitstringStatusList',
        'VerifiableCredential',
        'https://a.example/?q=é#f',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        text,
        fc.constantFrom(0, -0, 7, 1.5, 1e21, true, false, null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4 }),
      ),
    }))
    const seen = { same: 0, asked: 0 }
    const change = fc.record({
      which: fc.nat(),
      where: fc.nat(),
      key: fc.constantFrom(...keys),
      value,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
        const [first] = changes
        const small = documents.filter((each) => jcs(each).length < 4000)
        const document = structuredClone(small[(first?.which ?? 0) % small.length] ?? {})
        for (const { where, key, value: put } of changes) {
          const holders = objectsIn(document)
          Reflect.set(holders[where % holders.length] ?? document, key, put)
        }
        seen[await assertTheSame(document)] += 1
      }),
      { numRuns: 1500, seed: 20261123 },
    )
    assert.ok(seen.same > 100 && seen.asked > 100, JSON.stringify(seen))
  })
})

/** Every object of a document, itself first. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(objectsIn)
  return Array.isArray(value) ? inner : [value, ...inner]
}

import assert from 'node:assert/strict'
import { CONTEXTS, jcs } from '@battery-passport/contexts'
import {
  checkDataIntegrity,
  decodeProofValue,
  generateSigner,
  secureWithDataIntegrity,
} from '@battery-passport/keys'
import fc from 'fast-check'
import { issueWithLibrary, verifyWithLibrary } from './library.ts'
import { CREATED, sampleCredential } from './sample.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** One change somewhere in a JSON document. */
interface Mutation {
  readonly where: number
  readonly how: 'replace' | 'remove' | 'insert' | 'rename' | 'swap' | 'wrap' | 'text' | 'reorder'
  readonly value: Json
}

const signer = generateSigner()
const options = { signer, cryptosuite: 'eddsa-jcs-2022', created: CREATED } as const

const json = fc.jsonValue({ maxDepth: 2 }).map((value): Json => JSON.parse(JSON.stringify(value)))

const mutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.nat(200),
  how: fc.constantFrom('replace', 'remove', 'insert', 'rename', 'swap', 'wrap', 'text', 'reorder'),
  value: fc.oneof(
    json,
    fc.string().map((text): Json => text),
  ),
})

/** Every object and array of the document with each of its keys, in document order. */
function places(value: Json): (readonly [object, string])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [
    [value, key] as const,
    ...places(member),
  ])
}

function mutate(document: Json, { where, how, value }: Mutation): void {
  const all = places(document)
  const [holder, key] = all[where % all.length] ?? [[], '0']
  const old: unknown = Reflect.get(holder, key)
  const set = (name: string, member: unknown) => Reflect.set(holder, name, member)
  const remove = () => Reflect.deleteProperty(holder, key)
  if (how === 'replace') set(key, value)
  else if (how === 'remove') remove()
  else if (how === 'insert') set(typeof value === 'string' ? value : 'bogus', value)
  else if (how === 'wrap') set(key, [old])
  else if (how === 'text') set(key, typeof old === 'string' ? `${old} ` : String(old))
  else if (how === 'rename') {
    remove()
    set(typeof value === 'string' ? value : `${key}x`, old)
  } else if (Array.isArray(holder)) holder.reverse()
  else if (how === 'reorder') {
    remove()
    set(key, old)
  } else {
    const [other = key] = Object.keys(holder)
    set(key, Reflect.get(holder, other))
    set(other, old)
  }
}

/** What the profile asks for beyond the suite: one proof object, the exact context, base58btc. */
function withinProfile(document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return false
  const context = Reflect.get(document, '@context')
  const proof: unknown = Reflect.get(document, 'proof')
  if (typeof proof !== 'object' || proof === null || Array.isArray(proof)) return false
  const proofValue: unknown = Reflect.get(proof, 'proofValue')
  return (
    jcs(context ?? null) === jcs(CONTEXTS) &&
    jcs(Reflect.get(proof, '@context') ?? null) === jcs(CONTEXTS) &&
    typeof proofValue === 'string' &&
    decodeProofValue(proofValue) !== null
  )
}

async function agree(document: object): Promise<'accepted' | 'refused'> {
  const ours = (await checkDataIntegrity(document, { publicKey: signer.publicKey })).ok
  const theirs = await verifyWithLibrary(document, signer)
  if (ours !== (theirs && withinProfile(document))) {
    assert.fail(`ours ${ours}, @digitalbazaar/vc ${theirs}: ${JSON.stringify(document)}`)
  }
  return ours ? 'accepted' : 'refused'
}

describe('Our eddsa-jcs-2022 and that of @digitalbazaar/vc', () => {
  it('accept and refuse the same of 3,000 changed credentials', async function () {
    this.timeout(60_000)
    const secured = await secureWithDataIntegrity(sampleCredential(signer), options)
    const text = JSON.stringify(secured)
    const seen = { accepted: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { maxLength: 2 }), async (mutations) => {
        const changed: Json = JSON.parse(text)
        for (const each of mutations) mutate(changed, each)
        // Through JSON once more: the holes of an array become null.
        const document: Json = JSON.parse(JSON.stringify(changed))
        assert.ok(typeof document === 'object' && document !== null)
        const outcome = await agree(document)
        seen[outcome] += 1
        // Whatever was accepted still says, to the letter, what was signed.
        if (outcome === 'accepted') assert.equal(jcs(document), jcs(secured))
      }),
      { numRuns: 3000, seed: 2022 },
    )
    assert.ok(seen.accepted > 100 && seen.refused > 1000, JSON.stringify(seen))
  })

  it('accept and refuse the same of 3,000 credentials with a changed byte', async function () {
    this.timeout(60_000)
    const secured = await secureWithDataIntegrity(sampleCredential(signer), options)
    const bytes = Buffer.from(JSON.stringify(secured))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (index, byte) => {
        const changed = Buffer.from(bytes)
        changed[index] = byte
        const document = parse(changed.toString('utf8'))
        if (document === null) return
        if ((await agree(document)) === 'accepted') assert.equal(jcs(document), jcs(secured))
      }),
      { numRuns: 3000, seed: 2022 },
    )
  })

  it('write the same bytes for 300 credentials of any content', async function () {
    this.timeout(60_000)
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ unit: 'grapheme' }), json),
        fc.string({ unit: 'grapheme' }),
        async (claims, name) => {
          const unsecured = {
            ...sampleCredential(signer),
            name,
            credentialSubject: { ...claims, id: signer.did },
          }
          const ours = await secureWithDataIntegrity(unsecured, options)
          const theirs = await issueWithLibrary(unsecured, options)
          assert.equal(JSON.stringify(ours), JSON.stringify(theirs))
          assert.equal(await agree(ours), 'accepted')
        },
      ),
      { numRuns: 300, seed: 2022 },
    )
  })
})

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}

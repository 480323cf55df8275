import assert from 'node:assert/strict'
import { jcs } from '@battery-passport/contexts'
import { decodeInput, LIMITS, readJson } from '@battery-passport/verifier'
import fc from 'fast-check'
import { Consortium } from '../support/consortium.ts'

const encode = (text: string) => new TextEncoder().encode(text)

/** The canonical members found in a text, put together again; null where it has to be made anew. */
function canonicalIn(text: string): string | null {
  const read = readJson(encode(text), LIMITS)
  assert.ok(read.ok, JSON.stringify(read))
  return read.members === null ? null : `{${read.members.map(([, member]) => member).join(',')}}`
}

describe('the canonical form of a document, found in its text', () => {
  const name = fc.string({ minLength: 1 })
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.boolean(),
      fc.string({ unit: 'grapheme' }),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(name, tie('any'), { maxKeys: 6 }),
    ),
  })).any
  const reserved = /"(__proto__|constructor|prototype|verifiableCredential)"/
  const document = fc
    .dictionary(name, value, { minKeys: 1, maxKeys: 8 })
    .filter((each) => !reserved.test(JSON.stringify(each)))

  it('is its canonical form, whatever it holds', () => {
    const property = fc.property(document, (each) => {
      const text = jcs(each)
      const found = canonicalIn(text)
      assert.ok(found === text || (found === null && /[\\\p{Cc}]/u.test(text)), text)
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('is never found where the text is written in another way', () => {
    const property = fc.property(document, fc.constantFrom(0, 1), (each, indent) => {
      const text = JSON.stringify(each, null, indent)
      const found = canonicalIn(text)
      assert.ok(found === null || found === jcs(each), text)
    })
    fc.assert(property, { numRuns: 2000 })
  })

  for (const [what, text] of [
    ['a space', '{"a":1, "b":2}'],
    ['a space before the end', '{"a":1 }'],
    ['a line end deep inside', '{"a":{"b":[1,\n2]}}'],
    ['keys out of order', '{"b":1,"a":2}'],
    ['keys out of order deep inside', '{"a":[{"z":1,"b":2}]}'],
    ['keys in the order of code points', '{"\ufb33":1,"\u{1f600}":2}'],
    ['an escape that none is needed for', '{"a":"\\u0041"}'],
    ['an escaped slash', '{"a":"\\/"}'],
    ['an escape in a key', '{"\\u0061":1}'],
  ] as const) {
    it(`is not found where there is ${what}`, () => {
      assert.equal(canonicalIn(text), null)
    })
  }

  it('of one credential does not depend on how another beside it is written', () => {
    const text = '{"verifiableCredential":[{"b":1,"a":2}, {"a":1,"b":2} ,{"a":"\\/"},{"a":3}]}'
    const read = readJson(encode(text), LIMITS)
    assert.ok(read.ok)
    const found = read.embedded.map(({ members }) => members?.map(([key]) => key) ?? null)
    assert.deepEqual(found, [null, ['a', 'b'], null, ['a']])
  })
})

describe('a credential written in another way', () => {
  it('is the same credential: digest, what was signed, verdict', async () => {
    const consortium = await Consortium.assemble()
    const { bytes, digest } = await passportOf(consortium)
    const text = Buffer.from(bytes).toString()
    for (const other of [JSON.stringify(JSON.parse(text), null, 2), reversed(text)]) {
      assert.notEqual(other, text)
      const [document] = decodeInput(encode(other)).documents
      assert.ok(document?.ok && document.secured.securing.form === 'data-integrity')
      assert.equal(document.secured.digestMultibase, digest)
      const { proof: _, ...unsecured } = JSON.parse(text)
      assert.equal(document.secured.securing.unsecuredJcs, jcs(unsecured))
      const parts = { attestations: consortium.attestations }
      const chain = await consortium.presentation(parts)
      const verdict = await consortium.verifier().verifyPassport(encode(other), { with: [chain] })
      assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
    }
  })
})

async function passportOf(consortium: Consortium) {
  const { bytes, reference } = await consortium.passport()
  return { bytes, digest: reference.digestMultibase }
}

/** The same JSON with the keys of every object the other way round. */
function reversed(text: string): string {
  return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  )
}

import assert from 'node:assert/strict'
import { generateSigner } from '@battery-passport/keys'
import { keyEndings, listsKey, unlistedKey } from '../../verifier/proof/covered-keys.ts'
import { NO_TIMES } from '../../verifier/proof/trusted-time.ts'
import { Consortium, type Signed } from '../support/consortium.ts'

const seconds = (text: string) => Date.parse(text) / 1000

describe('The keys that an accreditation lists', () => {
  const { publicKey } = generateSigner()
  const { thumbprint } = publicKey
  const first = { thumbprint, from: '2025-01-01T00:00:00Z', until: '2025-06-30T23:59:59Z' }
  const second = { thumbprint, from: '2025-06-01T00:00:00Z', until: '2025-12-31T23:59:59Z' }
  let accreditation: Signed<'VerifierAccreditation'>

  before(async () => {
    const consortium = await Consortium.assemble()
    const { climateBody } = consortium.parties
    const subject = { keys: [first, second] }
    accreditation = await consortium.accreditation(climateBody, { subject })
  })

  it('are listed from the first second to the last', () => {
    for (const [at, expected] of [
      ['2024-12-31T23:59:59Z', false],
      ['2025-01-01T00:00:00Z', true],
      ['2025-06-30T23:59:59Z', true],
      ['2025-07-01T00:00:00Z', false],
    ] as const) {
      assert.equal(listsKey([first], publicKey, seconds(at)), expected, at)
    }
    const other = generateSigner().publicKey
    assert.equal(listsKey([first], other, seconds(first.from)), false)
  })

  it('are told with their dates where none of them is the one that signed', () => {
    const { secured } = accreditation
    const found = unlistedKey(secured, secured, generateSigner().publicKey)
    assert.equal(found.code, 'KEY_NOT_AUTHORISED')
    assert.equal(found.pointer, '/proof/verificationMethod')
    assert.equal(
      found.expected,
      [first, second].map(({ from, until }) => `${thumbprint} (${from} to ${until})`).join(', '),
    )
  })

  it('end with the last of the listings under which it was signed', () => {
    const { secured } = accreditation
    const endings = (created: string, at: string) =>
      keyEndings(secured, publicKey, seconds(created), seconds(at)).map(({ last, note }) => {
        assert.equal(note.credential, secured.id)
        assert.equal(note.pointer, '/credentialSubject/keys')
        assert.equal(note.expected, `listed at ${at}`)
        assert.equal(note.found, thumbprint)
        return last
      })
    const after = '2026-01-01T00:00:00Z'
    assert.deepEqual(endings('2025-02-01T00:00:00Z', after), [seconds(first.until)])
    assert.deepEqual(endings('2025-06-15T00:00:00Z', after), [seconds(second.until)])
    assert.deepEqual(endings('2025-02-01T00:00:00Z', '2025-09-01T00:00:00Z'), [])
    assert.deepEqual(endings('2024-02-01T00:00:00Z', after), [])
  })

  it('are proven to have signed at no time where nothing is proven', () => {
    assert.equal(NO_TIMES.proveBy('zQmAny', Number.MAX_SAFE_INTEGER), false)
  })
})

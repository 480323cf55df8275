import assert from 'node:assert/strict'
import { encodeBitstring } from '@battery-passport/issuer'
import { BoundedCache } from '@battery-passport/keys'
import type { BitstringResult } from '../../verifier/reading/bitstring.ts'
import type { StatusList } from '../../verifier/reading/secured-credential.ts'
import { decodedLists } from '../../verifier/status/decoded-lists.ts'
import { Consortium, type Signed } from '../support/consortium.ts'

/** As many entries as a list may have: a megabyte of bits. */
const LARGE = 8 * 2 ** 20

/** A list of a number, as far as it is looked at here. */
function listOf(number: number, encodedList: string): StatusList {
  const [list] = lists
  assert.ok(list?.type === 'BitstringStatusListCredential')
  const { secured } = list
  const { credential } = secured
  const credentialSubject = { ...credential.credentialSubject, encodedList }
  return {
    ...secured,
    digestMultibase: `zQm${number}`,
    credential: { ...credential, credentialSubject },
  }
}

let consortium: Consortium
let lists: readonly Signed<'BitstringStatusListCredential'>[]

describe('The status lists of one verification', () => {
  before(async () => {
    consortium = await Consortium.assemble()
    lists = await consortium.board.lists(consortium.parties.climateBody)
  })

  it('are decoded once each, however many ask and whatever is forgotten', () => {
    // Room for one list at a time: every other is forgotten when the next is asked for.
    const remembered = new BoundedCache<BitstringResult>(1)
    const decoded = decodedLists(remembered)
    const [first, second] = [1, 2].map((number) => listOf(number, encodeBitstring([number])))
    assert.ok(first !== undefined && second !== undefined)
    const bits = decoded.bitsOf(first)
    assert.ok(bits?.ok)
    decoded.bitsOf(second)
    assert.equal(remembered.get(first.digestMultibase), undefined)
    assert.equal(decoded.bitsOf(first), bits)
  })

  it('are taken from an earlier verification, and one that is damaged is refused again', () => {
    const remembered = new BoundedCache<BitstringResult>(8)
    const damaged = listOf(1, 'uAAAA')
    const refusal = decodedLists(remembered).bitsOf(damaged)
    assert.equal(refusal?.ok, false)
    assert.equal(decodedLists(remembered).bitsOf(damaged), refusal)
  })

  it('hold 64 MiB together and no more, also where they are remembered', () => {
    const remembered = new BoundedCache<BitstringResult>(128)
    const encoded = encodeBitstring([], LARGE)
    for (const _ of ['anew', 'remembered']) {
      const decoded = decodedLists(remembered)
      for (let number = 0; number < 64; number++) {
        assert.ok(decoded.bitsOf(listOf(number, encoded))?.ok)
      }
      assert.equal(decoded.bitsOf(listOf(64, encoded)), null)
      assert.ok(decoded.bitsOf(listOf(63, encoded))?.ok)
    }
  })

  it('that are damaged take as much room as one can have, for a bomb is inflated as far', () => {
    const decoded = decodedLists(new BoundedCache<BitstringResult>(128))
    for (let number = 0; number < 64; number++) {
      assert.equal(decoded.bitsOf(listOf(number, `u${number}`))?.ok, false)
    }
    assert.equal(decoded.bitsOf(listOf(64, encodeBitstring([]))), null)
  })

  it('that leave no room for another are a finding on that list', async () => {
    const { climateBody, socialBody, packMaker } = consortium.parties
    const encodedList = encodeBitstring([], LARGE)
    const editions = await Promise.all(
      [climateBody, socialBody, packMaker].flatMap((issuer) =>
        Array.from({ length: 11 }, (_, edition) =>
          consortium.board.lists(
            issuer,
            {},
            {
              subject: { encodedList },
              credential: { name: `Edition ${edition}` },
            },
          ),
        ),
      ),
    )
    const bytes = await consortium.presentation({ lists: editions.flat() })
    const { outcome, findings } = await consortium.verifier().verifyPassport(bytes)
    assert.equal(outcome, 'rejected')
    const full = findings.filter(({ code }) => code === 'LIMIT_EXCEEDED')
    assert.ok(full.length > 0)
    assert.equal(full[0]?.pointer, '/credentialSubject/encodedList')
    assert.equal(full[0]?.whose, 'holder')
    assert.equal(full[0]?.expected, 'lists of at most 64 MiB together')
  })
})

import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import { digestMultibase } from '@battery-passport/contexts'
import {
  encodeBitstring,
  listValidity,
  nextGeneration,
  signCredential,
  statusEntries,
  statusList,
  unusedIndex,
} from '@battery-passport/issuer'
import { generateSigner } from '@battery-passport/keys'
import { decodeBitstring } from '@battery-passport/verifier'
import fc from 'fast-check'
import { bitAt } from '../../verifier/reading/bitstring.ts'
import { faultsOf } from './refusal.ts'

const ENTRIES = 131_072

describe('encodeBitstring', () => {
  it('puts index 0 into the left-most bit of the first byte', () => {
    const bits = gunzipSync(Buffer.from(encodeBitstring([0, 9, ENTRIES - 1]).slice(1), 'base64url'))
    assert.equal(bits.length, ENTRIES / 8)
    assert.equal(bits[0], 0b1000_0000)
    assert.equal(bits[1], 0b0100_0000)
    assert.equal(bits.at(-1), 0b0000_0001)
  })

  it('writes what the verifier reads, for any set of indexes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(ENTRIES - 1), { maxLength: 200 }), (indexes) => {
        const decoded = decodeBitstring(encodeBitstring(indexes))
        assert.ok(decoded.ok)
        const set = new Set(indexes)
        for (const index of [...indexes, 0, 1, 77_777, ENTRIES - 1]) {
          assert.equal(bitAt(decoded.bits, index), set.has(index))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('writes the least list of the specification as a short text', () => {
    const empty = encodeBitstring([])
    assert.match(empty, /^u[A-Za-z0-9_-]+$/)
    assert.ok(empty.length < 100)
  })

  it('stays within what a credential may hold when half of the entries are set at random', () => {
    const signer = Array.from({ length: ENTRIES }, (_, index) => index).filter(
      (index) => (index * 2_654_435_761) % 4_294_967_296 < 2_147_483_648,
    )
    assert.ok(encodeBitstring(signer).length <= 32_768)
  })

  it('refuses an index beside the list, and a list that is too short', () => {
    for (const index of [-1, ENTRIES, 1.5, Number.NaN]) {
      assert.throws(() => encodeBitstring([index]), TypeError)
    }
    for (const entries of [0, ENTRIES - 8, ENTRIES + 1]) {
      assert.throws(() => encodeBitstring([], entries), TypeError)
    }
  })
})

describe('statusList', () => {
  const issuer = generateSigner()
  const request = {
    id: 'https://body.example/status/revocation-1',
    issuer: issuer.did,
    purpose: 'revocation',
    set: [5],
    ...listValidity('2026-10-01T00:00:00Z', 3600),
  } as const

  it('makes a list that is signed and read', async () => {
    const signed = await signCredential('BitstringStatusListCredential', statusList(request), {
      signer: issuer,
      created: '2026-10-01T00:00:00Z',
    })
    assert.equal(signed.id, request.id)
    assert.equal(signed.credential.validUntil, '2026-10-01T01:00:00Z')
    assert.ok(!('credentialStatus' in signed.credential))
  })

  it('refuses an id that is no URL or URN, and dates in no order', () => {
    assert.deepEqual(
      faultsOf('STATUS_LIST_REFUSED', () => statusList({ ...request, id: 'list 1' })),
      ['SCHEMA /credentialSubject/id', 'SCHEMA /id'],
    )
    assert.deepEqual(
      faultsOf('STATUS_LIST_REFUSED', () =>
        statusList({ ...request, validUntil: '2026-09-30T00:00:00Z' }),
      ),
      ['SCHEMA /validUntil'],
    )
  })

  it('names the notice of each index, once, and of set indexes alone', () => {
    const notice = {
      index: 5,
      id: 'urn:uuid:7b6f1c62-3f2c-4b44-8c9a-3a1d5d1f0a01',
      digestMultibase: digestMultibase('a notice'),
    }
    const { credentialSubject } = statusList({ ...request, notices: [notice] })
    assert.deepEqual(credentialSubject.notices, [{ ...notice, type: 'WithdrawalNotice' }])
    assert.throws(() => statusList({ ...request, notices: [{ ...notice, index: 6 }] }), TypeError)
    assert.throws(() => statusList({ ...request, notices: [notice, notice] }), TypeError)
    const set = Array.from({ length: 257 }, (_, index) => index)
    const notices = set.map((index) => ({ ...notice, index }))
    assert.deepEqual(
      faultsOf('STATUS_LIST_REFUSED', () => statusList({ ...request, set, notices })),
      ['SCHEMA /credentialSubject/notices'],
    )
    assert.doesNotThrow(() => statusList({ ...request, set, notices: notices.slice(1) }))
  })

  it('refuses a validity that is none', () => {
    assert.throws(() => listValidity('now', 60), TypeError)
    assert.throws(() => listValidity('2026-10-01T00:00:00Z', 0), TypeError)
    assert.throws(() => listValidity('2026-10-01T00:00:00Z', 1.5), TypeError)
  })

  it('names both lists of a credential at one index', () => {
    const pair = { revocation: 'urn:x:r', suspension: 'urn:x:s' }
    assert.deepEqual(
      statusEntries(pair, 7).map(({ statusPurpose, statusListIndex, statusListCredential }) => [
        statusPurpose,
        statusListIndex,
        statusListCredential,
      ]),
      [
        ['revocation', '7', 'urn:x:r'],
        ['suspension', '7', 'urn:x:s'],
      ],
    )
  })
})

describe('the choice of an index', () => {
  it('takes what the dice say, if it is free', () => {
    assert.equal(
      unusedIndex(
        () => false,
        () => 42,
      ),
      42,
    )
  })

  it('throws again when an index is taken', () => {
    const dice = [42, 42, 7]
    assert.equal(
      unusedIndex(
        (index) => index === 42,
        () => dice.shift() ?? assert.fail('too many throws'),
      ),
      7,
    )
  })

  it('finds the last free index whatever the dice say, and refuses a full list', () => {
    assert.equal(
      unusedIndex(
        (index) => index !== 3,
        () => 42,
      ),
      3,
    )
    assert.throws(
      () =>
        unusedIndex(
          () => true,
          () => 42,
        ),
      TypeError,
    )
  })

  it('begins a new list when half of the old one is taken, or it names 256 notices', () => {
    assert.equal(nextGeneration({ generation: 1, used: 0 }), 1)
    assert.equal(nextGeneration({ generation: 1, used: ENTRIES / 2 - 1 }), 1)
    assert.equal(nextGeneration({ generation: 1, used: ENTRIES / 2 }), 2)
    assert.equal(nextGeneration({ generation: 7, used: ENTRIES }), 8)
    assert.equal(nextGeneration({ generation: 1, used: 300, notices: 255 }), 1)
    assert.equal(nextGeneration({ generation: 1, used: 300, notices: 256 }), 2)
  })
})

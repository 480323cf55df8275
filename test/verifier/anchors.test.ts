import assert from 'node:assert/strict'
import { anchorEnded, anchorOf, noAnchor } from '../../verifier/policy/anchors.ts'
import type { TrustAnchor } from '../../verifier/policy/policy.ts'
import { Consortium } from '../support/consortium.ts'

const DID = 'did:web:owner.example'
const ROLES = ['scheme-owner', 'accreditation-body'] as const

const anchor = (validFrom: number, validUntil: number, more: Partial<TrustAnchor> = {}) =>
  ({ did: DID, role: 'scheme-owner', validFrom, validUntil, ...more }) as const

const found = (anchors: readonly TrustAnchor[], instant: number) =>
  anchorOf(anchors, DID, ROLES, instant)

describe('The anchor of a DID', () => {
  it('counts from its first second to its last', () => {
    const only = anchor(100, 200)
    for (const instant of [100, 150, 200]) {
      assert.deepEqual(found([only], instant), { anchor: only, outOfTime: null })
    }
    for (const instant of [99, 201]) {
      assert.deepEqual(found([only], instant), { anchor: null, outOfTime: only })
    }
  })

  it('is of that DID, and of one of the roles', () => {
    const others = [
      anchor(0, 500, { did: 'did:web:other.example' }),
      anchor(0, 500, { role: 'registrar' }),
    ]
    assert.deepEqual(found(others, 150), { anchor: null, outOfTime: null })
    const body = anchor(0, 500, { role: 'accreditation-body' })
    assert.equal(found([...others, body], 150).anchor, body)
  })

  it('is the one that ends last, of several, in whatever order the policy has them', () => {
    const [short, long, middle] = [anchor(0, 200), anchor(0, 400), anchor(0, 300)]
    for (const anchors of [
      [short, long, middle],
      [long, middle, short],
      [middle, short, long],
    ]) {
      assert.equal(found(anchors, 150).anchor, long)
    }
  })

  it('is not out of time where another counts', () => {
    const [past, present] = [anchor(0, 100), anchor(101, 300)]
    assert.deepEqual(found([past, present], 150), { anchor: present, outOfTime: null })
    assert.deepEqual(found([past, present], 400), { anchor: null, outOfTime: past })
  })
})

describe('An accreditation without an anchor', () => {
  it('is told who is missing, or when the anchor counted', async () => {
    const consortium = await Consortium.assemble()
    const accreditation = consortium.accreditations.get('climateBody')?.secured
    assert.ok(accreditation !== undefined)
    const unknown = noAnchor(accreditation, null)
    assert.match(unknown.detail, /^Its issuer is no anchor of your policy/)
    assert.match(unknown.expected, /scheme-owner or accreditation-body/)
    assert.equal(unknown.found, accreditation.issuer)
    assert.equal(unknown.pointer, '/issuer')
    const ended = noAnchor(accreditation, anchor(0, 86_399))
    assert.match(ended.detail, /no anchor of your policy when it signed/)
    assert.equal(ended.expected, 'signed from 1970-01-01T00:00:00Z to 1970-01-01T23:59:59Z')
    assert.equal(ended.found, '2025-01-01T08:00:00Z')
  })

  it('has an end, where one counted when it signed and counts no more', async () => {
    const consortium = await Consortium.assemble()
    const accreditation = consortium.accreditations.get('climateBody')?.secured
    assert.ok(accreditation !== undefined)
    const { last, note } = anchorEnded(accreditation, anchor(0, 86_399))
    assert.equal(last, 86_399)
    assert.equal(
      `${note.code} ${note.credential}${note.pointer}`,
      `ENDED_SINCE ${accreditation.id}/issuer`,
    )
    assert.equal(note.found, `${DID} until 1970-01-01T23:59:59Z`)
  })
})

import assert from 'node:assert/strict'
import {
  endedSince,
  inForce,
  outsideAccreditation,
  validityFindings,
} from '../../verifier/time/validity.ts'
import { Consortium } from '../support/consortium.ts'

describe('The validity of a credential', () => {
  const credential = (from: number, until: number) => ({
    id: 'urn:x:1',
    validity: { from, until },
    credential: { validFrom: `the instant ${from}`, validUntil: `the instant ${until}` },
  })
  const judged = (from: number, until: number, instant: number, skew?: number) =>
    validityFindings(credential(from, until), instant, 'at noon', skew).map(
      ({ code, pointer, found }) => `${code} ${pointer} ${found}`,
    )

  it('is from its first second to its last, where there is no skew', () => {
    for (const instant of [100, 150, 200]) {
      assert.ok(inForce({ from: 100, until: 200 }, instant))
      assert.deepEqual(judged(100, 200, instant), [])
    }
    for (const [instant, finding] of [
      [99, 'NOT_YET_VALID /validFrom the instant 100'],
      [201, 'EXPIRED /validUntil the instant 200'],
    ] as const) {
      assert.ok(!inForce({ from: 100, until: 200 }, instant))
      assert.deepEqual(judged(100, 200, instant), [finding])
    }
  })

  it('is longer by the skew at both ends, and by no second more', () => {
    for (const instant of [90, 210]) {
      assert.ok(inForce({ from: 100, until: 200 }, instant, 10))
      assert.deepEqual(judged(100, 200, instant, 10), [])
    }
    for (const instant of [89, 211]) {
      assert.ok(!inForce({ from: 100, until: 200 }, instant, 10))
      assert.equal(judged(100, 200, instant, 10).length, 1)
    }
  })

  it('may be one second', () => {
    assert.deepEqual(judged(100, 100, 100), [])
    assert.ok(inForce({ from: 100, until: 100 }, 100))
  })

  it('is none where it ends before it begins, whenever that is asked for', () => {
    for (const instant of [99, 100, 101]) {
      assert.deepEqual(judged(101, 100, instant, 60), ['SCHEMA /validUntil the instant 100'])
    }
  })

  it('is said with the words of the instant', () => {
    const [early] = validityFindings(credential(100, 200), 0, 'at noon')
    assert.equal(early?.detail, 'It was not yet valid at noon.')
    assert.equal(early?.expected, 'not later than 1970-01-01T00:00:00Z')
    const [late] = validityFindings(credential(100, 200), 300, 'at noon')
    assert.equal(late?.detail, 'It was no longer valid at noon.')
    assert.equal(late?.expected, 'not earlier than 1970-01-01T00:05:00Z')
  })

  it('that has ended is noted with its last second, at its place', async () => {
    const consortium = await Consortium.assemble()
    const [attestation] = consortium.attestations
    assert.ok(attestation !== undefined)
    const { last, note } = endedSince(attestation.secured, 0)
    assert.equal(last, attestation.secured.validity.until)
    assert.equal(`${note.code} ${note.pointer}`, 'ENDED_SINCE /validUntil')
    assert.equal(note.expected, 'in force at 1970-01-01T00:00:00Z')
    assert.equal(note.found, '2027-03-15T23:59:59Z')
  })

  it('of an accreditation is missed by a signature or by a statement, each at its place', async () => {
    const consortium = await Consortium.assemble()
    const accreditation = consortium.accreditations.get('climateBody')?.secured
    const [attestation] = consortium.attestations
    assert.ok(accreditation?.type === 'VerifierAccreditation' && attestation !== undefined)
    const place = '/credentialSubject/engagement/statementDate'
    for (const [what, pointer] of [
      ['signed', '/proof/created'],
      ['stated', place],
    ] as const) {
      const found = outsideAccreditation(attestation.secured, accreditation, what, 0, place)
      assert.equal(found.pointer, pointer)
      assert.match(found.detail, new RegExp(`^It was ${what} outside`))
      assert.equal(found.expected, 'from 2025-01-01T00:00:00Z to 2028-12-31T23:59:59Z')
      assert.equal(found.found, '1970-01-01T00:00:00Z')
    }
  })
})

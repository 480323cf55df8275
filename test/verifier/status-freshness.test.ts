import assert from 'node:assert/strict'
import type { Inquiry } from '../../verifier/inquiry.ts'
import { isOfType, type StatusList } from '../../verifier/reading/secured-credential.ts'
import { invalidList, outOfRange, unreachable } from '../../verifier/status/status-findings.ts'
import { freshness } from '../../verifier/status/status-freshness.ts'
import type { StatusSigner } from '../../verifier/status/status-signers.ts'
import { Consortium } from '../support/consortium.ts'

const SKEW = 60
const MOST = 86_400

describe('A status list', () => {
  let list: StatusList
  let policy: Inquiry['policy']
  let signers: readonly StatusSigner[]

  before(async () => {
    const consortium = await Consortium.assemble()
    const [signed] = await consortium.statusLists()
    assert.ok(signed !== undefined)
    const { secured } = signed
    assert.ok(isOfType(secured, 'BitstringStatusListCredential'))
    list = secured
    policy = { ...consortium.policy(), clockSkew: SKEW, statusMaximumAge: MOST }
    signers = [{ did: list.issuer, keys: null, signsLists: true, from: null }]
  })

  const judged = (of: StatusList, at: number, newest: number | null = null) => {
    const seen = { newest: () => newest }
    return freshness(of, { policy, at, seen }, signers)
  }
  const codes = (of: StatusList, at: number, newest: number | null = null) =>
    judged(of, at, newest).map(({ code, pointer }) => `${code} ${pointer}`)
  /** In force for as long as any case needs. */
  const lasting = () => ({
    ...list,
    validity: { from: list.created - 10 * MOST, until: list.created + 10 * MOST },
  })

  it('may be as old as the policy allows, and not a second older', () => {
    const { created } = list
    assert.deepEqual(codes(lasting(), created + MOST), [])
    assert.deepEqual(codes(lasting(), created + MOST + 1), ['STATUS_STALE /proof/created'])
    const [stale] = judged(lasting(), created + MOST + 1)
    assert.equal(stale?.found, `${MOST + 1} s`)
  })

  it('may be later than the instant asked for by the skew, and is noted from then on', () => {
    const { created } = list
    assert.deepEqual(codes(lasting(), created - SKEW), [])
    assert.deepEqual(codes(lasting(), created - SKEW - 1), ['STATUS_LATER /proof/created'])
  })

  it('may be the newest edition that was seen, and none before that', () => {
    const { created } = list
    assert.deepEqual(codes(lasting(), created, created), [])
    assert.deepEqual(codes(lasting(), created, created - 1), [])
    assert.deepEqual(codes(lasting(), created, created + 1), ['STATUS_STALE /proof/created'])
    const [older] = judged(lasting(), created, created + 1)
    assert.match(older?.detail ?? '', /signed later was seen before/)
  })

  it('that is older than one seen before is stale, also where it is later than asked for', () => {
    const { created } = list
    const late = created - SKEW - 1
    assert.deepEqual(codes(lasting(), late, created + 1), ['STATUS_STALE /proof/created'])
    assert.deepEqual(codes(lasting(), late, created), ['STATUS_LATER /proof/created'])
  })

  it('asks nobody what was seen where nobody remembers', () => {
    assert.deepEqual(freshness(lasting(), { policy, at: list.created, seen: null }, signers), [])
  })

  it('is not older than one that nobody has seen, however old it is', () => {
    const first = { ...list, created: -1, validity: { from: -1, until: MOST } }
    assert.deepEqual(codes(first, 0), [])
  })

  it('is in force for the skew beyond its bounds, and no second longer', () => {
    const at = list.created
    const within = (from: number, until: number) =>
      codes({ ...list, validity: { from: at + from, until: at + until } }, at)
    assert.deepEqual(within(SKEW, 2 * SKEW), [])
    assert.deepEqual(within(SKEW + 1, 2 * SKEW), ['STATUS_STALE /validUntil'])
    assert.deepEqual(within(-2 * SKEW, -SKEW), [])
    assert.deepEqual(within(-2 * SKEW, -SKEW - 1), ['STATUS_STALE /validUntil'])
  })

  it('that has no such entry is told with the number of its entries, and the place', () => {
    const entry = {
      id: 'https://body.example/lists/1#9',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '131072',
      statusListCredential: 'https://body.example/lists/1',
    } as const
    const at = { credential: 'urn:x', pointer: '/credentialStatus/0' }
    const short = outOfRange(at, entry, new Uint8Array(16_384))
    assert.equal(short.pointer, '/credentialStatus/0/statusListIndex')
    assert.equal(short.expected, 'an index below 131072')
    assert.equal(short.found, '131072')
    const missing = unreachable(at, entry)
    assert.equal(missing.pointer, '/credentialStatus/0/statusListCredential')
    assert.equal(missing.expected, entry.statusListCredential)
  })

  it('that says what no list may say is named with the place', () => {
    const found = invalidList(list, '/credentialSubject/ttl', 'It lives too long.', 'less', 'more')
    assert.equal(`${found.code} ${found.credential}`, `STATUS_LIST_INVALID ${list.id}`)
    assert.deepEqual(
      [found.pointer, found.detail, found.expected, found.found],
      ['/credentialSubject/ttl', 'It lives too long.', 'less', 'more'],
    )
  })
})

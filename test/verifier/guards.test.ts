import assert from 'node:assert/strict'
import type { SupplyChainRow } from '@battery-passport/contexts'
import { didKeyResolver, generateSigner, type Resolver } from '@battery-passport/keys'
import {
  type AssuredShares,
  decodeInput,
  LIMITS,
  listsSeen,
  shareAssuranceOf,
} from '@battery-passport/verifier'
import { finding, reasons } from '../../verifier/findings/findings.ts'
import { scoreChange } from '../../verifier/impact/score-change.ts'
import { watchResolver } from '../../verifier/memory/watched-resolver.ts'
import { timestampAuthority } from '../../verifier/policy/timestamp-authorities.ts'
import { day, instant } from '../../verifier/reading/calendar.ts'
import { decodeDocument } from '../../verifier/reading/decode.ts'
import { refused } from '../../verifier/reading/decoded-document.ts'
import { type JsonDocument, readItemAlone, readJson } from '../../verifier/reading/json.ts'
import { isTimestamp, timestampsOf } from '../../verifier/reading/presented-timestamp.ts'
import { RememberedDocuments } from '../../verifier/reading/remembered-documents.ts'
import { WeightedCache } from '../../verifier/reading/weighted-cache.ts'
import { receiptEnd } from '../../verifier/receipt/receipt-end.ts'
import { keysInWords } from '../../verifier/status/status-signers.ts'
import { supposedWithdrawal } from '../../verifier/status/supposed-withdrawal.ts'
import { shortfallWords } from '../../verifier/trust/shortfall-words.ts'
import { type ChainLink, withoutScore } from '../../verifier/verdict.ts'
import { Consortium } from '../support/consortium.ts'

const encode = (text: string) => new TextEncoder().encode(text)

const SCHEMA = finding('SCHEMA', {
  credential: '',
  pointer: '',
  detail: 'It is no credential.',
  expected: 'a credential',
  found: 'a rose',
})
const NOTE = { ...SCHEMA, severity: 'note' } as const

/** Guards behind other guards: no input comes so far, and they hold by themselves. */
describe('a guard that stands behind others', () => {
  it('reads no instant and no day out of what is none', () => {
    assert.equal(instant('2026-10-01T00:00:00Z') - instant('2026-09-30T23:59:59Z'), 1)
    assert.throws(() => instant('2026-02-30T00:00:00Z'), TypeError)
    assert.throws(() => instant('soon'), /not an instant: soon/)
    assert.equal(day('2026-10-01') - day('2026-09-30'), 1)
    assert.throws(() => day('2026-02-30'), /not a day: 2026-02-30/)
  })

  it('refuses nothing without a reason', () => {
    assert.deepEqual(reasons([SCHEMA, NOTE]), [SCHEMA, NOTE])
    assert.throws(() => reasons([]), /without a reason/)
    const place = { credential: '', prefix: '/with/0' }
    const unread = refused('a rose', '/with/0', place, [])
    assert.ok(!unread.ok)
    assert.equal(unread.type, '')
    assert.deepEqual(
      unread.findings.map(({ code, pointer, found }) => [code, pointer, found]),
      [['SCHEMA', '/with/0', '"a rose"']],
    )
  })

  it('makes no verdict without a score out of findings that stand against nothing', () => {
    assert.deepEqual(withoutScore([NOTE, SCHEMA]), {
      outcome: 'rejected',
      score: null,
      findings: [NOTE, SCHEMA],
    })
    assert.throws(() => withoutScore([NOTE]), /without a score/)
    assert.throws(() => withoutScore([]), /without a score/)
  })

  it('takes nothing for a credential that is no object', () => {
    const item = (value: JsonDocument['value']): JsonDocument => ({
      pointer: '/verifiableCredential/1',
      value,
      text: '',
      bytes: 0,
      members: null,
      known: null,
    })
    for (const value of ['a rose', 7, ['a rose']]) {
      const document = decodeDocument(item(value), '/with/0', LIMITS)
      assert.ok(!document.ok)
      assert.deepEqual(
        document.findings.map(({ code, pointer, expected }) => [code, pointer, expected]),
        [['SCHEMA', '/with/0/verifiableCredential/1', 'a JSON object']],
      )
    }
  })

  it('repeats of what comes from outside no more than a reader can read', () => {
    const about = { credential: '', pointer: '', detail: '', expected: 'a' }
    const long = finding('SCHEMA', { ...about, found: 'x'.repeat(1001) })
    assert.equal(long.found, `${'x'.repeat(999)}…`)
    assert.equal(finding('SCHEMA', { ...about, found: 'x'.repeat(1000) }).found.length, 1000)
  })

  it('does not take a fault of the memory for one of the input', () => {
    const known = {
      parts: new Map(),
      find() {
        throw new RangeError('out of memory')
      },
    }
    const bytes = encode('{"verifiableCredential":[{"a":1}]}')
    assert.throws(() => readJson(bytes, LIMITS, known), RangeError)
    assert.ok(readJson(bytes, LIMITS).ok)
  })

  it('reads no item again that was not read', () => {
    const item = (text: string): JsonDocument => ({
      pointer: '/verifiableCredential/0',
      value: {},
      text,
      bytes: text.length,
      members: null,
      known: null,
    })
    assert.deepEqual(readItemAlone(item('{"a":1}'), LIMITS).value, { a: 1 })
    assert.throws(() => readItemAlone(item(''), LIMITS), TypeError)
  })

  it('takes no timestamp out of what has not its form', () => {
    const good = { digestMultibase: 'zQm', rfc3161: 'MAA=' }
    assert.equal(timestampsOf({ timestamps: [good] }, '').length, 1)
    for (const timestamps of [
      'MAA=',
      ['MAA='],
      [{ ...good, rfc3161: 48 }],
      [{ ...good, rfc3161: '****' }],
      [{ rfc3161: 'MAA=' }],
    ]) {
      assert.deepEqual(timestampsOf({ timestamps }, ''), [], JSON.stringify(timestamps))
    }
    assert.equal(isTimestamp(Uint8Array.of(0x30)), false)
    assert.equal(isTimestamp(Uint8Array.of(0x30, 0x82)), false)
  })

  it('proves nothing by a certificate that cannot be read', () => {
    const { certificate } = timestampAuthority({ certificate: 'no certificate' })
    assert.equal(certificate.length, 0)
  })

  it('counts no assurance where there is no row', () => {
    const supplyChain: SupplyChainRow[] = [
      { facility: 'urn:x', stage: 'cell', share: 10000, custodyModel: 'segregated' },
    ]
    const subject: AssuredShares['credential']['credentialSubject'] = {
      supplyChain,
      assuranceLevel: 'limited',
    }
    const custody = { credential: { credentialSubject: subject } }
    assert.equal(shareAssuranceOf(supplyChain, [custody]), 'limited')
    assert.equal(shareAssuranceOf([], [custody]), 'none')
  })

  it('says of a dimension with nothing in it that there is none', () => {
    const gap = { dimension: 'material', granted: [], ungranted: ['nickel'] }
    const { detail, expected, found } = shortfallWords({ entry: 0, gaps: [gap] })
    assert.match(detail, /short of: material/)
    assert.deepEqual([expected, found], ['material none', 'material nickel'])
  })

  it('names the keys of those signers that are held to keys', () => {
    const signer = { did: 'did:web:body.example', signsLists: true, from: null }
    const signers = [
      { ...signer, keys: new Set(['zOne']) },
      { ...signer, keys: null },
      { ...signer, did: 'did:web:other.example', keys: new Set(['zTwo']) },
    ]
    assert.equal(keysInWords(signers, signer.did), 'one of zOne')
  })
})

describe('what a verdict leaves open', () => {
  const read: ChainLink = {
    credential: 'urn:x:list',
    type: 'BitstringStatusListCredential',
    issuer: 'did:web:body.example',
    pointer: '/verifiableCredential/1',
    digestMultibase: 'zQm',
    result: 'passed',
    restsOn: [],
    validFrom: '2026-09-30T22:00:00Z',
    validUntil: '2026-10-07T22:00:00Z',
    signedAt: '2026-09-30T22:00:00Z',
  }
  const { validFrom: _, validUntil: __, signedAt: ___, ...undated } = read
  const at = '2026-10-01T00:00:00Z'
  const policy = { statusMaximumAge: 3600 * 24 }

  it('bounds no receipt: a document that could not be read has no dates', () => {
    const day = '2026-10-01T22:00:00Z'
    assert.equal(receiptEnd({ at, chain: [read] }, policy), day)
    assert.equal(receiptEnd({ at, chain: [undated, read] }, policy), day)
    assert.equal(receiptEnd({ at, chain: [undated] }, policy), at)
  })

  it('is no edition of a list that was seen', () => {
    const created = instant('2026-09-30T22:00:00Z')
    assert.deepEqual(listsSeen({ chain: [undated, read] }), [
      { issuer: read.issuer, id: read.credential, created },
    ])
  })
})

describe('how two scores differ', () => {
  it('counts a rulebook that one of them lacks as nothing', async () => {
    const consortium = await Consortium.assemble()
    const { secured } = await consortium.passport()
    const { score } = secured.credential.credentialSubject
    const [first, ...others] = score.rulebooks
    assert.ok(first !== undefined)
    const change = scoreChange({ ...score, rulebooks: others }, score)
    assert.deepEqual(change?.rulebooks, [
      { key: first.key, value: first.value, upper: first.upper, coverage: first.coverage },
    ])
    assert.equal(scoreChange(score, score), null)
  })
})

describe('a supposed revocation', () => {
  it('withdraws nothing that has no status: a list, or a notice', async () => {
    const consortium = await Consortium.assemble()
    const [list] = await consortium.statusLists()
    const identity = consortium.identities.get('packMaker')
    assert.ok(list !== undefined && identity !== undefined)
    const supposing = (credential: string) =>
      ({ credential, issuer: null, withdraws: 'whole', since: null }) as const
    assert.equal(supposedWithdrawal(list.secured, supposing(list.id)), null)
    const found = supposedWithdrawal(identity.secured, supposing(identity.id))
    assert.equal(found?.credential, identity.id)
  })
})

describe('a watched resolver', () => {
  const { did } = generateSigner()
  const failing: Resolver = { resolve: () => Promise.reject(new Error('no network')) }
  const nobody: Resolver = {
    resolve: async () => ({ ok: false, code: 'DID_UNRESOLVED', detail: 'gone' }),
  }

  it('agrees with one that gives the very same document', async () => {
    const resolver = didKeyResolver()
    const watched = watchResolver(resolver)
    await watched.resolver.resolve(did)
    assert.equal(await watched.agreesWith(resolver), true)
  })

  it('agrees with none that fails, or has no document any more', async () => {
    const watched = watchResolver(didKeyResolver())
    await watched.resolver.resolve(did)
    assert.equal(await watched.agreesWith(failing), false)
    assert.equal(await watched.agreesWith(nobody), false)
  })

  it('agrees with none where it was given no document itself', async () => {
    const watched = watchResolver(nobody)
    await watched.resolver.resolve(did)
    assert.equal(await watched.agreesWith(nobody), false)
  })
})

describe('a cache by weight', () => {
  it('remembers nothing that weighs more than it may hold', () => {
    const forgotten: string[] = []
    const cache = new WeightedCache<string>(10, (value) => forgotten.push(value))
    assert.equal(cache.set('small', 'small', 4), true)
    assert.equal(cache.set('large', 'large', 11), false)
    assert.equal(cache.get('large'), undefined)
    assert.deepEqual([cache.get('small'), cache.weight, forgotten], ['small', 4, []])
  })

  it('makes room by what was used longest ago, and no more than needed', () => {
    const forgotten: string[] = []
    const cache = new WeightedCache<string>(10, (value) => forgotten.push(value))
    for (const each of ['a', 'b', 'c']) cache.set(each, each, 3)
    cache.get('a')
    cache.set('d', 'd', 4)
    assert.deepEqual([forgotten, cache.weight], [['b'], 10])
    cache.set('e', 'e', 10)
    assert.deepEqual([forgotten, cache.weight], [['b', 'c', 'a', 'd'], 10])
  })
})

describe('documents that are remembered', () => {
  it('have no place for what is no document, or longer than all of them may be', async () => {
    const consortium = await Consortium.assemble()
    const identity = consortium.identities.get('packMaker')
    assert.ok(identity !== undefined)
    const text = new TextDecoder().decode(identity.bytes)
    const [document] = decodeInput(identity.bytes).documents
    assert.ok(document?.ok)
    const note = (most: number, value: JsonDocument['value']) => {
      const remembered = new RememberedDocuments(most)
      const { length } = text
      const item = { pointer: '', value, text, bytes: length, members: null, known: null }
      const read = { item, document }
      assert.equal(
        remembered.note(read, null, () => read),
        null,
        'met once',
      )
      const known = remembered.note(read, null, () => read)
      return { known, remembered }
    }
    const value = document.secured.document
    const { known, remembered } = note(text.length, value)
    assert.equal(known?.value, value)
    assert.equal(remembered.documentOf(value), document)
    assert.equal(remembered.documentOf(text), undefined)
    assert.equal(note(text.length - 1, value).known, null)
    assert.equal(note(text.length, 'a text').known, null)
  })
})

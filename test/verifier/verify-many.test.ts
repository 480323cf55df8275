import assert from 'node:assert/strict'
import { parseInstant } from '@battery-passport/contexts'
import {
  answerOf,
  createVerifier,
  type DeliveredInput,
  finding,
  type PassportVerdict,
  SEVERITIES,
  type Severity,
  type VerifierDeps,
  verifyDeliveries,
  verifyMany,
} from '@battery-passport/verifier'
import { askedOfAll } from '../../verifier/delivery/delivery.ts'
import { Consortium, clockAt, NOW } from '../support/consortium.ts'
import { heapHeld } from '../support/heap.ts'
import {
  itemId,
  itemPassport,
  type MixedDelivery,
  mixedDelivery,
} from '../support/mixed-delivery.ts'

describe('verifyMany', () => {
  let consortium: Consortium
  let delivery: MixedDelivery
  let deps: VerifierDeps

  before(async () => {
    consortium = await Consortium.assemble()
    delivery = await mixedDelivery(consortium)
    deps = {
      clock: clockAt(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    }
  })

  const policy = () => consortium.policy()
  const alone = (bytes: Uint8Array, beside: readonly Uint8Array[]): Promise<PassportVerdict> =>
    createVerifier({ ...deps, policy: policy() }).verifyPassport(bytes, { with: beside })

  it('answers a mixed delivery as a new verifier answers each, in the order of the inputs', async () => {
    const { items, shared } = delivery
    const outcomes = new Set<string>()
    for (const beside of [[shared], []]) {
      const inputs = items.map(({ bytes }) => bytes)
      let index = 0
      for await (const verdict of verifyMany(inputs, policy(), { ...deps, with: beside })) {
        const { name, bytes } = items[index++] ?? assert.fail('more verdicts than inputs')
        assert.deepEqual(verdict, await alone(bytes, beside), name)
        outcomes.add(verdict.outcome)
      }
      assert.equal(index, items.length)
    }
    assert.deepEqual([...outcomes].sort(), ['accepted', 'indeterminate', 'rejected'])
  })

  it('adds to one input what is for it alone, after what is for all', async () => {
    const { items, shared } = delivery
    const bare = items.filter(({ name }) => name === 'bare')
    const [first, second] = bare
    const lists = await consortium.statusLists()
    const later = { created: '2026-09-30T23:00:00Z' }
    const { packMaker } = consortium.parties
    const revoked = ['https://packmaker.example/passports/item-11']
    const [newer] = await consortium.board.lists(packMaker, { revoked }, later)
    assert.ok(first && second && newer)
    const own = [newer.bytes, ...lists.map(({ bytes }) => bytes)]
    const inputs: DeliveredInput[] = [
      { bytes: first.bytes },
      { bytes: first.bytes, with: own },
      { bytes: second.bytes, with: own },
      { bytes: second.bytes, with: [] },
      { bytes: first.bytes, with: [newer.bytes] },
    ]
    const verdicts = await all(verifyMany(inputs, policy(), { ...deps, with: [shared] }))
    for (const [index, { bytes, with: added = [] }] of inputs.entries()) {
      assert.deepEqual(verdicts[index], await alone(bytes, [shared, ...added]), String(index))
    }
    assert.deepEqual(
      verdicts.map(({ outcome }) => outcome),
      ['accepted', 'rejected', 'accepted', 'accepted', 'rejected'],
    )
  })

  it('knows what was prepared alone from the same behind something else', async () => {
    const { items, shared } = delivery
    const { bytes } = items.find(({ name }) => name === 'bare') ?? assert.fail()
    const verifier = createVerifier({ ...deps, policy: policy() })
    const common = verifier.prepare([shared])
    const [list] = await consortium.statusLists()
    const own = [list?.bytes ?? assert.fail()]
    for (const before of [undefined, common, undefined]) {
      const prepared = verifier.prepare(own, before)
      const beside = before === undefined ? own : [shared, ...own]
      const verdict = await verifier.verifyPassport(bytes, { with: prepared })
      assert.deepEqual(verdict, await alone(bytes, beside))
    }
    const foreign = createVerifier({ ...deps, policy: policy() }).prepare([])
    assert.throws(() => verifier.prepare(own, foreign), TypeError)
  })

  it('holds each input against the battery that is expected of it', async () => {
    const bytes = delivery.items[0]?.bytes ?? assert.fail()
    const inputs = [{ bytes, expectSubject: itemId(1) }, { bytes, expectSubject: itemId(2) }, bytes]
    const verdicts = await all(verifyMany(inputs, policy(), { ...deps, expectSubject: itemId(1) }))
    assert.deepEqual(
      verdicts.map(({ outcome }) => outcome),
      ['accepted', 'rejected', 'accepted'],
    )
  })

  it('asks dates and status on every use', async () => {
    const bytes = delivery.items[0]?.bytes ?? assert.fail()
    const instants = [NOW, '2026-10-20T00:00:00Z', NOW, '2066-10-01T00:00:00Z', NOW]
    let asked = 0
    const now = () => parseInstant(instants[asked++] ?? '') ?? assert.fail()
    const inputs = instants.map(() => bytes)
    const verdicts = await all(verifyMany(inputs, policy(), { ...deps, clock: { now } }))
    assert.deepEqual(
      verdicts.map(({ outcome }) => outcome),
      ['accepted', 'indeterminate', 'accepted', 'rejected', 'accepted'],
    )
  })

  it('judges at the instant asked for', async () => {
    const bytes = delivery.items[0]?.bytes ?? assert.fail()
    const at = '2026-10-20T00:00:00Z'
    const [verdict] = await all(verifyMany([bytes], policy(), { ...deps, at }))
    assert.equal(verdict?.at, at)
    assert.equal(verdict?.outcome, 'indeterminate')
  })

  it('takes an input when the verdict before it was taken, and lets go of the rest', async () => {
    const bytes = delivery.items[0]?.bytes ?? assert.fail()
    let taken = 0
    let isClosed = false
    async function* endless() {
      try {
        for (;;) {
          taken++
          yield bytes
        }
      } finally {
        isClosed = true
      }
    }
    let seen = 0
    for await (const { outcome } of verifyMany(endless(), policy(), deps)) {
      assert.equal(outcome, 'accepted')
      assert.equal(taken, ++seen)
      if (seen === 3) break
    }
    assert.equal(taken, 3)
    assert.ok(isClosed)
  })

  it('throws what the inputs throw, after the verdicts before', async () => {
    const bytes = delivery.items[0]?.bytes ?? assert.fail()
    async function* broken() {
      yield bytes
      throw new RangeError('the disk is gone')
    }
    let seen = 0
    const take = async () => {
      for await (const _ of verifyMany(broken(), policy(), deps)) seen++
    }
    await assert.rejects(take(), /the disk is gone/)
    assert.equal(seen, 1)
  })

  it('needs no more memory for many than for some', async function () {
    this.timeout(60_000)
    const { shared } = delivery
    const signed = await Promise.all(
      Array.from({ length: 40 }, (_, number) => itemPassport(consortium, 100 + number)),
    )
    /** Each is another: a note changes nothing that matters, and its text is its own. */
    const texts = signed.map(({ document }) => JSON.stringify(document))
    function* passports(from: number, count: number) {
      for (let number = from; number < from + count; number++) {
        const text = texts[number % texts.length] ?? ''
        yield new TextEncoder().encode(text.replace('/passports/item-', `/passports/${number}-`))
      }
    }
    /** Kept by who compares a delivery with its list: an id must not hold on to its passport. */
    const batteries: (string | null)[] = []
    const run = async (from: number, count: number) => {
      let answered = 0
      const options = { ...deps, with: [shared] }
      for await (const each of verifyDeliveries(passports(from, count), policy(), options)) {
        assert.equal(each.verdict.outcome, 'rejected')
        batteries.push(each.battery)
        if (++answered === count) return heapHeld()
      }
      return assert.fail()
    }
    await run(0, 100)
    const [some, many] = [await run(1000, 100), await run(10_000, 1500)]
    // The texts of 1,400 more passports are five megabytes, what was read of them fifty.
    assert.equal(batteries.length, 1700)
    assert.ok(many - some < 3 * 2 ** 20, `${many - some} bytes more`)
  })

  it('names a code once, with the worst severity that any of its findings has', async () => {
    const [each] = await all(verifyDeliveries([delivery.shared], policy(), deps))
    assert.ok(each?.verdict.outcome === 'rejected')
    const place = { credential: '', pointer: '', detail: 'It.', expected: 'a', found: 'b' }
    const of = (severity: Severity) => finding('REVOKED', { ...place, severity })
    for (const [first, ...more] of [
      ['warning', 'error', 'unknown'],
      ['error', 'warning', 'error'],
      ['note', 'error', 'warning'],
    ] as const) {
      const findings = [of(first), ...more.map(of)] as const
      const { codes } = answerOf({ ...each, verdict: { ...each.verdict, findings } }, 'brief')
      assert.deepEqual(codes, [{ code: 'REVOKED', severity: 'error' }])
    }
  })

  it('asks of all what it was asked, and leaves out what was left out', () => {
    const asked = { at: NOW, expectSubject: itemId(1), expectIssuer: 'did:key:z6Mk' }
    assert.deepEqual(askedOfAll(asked), asked)
    assert.deepEqual(askedOfAll({}), {})
  })

  it('writes no text of a verdict where it is asked for in brief', async () => {
    const [each] = await all(verifyDeliveries([delivery.shared], policy(), deps))
    assert.ok(each !== undefined)
    assert.equal(answerOf(each, 'brief').text, null)
    assert.equal(answerOf(each, 'text').brief, null)
  })

  it('writes once what verdicts share, and what may still change anew', async () => {
    const { items, shared } = delivery
    const bytes = items.find(({ name }) => name === 'bare')?.bytes ?? assert.fail()
    const options = { ...deps, with: [shared] }
    const [one, other] = await all(verifyDeliveries([bytes, bytes], policy(), options))
    assert.ok(one !== undefined && other !== undefined)
    let written = 0
    const link = Object.freeze({
      ...(one.verdict.chain[0] ?? assert.fail()),
      toJSON: () => ({ written: ++written }),
    })
    const open = { ...link, toJSON: () => ({ opened: ++written }) }
    const verdict = { ...one.verdict, chain: [link, open] as const }
    const text = () => answerOf({ ...one, verdict }, 'text').text ?? ''
    assert.match(text(), /"chain":\[\{"written":1\},\{"opened":2\}\]/)
    assert.match(text(), /"chain":\[\{"written":1\},\{"opened":3\}\]/)
  })

  it('tells which battery each input names, and each verdict as text or in brief', async () => {
    const { items, shared } = delivery
    const inputs = items.map(({ bytes }) => bytes)
    const batteries = new Map<string, string | null>()
    let index = 0
    for await (const each of verifyDeliveries(inputs, policy(), { ...deps, with: [shared] })) {
      batteries.set(items[index++]?.name ?? '', each.battery)
      const text = answerOf(each, 'text')
      assert.equal(text.text, JSON.stringify(each.verdict))
      assert.equal(text.brief, null)
      const brief = answerOf(each, 'brief')
      assert.deepEqual(brief.brief?.findings, each.verdict.findings)
      for (const answer of [text, brief]) {
        assert.equal(answer.outcome, each.verdict.outcome)
        const { findings } = each.verdict
        const codes = [...new Set(findings.map(({ code }) => code))]
        assert.deepEqual(
          answer.codes.map(({ code }) => code),
          codes,
        )
        for (const { code, severity } of answer.codes) {
          const worst = SEVERITIES.find((one) =>
            findings.some((finding) => finding.code === code && finding.severity === one),
          )
          assert.equal(severity, worst)
        }
      }
    }
    assert.equal(batteries.get('the same again'), itemId(4))
    assert.equal(batteries.get('whole, enveloped'), itemId(6))
    assert.equal(batteries.get('with another category'), itemId(9))
    for (const name of ['nothing', 'an attestation', 'too large', 'cut short']) {
      assert.equal(batteries.get(name), null, name)
    }
  })
})

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const value of values) found.push(value)
  return found
}

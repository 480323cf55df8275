import assert from 'node:assert/strict'
import { parseInstant } from '@battery-passport/contexts'
import {
  briefly,
  createVerifier,
  type DeliveredInput,
  type PassportVerdict,
} from '@battery-passport/verifier'
import {
  type ThreadsOptions,
  VerifierThread,
  VerifierThreads,
} from '@battery-passport/verifier/threads'
import { Consortium, clockAt, NOW } from '../support/consortium.ts'
import { itemId, type MixedDelivery, mixedDelivery } from '../support/mixed-delivery.ts'

describe('threads that verify a delivery', () => {
  let consortium: Consortium
  let delivery: MixedDelivery
  let honest: Uint8Array
  let threads: VerifierThreads

  const start = () => ({
    policy: consortium.policy(),
    methods: [consortium.method.method],
    rulebooks: consortium.rulebooks,
  })
  const options = (more: Partial<ThreadsOptions> = {}): ThreadsOptions => ({
    clock: clockAt(),
    form: 'text',
    ...more,
  })

  before(async () => {
    consortium = await Consortium.assemble()
    delivery = await mixedDelivery(consortium)
    honest = delivery.items[0]?.bytes ?? assert.fail()
    threads = new VerifierThreads(start(), 2)
  })
  after(() => threads.close())

  it('answer a mixed delivery as a new verifier answers each, to the byte and in order', async function () {
    this.timeout(60_000)
    const { items, shared } = delivery
    const beside = { with: [shared] }
    const expected: PassportVerdict[] = []
    for (const { bytes } of items) {
      const verifier = createVerifier({ ...start(), clock: clockAt() })
      expected.push(await verifier.verifyPassport(bytes, beside))
    }
    // Several times: more than one batch for each thread, and what came before is remembered.
    const times = 3
    const inputs = Array.from({ length: times }, () => items.map(({ bytes }) => bytes)).flat()
    const texts = await all(threads.verify(inputs, options(beside)))
    assert.equal(texts.length, inputs.length)
    for (const [index, { text, brief, outcome }] of texts.entries()) {
      const [item, verdict] = [items[index % items.length], expected[index % items.length]]
      assert.equal(text, JSON.stringify(verdict), item?.name)
      assert.equal(outcome, verdict?.outcome)
      assert.equal(brief, null)
    }
    const briefs = await all(threads.verify(inputs, options({ ...beside, form: 'brief' })))
    for (const [index, { text, brief }] of briefs.entries()) {
      const verdict = expected[index % items.length] ?? assert.fail()
      assert.deepEqual(brief, briefly(verdict))
      assert.equal(text, null)
    }
  })

  it('take parts of a larger memory, and what is for one input alone', async () => {
    const large = new Uint8Array(honest.length + 2048)
    large.set(honest, 1024)
    const bare = delivery.items.find(({ name }) => name === 'bare') ?? assert.fail()
    const inputs: (Uint8Array | DeliveredInput)[] = [
      large.subarray(1024, 1024 + honest.length),
      { bytes: honest, expectSubject: itemId(2) },
      { bytes: bare.bytes, with: [delivery.shared] },
      { bytes: bare.bytes },
    ]
    const answers = await all(threads.verify(inputs, options({ expectSubject: itemId(1) })))
    assert.deepEqual(
      answers.map(({ outcome }) => outcome),
      ['accepted', 'rejected', 'rejected', 'rejected'],
    )
    const stranger = options({ expectIssuer: 'did:web:stranger.example' })
    const [other] = await all(threads.verify(inputs, stranger))
    assert.deepEqual(
      other?.codes.filter(({ severity }) => severity === 'error').map(({ code }) => code),
      ['ISSUER_MISMATCH'],
    )
    const any = await all(threads.verify(inputs, options()))
    assert.deepEqual(
      any.map(({ outcome }) => outcome),
      ['accepted', 'rejected', 'accepted', 'indeterminate'],
    )
    assert.deepEqual(
      any.map(({ battery }) => battery),
      [itemId(1), itemId(1), itemId(11), itemId(11)],
    )
  })

  it('judge by the clock of the caller, or at the instant asked for', async () => {
    let now = parseInstant(NOW) ?? assert.fail()
    const clock = { now: () => now }
    const ask = async (more: Partial<ThreadsOptions> = {}) => {
      const [answer] = await all(threads.verify([honest], options({ clock, ...more })))
      return answer?.outcome
    }
    assert.equal(await ask(), 'accepted')
    now += 40 * 365 * 86_400
    assert.equal(await ask(), 'rejected')
    assert.equal(await ask({ at: NOW }), 'accepted')
  })

  it('take inputs a little ahead of the answers, and no further', async () => {
    let taken = 0
    let isClosed = false
    const small = new Uint8Array([0x7b, 0x7d])
    async function* endless() {
      try {
        for (;;) {
          taken++
          yield small
        }
      } finally {
        isClosed = true
      }
    }
    let answered = 0
    for await (const { outcome } of threads.verify(endless(), options())) {
      assert.equal(outcome, 'rejected')
      // Time for the threads to answer everything they may be handed.
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
      assert.ok(taken <= ++answered + 256, `${taken} taken, ${answered} answered`)
      if (answered === 40) break
    }
    assert.ok(taken > 40)
    assert.ok(isClosed)
  })

  it('take few large inputs ahead', async () => {
    let taken = 0
    function* large() {
      for (; taken < 40; ) {
        taken++
        yield new Uint8Array(3 * 2 ** 20)
      }
    }
    for await (const { outcome } of threads.verify(large(), options())) {
      assert.equal(outcome, 'rejected')
      assert.ok(taken <= 3, `${taken} taken`)
      break
    }
  })

  it('answer what has come while the source is silent, and do not wait for it at the end', async () => {
    const never = new Promise<Uint8Array>(() => {})
    async function* silent() {
      yield honest
      yield await never
    }
    for await (const { outcome } of threads.verify(silent(), options())) {
      assert.equal(outcome, 'accepted')
      break
    }
  })

  it('throw what the source throws, after the answers for those before', async () => {
    function* broken() {
      for (let count = 0; count < 20; count++) yield honest
      throw new RangeError('the disk is gone')
    }
    let answered = 0
    const take = async () => {
      for await (const _ of threads.verify(broken(), options())) answered++
    }
    await assert.rejects(take(), /the disk is gone/)
    assert.equal(answered, 20)
  })

  it('reject what is under way when they end, and start anew', async () => {
    const others = new VerifierThreads(start(), 2)
    const inputs = Array.from({ length: 100 }, () => honest)
    const take = async () => {
      for await (const _ of others.verify(inputs, options())) void others.close()
    }
    await assert.rejects(take(), /the thread of the verifier has ended/)
    assert.equal((await all(others.verify(inputs, options()))).length, 100)
    await others.close()
  })

  it('reject where a thread cannot be started', async () => {
    const broken = new VerifierThreads({ ...start(), rulebooks: [{ key: 'none' }] }, 2)
    await assert.rejects(all(broken.verify([honest], options())), /rulebook/i)
    await broken.close()
  })

  it('forget what they verified, not what is kept at hand', async () => {
    const thread = new VerifierThread(start())
    const companions = thread.keep([delivery.shared])
    const bare = delivery.items.find(({ name }) => name === 'bare') ?? assert.fail()
    const now = clockAt().now()
    const ask = async () => {
      const inputs = [{ passport: bare.bytes }]
      const [answer] = await thread.verify({ inputs, companions, now, form: 'text' })
      return answer
    }
    const first = await ask()
    assert.equal(first?.outcome, 'accepted')
    const underWay = ask()
    thread.forget()
    assert.deepEqual(await underWay, first)
    assert.deepEqual(await ask(), first)
    thread.release(companions)
    thread.forget()
    await assert.rejects(ask(), /nothing is kept/)
    await thread.close()
    thread.forget()
  })

  it('are one or more', () => {
    for (const threads of [0, -1, 1.5, Number.NaN]) {
      assert.throws(() => new VerifierThreads(start(), threads), TypeError)
    }
  })
})

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const value of values) found.push(value)
  return found
}

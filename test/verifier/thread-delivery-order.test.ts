import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import type { DeliveredInputs, DeliveryAnswer } from '@battery-passport/verifier'
import {
  type BatchQuestion,
  type Lane,
  ThreadDelivery,
} from '../../verifier/delivery/thread-delivery.ts'
import type { VerifyMessage } from '../../verifier/delivery/thread-messages.ts'

/** What a thread was handed, until the test answers for it. */
interface Handed {
  readonly message: Omit<VerifyMessage, 'kind' | 'task'>
  readonly resolve: (answers: readonly DeliveryAnswer[]) => void
  readonly reject: (error: unknown) => void
}

const QUESTION: BatchQuestion = { form: 'text', now: 7 }
const MIB = 1024 * 1024

/** Threads that answer when they are told to, and what they were handed. */
function threads(count: number) {
  const handed: Handed[] = []
  const thread: Lane['thread'] = {
    verify: (message) =>
      new Promise((resolve, reject) => {
        handed.push({ message, resolve, reject })
      }),
  }
  const lanes = Array.from({ length: count }, (_, index) => ({ thread, companions: index + 1 }))
  return {
    lanes,
    handed,
    sizes: () => handed.map(({ message }) => message.inputs.length),
    companions: () => handed.map(({ message }) => message.companions),
    /** Answers what was handed over as the `index`th: each answer names the first byte of its input. */
    async answer(index: number) {
      const { message, resolve } = handed[index] ?? assert.fail(`${index} was not handed over`)
      resolve(message.inputs.map(({ passport }) => answerNaming(passport[0])))
      await setImmediate()
    },
  }
}

function answerNaming(first: string | number | undefined): DeliveryAnswer {
  return { outcome: 'accepted', codes: [], battery: `${first}`, brief: null, text: null }
}

/** So many inputs, each beginning with its number, and how many of them were taken. */
function inputs(count: number, size = 1) {
  const state = { taken: 0, isClosed: false }
  function* source() {
    try {
      for (let number = 0; number < count; number++) {
        state.taken++
        const bytes = new Uint8Array(size)
        bytes[0] = number
        yield bytes
      }
    } finally {
      state.isClosed = true
    }
  }
  return { state, source: source() }
}

/** The answers of a delivery as they come: by which battery each is told. */
function collect(delivery: ThreadDelivery) {
  const found: (string | null)[] = []
  const done = (async () => {
    for await (const { battery } of delivery.answers()) found.push(battery)
  })()
  // Whoever waits for it is told; until then it must not end the process.
  done.catch(() => {})
  return { found, done }
}

const numbers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `${from + index}`)

/** A delivery of which an answer is only taken when it is asked for. */
function begin(source: DeliveredInputs, lanes: readonly Lane[]) {
  const delivery = new ThreadDelivery(source, lanes, () => QUESTION)
  const answers = delivery.answers()
  return { delivery, answers }
}

describe('the way of a delivery over threads', () => {
  it('hands the first input over at once, and then full batches: two for a thread', async () => {
    const { lanes, sizes, answer } = threads(1)
    const { state, source } = inputs(1000)
    const { answers } = begin(source, lanes)
    const first = answers.next()
    await setImmediate()
    assert.deepEqual(sizes(), [1, 32])
    assert.equal(state.taken, 128)
    await answer(0)
    assert.equal((await first).value?.battery, '0')
    assert.deepEqual(sizes(), [1, 32, 32])
    assert.equal(state.taken, 128)
    // Only who takes an answer makes room for another input.
    const second = answers.next()
    await setImmediate()
    assert.equal(state.taken, 129)
    await answer(1)
    assert.equal((await second).value?.battery, '1')
    assert.deepEqual(sizes(), [1, 32, 32, 32])
  })

  it('hands each batch to the thread that has least to do', async () => {
    const { lanes, sizes, companions, answer } = threads(2)
    const { state, source } = inputs(1000)
    const { answers } = begin(source, lanes)
    const first = answers.next()
    await setImmediate()
    assert.deepEqual(sizes(), [1, 1, 32, 32])
    assert.deepEqual(companions(), [1, 2, 1, 2])
    assert.equal(state.taken, 256)
    await answer(1)
    await answer(3)
    assert.deepEqual(companions(), [1, 2, 1, 2, 2, 2])
    await answer(0)
    assert.deepEqual(companions(), [1, 2, 1, 2, 2, 2, 1])
    await first
  })

  it('hands over what there is when the source has ended', async () => {
    const { lanes, sizes, answer } = threads(1)
    const { source } = inputs(40)
    const { found, done } = collect(new ThreadDelivery(source, lanes, () => QUESTION))
    await setImmediate()
    assert.deepEqual(sizes(), [1, 32])
    await answer(0)
    assert.deepEqual(sizes(), [1, 32, 7])
    await answer(2)
    assert.deepEqual(found, ['0'])
    await answer(1)
    await done
    assert.deepEqual(found, numbers(40))
  })

  it('waits for no full batch when nothing more comes', async () => {
    const { lanes, sizes, answer } = threads(1)
    const { done } = collect(new ThreadDelivery(inputs(10).source, lanes, () => QUESTION))
    await setImmediate()
    assert.deepEqual(sizes(), [1, 9])
    await answer(0)
    await answer(1)
    await done
  })

  it('fills batches by their bytes too, and takes so many of them ahead', async () => {
    const { lanes, sizes, answer } = threads(1)
    const { state, source } = inputs(20, MIB / 2)
    const { answers } = begin(source, lanes)
    const first = answers.next()
    await setImmediate()
    assert.deepEqual(sizes(), [1, 2])
    assert.equal(state.taken, 8)
    await answer(0)
    await first
    void answers.next()
    await setImmediate()
    assert.deepEqual(sizes(), [1, 2, 2])
    assert.equal(state.taken, 9)
  })

  it('hands over alone what is larger than a batch', async () => {
    const { lanes, sizes, answer } = threads(1)
    const { state, source } = inputs(6, 3 * MIB)
    const { answers } = begin(source, lanes)
    const first = answers.next()
    await setImmediate()
    assert.deepEqual(sizes(), [1, 1])
    assert.equal(state.taken, 2)
    await answer(0)
    await first
    void answers.next()
    await setImmediate()
    assert.equal(state.taken, 3)
    assert.deepEqual(sizes(), [1, 1, 1])
  })

  it('counts what is added to an input as bytes of it', async () => {
    const { lanes } = threads(1)
    let taken = 0
    function* source() {
      for (; taken < 20; ) {
        taken++
        const with_ = [new Uint8Array(MIB), new Uint8Array(MIB - 1)]
        yield { bytes: new Uint8Array(1), with: with_ }
      }
    }
    void begin(source(), lanes).answers.next()
    await setImmediate()
    assert.equal(taken, 2)
  })

  it('takes as many bytes ahead for each thread', async () => {
    const { state, source } = inputs(40, MIB / 2)
    void begin(source, threads(2).lanes).answers.next()
    await setImmediate()
    assert.equal(state.taken, 16)
  })

  /** A source that gives so many inputs, and then owes one for ever. */
  async function* silentAfter(count: number, size = 1) {
    yield* inputs(count, size).source
    await new Promise<never>(() => {})
  }

  it('hands over a full batch while its source is silent, and no other to who is busy', async () => {
    for (const [source, expected] of [
      [silentAfter(32), [1]],
      [silentAfter(33), [1, 32]],
      [silentAfter(34), [1, 32]],
      [silentAfter(3, MIB / 2), [1]],
      [silentAfter(4, MIB / 2), [1, 2]],
    ] as const) {
      const { lanes, sizes } = threads(1)
      void begin(source, lanes).answers.next()
      await setImmediate()
      assert.deepEqual(sizes(), expected)
    }
  })

  it('hands over what waits to who has answered, while its source is silent', async () => {
    const { lanes, sizes, answer } = threads(1)
    const { found } = collect(new ThreadDelivery(silentAfter(3), lanes, () => QUESTION))
    await setImmediate()
    assert.deepEqual(sizes(), [1])
    await answer(0)
    assert.deepEqual(sizes(), [1, 2])
    await answer(1)
    assert.deepEqual(found, numbers(3))
  })

  it('asks the question anew for each batch', async () => {
    const { lanes, handed } = threads(1)
    let now = 100
    const { source } = inputs(33)
    const delivery = new ThreadDelivery(source, lanes, () => ({ form: 'brief', now: now++ }))
    collect(delivery)
    await setImmediate()
    const asked = handed.map(({ message: { inputs: _, ...rest } }) => rest)
    assert.deepEqual(asked, [
      { form: 'brief', now: 100, companions: 1 },
      { form: 'brief', now: 101, companions: 1 },
    ])
  })

  it('sends each input by bytes of its own, with what is asked of it alone', async () => {
    const { lanes, handed } = threads(3)
    const memory = Uint8Array.of(0, 1, 2, 3, 4, 5)
    const part = memory.subarray(2, 4)
    const source = [
      part,
      { bytes: part, expectSubject: 'urn:a', with: [] },
      { bytes: part, expectIssuer: 'did:b', with: [memory.subarray(1, 2)] },
    ]
    collect(new ThreadDelivery(source, lanes, () => QUESTION))
    await setImmediate()
    const sent = handed.flatMap(({ message }) => message.inputs)
    const passport = Uint8Array.of(2, 3)
    assert.deepEqual(sent, [
      { passport },
      { passport, expectSubject: 'urn:a' },
      { passport, expectIssuer: 'did:b', with: [Uint8Array.of(1)] },
    ])
    for (const { passport, with: own = [] } of sent) {
      for (const each of [passport, ...own]) {
        assert.ok(each instanceof Uint8Array)
        assert.equal(each.buffer.byteLength, each.length)
      }
    }
  })

  it('puts answers back into order', async () => {
    const { lanes, answer } = threads(3)
    const { found, done } = collect(new ThreadDelivery(inputs(3).source, lanes, () => QUESTION))
    await setImmediate()
    await answer(2)
    await answer(1)
    assert.deepEqual(found, [])
    await answer(0)
    await done
    assert.deepEqual(found, numbers(3))
  })

  it('throws what a thread failed with, in the place of its answers', async () => {
    const { lanes, handed, answer } = threads(2)
    const { found, done } = collect(new ThreadDelivery(inputs(2).source, lanes, () => QUESTION))
    await setImmediate()
    handed[1]?.reject(new RangeError('it ended'))
    await setImmediate()
    assert.deepEqual(found, [])
    await answer(0)
    await assert.rejects(done, new RangeError('it ended'))
    assert.deepEqual(found, ['0'])
  })

  it('answers nothing for nothing', async () => {
    const { lanes } = threads(1)
    async function* empty() {}
    for (const source of [[], empty()]) {
      const { found, done } = collect(new ThreadDelivery(source, lanes, () => QUESTION))
      await done
      assert.deepEqual(found, [])
    }
  })

  it('answers for all that came before the source failed, then throws what it threw', async () => {
    const { lanes, sizes, answer } = threads(1)
    let asked = 0
    const source = {
      async next() {
        asked++
        if (asked > 5) throw new RangeError('the disk is gone')
        return { done: false, value: Uint8Array.of(asked) } as const
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
    const { found, done } = collect(new ThreadDelivery(source, lanes, () => QUESTION))
    await setImmediate()
    assert.deepEqual(sizes(), [1, 4])
    await answer(0)
    await answer(1)
    await assert.rejects(done, new RangeError('the disk is gone'))
    assert.deepEqual(found, numbers(5, 1))
    assert.equal(asked, 6)
  })

  it('asks a source for one input at a time', async () => {
    const { lanes, sizes, answer } = threads(2)
    const given: ((value: Uint8Array) => void)[] = []
    let pending = 0
    const source = {
      next() {
        assert.equal(++pending, 1)
        return new Promise<IteratorResult<Uint8Array>>((resolve) => {
          given.push((value) => {
            pending--
            resolve({ done: false, value })
          })
        })
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
    const { found } = collect(new ThreadDelivery(source, lanes, () => QUESTION))
    given[0]?.(Uint8Array.of(1))
    await setImmediate()
    // What has come is handed over and answered while the source is silent.
    assert.deepEqual(sizes(), [1])
    await answer(0)
    assert.deepEqual(found, ['1'])
    assert.equal(given.length, 2)
    given[1]?.(Uint8Array.of(2))
    await setImmediate()
    await answer(1)
    assert.deepEqual(found, ['1', '2'])
    assert.equal(given.length, 3)
  })
})

describe('a delivery that is stopped', () => {
  /** A source that notes how often it was ended, and ends as it is told. */
  function endless(end: () => unknown, next: () => Promise<IteratorResult<Uint8Array>>) {
    const state = { ended: 0, asked: 0 }
    const source: AsyncIterableIterator<Uint8Array> = {
      next() {
        state.asked++
        return next()
      },
      async return() {
        state.ended++
        await end()
        return { done: true, value: undefined }
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
    return { state, source }
  }
  const ready = async () => ({ done: false, value: Uint8Array.of(1) })
  const silent = () => new Promise<never>(() => {})
  const refuse = () => Promise.reject(new RangeError('it does not close'))

  it('ends its source once, and takes nothing more', async () => {
    const { lanes, answer } = threads(1)
    const { state, source } = endless(() => {}, ready)
    const { delivery, answers } = begin(source, lanes)
    const first = answers.next()
    await setImmediate()
    assert.deepEqual(state, { ended: 0, asked: 128 })
    await delivery.stop()
    await delivery.stop()
    await answer(0)
    await first
    void answers.next()
    await setImmediate()
    assert.deepEqual(state, { ended: 1, asked: 128 })
  })

  it('waits for the end of its source, and passes on what that throws', async () => {
    const { delivery, answers } = begin(endless(refuse, ready).source, threads(1).lanes)
    void answers.next()
    await setImmediate()
    await assert.rejects(delivery.stop(), /does not close/)
  })

  it('does not wait for a source that owes an input', async () => {
    for (const end of [silent, refuse]) {
      const { state, source } = endless(end, silent)
      const { delivery, answers } = begin(source, threads(1).lanes)
      void answers.next()
      await setImmediate()
      await delivery.stop()
      await setImmediate()
      assert.deepEqual(state, { ended: 1, asked: 1 })
    }
  })

  it('takes it upon itself that such a source cannot be ended', async () => {
    let isCaught = false
    const refused = Promise.reject(new RangeError('it does not close'))
    const { then } = refused
    Object.defineProperty(refused, 'catch', {
      value: (taken: () => void) => {
        isCaught = true
        return then.call(refused, undefined, taken)
      },
    })
    const { source } = endless(() => {}, silent)
    source.return = () => refused
    const { delivery, answers } = begin(source, threads(1).lanes)
    void answers.next()
    await delivery.stop()
    assert.ok(isCaught)
  })

  it('does not end a source that has ended, and needs none that can be', async () => {
    const { lanes } = threads(1)
    const { state, source } = endless(refuse, async () => ({ done: true, value: undefined }))
    const { delivery, answers } = begin(source, lanes)
    await answers.next()
    await delivery.stop()
    assert.equal(state.ended, 0)
    const plain = begin([Uint8Array.of(1)][Symbol.iterator](), lanes)
    await plain.delivery.stop()
    assert.equal((await plain.answers.next()).done, true)
  })
})

import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { DeliveryAnswer, EffectivePolicy } from '@battery-passport/verifier'
import { VerifierThread } from '@battery-passport/verifier/threads'
import type { ThreadReply, ThreadRequest } from '../../verifier/delivery/thread-messages.ts'
import { Consortium } from '../support/consortium.ts'

const { postMessage, ref, unref } = Worker.prototype

describe('what a thread is told', () => {
  let policy: EffectivePolicy
  let thread: VerifierThread
  /** What was told to which worker; it reaches none of them. */
  let told: { readonly worker: Worker; readonly request: ThreadRequest }[]
  /** Whether the last worker keeps the process alive, each time it was said. */
  let held: boolean[]

  before(async () => {
    policy = (await Consortium.assemble()).policy()
  })
  beforeEach(() => {
    told = []
    held = []
    Worker.prototype.postMessage = function (this: Worker, request: ThreadRequest) {
      told.push({ worker: this, request })
    }
    Worker.prototype.ref = function (this: Worker) {
      held.push(true)
      ref.call(this)
    }
    Worker.prototype.unref = function (this: Worker) {
      held.push(false)
      unref.call(this)
    }
    thread = new VerifierThread({ policy, methods: [], rulebooks: [] })
  })
  afterEach(async () => {
    await thread.close()
    Object.assign(Worker.prototype, { postMessage, ref, unref })
  })

  const asked = { inputs: [{ passport: '{}' }], companions: 7, now: 5, form: 'text' } as const
  const ask = () => {
    const answered = thread.verify(asked)
    // Whoever waits for it is told; until then it must not end the process.
    answered.catch(() => {})
    return answered
  }
  const requests = () => told.map(({ request }) => request)
  const worker = () => told.at(-1)?.worker ?? assert.fail('nobody was told anything')
  const taskOf = (request: ThreadRequest | undefined) => {
    assert.equal(request?.kind, 'verify')
    return request.task
  }
  const answer: DeliveryAnswer = {
    ...{ outcome: 'accepted', codes: [], battery: null, text: '{}' },
    brief: { outcome: 'accepted', findings: [], passport: null },
  }
  const reply = (reply: ThreadReply) => worker().emit('message', reply)
  const keep = (companions: number, inputs: readonly Uint8Array[] | null) => ({
    kind: 'keep',
    companions,
    inputs,
  })
  const inputs = [Uint8Array.of(1)]

  it('is first what it keeps, then what it is asked', () => {
    const companions = thread.keep(inputs)
    assert.deepEqual(requests(), [])
    void ask()
    const [, question] = requests()
    const task = taskOf(question)
    assert.deepEqual(requests(), [keep(companions, inputs), { kind: 'verify', task, ...asked }])
    const other = thread.keep([])
    assert.notEqual(other, companions)
    assert.deepEqual(requests()[2], keep(other, []))
    thread.release(companions)
    assert.deepEqual(requests()[3], keep(companions, null))
    thread.forget()
    assert.deepEqual(requests().slice(4), [{ kind: 'forget' }, keep(other, [])])
  })

  it('is nothing to forget or release before it runs', () => {
    thread.release(thread.keep(inputs))
    thread.forget()
    assert.deepEqual(requests(), [])
    void ask()
    assert.deepEqual(
      requests().map(({ kind }) => kind),
      ['verify'],
    )
  })

  it('is each question once, under a number of its own', async () => {
    const first = ask()
    thread.keep(inputs)
    const second = ask()
    const tasks = requests()
      .filter(({ kind }) => kind === 'verify')
      .map(taskOf)
    const [a = -1, b = -1] = tasks
    assert.equal(new Set(tasks).size, 2)
    reply({ task: b, answers: [] })
    assert.deepEqual(await second, [])
    reply({ task: a, answers: [answer] })
    assert.deepEqual(await first, [answer])
    // What it has answered already it cannot answer again.
    reply({ task: a, failure: 'twice' })
  })

  it('holds the process while it is asked something, and no longer', async () => {
    const both = [ask(), ask()]
    assert.deepEqual(held, [true, true])
    const [a = -1, b = -1] = requests().map(taskOf)
    reply({ task: a, answers: [] })
    assert.deepEqual(held, [true, true])
    reply({ task: b, answers: [] })
    assert.deepEqual(held, [true, true, false])
    await Promise.all(both)
  })

  it('fails a question with what it failed at', async () => {
    const failing = ask()
    reply({ task: taskOf(requests()[0]), failure: 'at a line' })
    await assert.rejects(failing, new Error('the thread of the verifier failed: at a line'))
  })

  it('is asked about passports before what is kept for them is released or forgotten', async () => {
    const verify = () => {
      const question = { passport: '{}', companions: 7, now: 5 }
      const verdict = thread.verifyPassport({ ...question, expectSubject: 'a', expectIssuer: 'b' })
      verdict.catch(() => {})
      return verdict
    }
    const first = verify()
    thread.release(7)
    const [question] = requests()
    assert.deepEqual(question, {
      kind: 'verify',
      task: taskOf(question),
      ...{ companions: 7, now: 5, form: 'brief' },
      inputs: [{ passport: '{}', expectSubject: 'a', expectIssuer: 'b' }],
    })
    assert.deepEqual(requests()[1], keep(7, null))
    reply({ task: taskOf(question), answers: [answer] })
    assert.deepEqual(await first, answer.brief)
    void verify()
    thread.forget()
    assert.deepEqual(
      requests().map(({ kind }) => kind),
      ['verify', 'keep', 'verify', 'forget'],
    )
  })

  for (const [what, end, why] of [
    ['ends by itself', 'exit', /^Error: the thread of the verifier has ended$/],
    ['fails', 'error', /^RangeError: no memory$/],
  ] as const) {
    it(`rejects what is under way when it ${what}, and begins anew`, async () => {
      const companions = thread.keep(inputs)
      const both = [ask(), ask()]
      const ended = worker()
      ended.emit(end, new RangeError('no memory'))
      for (const each of both) await assert.rejects(each, why)
      told = []
      const again = ask()
      assert.notEqual(worker(), ended)
      assert.deepEqual(requests()[0], keep(companions, inputs))
      // The one before has nothing to say any more.
      ended.emit('exit')
      reply({ task: taskOf(requests()[1]), answers: [] })
      assert.deepEqual(await again, [])
      await ended.terminate()
    })
  }

  it('rejects what is under way at once when it is closed', async () => {
    const underWay = ask().catch((error) => `${error}`)
    const question = { passport: '{}', companions: 7, now: 5 }
    const waiting = thread
      .verifyPassport({ ...question, expectSubject: 'a', expectIssuer: 'b' })
      .catch((error) => `${error}`)
    const closed = thread.close()
    for (const each of [underWay, waiting]) {
      const first = await Promise.race([each, setImmediate('not at once')])
      assert.equal(first, 'Error: the thread of the verifier has ended')
    }
    await closed
    assert.deepEqual(
      requests().map(({ kind }) => kind),
      ['verify'],
    )
  })
})

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type DeliveryAnswer, listsSeen } from '@battery-passport/verifier'
import { VerifierThread } from '@battery-passport/verifier/threads'
import { ThreadDelivery } from '../../verifier/delivery/thread-delivery.ts'
import type {
  ThreadReply,
  ThreadRequest,
  ThreadStart,
  VerifyMessage,
} from '../../verifier/delivery/thread-messages.ts'
import { BATTERY_ID, Consortium, clockAt, MODEL_ID, presentationOf } from '../support/consortium.ts'

/** The program from its source: a thread does not inherit what reads that. */
const PROGRAM = `
  import('tsx/esm/api').then(({ register }) => {
    register()
    return import(${JSON.stringify(new URL('../../verifier/delivery/thread.ts', import.meta.url).href)})
  })
`

describe('the program of a thread', () => {
  let consortium: Consortium
  let worker: Worker
  let passport: Uint8Array
  let rest: Uint8Array

  before(async () => {
    consortium = await Consortium.assemble()
    passport = (await consortium.passport()).bytes
    const { attestations, accreditations, identities } = consortium
    const lists = await consortium.statusLists()
    const credentials = [...attestations, ...accreditations.values(), ...identities.values()]
    rest = presentationOf([...credentials, ...lists])
    const workerData: ThreadStart = {
      policy: consortium.policy(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    }
    worker = new Worker(PROGRAM, { eval: true, workerData, execArgv: [] })
  })
  after(async () => worker.terminate())

  const send = (message: ThreadRequest) => worker.postMessage(message)
  const ask = async (message: Partial<VerifyMessage> = {}): Promise<ThreadReply> => {
    const { now } = clockAt()
    const inputs = [{ passport }]
    const asked = { task: 1, companions: 7, inputs, now: now(), form: 'brief', ...message } as const
    send({ kind: 'verify', ...asked })
    const [reply] = await once(worker, 'message')
    return reply
  }
  const outcomes = async (message?: Partial<VerifyMessage>) => {
    const reply = await ask(message)
    assert.ok('answers' in reply, 'failure' in reply ? reply.failure : '')
    return reply.answers.map(({ outcome, codes }) => {
      const errors = codes.flatMap(({ code, severity }) => (severity === 'error' ? [code] : []))
      return [outcome, ...errors].join(' ')
    })
  }

  it('answers for each input, by what is kept under the number that is named', async () => {
    send({ kind: 'keep', companions: 7, inputs: [rest] })
    const text = new TextDecoder().decode(passport)
    const inputs = [{ passport }, { passport: text }, { passport: 'no passport' }]
    assert.deepEqual(await outcomes({ inputs }), ['accepted', 'accepted', 'rejected JSON_INVALID'])
  })

  it('takes what comes with one input for that alone', async () => {
    send({ kind: 'keep', companions: 8, inputs: [] })
    const inputs = [{ passport, with: [rest] }, { passport }]
    assert.deepEqual(await outcomes({ companions: 8, inputs }), ['accepted', 'indeterminate'])
  })

  it('judges at the instant and by the clock that it is given', async () => {
    const now = clockAt('2037-01-01T00:00:00Z').now()
    const [late] = await outcomes({ now })
    assert.match(late ?? '', /EXPIRED/)
    const at = '2026-10-01T00:00:00Z'
    assert.deepEqual(await outcomes({ at }), ['accepted'])
  })

  it('expects what is expected of all, or else of one', async () => {
    const { packMaker, miner } = consortium.parties
    const expecting = { expectSubject: BATTERY_ID, expectIssuer: packMaker.did }
    const inputs = [{ passport }, { passport, expectSubject: MODEL_ID }]
    assert.deepEqual(await outcomes({ ...expecting, inputs }), [
      'accepted',
      'rejected SUBJECT_UNEXPECTED',
    ])
    const expectIssuer = miner.did
    assert.deepEqual(await outcomes({ expectIssuer }), ['rejected ISSUER_MISMATCH'])
  })

  it('says what it failed at, and goes on', async () => {
    const bad = await ask({ task: 5, at: 'soon' })
    assert.equal(bad.task, 5)
    assert.ok('failure' in bad && /TypeError: at: expected RFC 3339/.test(bad.failure))
    const unkept = await ask({ task: 6, companions: 99 })
    assert.ok('failure' in unkept && /nothing is kept under 99/.test(unkept.failure))
    assert.deepEqual(await outcomes(), ['accepted'])
  })

  it('keeps nothing that was released, or that it was told to forget', async () => {
    send({ kind: 'keep', companions: 8, inputs: null })
    const released = await ask({ companions: 8 })
    assert.ok('failure' in released && /under 8/.test(released.failure))
    send({ kind: 'forget' })
    const forgotten = await ask()
    assert.ok('failure' in forgotten && /under 7/.test(forgotten.failure))
  })

  it('is for a thread alone', async () => {
    await assert.rejects(
      import('../../verifier/delivery/thread.ts'),
      /expected to be started as a thread/,
    )
    // What it would have done to this process: nothing.
    assert.deepEqual(listsSeen({ chain: [] }), [])
  })
})

describe('a thread that answers for too few inputs', () => {
  const answer: DeliveryAnswer = {
    outcome: 'accepted',
    codes: [],
    battery: null,
    brief: null,
    text: null,
  }
  const delivered = async (answers: readonly DeliveryAnswer[]) => {
    const thread = { verify: async () => answers }
    const question = { form: 'brief', now: 0 } as const
    const inputs = [Uint8Array.of(1), Uint8Array.of(2)]
    const delivery = new ThreadDelivery(inputs, [{ thread, companions: 1 }], () => question)
    const found: DeliveryAnswer[] = []
    for await (const each of delivery.answers()) found.push(each)
    return found
  }

  it('fails the delivery: no answer is taken for that of another', async () => {
    await assert.rejects(delivered([]), /too few/)
  })

  it('fails the question of one passport', async () => {
    class Mute extends VerifierThread {
      override async verify() {
        return [answer]
      }
    }
    const consortium = await Consortium.assemble()
    const thread = new Mute({ policy: consortium.policy(), methods: [], rulebooks: [] })
    const asked = { passport: '{}', companions: 1, now: 0, expectSubject: '', expectIssuer: '' }
    await assert.rejects(thread.verifyPassport(asked), /did not answer/)
  })
})

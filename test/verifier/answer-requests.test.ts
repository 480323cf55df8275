import assert from 'node:assert/strict'
import { once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { answerRequests } from '../../verifier/delivery/answer-requests.ts'
import type {
  ThreadReply,
  ThreadRequest,
  ThreadStart,
  VerifyMessage,
} from '../../verifier/delivery/thread-messages.ts'
import { BATTERY_ID, Consortium, clockAt, MODEL_ID, presentationOf } from '../support/consortium.ts'

describe('what answers the requests to a thread', () => {
  let consortium: Consortium
  let port: MessagePort
  let passport: Uint8Array
  let rest: Uint8Array

  before(async () => {
    consortium = await Consortium.assemble()
    passport = (await consortium.passport()).bytes
    const { attestations, accreditations, identities } = consortium
    const lists = await consortium.statusLists()
    const credentials = [...attestations, ...accreditations.values(), ...identities.values()]
    rest = presentationOf([...credentials, ...lists])
    const start: ThreadStart = {
      policy: consortium.policy(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    }
    const { port1, port2 } = new MessageChannel()
    answerRequests(port2, start)
    port = port1
  })
  after(() => port.close())

  const send = (message: ThreadRequest) => port.postMessage(message)
  const ask = async (message: Partial<VerifyMessage> = {}): Promise<ThreadReply> => {
    const { now } = clockAt()
    const inputs = [{ passport }]
    const asked = { task: 1, companions: 7, inputs, now: now(), form: 'brief', ...message } as const
    send({ kind: 'verify', ...asked })
    const [reply] = await once(port, 'message')
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
})

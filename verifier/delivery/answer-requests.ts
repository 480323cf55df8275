import type { PreparedCredentials } from '../memory/prepared-credentials.ts'
import { createVerifier, type Verifier } from '../verifier.ts'
import { askedOfAll } from './delivery.ts'
import { answerOf, type DeliveryAnswer } from './delivery-answer.ts'
import type {
  ThreadInput,
  ThreadReply,
  ThreadRequest,
  ThreadStart,
  VerifyMessage,
} from './thread-messages.ts'

/** The way to who asks: a port of Node's threads. */
export interface RequestPort {
  on(event: 'message', listener: (request: ThreadRequest) => void): void
  postMessage(reply: ThreadReply): void
}

/** Credentials at hand, with the verifier that has prepared them. */
interface Prepared {
  readonly verifier: Verifier
  readonly companions: PreparedCredentials
}

/** Answers messages with a verifier, as the program of a thread. Its clock is that of the sender. */
export function answerRequests(port: RequestPort, start: ThreadStart): void {
  let now = 0
  const clock = { now: () => now }
  let verifier = createVerifier({ ...start, clock })
  const kept = new Map<number, Prepared>()
  /** What was asked is done in its order, one after the other. */
  let before: Promise<unknown> = Promise.resolve()
  const encoder = new TextEncoder()

  const answer = async (
    { passport, with: own, ...alone }: ThreadInput,
    { verifier, companions }: Prepared,
    { form, now: instant, ...ofAll }: VerifyMessage,
  ): Promise<DeliveryAnswer> => {
    const bytes = typeof passport === 'string' ? encoder.encode(passport) : passport
    const added = own === undefined ? companions : verifier.prepare(own, companions)
    const asked = { ...askedOfAll(ofAll), ...alone, with: added }
    // The verifier asks the clock once, before it waits for anything.
    now = instant
    return answerOf(await verifier.verifyDelivery(bytes, asked), form)
  }

  const verify = async (
    message: VerifyMessage,
    prepared: Prepared | undefined,
  ): Promise<ThreadReply> => {
    const { task, companions, inputs } = message
    try {
      if (prepared === undefined) throw new TypeError(`nothing is kept under ${companions}`)
      const answers: DeliveryAnswer[] = []
      for (const input of inputs) answers.push(await answer(input, prepared, message))
      return { task, answers }
    } catch (error) {
      const { stack = `${error}` }: { readonly stack?: string } = Object(error)
      return { task, failure: stack }
    }
  }
  port.on('message', (message) => {
    if (message.kind === 'verify') {
      const prepared = kept.get(message.companions)
      before = before.then(async () => port.postMessage(await verify(message, prepared)))
    } else if (message.kind === 'forget') {
      verifier = createVerifier({ ...start, clock })
      kept.clear()
    } else if (message.inputs === null) kept.delete(message.companions)
    else {
      const companions = verifier.prepare(message.inputs)
      kept.set(message.companions, { verifier, companions })
    }
  })
}

import { parentPort, workerData } from 'node:worker_threads'
import type { PreparedCredentials } from './prepared-credentials.ts'
import type { ThreadReply, ThreadRequest, ThreadStart, VerifyMessage } from './thread-messages.ts'
import { briefly } from './verdict-in-brief.ts'
import { createVerifier } from './verifier.ts'

/** The program of one thread: a verifier that answers messages. Its clock is that of the sender. */
function main(port: NonNullable<typeof parentPort>, { policy, methods, rulebooks }: ThreadStart) {
  let now = 0
  const clock = { now: () => now }
  const verifier = createVerifier({ policy, methods, rulebooks, clock })
  const kept = new Map<number, PreparedCredentials>()
  const encoder = new TextEncoder()

  const verify = async (message: VerifyMessage): Promise<ThreadReply> => {
    const { task, passport, companions, expectSubject, expectIssuer } = message
    try {
      const prepared = kept.get(companions)
      if (prepared === undefined) throw new TypeError(`nothing is kept under ${companions}`)
      // The verifier asks the clock once, before it waits for anything.
      now = message.now
      const options = { with: prepared, expectSubject, expectIssuer }
      const verdict = await verifier.verifyPassport(encoder.encode(passport), options)
      return { task, verdict: briefly(verdict) }
    } catch (error) {
      return { task, failure: error instanceof Error ? (error.stack ?? error.message) : 'thrown' }
    }
  }
  port.on('message', async (message: ThreadRequest) => {
    if (message.kind === 'verify') port.postMessage(await verify(message))
    else if (message.inputs === null) kept.delete(message.companions)
    else kept.set(message.companions, verifier.prepare(message.inputs))
  })
}

if (parentPort === null) throw new TypeError('thread: expected to be started as a thread')
main(parentPort, workerData)

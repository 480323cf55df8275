import { Worker } from 'node:worker_threads'
import type { Expectations } from '../policy/expectations.ts'
import type { DeliveryAnswer } from './delivery-answer.ts'
import { PassportBatches } from './passport-batches.ts'
import type {
  KeepMessage,
  ThreadInput,
  ThreadReply,
  ThreadRequest,
  ThreadStart,
  VerifyMessage,
} from './thread-messages.ts'
import type { VerdictInBrief } from './verdict-in-brief.ts'

/** The program of the thread: the compiled one, also where this runs from its source in a test. */
const PROGRAM = new URL(
  './thread.js',
  import.meta.url.replace(/\/delivery\/verifier-thread\.ts$/, '/dist/delivery/verifier-thread.js'),
)

const ENDED = 'the thread of the verifier has ended'

interface Waiting {
  readonly resolve: (answers: readonly DeliveryAnswer[]) => void
  readonly reject: (error: Error) => void
}

/**
 * A verifier on a thread of its own, so that checking and signing go on side by side. It resolves
 * did:key, and what the policy pins. After the end of the thread, what it was asked is rejected, and
 * the next question starts it anew.
 */
export class VerifierThread {
  private readonly start: ThreadStart
  private readonly kept = new Map<number, readonly Uint8Array[]>()
  private readonly waiting = new Map<number, Waiting>()
  private readonly passports = new PassportBatches((batch) => this.verify(batch))
  private worker: Worker | null = null
  private numbers = 0

  constructor(start: ThreadStart) {
    this.start = start
  }

  /** Keeps credentials at hand for many passports, until they are released. */
  keep(inputs: readonly Uint8Array[]): number {
    const companions = ++this.numbers
    this.kept.set(companions, inputs)
    this.worker?.postMessage(keepMessage(companions, inputs))
    return companions
  }

  /** Forgets what is kept under a number. */
  release(companions: number): void {
    this.passports.handOver()
    this.kept.delete(companions)
    this.worker?.postMessage(keepMessage(companions, null))
  }

  /** Lets go of what it remembers of verifications; what it keeps at hand stays. */
  forget(): void {
    this.passports.handOver()
    const { worker } = this
    if (worker === null) return
    worker.postMessage({ kind: 'forget' } satisfies ThreadRequest)
    this.sendKept(worker)
  }

  /**
   * Verifies one passport; those of one turn of the event loop together.
   *
   * @throws {Error} when the thread has ended, or fails as no credential should make it
   */
  verifyPassport(
    asked: ThreadInput & Required<Expectations> & Pick<VerifyMessage, 'companions' | 'now'>,
  ): Promise<VerdictInBrief> {
    const { companions, now, ...input } = asked
    return this.passports.verify(input, { companions, now })
  }

  /**
   * Verifies inputs one after the other, and answers in their order.
   *
   * @throws {Error} when the thread has ended, or fails as no credential should make it
   */
  verify(asked: Omit<VerifyMessage, 'kind' | 'task'>): Promise<readonly DeliveryAnswer[]> {
    const task = ++this.numbers
    const message: VerifyMessage = { kind: 'verify', task, ...asked }
    return new Promise((resolve, reject) => {
      const worker = this.running()
      this.waiting.set(task, { resolve, reject })
      worker.ref()
      worker.postMessage(message)
    })
  }

  /** Ends the thread. What is under way is rejected at once, not when its answer loses the race. */
  async close(): Promise<void> {
    const { worker } = this
    const error = new Error(ENDED)
    this.passports.reject(error)
    if (worker === null) return
    this.ended(worker, error)
    await worker.terminate()
  }

  private running(): Worker {
    if (this.worker !== null) return this.worker
    // Loaders of this process are not for the program: it is compiled.
    const worker = new Worker(PROGRAM, { workerData: this.start, execArgv: [] })
    worker.on('message', (reply: ThreadReply) => this.settle(reply))
    worker.on('error', (error) => this.ended(worker, error))
    worker.on('exit', () => this.ended(worker, new Error(ENDED)))
    this.sendKept(worker)
    this.worker = worker
    return worker
  }

  private sendKept(worker: Worker): void {
    for (const [companions, inputs] of this.kept) {
      worker.postMessage(keepMessage(companions, inputs))
    }
  }

  private settle(reply: ThreadReply): void {
    const asked = this.waiting.get(reply.task)
    this.waiting.delete(reply.task)
    // With nothing to do it must not keep the process alive.
    if (this.waiting.size === 0) this.worker?.unref()
    if ('answers' in reply) asked?.resolve(reply.answers)
    else asked?.reject(new Error(`the thread of the verifier failed: ${reply.failure}`))
  }

  private ended(worker: Worker, error: Error): void {
    if (this.worker !== worker) return
    this.worker = null
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}

function keepMessage(companions: number, inputs: KeepMessage['inputs']): KeepMessage {
  return { kind: 'keep', companions, inputs }
}

import type { Clock } from '../inquiry.ts'
import { askedOfAll, type DeliveredInputs, type DeliveryOptions } from './delivery.ts'
import type { AnswerForm, DeliveryAnswer } from './delivery-answer.ts'
import { ThreadDelivery } from './thread-delivery.ts'
import type { ThreadStart } from './thread-messages.ts'
import { VerifierThread } from './verifier-thread.ts'

/** What is asked of every input of a delivery, and how its verdict is told. */
export interface ThreadsOptions extends DeliveryOptions {
  readonly clock: Clock
  readonly form: AnswerForm
}

/**
 * Threads that verify the inputs of a delivery side by side, each with a verifier of its own that
 * remembers what they share. They resolve did:key and what the policy pins. A class, since threads
 * live until they are closed.
 */
export class VerifierThreads {
  private readonly threads: readonly VerifierThread[]

  /** @throws {TypeError} unless `threads` is a number of threads */
  constructor(start: ThreadStart, threads: number) {
    if (!Number.isSafeInteger(threads) || threads < 1) {
      throw new TypeError(`threads: expected a number from 1 on, found ${threads}`)
    }
    this.threads = Array.from({ length: threads }, () => new VerifierThread(start))
  }

  /**
   * Answers for every input, in their order. Inputs are taken a little ahead of the answers and no
   * further, so that who takes the answers slowly is sent no more.
   *
   * @throws {Error} in the place of its answers, when a thread has ended or failed; what `inputs`
   *   throws, after the answers for those before
   */
  async *verify(
    inputs: DeliveredInputs,
    { clock, form, with: shared = [], ...options }: ThreadsOptions,
  ): AsyncGenerator<DeliveryAnswer, void, undefined> {
    const asked = askedOfAll(options)
    const lanes = this.threads.map((thread) => ({ thread, companions: thread.keep(shared) }))
    const delivery = new ThreadDelivery(inputs, lanes, () => ({
      form,
      now: clock.now(),
      ...asked,
    }))
    try {
      yield* delivery.answers()
    } finally {
      for (const { thread, companions } of lanes) thread.release(companions)
      await delivery.stop()
    }
  }

  /** Lets go of what the threads remember: the next delivery is verified as the first. */
  forget(): void {
    for (const thread of this.threads) thread.forget()
  }

  /** Ends the threads; what is under way is rejected. */
  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()))
  }
}

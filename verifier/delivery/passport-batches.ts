import type { DeliveryAnswer } from './delivery-answer.ts'
import type { ThreadInput, VerifyMessage } from './thread-messages.ts'
import type { VerdictInBrief } from './verdict-in-brief.ts'

/** The most passports of one message: the first is answered when the last is verified. */
const MOST_TOGETHER = 8

/** What passports are verified beside, and when. */
type Circumstances = Pick<VerifyMessage, 'companions' | 'now'>

type Ask = (batch: Omit<VerifyMessage, 'kind' | 'task'>) => Promise<readonly DeliveryAnswer[]>

interface Waiting {
  readonly input: ThreadInput
  readonly circumstances: Circumstances
  readonly resolve: (verdict: VerdictInBrief) => void
  readonly reject: (error: unknown) => void
}

/**
 * Passports that are asked about one by one go to a thread together, if it is within one turn of the
 * event loop: to wake another thread takes a tenth of the time that verifying a passport does. A
 * class, since it holds what waits for the turn to end.
 */
export class PassportBatches {
  private readonly waiting: Waiting[] = []
  private readonly ask: Ask

  /** @param ask answers the inputs of a batch in their order */
  constructor(ask: Ask) {
    this.ask = ask
  }

  /** @throws {Error} what `ask` throws, or when it answers for too few */
  verify(input: ThreadInput, circumstances: Circumstances): Promise<VerdictInBrief> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.handOver())
      this.waiting.push({ input, circumstances, resolve, reject })
    })
  }

  /** Rejects what was not handed over yet. */
  reject(error: Error): void {
    for (const waiting of this.waiting.splice(0)) waiting.reject(error)
  }

  /** Hands over what waits, without waiting for the turn to end. */
  handOver(): void {
    for (let [first] = this.waiting; first !== undefined; [first] = this.waiting) {
      const { companions, now } = first.circumstances
      const other = this.waiting.findIndex(
        ({ circumstances: each }) => each.companions !== companions || each.now !== now,
      )
      const length = Math.min(other === -1 ? this.waiting.length : other, MOST_TOGETHER)
      void this.settle(this.waiting.splice(0, length), { companions, now })
    }
  }

  private async settle(batch: readonly Waiting[], circumstances: Circumstances): Promise<void> {
    const inputs = batch.map(({ input }) => input)
    try {
      const answers = await this.ask({ ...circumstances, inputs, form: 'brief' })
      for (const [index, { resolve, reject }] of batch.entries()) {
        const brief = answers[index]?.brief
        if (brief == null) reject(new Error('the thread of the verifier did not answer'))
        else resolve(brief)
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}

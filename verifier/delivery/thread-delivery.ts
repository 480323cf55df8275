import type { DeliveredInput, DeliveredInputs } from './delivery.ts'
import type { DeliveryAnswer } from './delivery-answer.ts'
import type { ThreadInput, VerifyMessage } from './thread-messages.ts'
import type { VerifierThread } from './verifier-thread.ts'

/** The most inputs that a thread is handed at once. */
const BATCH_INPUTS = 32

/** A batch has no more inputs when it has so many bytes. */
const BATCH_BYTES = 1024 * 1024

/** Batches that a thread is handed: the one it works on, and the next. */
const BATCHES = 2

/** Inputs that are taken before their answers are: so many for each thread … */
const AHEAD_INPUTS = 4 * BATCH_INPUTS

/** … and so many bytes of them; below both, one more is taken. */
const AHEAD_BYTES = 4 * BATCH_BYTES

/** A thread that takes part in a delivery, with what it keeps for it. */
export interface Lane {
  readonly thread: Pick<VerifierThread, 'verify'>
  readonly companions: number
}

/** What a batch is asked besides its inputs; the clock is read for each. */
export type BatchQuestion = Omit<VerifyMessage, 'kind' | 'task' | 'companions' | 'inputs'>

interface WorkingLane extends Lane {
  /** Batches it was handed and has not answered. */
  batches: number
}

/** Inputs that a thread was handed; null until it has answered. */
interface Batch {
  readonly inputs: readonly SizedInput[]
  result: { readonly answers: readonly DeliveryAnswer[] } | { readonly error: unknown } | null
}

type GivenInput = Uint8Array | DeliveredInput

interface SizedInput {
  readonly input: ThreadInput
  readonly size: number
}

/**
 * The way of one delivery over some threads: inputs are taken ahead, handed over in batches, and
 * their answers put back into order. A thread with nothing to do is handed what there is; where all
 * are busy, batches are filled first.
 */
export class ThreadDelivery {
  private readonly source: AsyncIterator<GivenInput> | Iterator<GivenInput>
  private readonly lanes: readonly WorkingLane[]
  private readonly ask: () => BatchQuestion
  private readonly taken: SizedInput[] = []
  /** Handed over, in the order of the inputs. */
  private readonly batches: Batch[] = []
  private ahead = { inputs: 0, bytes: 0 }
  private isTaking = false
  private isOver = false
  private failure: { readonly error: unknown } | null = null
  private wake: () => void = () => {}

  /** @param ask what is asked of a batch that is handed over now */
  constructor(inputs: DeliveredInputs, lanes: readonly Lane[], ask: () => BatchQuestion) {
    this.source =
      Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]()
    this.lanes = lanes.map((lane) => ({ ...lane, batches: 0 }))
    this.ask = ask
  }

  /** The answers for all inputs, in their order. */
  async *answers(): AsyncGenerator<DeliveryAnswer, void, undefined> {
    for (;;) {
      void this.take()
      const [first] = this.batches
      if (first?.result) {
        this.batches.shift()
        if ('error' in first.result) throw first.result.error
        const { answers } = first.result
        for (const [index, { size }] of first.inputs.entries()) {
          const answer = answers[index]
          // Whoever counts answers would take one for that of another input.
          if (answer === undefined) throw new Error('a thread answered for too few inputs')
          this.ahead.inputs--
          this.ahead.bytes -= size
          yield answer
        }
        continue
      }
      if (this.isOver && this.batches.length === 0 && this.taken.length === 0) {
        if (this.failure !== null) throw this.failure.error
        return
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  /** Takes nothing more. A source that never gives what it was asked for is not waited for. */
  async stop(): Promise<void> {
    if (this.isOver) return
    this.isOver = true
    const ended = Promise.resolve(this.source.return?.())
    if (this.isTaking) ended.catch(() => {})
    else await ended
  }

  private get hasRoom(): boolean {
    const threads = this.lanes.length
    const { inputs, bytes } = this.ahead
    return inputs < AHEAD_INPUTS * threads && bytes < AHEAD_BYTES * threads
  }

  /** Takes inputs while there is room for them. */
  private async take(): Promise<void> {
    if (this.isTaking) return
    this.isTaking = true
    try {
      while (this.hasRoom && !this.isOver) {
        const step = await this.source.next()
        if (step.done === true) this.isOver = true
        else this.add(sized(step.value))
        this.handOver()
      }
    } catch (error) {
      this.failure = { error }
      this.isOver = true
    }
    this.isTaking = false
    this.handOver()
    this.wake()
  }

  private add(input: SizedInput): void {
    this.taken.push(input)
    this.ahead.inputs++
    this.ahead.bytes += input.size
  }

  private handOver(): void {
    while (this.taken.length > 0) {
      const lane = this.lanes.reduce((least, each) => (each.batches < least.batches ? each : least))
      const length = batchLength(this.taken)
      const isFull = length < this.taken.length || length === BATCH_INPUTS
      const mayWait = lane.batches > 0 && !isFull && this.hasRoom && !this.isOver
      if (lane.batches >= BATCHES || mayWait) return
      this.dispatch(this.taken.splice(0, length), lane)
    }
  }

  private dispatch(inputs: readonly SizedInput[], lane: WorkingLane): void {
    const batch: Batch = { inputs, result: null }
    this.batches.push(batch)
    lane.batches++
    const { thread, companions } = lane
    const settle = (result: NonNullable<Batch['result']>) => {
      batch.result = result
      lane.batches--
      this.handOver()
      this.wake()
    }
    thread
      .verify({ ...this.ask(), companions, inputs: inputs.map(({ input }) => input) })
      .then((answers) => settle({ answers }))
      .catch((error: unknown) => settle({ error }))
  }
}

/** How many of the inputs make the next batch: one at least. */
function batchLength(inputs: readonly SizedInput[]): number {
  let bytes = 0
  const over = inputs.findIndex(({ size }, index) => {
    bytes += size
    return index > 0 && (bytes > BATCH_BYTES || index === BATCH_INPUTS)
  })
  return over === -1 ? inputs.length : over
}

/** Bytes of their own: with a part of a larger memory, all of that would be sent to the thread. */
function sized(given: GivenInput): SizedInput {
  if (given instanceof Uint8Array) {
    return { input: { passport: new Uint8Array(given) }, size: given.length }
  }
  const { bytes, with: own = [], ...expected } = given
  const added = own.length === 0 ? {} : { with: own.map((each) => new Uint8Array(each)) }
  const size = own.reduce((sum, each) => sum + each.length, bytes.length)
  return { input: { ...expected, ...added, passport: new Uint8Array(bytes) }, size }
}

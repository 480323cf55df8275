import { DeskError } from './desk-error.ts'

/** Lets one thing happen at a time, and nothing more after a failed write. */
export class Turns {
  readonly #folder: string
  #queue: Promise<unknown> = Promise.resolve()
  #failure: unknown = null
  #closed = false

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Whether nothing more will happen until the desk is opened anew. */
  get hasFailed(): boolean {
    return this.#failure !== null
  }

  /**
   * Runs a task after all before it: two that ran together could take one index.
   *
   * @throws {DeskError} DESK_CLOSED, DESK_FAILED
   */
  take<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() => {
      if (this.#closed) {
        throw new DeskError('DESK_CLOSED', {
          place: `desk ${this.#folder}`,
          expected: 'one that is open',
          found: 'one that was closed',
          remedy: 'Open it anew.',
        })
      }
      if (this.hasFailed) throw this.#failed()
      return task()
    })
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  /**
   * Runs what writes. After a failed write nobody knows what is on the disk, and going on would
   * build on it: the desk does nothing more until it is opened anew and has read what is there.
   *
   * @throws {DeskError} DESK_FAILED
   */
  async orFail<T>(write: () => T | Promise<T>): Promise<T> {
    try {
      return await write()
    } catch (error) {
      this.#failure = error
      throw this.#failed()
    }
  }

  /** Waits for what was begun and lets nothing more begin; false if that was so already. */
  async end(): Promise<boolean> {
    await this.#queue
    const first = !this.#closed
    this.#closed = true
    return first
  }

  #failed(): DeskError {
    const reason = this.#failure instanceof Error ? this.#failure.message : String(this.#failure)
    return new DeskError(
      'DESK_FAILED',
      {
        place: `desk ${this.#folder}`,
        expected: 'every write to succeed',
        found: `a failed write (${reason})`,
        remedy: 'Nothing more is done; mend the cause and open the desk anew.',
      },
      { cause: this.#failure },
    )
  }
}

/** Lets a few of many tasks run at a time; the others wait in order, and too many are refused. */
export class Slots {
  private free: number
  private readonly waiting: (() => void)[] = []
  private readonly mostWaiting: number

  constructor(atATime: number, mostWaiting: number) {
    this.free = atATime
    this.mostWaiting = mostWaiting
  }

  /** Waits for a slot; false when too many are waiting already, or once the signal says to stop. */
  async take(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted === true) return false
    if (this.free > 0) {
      this.free -= 1
      return true
    }
    if (this.waiting.length >= this.mostWaiting) return false
    return new Promise<boolean>((resolve) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(next), 1)
        resolve(false)
      }
      const next = () => {
        signal?.removeEventListener('abort', leave)
        resolve(true)
      }
      this.waiting.push(next)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  /** Gives a slot back, to the one that waits longest. */
  release(): void {
    const next = this.waiting.shift()
    if (next === undefined) this.free += 1
    else next()
  }
}

/** Lets a few of many tasks run at a time; the others wait in order, and too many are refused. */
export class Slots {
  private free: number
  private readonly waiting: (() => void)[] = []
  private readonly mostWaiting: number

  constructor(atATime: number, mostWaiting: number) {
    this.free = atATime
    this.mostWaiting = mostWaiting
  }

  /** Waits for a slot; false when too many are waiting already. */
  async take(): Promise<boolean> {
    if (this.free > 0) {
      this.free -= 1
      return true
    }
    if (this.waiting.length >= this.mostWaiting) return false
    await new Promise<void>((resolve) => this.waiting.push(resolve))
    return true
  }

  /** Gives a slot back, to the one that waits longest. */
  release(): void {
    const next = this.waiting.shift()
    if (next === undefined) this.free += 1
    else next()
  }
}

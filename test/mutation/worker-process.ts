import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Order, Report } from './messages.ts'

/** Node as the tests are run with it, and enough memory for what a mutant may do. */
const FLAGS = ['--disable-proto=delete', '--max-old-space-size=2048']

/** Why a worker said nothing more. */
export type Silence = 'timeout' | 'crashed'

/** A process that runs tests with mutants, until it ends or says nothing for too long. */
export class WorkerProcess {
  private readonly child: ChildProcess
  private readonly waiting: ((report: Report | Silence) => void)[] = []
  private readonly unread: (Report | Silence)[] = []
  private timer: NodeJS.Timeout | undefined

  /** How long it may say nothing while a test runs, in milliseconds. */
  private readonly patience: (test: number) => number

  constructor(work: string, patience: (test: number) => number, mutant?: number) {
    this.patience = patience
    const args = [...FLAGS, join(work, 'worker.mjs'), join(work, 'tests.mjs')]
    if (mutant !== undefined) args.push(`${mutant}`)
    this.child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'ignore', 'pipe'] })
    this.child.on('exit', () => this.hear('crashed'))
    this.child.stdin?.on('error', () => {})
    this.expect(60_000)
    const lines = createInterface({ input: this.child.stdio[3] as Readable })
    lines.on('line', (line) => {
      const report: Report = JSON.parse(line)
      if (report.said === 'test') this.expect(this.patience(report.test))
      else this.hear(report)
    })
  }

  /** What it says next about what it was asked. */
  next(): Promise<Report | Silence> {
    const first = this.unread.shift()
    if (first !== undefined) return Promise.resolve(first)
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  ask(order: Order): Promise<Report | Silence> {
    this.expect(60_000)
    this.child.stdin?.write(`${JSON.stringify(order)}\n`)
    return this.next()
  }

  end(): void {
    clearTimeout(this.timer)
    this.child.removeAllListeners('exit')
    this.child.kill('SIGKILL')
  }

  private expect(milliseconds: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.hear('timeout')
      this.end()
    }, milliseconds)
  }

  private hear(report: Report | Silence): void {
    clearTimeout(this.timer)
    const first = this.waiting.shift()
    if (first === undefined) this.unread.push(report)
    else first(report)
  }
}

import { Readable } from 'node:stream'
import { run } from '@battery-passport/cli'
import { clockAt } from '../../support/consortium.ts'
import { parseJson } from './parse-json.ts'
import { ENVIRONMENT } from './workshop.ts'

/** A service that `battery-passport serve` runs in this process. */
export interface Serving {
  readonly url: string
  /** What it wrote to standard error so far. */
  log(): string
  /** Tells it to stop as a terminal would; answers the exit code of the command. */
  stop(): Promise<number>
}

/** Runs `serve` with `--json` and waits until it says where it listens. */
export function serving(argv: readonly string[], at?: string): Promise<Serving> {
  const err: string[] = []
  return new Promise((resolve, reject) => {
    const ended = run(['serve', ...argv, '--json'], {
      stdin: Readable.from([]),
      out: (text) => {
        const url = String(parseJson(text).url)
        const stop = () => {
          process.emit('SIGTERM', 'SIGTERM')
          return ended
        }
        resolve({ url, log: () => err.join(''), stop })
      },
      err: (text) => err.push(text),
      env: ENVIRONMENT,
      clock: clockAt(at),
      colour: false,
    })
    ended.then((code) => reject(new Error(`serve ended with ${code}\n${err.join('')}`)), reject)
  })
}

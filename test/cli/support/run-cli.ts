import { Readable } from 'node:stream'
import { run } from '@battery-passport/cli'
import type { Fetcher } from '@battery-passport/keys'
import { clockAt, NOW } from '../../support/consortium.ts'

/** What one call of the command line answered. */
export interface CliAnswer {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface CliSurroundings {
  readonly stdin?: Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly colour?: boolean
  /** RFC 3339; default: the day of the consortium. */
  readonly at?: string
  readonly fetcher?: Fetcher
}

/** Runs `battery-passport` in this process, at the day of the consortium. */
export async function runCli(
  argv: readonly string[],
  surroundings: CliSurroundings = {},
): Promise<CliAnswer> {
  const { stdin = new Uint8Array(), env = {}, colour = false, at = NOW, fetcher } = surroundings
  const out: string[] = []
  const err: string[] = []
  const code = await run(argv, {
    stdin: Readable.from(stdin.length === 0 ? [] : [stdin]),
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env,
    clock: clockAt(at),
    colour,
    ...(fetcher === undefined ? {} : { fetcher }),
  })
  return { code, out: out.join(''), err: err.join('') }
}

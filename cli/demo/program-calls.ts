import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CommandDeps } from '../command-deps.ts'
import { refusal } from '../errors.ts'

/** What a call of the program came to. */
export interface Called {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** The program itself: the one that is running, started anew for every call. */
const PROGRAM = fileURLToPath(new URL(`../main${extname(import.meta.url)}`, import.meta.url))

/** Enough for a whole presentation on standard output. */
const MAXIMUM_OUTPUT = 64 * 1024 * 1024

/**
 * Calls `battery-passport` as a person would: a process of its own for every command. What was
 * started is ended by its own id.
 */
export class ProgramCalls {
  readonly #running = new Set<ChildProcess>()
  readonly #env: NodeJS.ProcessEnv
  readonly #err: (text: string) => void

  /** @param deps its `err` is told what a call said that failed */
  constructor({ env, err }: Pick<CommandDeps, 'env' | 'err'>) {
    this.#env = { ...env }
    this.#err = err
  }

  /** Starts a call that goes on, such as `serve`. */
  start(args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [...process.execArgv, PROGRAM, ...args], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#running.add(child)
    child.once('exit', () => this.#running.delete(child))
    return child
  }

  /** Makes a call and waits for its end, whatever its exit code. */
  async call(args: readonly string[]): Promise<Called> {
    const child = this.start(args)
    const [stdout, stderr, exitCode] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      exitCodeOf(child),
    ])
    return { exitCode, stdout, stderr }
  }

  /**
   * Makes a call that must succeed; its standard output.
   *
   * @throws {CommandError} refused: it did not; what it said was passed on
   */
  async must(args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.call(args)
    if (exitCode === 0) return stdout
    this.#err(stderr)
    throw refusal({
      what: 'A step of the demo did not succeed.',
      where: ['battery-passport', ...args].join(' ').slice(0, 400),
      expected: 'exit code 0',
      found: `exit code ${exitCode}; what it said stands above`,
    })
  }

  /** Ends what is still running, each process by its id. */
  async endAll(): Promise<void> {
    await Promise.all([...this.#running].map(endProcess))
  }
}

/** Asks a process to end, and waits until it has. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (stream === null) return ''
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > MAXIMUM_OUTPUT) throw new TypeError('a command of the demo printed too much')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function exitCodeOf(child: ChildProcess): Promise<number> {
  const [code]: unknown[] = await once(child, 'exit')
  return typeof code === 'number' ? code : 70
}

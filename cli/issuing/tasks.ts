import { basename, extname, join } from 'node:path'
import { usageError } from '../errors.ts'
import type { OutputFile } from '../output/write-files.ts'
import { timestampFile } from '../timestamps/stamp-files.ts'
import type { AssembledRequest } from './assemble-request.ts'
import { type IssuedPassport, type KeyedRequest, keyedRequest } from './issue-one.ts'

/** The options that say where passports go. */
export interface TaskFlags {
  readonly out?: string
  readonly idempotencyKey?: string
  readonly presentation: boolean
  readonly tsa?: string
}

/** One passport that is asked for, and the files it goes to. */
export interface Task {
  readonly file: string
  readonly keyed: KeyedRequest
  readonly passport: string
  readonly presentation: string
}

/**
 * What is to be done for each request: one alone goes to `passport.json` and `presentation.json`,
 * several to files that begin with the names of their requests.
 *
 * @throws {CommandError} usage: no folder, or one key for several requests
 */
export function tasksOf(
  requests: readonly { readonly file: string; readonly request: AssembledRequest }[],
  flags: TaskFlags,
): Task[] {
  const folder = requiredFlag(flags.out, '--out')
  if (flags.idempotencyKey !== undefined && requests.length > 1) {
    throw usageError({
      what: 'One key cannot stand for several requests.',
      where: '--idempotency-key',
      expected: 'one --request, or no key: each then has its own',
      found: `${requests.length} requests`,
      remedy: 'Leave the option out.',
    })
  }
  return requests.map(({ file, request }) => {
    const prefix = requests.length === 1 ? '' : `${basename(file, extname(file))}.`
    return {
      file,
      keyed: keyedRequest(request, flags.idempotencyKey),
      passport: join(folder, `${prefix}passport.json`),
      presentation: join(folder, `${prefix}presentation.json`),
    }
  })
}

/** The files that must be free before anything is sent. */
export function outputsOf({ passport, presentation }: Task, flags: TaskFlags): string[] {
  const stamped = flags.tsa === undefined ? [] : [timestampFile(passport)]
  return [passport, ...stamped, ...(flags.presentation ? [presentation] : [])]
}

/** The files of an issued passport. */
export function filesOf(task: Task, { text, presentation }: IssuedPassport): OutputFile[] {
  return [
    { path: passportFile(task, text), text: `${text}\n` },
    ...(presentation === null ? [] : [{ path: task.presentation, text: `${presentation}\n` }]),
  ]
}

/** Where a passport goes; one in a JWT is no JSON. */
export function passportFile({ passport }: Task, text: string): string {
  return text.startsWith('{') ? passport : passport.replace(/json$/, 'jwt')
}

/** @throws {CommandError} usage: the option is not given */
export function requiredFlag(value: string | undefined, option: string): string {
  if (value !== undefined) return value
  throw usageError({
    what: `The option ${option} is missing.`,
    where: option,
    remedy: 'Add it, or --dry-run to see the request alone.',
  })
}

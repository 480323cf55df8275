import { open } from 'node:fs/promises'
import { systemCode } from '@battery-passport/keys/files'
import type { CommandDeps } from '../command-deps.ts'
import { usageError } from '../errors.ts'

/** No input of this program is larger; what is, is not read to its end. */
export const MAXIMUM_BYTES = 64 * 1024 * 1024

/**
 * Reads credentials from a file, or from standard input for `-`. Of more than the maximum the first
 * bytes alone, one too many: no credential is so large, and whoever reads them says so.
 *
 * @throws {CommandError} usage: it cannot be opened or read
 */
export async function readInput(
  path: string,
  deps: Pick<CommandDeps, 'stdin'>,
): Promise<Uint8Array> {
  return path === '-' ? collect(deps.stdin) : readStart(path)
}

/**
 * Reads a file; a pipe will do too.
 *
 * @throws {CommandError} usage: it cannot be opened or read, or is too large
 */
export async function readFileBytes(path: string): Promise<Uint8Array> {
  const bytes = await readStart(path)
  if (bytes.length <= MAXIMUM_BYTES) return bytes
  throw usageError({
    what: 'The input is too large to be read.',
    where: path,
    expected: `at most ${MAXIMUM_BYTES} bytes`,
    found: 'more',
    remedy: 'Is it another file?',
  })
}

/** As much of a file as `readInput` hands on. */
export async function readStart(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    return await collect(file.createReadStream())
  } catch (error) {
    throw unreadable(path, error)
  }
}

/**
 * The bytes of a file, or of standard input for `-`, as they come.
 *
 * @throws {CommandError} usage: it cannot be opened or read
 */
export async function* readChunks(
  path: string,
  deps: Pick<CommandDeps, 'stdin'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (path === '-') {
    yield* deps.stdin
    return
  }
  try {
    const file = await open(path, 'r')
    yield* file.createReadStream()
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MAXIMUM_BYTES) break
  }
  return Buffer.concat(chunks, Math.min(length, MAXIMUM_BYTES + 1))
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'a file this user may not read',
  EPERM: 'a file this user may not read',
  EISDIR: 'a folder',
  ENOTDIR: 'a path through something that is no folder',
  ELOOP: 'links in a circle',
}

/** What the system says of a path, as a complaint; other errors are passed on. */
export function unreadable(path: string, error: unknown): unknown {
  const code = systemCode(error)
  if (code === null) return error
  return usageError({
    what: 'The file cannot be read.',
    where: path,
    expected: 'a readable file',
    found: REASONS[code] ?? code,
    remedy: code === 'EISDIR' ? 'Name the file itself.' : 'Check the path and its rights.',
  })
}

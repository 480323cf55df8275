import { decodeInput, isOfType } from '@battery-passport/verifier'
import { lineInput } from '../bulk/line-input.ts'
import { linesOf } from '../bulk/lines.ts'
import type { CommandDeps } from '../command-deps.ts'
import { usageError } from '../errors.ts'
import { listFiles } from '../input/list-files.ts'
import { EXTENSIONS, looksLikeCredential } from '../input/read-credentials.ts'
import { MAXIMUM_BYTES, readChunks, readInput, readStart } from '../input/read-file.ts'
import { plain } from '../report/plain.ts'

/** Where a passport of the corpus stands. */
export type Place = { readonly file: string } | { readonly line: number }

/** A passport of the corpus, or what came in its place. */
export interface CorpusItem {
  readonly place: Place
  readonly bytes: Uint8Array
}

/** What is asked about: files and folders, or a delivery. */
export interface CorpusFlags {
  readonly paths: readonly string[]
  readonly bulk: string | undefined
}

/**
 * Either files and folders are asked about, or a delivery.
 *
 * @throws {CommandError} usage
 */
export function assertCorpus({ paths, bulk }: CorpusFlags): void {
  if (paths.length > 0 !== (bulk !== undefined)) return
  throw usageError({
    what: paths.length === 0 ? 'No passports are named.' : 'Passports are named in two ways.',
    where: '<path>, --bulk',
    expected: 'files and folders, or a delivery with --bulk',
    found: paths.length === 0 ? 'neither' : 'both',
    remedy: 'Name the presentations you hold; - is standard input.',
  })
}

/**
 * The passports of the corpus, one after the other. Of a folder only what begins with a passport, and
 * what is damaged; what is passed over is said on standard error.
 *
 * @throws {CommandError} usage: a path cannot be read
 */
export async function* readCorpus(
  { paths, bulk }: CorpusFlags,
  deps: Pick<CommandDeps, 'stdin' | 'err'>,
): AsyncGenerator<CorpusItem, void, undefined> {
  if (bulk !== undefined) {
    let line = 0
    for await (const bytes of linesOf(readChunks(bulk, deps), MAXIMUM_BYTES)) {
      yield { place: { line: ++line }, bytes: lineInput(bytes) }
    }
    return
  }
  for (const path of paths) {
    if (path === '-') {
      yield { place: { file: path }, bytes: await readInput(path, deps) }
      continue
    }
    const { isFolder, files } = await listFiles(path, EXTENSIONS)
    for (const file of files) {
      const bytes = await readStart(file)
      if (!isFolder || mayBePassport(bytes)) yield { place: { file }, bytes }
      else deps.err(`passed over: ${plain(file)} does not begin with a passport\n`)
    }
  }
}

function mayBePassport(bytes: Uint8Array): boolean {
  if (!looksLikeCredential(bytes)) return false
  const [first] = decodeInput(bytes).documents
  return first === undefined || !first.ok || isOfType(first.secured, 'BatteryPassport')
}

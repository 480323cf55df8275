import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { textOfSecured } from '@battery-passport/issuer'
import { decodeInput, type StatusList } from '@battery-passport/verifier'
import { type Command, InvalidArgumentError } from 'commander'
import { usageError } from '../errors.ts'
import { writeFiles } from '../output/write-files.ts'
import { plain } from '../report/plain.ts'

/** The options of every command that publishes lists. */
export interface ListFlags {
  readonly days: number
  readonly out?: string
}

/** Of a UTC day. */
export const SECONDS_PER_DAY = 86_400

/** Adds `--days`, how long an edition may be relied on. */
export function addDaysOption(command: Command): Command {
  return command.option('--days <n>', 'for how many days the lists are valid', wholeDays, 7)
}

function wholeDays(text: string): number {
  if (/^[1-9][0-9]{0,2}$/.test(text) && Number(text) <= 366) return Number(text)
  throw new InvalidArgumentError('expected a whole number from 1 to 366')
}

/** Writes lists under the last part of their ids, replacing older editions; answers the paths. */
export async function writeLists(lists: readonly StatusList[], folder: string): Promise<string[]> {
  const files = lists.map((list) => {
    const text = textOfSecured(list)
    const name = basename(list.id.replaceAll(':', '/'))
    return {
      path: join(folder, `${name}.${text.startsWith('{') ? 'json' : 'jwt'}`),
      text: `${text}\n`,
    }
  })
  for (const [index, { path }] of files.entries()) await assertSameList(path, lists[index]?.id)
  await writeFiles(files, { force: true })
  return files.map(({ path }) => path)
}

/** Two desks that write to one folder would each take the other's lists away. */
async function assertSameList(path: string, id: string | undefined): Promise<void> {
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return
  const [document] = decodeInput(bytes).documents
  const found = document?.ok ? document.secured.id : 'another file'
  if (found === id) return
  throw usageError({
    what: 'The output is taken by another file; it is not overwritten.',
    where: path,
    expected: `an older edition of ${id}`,
    found,
    remedy: 'Give each desk a folder of its own.',
  })
}

/** Which lists were written, as a person reads it. */
export function listsText(lists: readonly StatusList[], files: readonly string[]): string {
  return lists
    .map(({ id, credential }, index) => {
      const { validUntil } = credential
      return `Signed ${plain(id)}, valid until ${validUntil}: ${plain(files[index] ?? '')}\n`
    })
    .join('')
}

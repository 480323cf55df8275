import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { formatInstant } from '@battery-passport/contexts'
import { textOfSecured } from '@battery-passport/issuer'
import { decodeInput, type SecuredCredential } from '@battery-passport/verifier'
import { Command, InvalidArgumentError } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { addDeskOptions, type DeskFlags } from '../desk/desk-options.ts'
import { withDesk } from '../desk/with-desk.ts'
import { usageError } from '../errors.ts'
import { signing } from '../issuance-complaints.ts'
import { addKeyOptions, type KeyOptions, openKey } from '../key-options.ts'
import { writeFiles } from '../output/write-files.ts'
import { plain } from '../report/plain.ts'
import { example } from './options.ts'

export type StatusList = SecuredCredential<'BitstringStatusListCredential'>

/** The options of every command that publishes lists. */
export interface ListFlags {
  readonly days: number
  readonly out?: string
}

interface Flags extends KeyOptions, DeskFlags, ListFlags {
  readonly out: string
  readonly json?: true
}

/** `lists`: sign the status lists of a desk anew and write them out. */
export function listsCommand(deps: CommandDeps): Command {
  const command = new Command('lists').description(
    'Sign the status lists of a desk as they now stand and write them to a folder. Run it after every change, and before the last edition expires.',
  )
  return addDaysOption(addDeskOptions(addKeyOptions(command)))
    .requiredOption(
      '--out <dir>',
      'folder to which the lists go; older editions there are replaced',
    )
    .option('--json', 'print the lists as one JSON document')
    .addHelpText(
      'after',
      example('battery-passport lists --key climate.key.json --desk climate --out status'),
    )
    .action(async (flags: Flags) => {
      const signer = await openKey(flags, deps)
      const now = formatInstant(deps.clock.now())
      const lists = await withDesk(flags, signer, (desk) =>
        signing(() => desk.publishLists(now, flags.days * SECONDS_PER_DAY)),
      )
      const files = await writeLists(lists, flags.out)
      if (flags.json) {
        const lines = lists.map(({ id, digestMultibase, credential }, index) => ({
          id,
          digestMultibase,
          validUntil: credential.validUntil,
          file: files[index] ?? '',
        }))
        deps.out(`${JSON.stringify({ lists: lines }, null, 2)}\n`)
      } else deps.out(listsText(lists, files))
    })
}

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

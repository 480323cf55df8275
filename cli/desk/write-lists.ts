import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Desk, textOfSecured } from '@battery-passport/issuer'
import {
  decodeInput,
  type Notice,
  type SecuredCredential,
  type StatusList,
} from '@battery-passport/verifier'
import { type Command, InvalidArgumentError } from 'commander'
import { usageError } from '../errors.ts'
import { signing } from '../issuance-complaints.ts'
import { writeFiles } from '../output/write-files.ts'
import { plain } from '../report/plain.ts'

/** The options of every command that publishes lists. */
export interface ListFlags {
  readonly days: number
  readonly out?: string
}

/** Of a UTC day. */
const SECONDS_PER_DAY = 86_400

/** Adds `--days`, how long an edition may be relied on. */
export function addDaysOption(command: Command): Command {
  return command.option('--days <n>', 'for how many days the lists are valid', wholeDays, 7)
}

function wholeDays(text: string): number {
  if (/^[1-9][0-9]{0,2}$/.test(text) && Number(text) <= 366) return Number(text)
  throw new InvalidArgumentError('expected a whole number from 1 to 366')
}

/** Lists as they now stand, with the notices they name. */
export interface Publication {
  readonly lists: readonly StatusList[]
  readonly notices: readonly Notice[]
}

/** Where a publication was written. */
export interface PublishedFiles {
  readonly lists: readonly string[]
  readonly notices: readonly string[]
}

/** Signs the lists of a desk anew. */
export async function publish(desk: Desk, now: string, days: number): Promise<Publication> {
  const lists = await signing(() => desk.publishLists(now, days * SECONDS_PER_DAY))
  return { lists, notices: await desk.notices() }
}

/** Writes lists and notices under the last part of their ids, replacing older editions. */
export async function writeLists(
  { lists, notices }: Publication,
  folder: string,
): Promise<PublishedFiles> {
  const published = [...notices, ...lists]
  const files = published.map((each) => ({ path: fileOf(each, folder), text: textOf(each) }))
  for (const [index, { path }] of files.entries()) await assertSame(path, published[index]?.id)
  // The notices first: a list that names what is not there leaves open what it withdraws.
  await writeFiles(files, { force: true })
  const pathsOf = (credentials: readonly SecuredCredential[]) =>
    credentials.map((each) => fileOf(each, folder))
  return { lists: pathsOf(lists), notices: pathsOf(notices) }
}

function fileOf(credential: SecuredCredential, folder: string): string {
  const name = basename(credential.id.replaceAll(':', '/'))
  return join(folder, `${name}.${textOfSecured(credential).startsWith('{') ? 'json' : 'jwt'}`)
}

function textOf(credential: SecuredCredential): string {
  return `${textOfSecured(credential)}\n`
}

/** Two desks that write to one folder would each take the other's lists away. */
async function assertSame(path: string, id: string | undefined): Promise<void> {
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

/** Which lists and notices were written, as a person reads it. */
export function listsText({ lists, notices }: Publication, files: PublishedFiles): string {
  const signed = lists.map(({ id, credential: { validUntil } }, index) => {
    return `Signed ${plain(id)}, valid until ${validUntil}: ${plain(files.lists[index] ?? '')}\n`
  })
  const named = notices.map(({ id, credential: { credentialSubject } }, index) => {
    return `Named ${plain(id)}, about ${plain(credentialSubject.id)}: ${plain(files.notices[index] ?? '')}\n`
  })
  return [...signed, ...named].join('')
}

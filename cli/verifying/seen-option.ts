import { formatInstant, parseInstant } from '@battery-passport/contexts'
import {
  type DeliveryVerdict,
  DOCUMENT_LIMITS,
  listsSeen,
  readJson,
  type SeenLists,
} from '@battery-passport/verifier'
import type { Command } from 'commander'
import { usageError } from '../errors.ts'

/** The option that names a memory of status lists. */
export interface SeenFlags {
  readonly seen?: string
  readonly bulk?: string
}

/** Adds it. */
export function addSeenOption(command: Command): Command {
  return command.option(
    '--seen <file>',
    'a file of yours that remembers the newest status lists: an older edition leaves open; made by the first use',
  )
}

/** What was seen of status lists, and a place to remember more. */
export interface SeenMemory {
  readonly seen: SeenLists
  /** Remembers the lists that a verdict rests on. */
  remember(verdict: DeliveryVerdict['verdict']): Promise<void>
}

/**
 * Opens the memory of the option; null where there is none.
 *
 * @throws {CommandError} usage: it cannot be read, or holds something else
 */
export async function seenMemory({ seen: path, bulk }: SeenFlags): Promise<SeenMemory | null> {
  if (path === undefined) return null
  if (bulk !== undefined) throw ofDelivery(path)
  const [{ readFileBytes }, { assertWritable }, { writeFiles }] = await Promise.all([
    import('../input/read-file.ts'),
    import('../output/assert-writable.ts'),
    import('../output/write-files.ts'),
  ])
  await assertWritable([path])
  const read = async () =>
    (await isThere(path)) ? entriesOf(await readFileBytes(path), path) : new Map<string, number>()
  const known = await read()
  return {
    seen: { newest: ({ issuer, id }) => known.get(keyOf(issuer, id)) ?? null },
    async remember(verdict) {
      // Another call may have learnt something meanwhile.
      const newest = await read()
      for (const { issuer, id, created } of listsSeen(verdict)) {
        const key = keyOf(issuer, id)
        newest.set(key, Math.max(created, newest.get(key) ?? created))
      }
      await writeFiles([{ path, text: textOf(newest) }], { force: true })
    },
  }
}

async function isThere(path: string): Promise<boolean> {
  const { stat } = await import('node:fs/promises')
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Neither a DID nor the id of a list has a space. */
function keyOf(issuer: string, id: string): string {
  return `${issuer} ${id}`
}

function textOf(newest: ReadonlyMap<string, number>): string {
  const lists = [...newest].sort(([a], [b]) => (a < b ? -1 : 1))
  const seen = Object.fromEntries(lists.map(([key, created]) => [key, formatInstant(created)]))
  return `${JSON.stringify({ version: 1, seen }, null, 2)}\n`
}

/** A memory that was damaged is no empty one: whoever damaged it may want that. */
function entriesOf(bytes: Uint8Array, path: string): Map<string, number> {
  const read = readJson(bytes, DOCUMENT_LIMITS)
  if (!read.ok) throw noMemory(path, read.fault.expected, read.fault.found)
  const { version, seen }: { version?: unknown; seen?: unknown } = Object(read.value)
  if (version !== 1 || seen === null || typeof seen !== 'object') {
    throw noMemory(path, 'version 1 and what was seen', 'something else')
  }
  return new Map(
    Object.entries(seen).map(([key, text]) => {
      const created = parseInstant(String(text))
      if (created === null) throw noMemory(path, `an instant for ${key}`, String(text))
      return [key, created]
    }),
  )
}

function noMemory(where: string, expected: string, found: string) {
  return usageError({
    what: 'The memory of status lists cannot be used.',
    where,
    expected,
    found,
    remedy: 'Restore it from a copy, or name a new file: that remembers nothing yet.',
  })
}

function ofDelivery(path: string) {
  return usageError({
    what: 'A delivery is verified without a memory of status lists.',
    where: '--seen',
    expected: 'one passport or presentation',
    found: `--bulk with --seen ${path}`,
    remedy: 'Leave it out, or verify the passports one by one.',
  })
}

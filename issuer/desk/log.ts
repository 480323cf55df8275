import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, systemCode, writeDurably, writeSynced } from '@battery-passport/keys/files'
import * as validators from '../generated/typed-validators.ts'
import { type ChainHead, EMPTY_CHAIN, follows, linkTo } from '../hash-chain.ts'
import { DeskError } from './desk-error.ts'
import type { DeskEntry, DeskEvent } from './entries.ts'

/** The name of the log in the folder of a desk. */
export const LOG = 'log.ndjson'
const HEAD = 'head'
const HEAD_FORM = /^(\d{1,15}) ([0-9a-f]{64})\n$/

/**
 * What happened at a desk, one JSON text a line, each with the hash of the one before. `head` says
 * beside it how far the log had come, so that lines missing at its end are noticed. The files
 * catch accidents and careless hands, not an owner who rewrites both.
 */
export class DeskLog {
  readonly #folder: string
  #head: ChainHead

  private constructor(folder: string, head: ChainHead) {
    this.#folder = folder
    this.#head = head
  }

  /** Begins a log in a folder that has none. */
  static async begin(folder: string, first: DeskEvent): Promise<DeskLog> {
    const log = new DeskLog(folder, EMPTY_CHAIN)
    await log.append([first])
    await syncFolder(folder)
    return log
  }

  /**
   * Reads a log from its first line.
   *
   * @param take is given each event in order
   * @throws {DeskError} DESK_DAMAGED, naming the file and the line
   */
  static async read(folder: string, take: (event: DeskEvent) => void): Promise<DeskLog> {
    const reached = await readHead(folder)
    const path = join(folder, LOG)
    const bytes = await bytesOf(path)
    let head = EMPTY_CHAIN
    let sound = 0
    while (sound < bytes.length) {
      const end = bytes.indexOf(0x0a, sound)
      const entry = end === -1 ? null : entryOf(bytes.subarray(sound, end).toString('utf8'))
      if (entry === null || !follows(entry, head)) break
      take(entry.event)
      head = { sequence: entry.sequence, hash: entry.hash }
      sound = end + 1
      if (head.sequence === reached.sequence && head.hash !== reached.hash) {
        throw damaged(path, `line ${head.sequence} as ${HEAD} knows it`, 'another')
      }
    }
    if (head.sequence < reached.sequence) {
      const found = sound < bytes.length ? 'a line that is not what was written' : 'the end'
      throw damaged(path, `${reached.sequence} lines`, `${found} after line ${head.sequence}`)
    }
    // Beyond the head nothing was ever acknowledged: a line torn by a crash is cut off.
    if (sound < bytes.length) await truncate(path, sound)
    const log = new DeskLog(folder, head)
    if (head.sequence > reached.sequence) await log.#writeHead()
    return log
  }

  /** Writes events to the disk, in this order, before it returns. */
  async append(events: readonly DeskEvent[]): Promise<void> {
    if (events.length === 0) return
    let head = this.#head
    let lines = ''
    for (const event of events) {
      const entry = linkTo(head, { event })
      lines += `${JSON.stringify(entry)}\n`
      head = { sequence: entry.sequence, hash: entry.hash }
    }
    await writeSynced(join(this.#folder, LOG), lines, 'a')
    this.#head = head
    await this.#writeHead()
  }

  /** How many lines there are. */
  get length(): number {
    return this.#head.sequence
  }

  async #writeHead(): Promise<void> {
    const { sequence, hash } = this.#head
    await writeDurably(join(this.#folder, HEAD), `${sequence} ${hash}\n`)
  }
}

async function readHead(folder: string): Promise<ChainHead> {
  const path = join(folder, HEAD)
  const match = HEAD_FORM.exec((await bytesOf(path)).toString('utf8'))
  if (match?.[1] === undefined || match[2] === undefined) {
    throw damaged(path, 'how far the log had come', 'nothing readable')
  }
  return { sequence: Number(match[1]), hash: match[2] }
}

function entryOf(line: string): DeskEntry | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  return validators.DeskEntry(value) ? value : null
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw damaged(path, 'the file', 'nothing')
    throw error
  }
}

async function truncate(path: string, length: number): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.truncate(length)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A file that is not what the desk wrote: nobody can tell any more what was issued or withdrawn. */
export function damaged(path: string, expected: string, found: string): DeskError {
  return new DeskError('DESK_DAMAGED', {
    place: path,
    expected,
    found,
    remedy:
      'The file was changed, torn or taken from an older copy. Restore the whole desk folder from its latest copy; do not issue from an older one, it would give indexes out a second time.',
  })
}

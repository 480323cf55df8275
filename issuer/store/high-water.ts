import { writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_MODE } from '@battery-passport/keys/files'
import type { ChainHead } from '../hash-chain.ts'
import { hexDigest } from '../hex-digest.ts'
import { StoreError } from './store-error.ts'
import { unreadable } from './unreadable.ts'

const FILE = 'high-water'
const FORM = /^(\d{15}) ([0-9a-f]{64}) ([0-9a-f]{64})\n$/
const SLOT_BYTES = 15 + 1 + 64 + 1 + 64 + 1
/** Where the slots begin: on pages of their own, so that one write never spoils both. */
const SLOTS = [0, 4096] as const
/** After how many entries it is written through to the disk, at most. */
const ENTRIES_BETWEEN_SYNCS = 256

/** A point the audit log has reached: it never ends before it again. */
export type HighWater = ChainHead

/**
 * How far the log has come, in a file beside the database. LevelDB drops a damaged end of its log
 * without a word, and an emptied or older database opens like any other: this file tells.
 *
 * Two slots of fixed size are written in turn and in place, without waiting for the disk: the end
 * of the process loses nothing, and a power cut leaves an older mark at worst. It must name only
 * what is on the disk already, or a power cut could leave it ahead of a sound database.
 */
export class HighWaterFile {
  private readonly handle: FileHandle
  private newest: HighWater
  private slot: number
  private synced: number

  private constructor(handle: FileHandle, newest: HighWater, slot: number) {
    this.handle = handle
    this.newest = newest
    this.slot = slot
    this.synced = newest.sequence
  }

  /** Makes the file of a new store, and leaves it closed. */
  static async create(folder: string, mark: HighWater): Promise<void> {
    const handle = await open(join(folder, FILE), 'wx', FILE_MODE)
    try {
      // Both slots have their place on the disk from now on: no later write can lack one.
      const text = slotText(mark)
      await handle.writeFile(text.padEnd(SLOTS[1]) + text)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }

  /**
   * @throws {StoreError} STORE_CORRUPT when the file is missing or no slot of it is whole;
   *   STORE_UNREADABLE
   */
  static async open(folder: string): Promise<HighWaterFile> {
    const path = join(folder, FILE)
    const handle = await open(path, 'r+').catch((error: unknown) => {
      throw unreadable(path, error) ?? lost(path)
    })
    try {
      const slots = await readSlots(handle, path)
      const newest = slots.reduce(laterOf, null)
      if (newest === null) throw lost(path)
      return new HighWaterFile(handle, newest, slots.indexOf(newest))
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  get mark(): HighWater {
    return this.newest
  }

  /** Notes that the log has come this far, all of it on the disk. */
  async advance({ sequence, hash }: HighWater): Promise<void> {
    this.slot = (this.slot + 1) % SLOTS.length
    const text = slotText({ sequence, hash })
    // Into memory, in two microseconds; the way to the thread pool takes fifty.
    const written = writeSync(this.handle.fd, text, SLOTS[this.slot] ?? 0, 'latin1')
    if (written !== SLOT_BYTES) throw new Error(`${FILE}: ${written} bytes were written`)
    this.newest = { sequence, hash }
    if (sequence >= this.synced + ENTRIES_BETWEEN_SYNCS) await this.sync()
  }

  /** Writes it through to the disk. */
  async sync(): Promise<void> {
    await this.handle.datasync()
    this.synced = this.newest.sequence
  }

  async close(): Promise<void> {
    await this.handle.close()
  }
}

function slotText({ sequence, hash }: HighWater): string {
  const text = `${String(sequence).padStart(15, '0')} ${hash}`
  return `${text} ${hexDigest(text)}\n`
}

function lost(path: string): StoreError {
  return new StoreError(
    'STORE_CORRUPT',
    `${path}: expected how far the audit log had come, found nothing readable. Restore the data folder from a copy, as a whole.`,
  )
}

async function readSlots(handle: FileHandle, path: string): Promise<(HighWater | null)[]> {
  const bytes = await handle.readFile('latin1').catch((error: unknown) => {
    throw unreadable(path, error) ?? lost(path)
  })
  return SLOTS.map((start) => parseSlot(bytes.slice(start, start + SLOT_BYTES)))
}

function parseSlot(text: string): HighWater | null {
  const [, sequence, hash, checksum] = FORM.exec(text) ?? []
  if (sequence === undefined || hash === undefined) return null
  return checksum === hexDigest(`${sequence} ${hash}`) ? { sequence: Number(sequence), hash } : null
}

function laterOf(a: HighWater | null, b: HighWater | null): HighWater | null {
  if (a === null || b === null) return a ?? b
  return b.sequence > a.sequence ? b : a
}

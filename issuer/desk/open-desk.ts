import { lstat, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProofForm, Signer } from '@battery-passport/keys'
import { systemCode } from '@battery-passport/keys/files'
import { Desk } from '../desk.ts'
import { type FolderHolder, lockFolder } from '../folder-lock.ts'
import * as validators from '../generated/typed-validators.ts'
import { hexDigest } from '../hex-digest.ts'
import { DeskError } from './desk-error.ts'
import type { DeskFile } from './entries.ts'
import { DeskLog, damaged, LOG } from './log.ts'
import { DESK_FILE } from './places.ts'
import { checkIssuedFiles, checkNoticeFiles, settleLists } from './recover.ts'
import { DeskState } from './state.ts'
import type { DeskStep } from './steps.ts'

/** What a desk is opened with. */
export interface DeskOptions {
  readonly folder: string
  /** The key of the desk's DID; it is kept elsewhere, in a key file or a token. */
  readonly signer: Signer
  /** How it secures what it issues; the default is that of the key. */
  readonly form?: ProofForm
  /** Told of each step as it is done. What it throws ends the desk like a crash would. */
  readonly onStep?: (step: DeskStep) => void
}

/**
 * Opens a desk for this process alone, checks every file in it, and ends what a crash left open: a
 * credential that may have been signed but was never released is withdrawn for good.
 *
 * @throws {DeskError} DESK_MISSING, DESK_PERMISSIONS, DESK_LOCKED, DESK_DAMAGED, ISSUER_MISMATCH
 */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { signer } = options
  const folder = await folderOf(options.folder)
  const lock = await lockFolder(folder, (holder) => locked(folder, holder))
  try {
    const text = await readFile(join(folder, DESK_FILE), 'utf8')
    const state = new DeskState()
    const log = await readLog(folder, state)
    const deskFile = parseDeskFile(folder, text, state.deskFile)
    if (deskFile.did !== signer.did) {
      throw new DeskError('ISSUER_MISMATCH', {
        place: `desk ${folder}`,
        expected: `the key of ${deskFile.did}, whose desk it is`,
        found: `the key of ${signer.did}`,
        remedy: 'Open it with that key, or open the desk of this one.',
      })
    }
    await checkIssuedFiles(folder, state)
    await checkNoticeFiles(folder, state)
    await settleLists(folder, state)
    const desk = new Desk({ ...options, folder, log, state, deskFile }, lock)
    await desk.abandonUnfinished()
    return desk
  } catch (error) {
    await lock.release()
    throw error
  }
}

function locked(folder: string, { file, found }: FolderHolder): DeskError {
  return new DeskError('DESK_LOCKED', {
    place: `desk ${folder}`,
    expected: 'one that no process has open',
    found,
    remedy: `Wait until it ends; if no process uses the desk, delete ${file}.`,
  })
}

async function folderOf(path: string): Promise<string> {
  try {
    const folder = await realpath(path)
    const { mode } = await lstat(folder)
    await lstat(join(folder, DESK_FILE))
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new DeskError('DESK_PERMISSIONS', {
        place: `desk ${folder}`,
        expected: 'a folder for its owner alone',
        found: `mode ${(mode & 0o777).toString(8)}`,
        remedy: `Take the rights of others away: chmod 700 ${folder}`,
      })
    }
    return folder
  } catch (error) {
    const code = systemCode(error)
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
    if (await hasLog(path)) throw damaged(join(path, DESK_FILE), 'the file', 'nothing')
    throw new DeskError('DESK_MISSING', {
      place: `desk ${path}`,
      expected: `a folder with ${DESK_FILE}`,
      found: 'none',
      remedy: 'Make the desk first, or correct the path.',
    })
  }
}

/** Whether there was a desk: one that only lost its description is not to be made anew. */
async function hasLog(path: string): Promise<boolean> {
  try {
    await lstat(join(path, LOG))
    return true
  } catch {
    return false
  }
}

async function readLog(folder: string, state: DeskState): Promise<DeskLog> {
  try {
    return await DeskLog.read(folder, (event) => state.apply(event))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // The hashes hold, but one line contradicts another: someone wrote the log by hand.
    throw damaged(folder, 'a log that makes sense', error.message)
  }
}

function parseDeskFile(folder: string, text: string, expected: string): DeskFile {
  const path = join(folder, DESK_FILE)
  if (hexDigest(text) !== expected) {
    throw damaged(path, `the content with SHA-256 ${expected}`, 'another')
  }
  const value: unknown = JSON.parse(text)
  if (!validators.DeskFile(value))
    throw damaged(path, 'the description of a desk', 'something else')
  return value
}

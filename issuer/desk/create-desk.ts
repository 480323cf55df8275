import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { MINIMUM_STATUS_ENTRIES, preview, schemaFaults } from '@battery-passport/contexts'
import { FOLDER_MODE, syncFolder, systemCode, writeDurably } from '@battery-passport/keys/files'
import * as validators from '../generated/typed-validators.ts'
import { hexDigest } from '../hex-digest.ts'
import { DeskError } from './desk-error.ts'
import type { DeskFile } from './entries.ts'
import { DeskLog } from './log.ts'
import { DESK_FILE, FOLDERS } from './places.ts'

/**
 * Makes the desk of an assurance or accreditation body, a scheme owner or a registrar: an empty
 * folder of its own, for its owner alone. It holds no key. It appears whole or not at all.
 *
 * @param options.folder must not exist, or be empty
 * @param options.did who issues from here; never changes
 * @param options.statusBase the URL or URN under which the status lists are named; never changes
 * @throws {DeskError} DESK_EXISTS
 * @throws {TypeError} when the DID or the URL is none
 */
export async function createDesk(options: {
  readonly folder: string
  readonly did: string
  readonly statusBase: string
}): Promise<void> {
  const { did, statusBase } = options
  const deskFile: DeskFile = { version: 1, did, statusBase, entries: MINIMUM_STATUS_ENTRIES }
  const [fault] = schemaFaults(validators.DeskFile, deskFile)
  if (fault !== undefined) {
    throw new TypeError(
      `createDesk: ${fault.pointer} expected ${fault.expected}, found ${preview(fault.found)}`,
    )
  }
  const folder = resolve(options.folder)
  await refuseOccupied(folder)
  await mkdir(dirname(folder), { recursive: true, mode: FOLDER_MODE })
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`))
  try {
    await fill(draft, `${JSON.stringify(deskFile, null, 2)}\n`)
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    const code = systemCode(error)
    if (code === 'ENOTEMPTY' || code === 'EEXIST') throw occupied(folder)
    throw error
  }
  await syncFolder(dirname(folder))
}

async function fill(draft: string, deskFile: string): Promise<void> {
  for (const name of Object.values(FOLDERS)) await mkdir(join(draft, name), { mode: FOLDER_MODE })
  await writeDurably(join(draft, DESK_FILE), deskFile)
  await DeskLog.begin(draft, { kind: 'created', deskFile: hexDigest(deskFile) })
}

async function refuseOccupied(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length > 0) throw occupied(folder)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOTDIR') throw occupied(folder)
    if (code !== 'ENOENT') throw error
  }
}

function occupied(folder: string): DeskError {
  return new DeskError('DESK_EXISTS', {
    place: `desk ${folder}`,
    expected: 'a folder that is empty or does not exist',
    found: 'something in it',
    remedy: 'Choose another folder, or open the desk that is there.',
  })
}

import { readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, systemCode } from '@battery-passport/keys/files'
import { hexDigest } from '../hex-digest.ts'
import { textOf } from '../text-of.ts'
import { damaged } from './log.ts'
import { ENDINGS, FOLDERS, issuedName } from './places.ts'
import type { DeskState } from './state.ts'

/** A list is written under this ending until the log knows it. */
export const NEXT = '.next'

/**
 * Checks every issued credential against its digest, and removes what a crash left of unfinished
 * ones: a signature that was never released shall not lie about.
 *
 * @throws {DeskError} DESK_DAMAGED, naming the file
 */
export async function checkIssuedFiles(folder: string, state: DeskState): Promise<void> {
  for (const { file, sha256 } of state.issued) {
    await checkFile(join(folder, FOLDERS.issued, file), sha256)
  }
  for (const intended of state.unfinished) {
    for (const ending of ENDINGS) {
      const path = join(folder, FOLDERS.issued, `${issuedName(intended)}${ending}`)
      await removeIfThere(path)
      await removeIfThere(`${path}.new`)
    }
  }
}

/**
 * Checks every notice against its digest, and removes those that were signed for a change that a
 * crash prevented.
 *
 * @throws {DeskError} DESK_DAMAGED, naming the file
 */
export async function checkNoticeFiles(folder: string, state: DeskState): Promise<void> {
  const notices = join(folder, FOLDERS.notices)
  for (const { file, sha256 } of state.everyNotice) await checkFile(join(notices, file), sha256)
  const known = new Set(state.everyNotice.map(({ file }) => file))
  for (const file of await filesIn(notices)) {
    const isOurs = ENDINGS.some((ending) => file.endsWith(ending))
    if (isOurs && !known.has(file)) await removeIfThere(join(notices, file))
  }
}

/** A desk that was made before there were notices has no folder for them. */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}

async function checkFile(path: string, sha256: string): Promise<void> {
  const text = await textOf(path)
  if (text !== null && hexDigest(text) === sha256) return
  const found = text === null ? 'nothing' : 'another'
  throw damaged(path, `the content with SHA-256 ${sha256}`, found)
}

/**
 * Puts the published editions of the lists in their places, if a crash came between, and removes
 * editions that were never published.
 *
 * @throws {DeskError} DESK_DAMAGED, naming the file
 */
export async function settleLists(folder: string, state: DeskState): Promise<void> {
  const lists = join(folder, FOLDERS.lists)
  const published = state.published?.lists ?? []
  for (const { file, sha256 } of published) {
    const path = join(lists, file)
    const text = await textOf(path)
    if (text !== null && hexDigest(text) === sha256) continue
    const next = await textOf(`${path}${NEXT}`)
    if (next === null || hexDigest(next) !== sha256) {
      const found = text === null ? 'nothing' : 'another'
      throw damaged(path, `the content with SHA-256 ${sha256}`, found)
    }
    await rename(`${path}${NEXT}`, path)
  }
  const current = new Set(published.map(({ file }) => file))
  for (const file of await readdir(lists)) {
    const isOurs = file.endsWith(NEXT) || ENDINGS.some((ending) => file.endsWith(ending))
    if (isOurs && !current.has(file)) await removeIfThere(join(lists, file))
  }
  await syncFolder(lists)
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}

import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { unreadable } from './read-file.ts'

/** How deep folders are searched, so that a link to a parent comes to an end. */
const MAXIMUM_DEPTH = 8

/** The files a path stands for. */
export interface ListedFiles {
  /** Whether the path is a folder that was searched, or the one file itself. */
  readonly isFolder: boolean
  readonly files: readonly string[]
}

/**
 * The file itself, or every file below a folder with one of the extensions, sorted by name, hidden
 * ones left out.
 *
 * @throws {CommandError} usage: there is no such file or folder, or it may not be read
 */
export async function listFiles(path: string, extensions: readonly string[]): Promise<ListedFiles> {
  try {
    if (!(await stat(path)).isDirectory()) return { isFolder: false, files: [path] }
    return { isFolder: true, files: await search(path, extensions, 0) }
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function search(
  folder: string,
  extensions: readonly string[],
  depth: number,
): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort()
  const files: string[] = []
  for (const name of names) {
    const path = join(folder, name)
    const entry = await stat(path)
    if (entry.isFile() && extensions.includes(extname(name).toLowerCase())) files.push(path)
    if (entry.isDirectory() && depth < MAXIMUM_DEPTH) {
      files.push(...(await search(path, extensions, depth + 1)))
    }
  }
  return files
}

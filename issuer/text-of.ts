import { readFile } from 'node:fs/promises'
import { systemCode } from '@battery-passport/keys/files'

/** The text of a file, or null where there is none. */
export async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

import { open } from 'node:fs/promises'
import { readUpTo } from './read-bounded.ts'

/** A secret on one line, or that others may have read it. */
export type PrivateLine =
  | { readonly ok: true; readonly text: string }
  /** The permission bits as `chmod` has them, such as 0644. */
  | { readonly ok: false; readonly mode: string }

/**
 * Reads a secret that its owner alone may read, from a file or a pipe: the permissions are those of
 * what is read, not of what the path names a moment earlier or later.
 *
 * @param limit in bytes; of more, one byte more is answered
 * @returns the text without the line end after it
 * @throws the error of the file system
 */
export async function readPrivateLine(path: string, limit: number): Promise<PrivateLine> {
  const handle = await open(path, 'r')
  try {
    const { mode } = await handle.stat()
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      return { ok: false, mode: (mode & 0o777).toString(8).padStart(4, '0') }
    }
    const bytes = await readUpTo(handle, limit)
    return { ok: true, text: new TextDecoder().decode(bytes).replace(/\r?\n$/, '') }
  } finally {
    await handle.close()
  }
}

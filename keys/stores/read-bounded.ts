import { type FileHandle, open } from 'node:fs/promises'

/** A small file as it was when it was opened. */
export interface BoundedFile {
  /** Whole, or one byte more than the limit when it is longer. */
  readonly bytes: Uint8Array
  /** The permission bits of `st_mode`. */
  readonly mode: number
  readonly isFile: boolean
}

/**
 * Reads at most one byte more than the limit; size and permissions are those of the file that was
 * opened, not of what the path names a moment later.
 */
export async function readBounded(path: string, limit: number): Promise<BoundedFile> {
  const handle = await open(path, 'r')
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) return { bytes: new Uint8Array(), mode: stat.mode & 0o777, isFile: false }
    return { bytes: await readUpTo(handle, limit), mode: stat.mode & 0o777, isFile: true }
  } finally {
    await handle.close()
  }
}

/** The next bytes of an open file, at most one more than the limit. */
export async function readUpTo(handle: FileHandle, limit: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(limit + 1)
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return buffer.slice(0, length)
}

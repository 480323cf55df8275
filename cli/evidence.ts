import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { encodeSha256 } from '@battery-passport/contexts'
import { unreadable } from './input/read-file.ts'

/**
 * The digest of a file, read as a stream: evidence may be larger than the memory.
 *
 * @returns SHA-256 multihash, base58btc, as `digestMultibase` has it
 * @throws {CommandError} usage: the file cannot be read
 */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (error) {
    throw unreadable(path, error)
  }
  return encodeSha256(hash.digest())
}

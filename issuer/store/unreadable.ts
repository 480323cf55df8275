import { systemCode } from '@battery-passport/keys/files'
import { StoreError } from './store-error.ts'

/**
 * What it means that something of a data folder cannot be read. A file that is gone is for the
 * caller to judge; anything else that the system says, of rights or of too many open files, is no
 * damage, and no copy need be restored for it.
 *
 * @returns null when it is not there; otherwise the error to throw
 */
export function unreadable(path: string, error: unknown): StoreError | null {
  const code = systemCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return null
  return new StoreError(
    'STORE_UNREADABLE',
    `${path}: expected something that can be read, found ${code ?? reasonOf(error)}. Mend what the system says and start again: nothing was changed.`,
    { cause: error },
  )
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Why a store refused or failed. */
export type StoreFault =
  /** There is no store in the folder: `init` creates one, opening never does. */
  | 'STORE_MISSING'
  /** `init` found something in the folder. */
  | 'STORE_EXISTS'
  /** Another process, or this one, has the folder open. */
  | 'STORE_LOCKED'
  /** Others may read or write the folder. */
  | 'STORE_PERMISSIONS'
  /** The folder is of another version or another issuer. */
  | 'STORE_FORMAT'
  /** The system does not let it be read: rights, too many open files. Nothing is known of damage. */
  | 'STORE_UNREADABLE'
  /** What is read is not what was written, or something is missing. */
  | 'STORE_CORRUPT'
  /** A record that must not exist yet does. */
  | 'STORE_CONFLICT'
  /** The clock stands before the last entry of the audit log. */
  | 'STORE_CLOCK'
  /** A write failed: nothing more is written until the store is opened anew. */
  | 'STORE_FAILED'
  | 'STORE_CLOSED'

/** A store that refuses or failed: the place, what was expected, what was found, what to do. */
export class StoreError extends Error {
  readonly code: StoreFault

  constructor(code: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}

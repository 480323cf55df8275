/** Why a desk refused or failed. */
export type DeskFault =
  /** There is no desk in the folder: `createDesk` makes one, opening never does. */
  | 'DESK_MISSING'
  /** `createDesk` found something in the folder. */
  | 'DESK_EXISTS'
  /** Another process, or this one, has the folder open. */
  | 'DESK_LOCKED'
  /** Others may read or write the folder. */
  | 'DESK_PERMISSIONS'
  /** A file is not what was written, or is missing. */
  | 'DESK_DAMAGED'
  /** A write failed: nothing more is done until the desk is opened anew. */
  | 'DESK_FAILED'
  | 'DESK_CLOSED'
  /** The clock stands before the last publication. */
  | 'DESK_CLOCK'
  /** The key, or a credential that was to be issued, is of another DID than the desk. */
  | 'ISSUER_MISMATCH'
  /** A credential with this id was issued before. */
  | 'ID_TAKEN'
  /** No credential with this id was issued here. */
  | 'NOT_ISSUED'
  /** A revocation is final. */
  | 'REVOKED_FOR_GOOD'
  /** The list of the credential can name no more notices. */
  | 'NOTICES_FULL'

/** What a refusal of a desk says. */
export interface DeskRefusal {
  /** The folder, file or credential. */
  readonly place: string
  readonly expected: string
  readonly found: string
  /** What to do, as one or more sentences. */
  readonly remedy: string
}

/** A desk that refuses or failed: the place, what was expected, what was found, what to do. */
export class DeskError extends Error {
  readonly code: DeskFault
  readonly refusal: DeskRefusal

  constructor(code: DeskFault, refusal: DeskRefusal, options?: ErrorOptions) {
    const { place, expected, found, remedy } = refusal
    super(`${place}: expected ${expected}, found ${found}. ${remedy}`, options)
    this.name = 'DeskError'
    this.code = code
    this.refusal = refusal
  }
}

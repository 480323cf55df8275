import type { FindingCode } from '@battery-passport/verifier'

/** One reason why something is not issued: the code a verifier would have given it afterwards. */
export interface IssuanceFault {
  readonly code: FindingCode
  /** RFC 6901, from the root of the credential that was to be issued. */
  readonly pointer: string
  readonly expected: string
  readonly found: string
  readonly detail: string
  readonly remedy: string
}

/** What was refused. */
export type IssuanceCode =
  | 'IDENTITY_REFUSED'
  | 'ACCREDITATION_REFUSED'
  | 'ATTESTATION_REFUSED'
  | 'PASSPORT_REFUSED'
  | 'STATUS_LIST_REFUSED'
  | 'NOTICE_REFUSED'
  | 'PRESENTATION_REFUSED'

/** A credential was not made: every fault it would have had, at once. Nothing was signed. */
export class IssuanceError extends Error {
  readonly code: IssuanceCode
  readonly faults: readonly [IssuanceFault, ...IssuanceFault[]]

  constructor(code: IssuanceCode, faults: readonly [IssuanceFault, ...IssuanceFault[]]) {
    super([code, ...faults.map(describe)].join('\n'))
    this.name = 'IssuanceError'
    this.code = code
    this.faults = faults
  }
}

function describe({ code, pointer, expected, found, detail, remedy }: IssuanceFault): string {
  return `${code} at ${pointer || 'the document'}: ${detail} Expected ${expected}, found ${found}. ${remedy}`
}

/** Throws when there is anything to refuse. */
export function refuseFaults(code: IssuanceCode, faults: readonly IssuanceFault[]): void {
  const [first, ...more] = faults
  if (first !== undefined) throw new IssuanceError(code, [first, ...more])
}

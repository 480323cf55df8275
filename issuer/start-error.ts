import { faultRemedy, type SchemaFault } from '@battery-passport/contexts'

/** Why the service does not start. */
export type StartFault =
  | 'CONFIG_UNREADABLE'
  | 'CONFIG_INVALID'
  | 'POLICY_UNREADABLE'
  | 'POLICY_INVALID'
  | 'DOCUMENT_UNREADABLE'
  | 'DOCUMENT_INVALID'
  | 'METHOD_UNAVAILABLE'
  | 'TOKEN_MISSING'
  | 'TOKEN_UNSUITABLE'
  | 'HOST_REMOTE'
  | 'HOST_UNAVAILABLE'
  | 'PORT_TAKEN'

/** The service does not start: the place, what was expected, what was found, what to do. */
export class StartError extends Error {
  readonly code: StartFault
  /** Each wrong place of a file, as a JSON pointer. */
  readonly faults: readonly SchemaFault[]

  constructor(code: StartFault, message: string, faults: readonly SchemaFault[] = []) {
    super([message, ...faults.map(describe)].join('\n'))
    this.name = 'StartError'
    this.code = code
    this.faults = faults
  }
}

function describe(fault: SchemaFault): string {
  const { pointer, expected, found } = fault
  return `  ${pointer || 'the document'}: expected ${expected}, found ${found}. ${faultRemedy(fault, 'Correct it.')}`
}

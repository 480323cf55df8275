import type { Finding } from '@battery-passport/verifier'

/** Why the service refuses a request, apart from faults of a credential's own making. */
export type ServiceFault =
  | 'ATTESTATION_UNKNOWN'
  | 'ATTESTATION_AMBIGUOUS'
  | 'METHOD_UNKNOWN'
  | 'PREDECESSOR_UNKNOWN'
  | 'EVIDENCE_REFUSED'
  | 'PASSPORT_NOT_ACCEPTED'
  | 'LIST_REFUSED'
  | 'LIST_UNKNOWN'
  | 'LIST_NOT_NEWER'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'PASSPORT_UNKNOWN'
  | 'STATUS_FINAL'
  | 'NOTICES_FULL'
  | 'NOTICE_UNKNOWN'

/** One place of a request that is wrong. */
export interface RequestFault {
  /** RFC 6901, from the root of the request. */
  readonly pointer: string
  readonly expected: string
  readonly found: string
  readonly detail?: string
  readonly remedy?: string
}

/** A request that the service refuses: nothing was stored, nothing was released. */
export class ServiceError extends Error {
  readonly code: ServiceFault
  readonly faults: readonly RequestFault[]
  readonly findings: readonly Finding[]

  constructor(
    code: ServiceFault,
    message: string,
    about: {
      readonly faults?: readonly RequestFault[]
      readonly findings?: readonly Finding[]
    } = {},
  ) {
    super(message)
    this.name = 'ServiceError'
    this.code = code
    this.faults = about.faults ?? []
    this.findings = about.findings ?? []
  }
}

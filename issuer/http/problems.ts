import type { Finding } from '@battery-passport/verifier'
import { type IssuanceCode, IssuanceError } from '../errors.ts'
import { type RequestFault, ServiceError, type ServiceFault } from '../service/service-error.ts'
import { StoreError, type StoreFault } from '../store/store-error.ts'

/** What a problem code means, whatever the case: the contract that programs rely on. */
interface ProblemKind {
  readonly status: number
  readonly title: string
}

/** Refusals of the HTTP layer itself. */
const HTTP_PROBLEMS = {
  NOT_FOUND: { status: 404, title: 'There is nothing under this address' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not know the method' },
  NOT_ACCEPTABLE: { status: 406, title: 'None of the media types you accept is available' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The body is of a media type not taken here' },
  ENCODING_UNSUPPORTED: { status: 415, title: 'Compressed bodies are not taken' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  BODY_INCOMPLETE: { status: 400, title: 'The body ended before it was complete' },
  URL_INVALID: { status: 400, title: 'The address cannot be decoded' },
  QUERY_INVALID: { status: 400, title: 'A query parameter is wrong' },
  JSON_INVALID: { status: 400, title: 'The body is not strict JSON in UTF-8' },
  JSON_DUPLICATE_KEY: { status: 400, title: 'An object of the body names a key twice' },
  LIMIT_EXCEEDED: { status: 400, title: 'The body exceeds a limit' },
  REQUEST_INVALID: { status: 422, title: 'The request does not have its form' },
  IDEMPOTENCY_KEY_MISSING: { status: 400, title: 'The header Idempotency-Key is required' },
  IDEMPOTENCY_KEY_INVALID: { status: 400, title: 'The header Idempotency-Key is malformed' },
  TOKEN_REQUIRED: { status: 401, title: 'A bearer token is required' },
  TOKEN_WRONG: { status: 401, title: 'The bearer token is not valid' },
  READ_ONLY: { status: 403, title: 'This service was started without a token and is read-only' },
  UNAVAILABLE: { status: 503, title: 'The service is not able to work' },
  INTERNAL: { status: 500, title: 'The service failed' },
} as const satisfies Readonly<Record<string, ProblemKind>>

const SERVICE_PROBLEMS: Readonly<Record<ServiceFault, ProblemKind>> = {
  ATTESTATION_UNKNOWN: { status: 422, title: 'An attestation was never submitted' },
  ATTESTATION_AMBIGUOUS: { status: 422, title: 'An id names several attestations' },
  METHOD_UNKNOWN: { status: 422, title: 'The method is not one of this service' },
  PREDECESSOR_UNKNOWN: {
    status: 422,
    title: 'The predecessor is no passport of this service for this battery',
  },
  EVIDENCE_REFUSED: {
    status: 422,
    title: 'The submission is not accepted, and nothing was stored',
  },
  PASSPORT_NOT_ACCEPTED: {
    status: 422,
    title: 'The passport would not be accepted, and was not released',
  },
  LIST_REFUSED: { status: 422, title: 'The status list is not accepted' },
  LIST_UNKNOWN: { status: 422, title: 'No stored credential can stand in this list' },
  LIST_NOT_NEWER: { status: 409, title: 'The status list is not newer than the one at hand' },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: 'The Idempotency-Key came with another request before',
  },
  PASSPORT_UNKNOWN: { status: 404, title: 'There is no such passport' },
  STATUS_FINAL: { status: 409, title: 'A revocation cannot be taken back' },
  NOTICES_FULL: { status: 409, title: 'The status list can name no more notices' },
  NOTICE_UNKNOWN: { status: 404, title: 'There is no notice of this passport' },
}

const ISSUANCE_PROBLEMS: Readonly<Record<IssuanceCode, ProblemKind>> = {
  IDENTITY_REFUSED: { status: 422, title: 'The identity is not issued' },
  ACCREDITATION_REFUSED: { status: 422, title: 'The accreditation is not issued' },
  ATTESTATION_REFUSED: { status: 422, title: 'The attestation is not issued' },
  PASSPORT_REFUSED: { status: 422, title: 'The passport is not issued' },
  STATUS_LIST_REFUSED: { status: 422, title: 'The status list is not signed' },
  NOTICE_REFUSED: { status: 422, title: 'The withdrawal notice is not signed' },
  PRESENTATION_REFUSED: { status: 422, title: 'The presentation would be too large' },
}

/** Every code a problem of this service can have. */
export const PROBLEMS = { ...HTTP_PROBLEMS, ...SERVICE_PROBLEMS, ...ISSUANCE_PROBLEMS }
/** The code of a problem. */
export type ProblemCode = keyof typeof PROBLEMS

/** Where problem types are named; the addresses are identifiers, nothing is fetched. */
const TYPE_BASE = 'https://battery-passport.example/problems/'

/** A problem document (RFC 9457) with stable code, and every place and finding at once. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail: string
  /** The id of the request, as the log has it. */
  readonly instance: string
  readonly errors?: readonly ProblemFault[]
  readonly findings?: readonly Finding[]
}

/** One place of the request that is wrong; `code` is that of the finding a verifier would make. */
export interface ProblemFault extends RequestFault {
  readonly code?: string
}

/** A refusal of the HTTP layer, with headers the answer must have. */
export class HttpError extends Error {
  readonly code: keyof typeof HTTP_PROBLEMS
  readonly faults: readonly RequestFault[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: keyof typeof HTTP_PROBLEMS,
    message: string,
    about: {
      readonly faults?: readonly RequestFault[]
      readonly headers?: Readonly<Record<string, string>>
    } = {},
  ) {
    super(message)
    this.name = 'HttpError'
    this.code = code
    this.faults = about.faults ?? []
    this.headers = about.headers ?? {}
  }
}

/**
 * The one mapping from errors to problems. What is not foreseen becomes INTERNAL and says nothing
 * of itself: messages, paths and stacks of unknown errors stay in the log.
 */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof HttpError) {
    return problem(error.code, requestId, error.message, { errors: error.faults })
  }
  if (error instanceof ServiceError) {
    const { faults, findings } = error
    return problem(error.code, requestId, error.message, { errors: faults, findings })
  }
  if (error instanceof IssuanceError) {
    const detail = 'Every fault that a verifier would find is listed; nothing was signed.'
    return problem(error.code, requestId, detail, { errors: error.faults })
  }
  if (error instanceof StoreError) return problem(storeProblem(error.code), requestId, STORE_DETAIL)
  const code = foreignProblem(error)
  if (code !== 'BODY_TOO_LARGE') {
    return problem(code, requestId, 'The log has more under the id of this request.')
  }
  const fault = tooLarge(error)
  const detail = `The body cannot be taken: expected ${fault.expected}, found ${fault.found}.`
  return problem(code, requestId, detail, { errors: [fault] })
}

const STORE_DETAIL =
  'Nothing more can be written or read for now. Send the same request again later: what took effect is not done twice.'

function storeProblem(code: StoreFault): 'INTERNAL' | 'UNAVAILABLE' {
  return code === 'STORE_FAILED' || code === 'STORE_CLOSED' || code === 'STORE_CLOCK'
    ? 'UNAVAILABLE'
    : 'INTERNAL'
}

/** Errors of Express and its body reader, by their stable `type` or class. */
function foreignProblem(error: unknown): keyof typeof HTTP_PROBLEMS {
  if (error instanceof URIError) return 'URL_INVALID'
  const type = error instanceof Error && 'type' in error ? error.type : undefined
  if (type === 'entity.too.large') return 'BODY_TOO_LARGE'
  if (type === 'encoding.unsupported') return 'ENCODING_UNSUPPORTED'
  if (type === 'request.aborted' || type === 'request.size.invalid') return 'BODY_INCOMPLETE'
  return 'INTERNAL'
}

/** How much is taken, and how much came: a body without a length is read no further than that. */
function tooLarge(error: unknown): RequestFault {
  const has = (name: string) =>
    error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : undefined
  const [limit, length]: unknown[] = [has('limit'), has('length')]
  return {
    pointer: '',
    expected: typeof limit === 'number' ? `at most ${limit} bytes` : 'a smaller body',
    found: typeof length === 'number' ? `${length} bytes` : 'more',
    remedy: 'Leave out what is not needed; attestations can be sent in several submissions.',
  }
}

function problem(
  code: ProblemCode,
  requestId: string,
  detail: string,
  more: { readonly errors?: readonly ProblemFault[]; readonly findings?: readonly Finding[] } = {},
): Problem {
  const { status, title } = PROBLEMS[code]
  return {
    type: `${TYPE_BASE}${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    code,
    detail,
    instance: `urn:uuid:${requestId}`,
    ...(more.errors === undefined || more.errors.length === 0 ? {} : { errors: more.errors }),
    ...(more.findings === undefined || more.findings.length === 0
      ? {}
      : { findings: more.findings }),
  }
}

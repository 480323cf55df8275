import { type CommandError, type Complaint, refusal, usageError } from '../errors.ts'
import { list, type Members, memberOf, parsed, text } from './json-members.ts'
import { submitterRemedy } from './submitter-remedy.ts'

/** Names where what a pointer into the request leads to was written. */
export type RequestOrigin = (pointer: string, credential: string) => string

interface Answered {
  readonly url: URL
  readonly status: number
  readonly body: string
}

/**
 * What a service answered instead of doing what was asked (RFC 9457), as complaints: every fault of
 * the request and every finding about its credentials.
 */
export function problemError(
  { url, status, body }: Answered,
  origin: RequestOrigin = (pointer) => pointer || 'the request',
): CommandError {
  const problem = memberOf(parsed(body))
  const code = text(problem.code)
  if (code === undefined) {
    return usageError({
      what: 'This is not the answer of an issuer service.',
      where: url.href,
      expected: 'application/problem+json with a code',
      found: `status ${status}`,
      remedy: 'Correct --service.',
    })
  }
  const head: Complaint = {
    what: `The service refused (${code}): ${text(problem.title) ?? ''}. ${text(problem.detail) ?? ''}`.trimEnd(),
    where: `${url.href}, request ${text(problem.instance) ?? ''}`.trimEnd(),
  }
  const details = [
    ...list(problem.errors).map((fault) => faultComplaint(fault, origin)),
    ...list(problem.findings)
      .filter((finding) => finding.severity === 'error' || finding.severity === 'unknown')
      .map((finding) => faultComplaint(finding, origin)),
  ]
  const isOurs = status >= 400 && status < 500 && status !== 401 && status !== 403
  return isOurs ? refusal(head, ...details) : usageError(head, ...details)
}

/** A fault of the request, or a finding: both name place, expectation, what was found and a remedy. */
export function faultComplaint(fault: Members, origin: RequestOrigin): Complaint {
  const code = text(fault.code)
  const what = text(fault.detail) ?? 'The request is not as it must be.'
  const expected = text(fault.expected)
  const found = text(fault.found)
  const remedy = submitterRemedy(code, text(fault.remedy))
  return {
    what: code === undefined ? what : `${what} (${code})`,
    where: origin(text(fault.pointer) ?? '', text(fault.credential) ?? ''),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(remedy === undefined ? {} : { remedy }),
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { HttpError } from './problems.ts'

/** Says whether a request may write and list. */
export interface Authoriser {
  /** @throws {HttpError} TOKEN_REQUIRED, TOKEN_WRONG, READ_ONLY */
  check(authorization: string | undefined): void
}

const BEARER = /^Bearer ([A-Za-z0-9\-._~+/]{1,512}=*)$/i

/**
 * Compares bearer tokens (RFC 6750) by digest in constant time; the token itself is not kept.
 *
 * @param token null: nobody may write
 */
export function bearerToken(token: string | null): Authoriser {
  const expected = token === null ? null : sha256(token)
  return {
    check(authorization) {
      if (expected === null) {
        throw new HttpError('READ_ONLY', 'Start the service with a token to write or list.')
      }
      const given = BEARER.exec(authorization ?? '')?.[1]
      if (given === undefined) {
        const headers = { 'WWW-Authenticate': 'Bearer' }
        throw new HttpError('TOKEN_REQUIRED', 'Send the header Authorization: Bearer <token>.', {
          headers,
        })
      }
      if (!timingSafeEqual(sha256(given), expected)) {
        const headers = { 'WWW-Authenticate': 'Bearer error="invalid_token"' }
        throw new HttpError('TOKEN_WRONG', 'Send the token this service was started with.', {
          headers,
        })
      }
    },
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

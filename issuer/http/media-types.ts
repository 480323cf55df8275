import type { Call } from './operation.ts'
import { HttpError } from './problems.ts'

/** A credential with an embedded proof (VCDM 2.0 §6.3). */
export const VC_TYPE = 'application/vc'
/** A presentation (VCDM 2.0 §6.3). */
export const VP_TYPE = 'application/vp'
/** A credential in a JWT (VC-JOSE-COSE §6.1.1). */
export const VC_JWT = 'application/vc+jwt'

/** What else a reader may ask for and get a credential or presentation, which is JSON. */
const ALSO = ['application/ld+json', 'application/json']

/**
 * The media type a secured credential is answered with: its own, to whoever accepts that or JSON.
 *
 * @throws {HttpError} NOT_ACCEPTABLE
 */
export function credentialType(call: Call, text: string): string {
  return text.startsWith('{') ? negotiate(call, VC_TYPE, ALSO) : negotiate(call, VC_JWT, [])
}

/** @throws {HttpError} NOT_ACCEPTABLE */
export function negotiate(call: Call, own: string, also: readonly string[] = ALSO): string {
  if (call.accepts([own, ...also]) !== null) return own
  const available = [own, ...also].join(', ')
  throw new HttpError('NOT_ACCEPTABLE', `Accept: expected one of ${available}.`)
}

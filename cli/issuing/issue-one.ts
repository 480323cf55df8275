import { digestMultibase, jcs } from '@battery-passport/contexts'
import { decodeInput, isOfType, type SecuredCredential } from '@battery-passport/verifier'
import { usageError } from '../errors.ts'
import type { ServiceClient } from '../service/client.ts'
import type { RequestOrigin } from '../service/problem.ts'
import type { AssembledRequest } from './assemble-request.ts'

/** A passport that a service released, as it was sent. */
export interface IssuedPassport {
  readonly secured: SecuredCredential<'BatteryPassport'>
  /** JSON, or a compact JWT. */
  readonly text: string
  /** With its whole chain; null when it was not asked for. */
  readonly presentation: string | null
}

/** What is sent, and the key that makes a second sending harmless. */
export interface KeyedRequest {
  readonly body: string
  readonly idempotencyKey: string
}

/**
 * The bytes of a request with its key. Derived from the bytes, the key of a request that is sent
 * again is the same, and the service answers with the passport it made before.
 */
export function keyedRequest(request: AssembledRequest, given: string | undefined): KeyedRequest {
  const body = jcs(request)
  return { body, idempotencyKey: given ?? `request-${digestMultibase(body)}` }
}

/**
 * Asks a service for a passport, and for the presentation of it.
 *
 * @throws {CommandError} refused, with every fault; usage: no answer, or none of an issuer
 */
export async function issueOne(
  { body, idempotencyKey }: KeyedRequest,
  client: ServiceClient,
  options: { readonly origin: RequestOrigin; readonly withPresentation: boolean },
): Promise<IssuedPassport> {
  const headers = { 'idempotency-key': idempotencyKey, accept: '*/*' }
  const request = { body, mediaType: 'application/json', headers }
  const answer = await client.post('/passports', request, options.origin)
  const [document] = decodeInput(new TextEncoder().encode(answer.body)).documents
  if (!document?.ok || !isOfType(document.secured, 'BatteryPassport')) throw noPassport()
  const id = /^\/passports\/([A-Za-z0-9_-]{22})$/.exec(answer.location ?? '')?.[1]
  if (id === undefined) throw noPassport()
  const presentation = options.withPresentation
    ? (await client.get(`/passports/${id}/presentation`, 'application/vp')).body
    : null
  return { secured: document.secured, text: answer.body, presentation }
}

function noPassport() {
  return usageError({
    what: 'The service answered with something that is no passport.',
    where: '--service',
    expected: 'a BatteryPassport and where it is found',
    remedy: 'Is it another program, or another version? Nothing was written.',
  })
}

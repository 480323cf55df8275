import { digestMultibase } from '@battery-passport/contexts'
import * as generated from '../generated/typed-validators.ts'
import { LOCAL_ID } from '../service/local-id.ts'
import { onceKey } from '../service/once.ts'
import type { ListedPassport, PassportService } from '../service/passport-service.ts'
import { conditional } from './conditional.ts'
import { credentialType, negotiate, VC_JWT, VC_TYPE, VP_TYPE } from './media-types.ts'
import { type Answer, type Call, JSON_TYPE, type Operation } from './operation.ts'
import { LIMIT, limitOf, pageAnswer } from './paging.ts'
import { HttpError } from './problems.ts'
import { readBody } from './request-body.ts'

/** Room for a passport of 128 KiB without what the service adds. */
const REQUEST_BYTES = 192 * 1024

/** A passport in the path of a route. */
export const PASSPORT_ID = {
  name: 'id',
  description: 'The last part of the id of the passport.',
  pattern: LOCAL_ID,
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  description:
    'Made by you, such as a UUID, and new for every new request. The same key with the same body answers the same passport, byte for byte, also after a crash.',
  pattern: '^[\\x21-\\x7e]{8,128}$',
}

/** Issuing passports and handing them out. */
export function passportOperations(service: PassportService): readonly Operation[] {
  return [
    {
      method: 'post',
      path: '/passports',
      id: 'issuePassport',
      summary: 'Issue a battery passport',
      description:
        'Rests a passport on attestations that were submitted, evaluates its score, signs it and verifies it under the policy of this service. What that does not accept is not released. The score cannot be sent.',
      access: 'token',
      headers: [IDEMPOTENCY_KEY],
      body: { mediaTypes: [JSON_TYPE], limit: REQUEST_BYTES, schema: 'IssueRequest' },
      answers: [
        {
          status: 201,
          description: 'The passport',
          mediaTypes: [VC_TYPE, VC_JWT],
          schema: 'BatteryPassport',
          headers: { Location: 'Where the passport is found' },
        },
      ],
      problems: [
        'IDEMPOTENCY_KEY_MISSING',
        'IDEMPOTENCY_KEY_INVALID',
        'IDEMPOTENCY_KEY_REUSED',
        'REQUEST_INVALID',
        'ATTESTATION_UNKNOWN',
        'ATTESTATION_AMBIGUOUS',
        'METHOD_UNKNOWN',
        'PREDECESSOR_UNKNOWN',
        'PASSPORT_REFUSED',
        'PASSPORT_NOT_ACCEPTED',
        'PRESENTATION_REFUSED',
      ],
      async handle(call) {
        const key = idempotencyKey(call)
        const request = readBody(call.body, generated.IssueRequest)
        const { id, record } = await service.issue(request, onceKey(key, call.body))
        const mediaType = record.text.startsWith('{') ? VC_TYPE : VC_JWT
        return {
          status: 201,
          headers: { Location: `/passports/${id}` },
          mediaType,
          body: record.text,
        }
      },
    },
    {
      method: 'get',
      path: '/passports',
      id: 'listPassports',
      summary: 'List the passports issued',
      description: 'In the order of their ids, which is random.',
      access: 'token',
      query: [
        { ...PASSPORT_ID, name: 'after', description: 'The id the last page ended with.' },
        LIMIT,
      ],
      answers: [
        { status: 200, description: 'A page', mediaTypes: [JSON_TYPE], schema: 'PassportPage' },
      ],
      problems: ['QUERY_INVALID'],
      async handle({ query }) {
        const limit = limitOf(query)
        const found = await service.passports(query.after, limit + 1)
        return pageAnswer('passports', found.map(listed), limit, ({ id }) => id)
      },
    },
    {
      method: 'get',
      path: '/passports/{id}',
      id: 'getPassport',
      summary: 'Get a passport',
      description:
        'The credential as it was issued; with Accept: application/vp the presentation with its whole chain.',
      access: 'public',
      params: [PASSPORT_ID],
      answers: [
        {
          status: 200,
          description: 'The passport',
          mediaTypes: [VC_TYPE, VC_JWT, VP_TYPE],
          schema: 'BatteryPassport',
        },
        { status: 304, description: 'You have it' },
      ],
      problems: ['PASSPORT_UNKNOWN', 'NOT_ACCEPTABLE'],
      async handle(call) {
        const id = call.params.id ?? ''
        const { text, digestMultibase: digest } = await service.passport(id)
        if (wantsPresentation(call)) return presentation(id, call, service)
        const headers = { 'Cache-Control': 'public, max-age=86400, immutable', Vary: 'Accept' }
        const mediaType = credentialType(call, text)
        return conditional(call, digest, { status: 200, headers, mediaType, body: text })
      },
    },
    {
      method: 'get',
      path: '/passports/{id}/presentation',
      id: 'getPresentation',
      summary: 'Get a passport with its whole chain',
      description:
        'A VerifiablePresentation: the passport, every attestation, accreditation and identity it rests on, and the freshest status lists. It verifies offline while the lists are fresh.',
      access: 'public',
      params: [PASSPORT_ID],
      answers: [
        {
          status: 200,
          description: 'The presentation',
          mediaTypes: [VP_TYPE],
          schema: 'Presentation',
        },
        { status: 304, description: 'You have it' },
      ],
      problems: ['PASSPORT_UNKNOWN', 'NOT_ACCEPTABLE', 'PRESENTATION_REFUSED'],
      handle: (call) => presentation(call.params.id ?? '', call, service),
    },
  ]
}

async function presentation(id: string, call: Call, service: PassportService): Promise<Answer> {
  const mediaType = negotiate(call, VP_TYPE)
  const body = await service.presentation(id)
  // The lists in it change, so a cache must ask each time.
  const headers = { 'Cache-Control': 'public, no-cache', Vary: 'Accept' }
  return conditional(call, digestMultibase(body), { status: 200, headers, mediaType, body })
}

/** Whoever names the media type of a presentation, and prefers it, gets one. */
function wantsPresentation(call: Call): boolean {
  return call.accepts([VC_TYPE, VC_JWT, VP_TYPE]) === VP_TYPE
}

function idempotencyKey({ header }: Call): string {
  const key = header(IDEMPOTENCY_KEY.name)
  if (key === undefined || key === '') {
    throw new HttpError('IDEMPOTENCY_KEY_MISSING', IDEMPOTENCY_KEY.description)
  }
  if (new RegExp(IDEMPOTENCY_KEY.pattern).test(key)) return key
  throw new HttpError(
    'IDEMPOTENCY_KEY_INVALID',
    'Idempotency-Key: expected 8 to 128 printable ASCII characters without spaces.',
  )
}

function listed({ id, record, status }: ListedPassport) {
  const { credential, digestMultibase: digest, battery, granularity, issuedAt } = record
  return { id, credential, digestMultibase: digest, battery, granularity, issuedAt, status }
}

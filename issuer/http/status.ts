import { IssuanceError } from '../errors.ts'
import * as generated from '../generated/typed-validators.ts'
import type { PassportService } from '../service/passport-service.ts'
import { conditional } from './conditional.ts'
import { credentialType, VC_JWT, VC_TYPE } from './media-types.ts'
import { JSON_TYPE, jsonAnswer, type Operation } from './operation.ts'
import { PASSPORT_ID } from './passports.ts'
import { HttpError } from './problems.ts'
import { readBody } from './request-body.ts'

/** Revoking, suspending and reinstating, and the notice that says why. */
export function statusOperations(service: PassportService): readonly Operation[] {
  return [
    {
      method: 'post',
      path: '/passports/{id}/status',
      id: 'changeStatus',
      summary: 'Revoke, suspend or reinstate a passport',
      description:
        'Sets the bits of the passport and signs the lists anew, in one step. A revocation is final. The reason stays with this service; the notice is signed, named in the list and published: without one, a revocation is from the beginning.',
      access: 'token',
      params: [PASSPORT_ID],
      body: { mediaTypes: [JSON_TYPE], limit: 16_384, schema: 'StatusChange' },
      answers: [
        {
          status: 200,
          description: 'The status it has now',
          mediaTypes: [JSON_TYPE],
          schema: 'Status',
        },
      ],
      problems: [
        'REQUEST_INVALID',
        'PASSPORT_UNKNOWN',
        'STATUS_FINAL',
        'NOTICES_FULL',
        'NOTICE_REFUSED',
      ],
      async handle({ params, body }) {
        const change = readBody(body, generated.StatusChange)
        if (change.status === 'active' && change.notice !== undefined) throw nothingToSay()
        const id = params.id ?? ''
        const changed = await inRequestTerms(() => service.changeStatus(id, change))
        const { status, reason, changedAt, notice } = changed
        const said = notice === undefined ? {} : { notice: notice.id }
        return jsonAnswer(200, { id, status, reason, changedAt, ...said })
      },
    },
    {
      method: 'get',
      path: '/passports/{id}/notice',
      id: 'getNotice',
      summary: 'Get the withdrawal notice of a passport',
      description:
        'Why, and since when, the passport is revoked or suspended: the WithdrawalNotice that the status list names for it.',
      access: 'public',
      params: [PASSPORT_ID],
      answers: [
        {
          status: 200,
          description: 'The notice',
          mediaTypes: [VC_TYPE, VC_JWT],
          schema: 'WithdrawalNotice',
        },
        { status: 304, description: 'You have it' },
      ],
      problems: ['PASSPORT_UNKNOWN', 'NOTICE_UNKNOWN', 'NOT_ACCEPTABLE'],
      async handle(call) {
        const { text, digestMultibase } = await service.notice(call.params.id ?? '')
        const headers = { 'Cache-Control': 'public, no-cache', Vary: 'Accept' }
        const mediaType = credentialType(call, text)
        return conditional(call, digestMultibase, { status: 200, headers, mediaType, body: text })
      },
    },
  ]
}

/** A notice says why something is withdrawn. */
function nothingToSay(): HttpError {
  return new HttpError('REQUEST_INVALID', 'What is not withdrawn has no notice.', {
    faults: [
      {
        pointer: '/notice',
        expected: 'no notice beside the status active',
        found: 'a notice',
        remedy: 'Leave it out.',
      },
    ],
  })
}

/** A fault of the notice, at the place in the request it comes from. */
async function inRequestTerms<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change()
  } catch (error) {
    if (!(error instanceof IssuanceError)) throw error
    const [first, ...others] = error.faults
    const asRequested = ({ pointer, ...fault }: typeof first) => ({
      ...fault,
      pointer: pointer.replace(/^\/credentialSubject/, '/notice'),
    })
    throw new IssuanceError(error.code, [asRequested(first), ...others.map(asRequested)])
  }
}

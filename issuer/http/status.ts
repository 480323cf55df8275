import * as generated from '../generated/typed-validators.ts'
import type { PassportService } from '../service/passport-service.ts'
import { JSON_TYPE, jsonAnswer, type Operation } from './operation.ts'
import { PASSPORT_ID } from './passports.ts'
import { readBody } from './request-body.ts'

/** Revoking, suspending and reinstating. */
export function statusOperations(service: PassportService): readonly Operation[] {
  return [
    {
      method: 'post',
      path: '/passports/{id}/status',
      id: 'changeStatus',
      summary: 'Revoke, suspend or reinstate a passport',
      description:
        'Sets the bits of the passport and signs the lists anew, in one step. A revocation is final. The reason stays with this service.',
      access: 'token',
      params: [PASSPORT_ID],
      body: { mediaTypes: [JSON_TYPE], limit: 4096, schema: 'StatusChange' },
      answers: [
        {
          status: 200,
          description: 'The status it has now',
          mediaTypes: [JSON_TYPE],
          schema: 'Status',
        },
      ],
      problems: ['REQUEST_INVALID', 'PASSPORT_UNKNOWN', 'STATUS_FINAL'],
      async handle({ params, body }) {
        const change = readBody(body, generated.StatusChange)
        const id = params.id ?? ''
        const { status, reason, changedAt } = await service.changeStatus(id, change)
        return jsonAnswer(200, { id, status, reason, changedAt })
      },
    },
  ]
}

import { parseInstant } from '@battery-passport/contexts'
import type { Clock } from '@battery-passport/verifier'
import { LIST_NAME } from '../service/list-name.ts'
import type { PassportService } from '../service/passport-service.ts'
import { conditional } from './conditional.ts'
import { credentialType, VC_JWT, VC_TYPE, VP_TYPE } from './media-types.ts'
import { JSON_TYPE, jsonAnswer, type Operation } from './operation.ts'
import { HttpError } from './problems.ts'
import { strictJson } from './request-body.ts'

/** A reader asks again after at most this long: the time a withdrawal takes to be seen. */
const MAXIMUM_CACHE_SECONDS = 60

/** Room for a list and 256 notices. */
const PUBLICATION_BYTES = 1024 * 1024

/** Publishing our own status lists, and taking those of others. */
export function statusListOperations(service: PassportService, clock: Clock): readonly Operation[] {
  return [
    {
      method: 'post',
      path: '/status-lists',
      id: 'replaceStatusList',
      summary: 'Replace a status list by a newer edition',
      description:
        'Takes one BitstringStatusListCredential of an issuer whose credentials are stored, alone or first in a presentation with the withdrawal notices it names. An edition that was not signed later than the one at hand is refused.',
      access: 'token',
      body: {
        mediaTypes: [VC_TYPE, VP_TYPE, JSON_TYPE, VC_JWT],
        limit: PUBLICATION_BYTES,
        schema: 'PublishedList',
      },
      answers: [
        { status: 200, description: 'Stored', mediaTypes: [JSON_TYPE], schema: 'ReplacedList' },
      ],
      problems: ['LIST_REFUSED', 'LIST_UNKNOWN', 'LIST_NOT_NEWER'],
      async handle({ body, header }) {
        if (!(header('content-type') ?? '').startsWith(VC_JWT)) strictJson(body)
        const { list, findings } = await service.acceptList(body)
        const { id, issuer, digestMultibase: digest } = list
        return jsonAnswer(200, { id, issuer, digestMultibase: digest, findings })
      },
    },
    {
      method: 'get',
      path: '/status-lists/{id}',
      id: 'getStatusList',
      summary: 'Get a status list of this issuer',
      description:
        'The newest edition as a BitstringStatusListCredential (Bitstring Status List 1.0), signed anew before it grows old.',
      access: 'public',
      params: [
        {
          name: 'id',
          description: 'The last part of statusListCredential.',
          pattern: LIST_NAME,
        },
      ],
      answers: [
        {
          status: 200,
          description: 'The list',
          mediaTypes: [VC_TYPE, VC_JWT],
          schema: 'BitstringStatusListCredential',
          headers: {
            ETag: 'The digest of the edition',
            'Cache-Control': 'How long it may be kept',
          },
        },
        { status: 304, description: 'You have the newest edition' },
      ],
      problems: ['NOT_ACCEPTABLE'],
      async handle(call) {
        const list = await service.ownList(call.params.id ?? '')
        if (list === null) throw new HttpError('NOT_FOUND', 'There is no list of this number yet.')
        const mediaType = credentialType(call, list.text)
        const left = (parseInstant(list.validUntil) ?? 0) - clock.now()
        const keep = Math.max(0, Math.min(MAXIMUM_CACHE_SECONDS, left))
        const headers = { 'Cache-Control': `public, max-age=${keep}`, Vary: 'Accept' }
        return conditional(call, list.digestMultibase, {
          status: 200,
          headers,
          mediaType,
          body: list.text,
        })
      },
    },
  ]
}

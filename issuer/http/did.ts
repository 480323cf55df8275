import { didDocument } from '@battery-passport/keys'
import type { PassportService } from '../service/passport-service.ts'
import { negotiate } from './media-types.ts'
import type { Operation } from './operation.ts'

const DID_TYPE = 'application/did+ld+json'

/** Who issues here. */
export function didOperations(service: PassportService): readonly Operation[] {
  return [
    {
      method: 'get',
      path: '/did',
      id: 'getDidDocument',
      summary: 'Get the DID document of the issuer',
      description:
        'The document that its did:key resolves to, or that its did:web publishes (DID Core §6.3).',
      access: 'public',
      answers: [
        { status: 200, description: 'The document', mediaTypes: [DID_TYPE], schema: 'DidDocument' },
      ],
      problems: ['NOT_ACCEPTABLE'],
      async handle(call) {
        const { did, verificationMethod, publicKey } = service.signer
        return {
          status: 200,
          headers: { 'Cache-Control': 'public, max-age=3600' },
          mediaType: negotiate(call, DID_TYPE),
          body: JSON.stringify(didDocument(publicKey, { did, url: verificationMethod })),
        }
      },
    },
  ]
}

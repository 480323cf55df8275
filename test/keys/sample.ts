import { CONTEXTS } from '@battery-passport/contexts'
import type { Signer } from '@battery-passport/keys'

export const CREATED = '2026-11-23T12:00:00Z'

/** An unsecured identity of a fictional company, issued by the signer. */
export function sampleCredential(signer: Signer) {
  return {
    '@context': CONTEXTS,
    id: 'urn:uuid:5c1a5b63-8f0e-4a7e-9a59-0d1f6f2f3a10',
    type: ['VerifiableCredential', 'RegisteredIdentity'] as const,
    issuer: signer.did,
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2028-01-01T00:00:00Z',
    credentialSubject: {
      id: 'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp',
      type: 'RegisteredOrganization',
      legalName: 'Kuusamo Nickel Refining Oy (fictional) – Ünïcödé',
      roles: ['operator', 'manufacturer'],
    },
    credentialStatus: [
      {
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '94567',
        statusListCredential: 'https://registrar.example/status/1',
      },
      {
        type: 'BitstringStatusListEntry',
        statusPurpose: 'suspension',
        statusListIndex: '94567',
        statusListCredential: 'https://registrar.example/status/2',
      },
    ],
  }
}

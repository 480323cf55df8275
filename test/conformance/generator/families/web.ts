import type { Signer } from '@battery-passport/keys'
import { seededSigner } from '../../../support/consortium.ts'
import { type Plan, present } from '../chain.ts'
import { namedSigner } from '../keys.ts'
import type { Family, Studio } from '../studio.ts'

const DID = 'did:web:packmaker.example'

/** A manufacturer whose DID does not say its key: the policy pins its document. */
export const web: Family = async (studio, { accepted, rejected, open }) => {
  const key = seededSigner('the key of a domain')
  const other = seededSigner('another key of the domain')
  const signer = namedSigner(key, DID, `${DID}#key-1`)
  const lists = namedSigner(other, DID, `${DID}#key-2`)
  const input = present(await studio.chain(issuedBy(studio, signer, lists)))
  const method = (fragment: string, { publicKey }: Signer, members: object = {}) => ({
    id: `${DID}#${fragment}`,
    type: 'Multikey',
    controller: DID,
    publicKeyMultibase: publicKey.multibase,
    ...members,
  })
  const document = (
    members: object = {},
    asserting: readonly string[] = ['key-1', 'key-2'],
    id: string = DID,
  ) => ({
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    verificationMethod: [method('key-1', key, members), method('key-2', other)],
    assertionMethod: asserting.map((fragment) => `${DID}#${fragment}`),
    authentication: [`${DID}#key-1`],
  })
  const pinned = (...documents: readonly object[]) =>
    studio.sent(input, {
      policy: { didDocuments: documents.map((each) => ({ did: DID, ...each })) },
    })

  await accepted(
    'pinned',
    'The policy pins the document of a did:web.',
    pinned({ document: document() }),
  )
  await open(
    'not-pinned',
    'DID_UNRESOLVED',
    'Nobody pinned the document, and nobody is asked.',
    studio.sent(input),
  )
  await rejected(
    'key-revoked',
    'KEY_REVOKED',
    'The document says that the key was revoked before it signed.',
    pinned({ document: document({ revoked: '2026-09-20T11:59:59Z' }) }),
  )
  await rejected(
    'key-expired',
    'KEY_REVOKED',
    'The document says that the key had expired when it signed.',
    pinned({ document: document({ expires: '2026-09-01T00:00:00Z' }) }),
  )
  await open(
    'key-revoked-since',
    'TIME_UNPROVEN',
    'The key was revoked since: who holds it could date a passport back.',
    pinned({ document: document({ revoked: '2026-09-25T00:00:00Z' }) }),
  )
  await rejected(
    'key-for-logins-alone',
    'KEY_NOT_AUTHORISED',
    'The key stands under authentication, and not under assertionMethod.',
    pinned({ document: document({}, ['key-2']) }),
  )
  await rejected(
    'key-of-another-controller',
    'KEY_NOT_AUTHORISED',
    'The key is controlled by somebody else.',
    pinned({ document: document({ controller: 'did:web:attacker.example' }) }),
  )
  await rejected(
    'key-not-in-the-document',
    'KEY_NOT_AUTHORISED',
    'The document lists a key of another name.',
    pinned({ document: document({ id: `${DID}#key-3` }, ['key-3', 'key-2']) }),
  )
  await rejected(
    'key-exchanged',
    'PROOF_INVALID',
    'The document lists another key under the name of the proof.',
    pinned({
      document: document({ publicKeyMultibase: seededSigner('a stranger').publicKey.multibase }),
    }),
  )
}

/** A passport by another name and key of the manufacturer; another key signs its lists. */
function issuedBy({ consortium }: Studio, signer: Signer, lists: Signer): Plan {
  const { packMaker } = consortium.parties
  const { did } = signer
  const key = {
    thumbprint: signer.publicKey.thumbprint,
    from: '2025-01-01T00:00:00Z',
    until: '2028-12-31T23:59:59Z',
  }
  return {
    identity: (party) => (party === packMaker ? { subject: { id: did, keys: [key] } } : {}),
    attestation: { subject: { operator: did } },
    passport: { credential: { issuer: did }, subject: { manufacturer: did }, signer },
    list: (issuer) => (issuer === packMaker ? { credential: { issuer: did }, signer: lists } : {}),
  }
}

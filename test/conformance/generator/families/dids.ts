import { ECDH } from 'node:crypto'
import type { Signer } from '@battery-passport/keys'
import { seededSigner } from '../../../support/consortium.ts'
import type { Plan } from '../chain.ts'
import { put, update } from '../edit.ts'
import { didOfBytes, namedSigner, rawKeyOf } from '../keys.ts'
import { type Family, PASSPORT, type Studio } from '../studio.ts'

const METHOD = `${PASSPORT}/proof/verificationMethod`

/** Names of issuers. A key has one. */
export const dids: Family = async (studio, { accepted, rejected, open }) => {
  const { send, tampered } = studio
  const signer = seededSigner('a manufacturer of many names')
  const raw = rawKeyOf(signer)
  const p256 = seededSigner('a manufacturer with P-256', 'P-256')

  await accepted(
    'canonical',
    'The issuer is a did:key in its one canonical form.',
    send(issuedBy(studio, signer)),
  )
  const aliases: readonly [string, string, string][] = [
    [
      'longer-varint',
      'The header of the key written longer: a second name that no list of distrust has.',
      didOfBytes(0xed, 0x81, 0x00, ...raw),
    ],
  ]
  for (const [name, why, did] of aliases) {
    await rejected(name, 'DID_NOT_CANONICAL', why, send(issuedBy(studio, signer, did)))
  }
  const { x, y } = coordinatesOf(p256)
  for (const [name, did] of [
    ['p-256-uncompressed', didOfBytes(0x80, 0x24, 4, ...x, ...y)],
    ['p-256-raw-coordinates', didOfBytes(0x80, 0x24, ...x, ...y)],
  ] as const) {
    await rejected(
      name,
      'DID_NOT_CANONICAL',
      'A point with both coordinates: another name of the same key.',
      send(issuedBy(studio, p256, did)),
    )
  }
  const unreadable: readonly [string, string, string][] = [
    [
      'too-short',
      'A did:key of an Ed25519 key of 31 bytes.',
      didOfBytes(0xed, 0x01, ...raw.slice(1)),
    ],
    ['x25519', 'A did:key of a key for encryption (X25519).', didOfBytes(0xec, 0x01, ...raw)],
    [
      'p-256-off-the-curve',
      'A did:key of P-256 that is no point of the curve.',
      didOfBytes(0x80, 0x24, 2, ...new Array<number>(32).fill(0xff)),
    ],
  ]
  for (const [name, why, did] of unreadable) {
    await open(name, 'DID_UNRESOLVED', why, send(issuedBy(studio, signer, did)))
  }

  const other = (did: string) =>
    send(
      {
        passport: {
          credential: { issuer: did },
          subject: { manufacturer: did },
          signer: namedSigner(signer, did, `${did}#key-1`),
        },
      },
      { policy: { passportIssuers: [did] } },
    )
  await open(
    'method-web',
    'DID_UNRESOLVED',
    'Nobody is asked: a document of did:web that is not at hand leaves open.',
    other('did:web:packmaker.example'),
  )
  for (const [name, did] of [
    ['method-constructor', 'did:constructor:x'],
    ['method-unknown', 'did:example:packmaker'],
  ] as const) {
    const why = 'A DID of a method that is not at hand leaves open, and no packet is sent.'
    await open(name, 'DID_UNRESOLVED', why, other(did))
  }
  for (const [name, did] of [
    ['web-loopback', 'did:web:127.0.0.1%3A8080'],
    ['web-metadata', 'did:web:169.254.169.254'],
    ['web-capitals', 'did:web:PackMaker.example'],
  ] as const) {
    const why = 'A did:web of an address, a user, or a domain in capitals: no packet is sent.'
    await rejected(name, 'DID_NOT_CANONICAL', why, other(did))
  }

  const forms: readonly [string, string][] = [
    ['with-path', '/passports'],
    ['too-long', 'z'.repeat(300)],
  ]
  for (const [name, suffix] of forms) {
    await rejected(
      `issuer-${name}`,
      'SCHEMA',
      'An issuer is a DID and nothing besides.',
      tampered(update(`${PASSPORT}/issuer`, (did) => `${did}${suffix}`)),
    )
  }
  const long = `did:key:z6Mk${'1'.repeat(200)}`
  await rejected(
    'key-of-two-hundred-letters',
    'KEY_NOT_AUTHORISED',
    'Decoding base58 takes time quadratic in its length: no such did:key is read.',
    tampered(put(`${PASSPORT}/issuer`, long), put(METHOD, `${long}#${long.slice(8)}`)),
  )
}

/** A passport whose issuer is called by another name of the same key. */
function issuedBy(studio: Studio, signer: Signer, did: string = signer.did): Plan {
  const { packMaker } = studio.consortium.parties
  const named = did === signer.did ? signer : namedSigner(signer, did)
  const key = {
    thumbprint: signer.publicKey.thumbprint,
    from: '2025-01-01T00:00:00Z',
    until: '2028-12-31T23:59:59Z',
  }
  const form = signer.algorithm === 'P-256' ? 'ecdsa-rdfc-2019' : 'eddsa-jcs-2022'
  return {
    identity: (party) => (party === packMaker ? { subject: { id: did, keys: [key] } } : {}),
    attestation: { subject: { operator: did } },
    passport: { credential: { issuer: did }, subject: { manufacturer: did }, signer: named, form },
    list: (issuer) =>
      issuer === packMaker ? { credential: { issuer: did }, signer: named, form } : {},
  }
}

function coordinatesOf(signer: Signer): { readonly x: Buffer; readonly y: Buffer } {
  const point = Buffer.from(
    ECDH.convertKey(rawKeyOf(signer), 'prime256v1', undefined, undefined, 'uncompressed'),
  )
  return { x: point.subarray(1, 33), y: point.subarray(33) }
}

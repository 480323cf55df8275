import type { Signer } from '@battery-passport/keys'
import { seededSigner } from '../../../support/consortium.ts'
import { merged, type Plan } from '../chain.ts'
import { identitySigner, rareSigner, rawKeyOf, rawThumbprint } from '../keys.ts'
import type { Family, Studio } from '../studio.ts'

/** Keys that may sign, and keys for which anybody can. */
export const keys: Family = async (studio, collect) => {
  await weak(studio, collect)
  await covered(studio, collect)
}

/** Points of small order (and one that is none) in the encodings RFC 8032 decodes. */
const SMALL_ORDER: readonly [string, string][] = [
  ['order-1', '0100000000000000000000000000000000000000000000000000000000000000'],
  ['order-2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['order-4', '0000000000000000000000000000000000000000000000000000000000000000'],
  ['order-8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
]
const NOT_CANONICAL: readonly [string, string][] = [
  ['order-1-not-canonical', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['beyond-the-field', 'f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
]

const weak: Family = async (studio, { accepted, rejected }) => {
  const strong = seededSigner('another manufacturer')
  await accepted(
    'another-manufacturer',
    'Another manufacturer, with a key of its own.',
    studio.send(madeBy(studio, strong, strong.publicKey.thumbprint)),
  )
  for (const [name, hex] of [...SMALL_ORDER, ...NOT_CANONICAL]) {
    const raw = Buffer.from(hex, 'hex')
    await rejected(
      name,
      'KEY_WEAK',
      'Nobody holds a secret for this key: one signature fits many messages, or a second name fits.',
      studio.send(madeBy(studio, identitySigner(raw), rawThumbprint(raw))),
    )
  }
}

/** A passport of another manufacturer, registered with another key. */
function madeBy({ consortium }: Studio, signer: Signer, thumbprint: string): Plan {
  const { packMaker } = consortium.parties
  const { did } = signer
  const key = {
    thumbprint,
    from: '2025-01-01T00:00:00Z',
    until: '2028-12-31T23:59:59Z',
  }
  return {
    identity: (party) => (party === packMaker ? { subject: { id: did, keys: [key] } } : {}),
    attestation: { subject: { operator: did } },
    passport: { credential: { issuer: did }, subject: { manufacturer: did }, signer },
    list: (issuer) => (issuer === packMaker ? { credential: { issuer: did }, signer } : {}),
  }
}

const covered: Family = async (studio, { accepted, rejected, open }) => {
  const { consortium, send } = studio
  const { packMaker, climateBody, cellMaker } = consortium.parties
  const p256 = rareSigner('P-256', (signer) => startsWithZero(signer))
  const form = 'ecdsa-rdfc-2019'
  const plan = madeBy(studio, p256, p256.publicKey.thumbprint)
  await accepted(
    'p-256-leading-zero',
    'A P-256 key one of whose coordinates begins with zero: 1 in 128.',
    send({
      ...plan,
      passport: merged(plan.passport ?? {}, { form }),
      list: (issuer) =>
        issuer === packMaker ? { credential: { issuer: p256.did }, signer: p256, form } : {},
    }),
  )
  const keyOf = (from: string, until: string, party = packMaker) => ({
    thumbprint: party.signer.publicKey.thumbprint,
    from,
    until,
  })
  const identity = (...covering: object[]): Plan => ({
    identity: (party) => (party === packMaker ? { subject: { keys: covering } } : {}),
  })
  const accreditation = (...covering: object[]): Plan => ({
    accreditation: (body) => (body === climateBody ? { subject: { keys: covering } } : {}),
  })
  const ever = ['2025-01-01T00:00:00Z', '2028-12-31T23:59:59Z'] as const
  await rejected(
    'manufacturer-key-not-listed',
    'ISSUER_NOT_AUTHORISED',
    'The register knows the company by another key.',
    send(identity(keyOf(...ever, cellMaker))),
  )
  await rejected(
    'manufacturer-key-listed-later',
    'ISSUER_NOT_AUTHORISED',
    'The register listed the key a second after the passport was signed.',
    send(identity(keyOf('2026-09-20T12:00:01Z', ever[1]))),
  )
  await rejected(
    'manufacturer-key-listed-earlier',
    'ISSUER_NOT_AUTHORISED',
    'The register had taken the key out a second before it signed.',
    send(identity(keyOf(ever[0], '2026-09-20T11:59:59Z'))),
  )
  await open(
    'manufacturer-key-ended-since',
    'TIME_UNPROVEN',
    'The register has taken the key out since: who holds it could date a passport back.',
    send(identity(keyOf(ever[0], '2026-09-25T00:00:00Z'))),
    ['ENDED_SINCE'],
  )

  await accepted(
    'key-listed-to-the-second',
    'The bounds of a listing are inside: keys from and until the very second of the signature.',
    send({
      ...identity(keyOf(ever[0], '2026-09-20T12:00:00Z'), keyOf('2026-09-20T12:00:00Z', ever[1])),
      ...accreditation(keyOf('2026-03-16T09:00:00Z', ever[1], climateBody)),
    }),
  )
  const unauthorised: readonly [string, string, object[]][] = [
    ['body-key-not-listed', 'The accreditation lists another key.', [keyOf(...ever, cellMaker)]],
  ]
  for (const [name, why, covering] of unauthorised) {
    await rejected(name, 'KEY_NOT_AUTHORISED', why, send(accreditation(...covering)))
  }
  await rejected(
    'body-key-listed-later',
    'KEY_NOT_AUTHORISED',
    'The body was accredited with this key a second after it signed.',
    send(accreditation(keyOf('2026-03-16T09:00:01Z', ever[1], climateBody))),
  )
  await rejected(
    'body-key-listed-earlier',
    'KEY_NOT_AUTHORISED',
    'The body had lost the key a second before it signed.',
    send(accreditation(keyOf(ever[0], '2026-03-16T08:59:59Z', climateBody))),
  )
  await open(
    'body-key-ended-since',
    'TIME_UNPROVEN',
    'The body has lost the key since: who holds it could date attestations back.',
    send(accreditation(keyOf(ever[0], '2026-06-01T00:00:00Z', climateBody))),
    ['ENDED_SINCE'],
  )
}

function startsWithZero(signer: Signer): boolean {
  return rawKeyOf(signer)[1] === 0
}

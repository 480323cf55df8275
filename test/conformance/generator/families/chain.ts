import {
  type AttestationSpec,
  type Change,
  type Consortium,
  type Party,
  type Signed,
  seededSigner,
} from '../../../support/consortium.ts'
import { inSubject } from '../battery.ts'
import { accreditationOf, by, type Chain, listsOf, packSpec, present } from '../chain.ts'
import { put } from '../edit.ts'
import { type Family, PASSPORT, type Studio } from '../studio.ts'

const SUBJECT = `${PASSPORT}/credentialSubject`

/** Every reference is followed, and finds exactly the bytes it was made for. */
export const chain: Family = async (studio, collect) => {
  await references(studio, collect)
  await editions(studio, collect)
  await depth(studio, collect)
}

const references: Family = async (studio, { accepted, rejected, open }) => {
  const { chain: chainOf, sent, send, tampered } = studio
  const whole = await chainOf()
  const without = (parts: Partial<Chain>) => sent(present({ ...whole, ...parts }))
  const [attestation] = whole.attestations
  if (attestation === undefined) throw new TypeError('no attestation')

  await accepted('beside', 'The passport alone, with its chain in a folder.', {
    ...sent(whole.passport.bytes),
    with: Object.fromEntries(
      [...whole.attestations, ...whole.accreditations, ...whole.identities, ...whole.lists].map(
        ({ bytes }, index) => [`${index}.json`, bytes],
      ),
    ),
  })
  await open(
    'alone',
    ['REFERENCE_MISSING', 'STATUS_UNREACHABLE'],
    'A bare passport, without what it rests on, is never accepted.',
    sent(whole.passport.bytes),
  )
  await open(
    'attestation-missing',
    'REFERENCE_MISSING',
    'The attestation that the score rests on is not at hand.',
    without({ attestations: [] }),
  )
  await open(
    'accreditation-missing',
    'REFERENCE_MISSING',
    'The accreditation is not at hand, so nobody can say who accredited the body.',
    without({ accreditations: [] }),
  )
  await open(
    'identities-missing',
    'REFERENCE_MISSING',
    'No identity is at hand, so nobody can say whose key it is.',
    without({ identities: [] }),
    ['INDEPENDENCE_UNPROVEN'],
  )
  await rejected(
    'reference-to-another-type',
    'SCHEMA',
    'The passport names the accreditation as if it were an attestation.',
    send({
      passport: {
        subject: {
          attestations: [{ ...whole.accreditations[0]?.reference, type: 'RulebookAttestation' }],
        },
      },
    }),
  )
  await rejected(
    'digest-of-another',
    'DIGEST_MISMATCH',
    'The issuer signed the right name with the digest of something else.',
    send({
      passport: {
        subject: {
          attestations: [
            {
              ...attestation.reference,
              digestMultibase: whole.accreditations[0]?.reference.digestMultibase,
            },
          ],
        },
      },
    }),
  )
  await rejected(
    'reference-changed',
    ['PROOF_INVALID', 'REFERENCE_MISSING'],
    'The reference was changed in a signed passport.',
    tampered(put(`${SUBJECT}/attestations/0/id`, 'https://climatebody.example/attestations/1')),
  )
  await rejected(
    'named-twice',
    'ATTESTATION_CONFLICT',
    'One attestation is named twice: the second mention would hide what it is for.',
    send({
      passport: { subject: { attestations: [attestation.reference, attestation.reference] } },
    }),
  )
}

const editions: Family = async ({ chain: chainOf, sent }, { accepted, rejected }) => {
  const whole = await chainOf()
  const better = await chainOf({
    attestation: { credential: { name: 'Another edition' } },
  })
  const worse = await chainOf({
    attestation: {
      subject: { engagement: { ...engagement(whole), conclusion: 'adverse' } },
    },
  })

  await accepted(
    'two-editions',
    'Two attestations of one name: the passport says by its digest which it rests on.',
    sent(present({ ...whole, rest: better.attestations })),
  )
  await rejected(
    'exchanged',
    'DIGEST_MISMATCH',
    'A genuine attestation of the same name in the place of the one it rests on.',
    sent(present({ ...worse, attestations: whole.attestations })),
  )
  await rejected(
    'exchanged-both-there',
    'CONCLUSION_NOT_ACCEPTED',
    'The passport rests on an adverse attestation; the better edition beside it changes nothing.',
    sent(present({ ...worse, rest: whole.attestations })),
  )
  const [accreditation] = (
    await chainOf({ accreditation: { subject: { registrationNumber: 'FICT-2' } } })
  ).accreditations
  await rejected(
    'accreditation-exchanged',
    'DIGEST_MISMATCH',
    'An accreditation of the same name stands in the place of the one it rests on.',
    sent(present({ ...whole, accreditations: accreditation === undefined ? [] : [accreditation] })),
  )
}

const depth: Family = async (studio, { accepted, rejected }) => {
  const { chain: chainOf, sent, consortium } = studio
  const { climateBody, accreditationBody } = consortium.parties
  const deep = (length: number) => deepChain(studio, length)

  await accepted(
    'eight-deep',
    'Eight accreditations from the body to the anchor.',
    sent(await deep(8)),
  )
  await rejected(
    'nine-deep',
    'CHAIN_DEPTH',
    'Nine are one too many: they are counted before any signature is checked.',
    sent(await deep(9)),
  )
  await rejected(
    'deeper-than-the-policy',
    'CHAIN_DEPTH',
    'Three accreditations to the anchor, where the policy allows two.',
    sent(await deep(3), { policy: { limits: { chainDepth: 2 } } }),
  )
  const whole = await chainOf({ delegated: true })
  const [own, above] = whole.accreditations
  if (own === undefined || above === undefined) throw new TypeError('no accreditations')
  const circle = async (upper: Signed<'VerifierAccreditation'>) => {
    const accreditation = await accreditationOf(consortium, climateBody, { above: upper })
    const attestations = await attestedOn(consortium, packSpec(consortium), accreditation)
    const passport = await consortium.passport({}, { attestations, supplyChain: rows(whole) })
    return sent(
      present({ ...whole, passport, attestations, accreditations: [accreditation, upper] }),
    )
  }
  await rejected(
    'in-a-circle',
    'CHAIN_CYCLE',
    'The upper of two accreditations rests on the lower.',
    circle(
      await accreditationOf(consortium, accreditationBody, {
        change: restingOn(own.reference),
      }),
    ),
  )
  await rejected(
    'on-itself',
    'CHAIN_CYCLE',
    'An accreditation rests on itself.',
    circle(
      await accreditationOf(consortium, accreditationBody, {
        change: restingOn(above.reference),
      }),
    ),
  )
}

/** An attestation under an accreditation whose chain to the scheme owner has a length. */
async function deepChain({ consortium, chain: chainOf }: Studio, length: number) {
  const { climateBody, accreditationBody, packMaker, schemeOwner } = consortium.parties
  const whole = await chainOf({ delegated: true })
  const delegators: Party[] = []
  const accreditations: Signed<'VerifierAccreditation'>[] = []
  for (let level = 1; level < length; level++) {
    const issuer = delegators.at(-1) ?? schemeOwner
    const above = accreditations.at(-1)
    const signer = seededSigner(`delegator ${level}`)
    const party: Party = {
      ...accreditationBody,
      key: `delegator-${level}`,
      lei: `FICTIONAL0000009${String(level).padStart(2, '0')}00`,
      ultimateParentLei: `FICTIONALGROUP09${String(level).padStart(2, '0')}00`,
      signer,
      did: signer.did,
    }
    accreditations.push(await accredit(consortium, party, issuer, above, true))
    delegators.push(party)
  }
  const last = delegators.at(-1) ?? schemeOwner
  const own = await accredit(consortium, climateBody, last, accreditations.at(-1), false)
  const attestations = await attestedOn(consortium, packSpec(consortium), own)
  const passport = await consortium.passport({}, { attestations, supplyChain: rows(whole) })
  const lists = await listsOf(consortium, [schemeOwner, ...delegators, climateBody, packMaker])
  return present({
    ...whole,
    passport,
    attestations,
    accreditations: [own, ...accreditations.reverse()],
    lists,
  })
}

function accredit(
  consortium: Consortium,
  body: Party,
  issuer: Party,
  above: Signed<'VerifierAccreditation'> | undefined,
  mayDelegate: boolean,
): Promise<Signed<'VerifierAccreditation'>> {
  const { accreditationBody, climateBody } = consortium.parties
  const { thumbprint } = body.signer.publicKey
  const subject = {
    id: body.did,
    lei: body.lei,
    ultimateParentLei: body.ultimateParentLei,
    keys: [{ thumbprint, from: '2025-01-01T00:00:00Z', until: '2028-12-31T23:59:59Z' }],
    mayDelegate,
    ...(above === undefined ? {} : { accreditedBy: above.reference }),
  }
  const change = by(consortium, issuer, `accreditations/${body.key}`, { subject })
  if (body === climateBody && above !== undefined) return consortium.accreditation(body, change)
  return consortium.accreditation(accreditationBody, change)
}

async function attestedOn(
  consortium: Consortium,
  spec: AttestationSpec,
  { reference }: Signed<'VerifierAccreditation'>,
) {
  return [await consortium.attestation(spec, { subject: { accreditation: reference } })]
}

function restingOn(accreditedBy: object): Change {
  return {
    alter: (credential) => inSubject(credential, (subject) => ({ ...subject, accreditedBy })),
  }
}

function rows({ passport }: Chain) {
  return passport.secured.credential.credentialSubject.supplyChain
}

function engagement({ attestations: [attestation] }: Chain): object {
  return Object(attestation?.secured.credential.credentialSubject.engagement)
}

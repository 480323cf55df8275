import { modelPassport } from '../battery.ts'
import { accreditationOf, merged, type Plan, present } from '../chain.ts'
import { schemeAnchor } from '../policy.ts'
import { AT, type Family } from '../studio.ts'

/** Which instant counts for what. Bounds are inside. */
export const time: Family = async (studio, collect) => {
  await passports(studio, collect)
  await attestations(studio, collect)
  await accreditations(studio, collect)
  await renewals(studio, collect)
}

/** When the honest passport is signed. */
const SIGNED = '2026-09-20T12:00:00Z'

const passports: Family = async ({ send }, { accepted, rejected }) => {
  const until = (validUntil: string, policy = {}) =>
    send({ passport: { credential: { validUntil } } }, { policy })
  const from = (validFrom: string) => send({ passport: { credential: { validFrom } } })

  await accepted('ends-now', 'The passport is valid to its last second.', until(AT))
  await rejected(
    'ended',
    'EXPIRED',
    'The passport ended before the instant it is judged at.',
    until('2026-09-30T23:58:59Z'),
  )
  await rejected(
    'ended-a-second-ago',
    'EXPIRED',
    'The passport ended a second ago, and the policy gives clocks no leeway.',
    until('2026-09-30T23:59:59Z', { clockSkewSeconds: 0 }),
  )
  await rejected(
    'ends-before-it-begins',
    'SCHEMA',
    'The passport ends before it begins.',
    until('2026-09-20T11:59:59Z'),
  )

  await accepted(
    'ended-within-the-skew',
    'Clocks differ: 60 seconds, unless the policy says less.',
    until('2026-09-30T23:59:00Z'),
  )
  await rejected(
    'begins-later',
    'NOT_YET_VALID',
    'The passport begins after the instant it is judged at.',
    from('2026-10-01T00:01:01Z'),
  )
  const early = (at: string) =>
    send({ list: { created: at, credential: { validFrom: at } } }, { at })
  await rejected(
    'signed-later',
    'PROOF_TIME',
    'The passport is judged at an instant before it was signed.',
    early('2026-09-20T11:58:59Z'),
  )
  await rejected(
    'signed-before-what-it-pins',
    ['NOT_YET_VALID', 'PROOF_TIME'],
    'The passport pins an attestation that was signed later than itself.',
    send({ passport: { created: '2026-03-15T12:00:00Z' } }),
  )

  await accepted('judged-at-the-signing', 'The first second it can be judged at.', early(SIGNED), [
    'HISTORICAL',
  ])
  await rejected(
    'dated-to-1990',
    ['ISSUER_NOT_AUTHORISED', 'NOT_YET_VALID', 'PROOF_TIME'],
    'The passport is dated to 1990, and everything it rests on is younger.',
    send({
      passport: {
        created: '1990-01-01T00:00:00Z',
        credential: { validFrom: '1990-01-01T00:00:00Z' },
      },
    }),
  )
  const identity = (credential: Readonly<Record<string, unknown>>) =>
    send({ identity: { credential } })
  await rejected(
    'identity-later',
    'ISSUER_NOT_AUTHORISED',
    'The identity was not yet in force when the passport was signed.',
    identity({ validFrom: '2026-09-20T12:00:01Z' }),
    ['CREDENTIAL_UNUSED'],
  )
  await rejected(
    'identity-ended',
    'ISSUER_NOT_AUTHORISED',
    'The identity was not in force when the passport was signed.',
    identity({ validUntil: '2026-09-20T11:59:59Z' }),
    ['CREDENTIAL_UNUSED'],
  )
}

const attestations: Family = async ({ send }, { accepted, rejected, open }) => {
  const attestation = (credential: Readonly<Record<string, unknown>>, plan: Plan = {}) => ({
    ...plan,
    attestation: { credential },
  })
  const ended = attestation({ validUntil: '2026-09-25T00:00:00Z' })

  await accepted(
    'attestation-begins-with-the-passport',
    'The passport was signed in the first second of the attestation.',
    send(attestation({ validFrom: SIGNED })),
  )
  await rejected(
    'attestation-begins-later',
    'NOT_YET_VALID',
    'The passport was signed a second before the attestation began.',
    send(attestation({ validFrom: '2026-09-20T12:00:01Z' })),
  )
  await rejected(
    'attestation-ended',
    'EXPIRED',
    'The passport was signed a second after the attestation ended.',
    send(attestation({ validUntil: '2026-09-20T11:59:59Z' })),
  )
  await open(
    'attestation-ended-since',
    'TIME_UNPROVEN',
    'That the passport was signed before is the word of its issuer.',
    send(ended),
    ['ENDED_SINCE'],
  )

  await accepted(
    'self-asserted',
    'The policy takes signing times on the word of the signers: on the last second, too.',
    send(attestation({ validUntil: SIGNED }), { policy: { acceptSelfAssertedTime: true } }),
    ['ENDED_SINCE', 'TIME_SELF_ASSERTED'],
  )
  await rejected(
    'self-asserted-too-late',
    'EXPIRED',
    'By its own word the passport was signed after the attestation had ended.',
    send(attestation({ validUntil: '2026-09-20T11:59:59Z' }), {
      policy: { acceptSelfAssertedTime: true },
    }),
    ['TIME_SELF_ASSERTED'],
  )
  await rejected(
    'not-current',
    'NOT_CURRENT',
    'What it rests on has ended, and the policy wants everything in force now.',
    send(ended, { policy: { requireCurrent: true } }),
  )
  await rejected(
    'model-not-current',
    'NOT_CURRENT',
    'Batteries of a model are made now: its passport rests on what is in force.',
    send({ ...ended, passport: modelPassport() }, { policy: { acceptSelfAssertedTime: true } }),
  )
}

const accreditations: Family = async ({ consortium, send }, { accepted, rejected, open }) => {
  const accredited = (credential: Readonly<Record<string, unknown>>, policy = {}) =>
    send({ accreditation: { credential } }, { policy })
  const trusting = { acceptSelfAssertedTime: true }
  const anchor = (bounds: object) => ({ anchors: [{ ...schemeAnchor(consortium), ...bounds }] })

  await accepted(
    'accredited-on-the-day',
    'The statement is dated on the last day before: a day counts if any second of it does.',
    accredited({ validFrom: '2026-03-15T23:59:59Z' }),
  )
  await rejected(
    'stated-before-accredited',
    'ACCREDITATION_TIME',
    'The statement is dated a day before the accreditation began.',
    accredited({ validFrom: '2026-03-16T00:00:00Z' }),
  )
  await rejected(
    'signed-before-accredited',
    'ACCREDITATION_TIME',
    'The statement was dated and signed before the accreditation began.',
    accredited({ validFrom: '2026-03-16T09:00:01Z' }),
  )
  await rejected(
    'signed-after-accredited',
    'ACCREDITATION_TIME',
    'The statement was signed a second after the accreditation ended.',
    accredited({ validUntil: '2026-03-16T08:59:59Z' }),
  )
  await rejected(
    'stated-after-accredited',
    'ACCREDITATION_TIME',
    'The statement was dated and signed after the accreditation ended.',
    accredited({ validUntil: '2026-03-14T23:59:59Z' }),
  )

  await accepted(
    'signed-in-the-last-second',
    'The statement was signed in the last second of the accreditation, which the policy believes.',
    accredited({ validUntil: '2026-03-16T09:00:00Z' }, trusting),
    ['ENDED_SINCE', 'TIME_SELF_ASSERTED'],
  )
  await open(
    'accreditation-ended-since',
    'TIME_UNPROVEN',
    'A body whose accreditation ended could date a statement back.',
    accredited({ validUntil: '2026-06-01T00:00:00Z' }),
    ['ENDED_SINCE'],
  )
  await open(
    'anchor-ended-since',
    'TIME_UNPROVEN',
    'An anchor that ended could date accreditations back.',
    send({}, { policy: anchor({ validUntil: '2026-01-01T00:00:00Z' }) }),
    ['ENDED_SINCE'],
  )
  await rejected(
    'anchor-ended',
    ['ANCHOR_UNKNOWN', 'ISSUER_NOT_AUTHORISED'],
    'The anchor accredited and registered a second after it had ended.',
    send({}, { policy: anchor({ validUntil: '2025-01-01T07:59:59Z' }) }),
  )
}

const renewals: Family = async ({ consortium, chain, sent }, { accepted, rejected, open }) => {
  const { climateBody, schemeOwner } = consortium.parties
  const ended = await chain({
    accreditation: { credential: { validUntil: '2026-06-01T00:00:00Z' } },
  })
  const id = `https://schemeowner.example/accreditations/${climateBody.key}-2`
  const renewal = {
    credential: {
      id,
      validFrom: '2026-05-01T00:00:00Z',
      credentialStatus: consortium.board.entriesFor(schemeOwner, id),
    },
    created: '2026-05-01T08:00:00Z',
  }
  const renewedBy = async (change: object) =>
    sent(
      present({
        ...ended,
        rest: [await accreditationOf(consortium, climateBody, { change: merged(renewal, change) })],
      }),
    )
  const narrowed = { subject: { scope: narrowScope(ended.accreditations[0]?.secured.credential) } }

  await accepted(
    'renewed',
    'The accreditation ended and was renewed: the right to sign goes on.',
    renewedBy({}),
  )
  await open(
    'renewed-narrower',
    'TIME_UNPROVEN',
    'The accreditation ended, and its renewal is for something else.',
    renewedBy(narrowed),
  )
  await open(
    'renewed-with-another-key',
    'TIME_UNPROVEN',
    'The accreditation ended, and its renewal lists another key.',
    renewedBy({
      subject: {
        keys: [
          {
            thumbprint: consortium.parties.cellMaker.signer.publicKey.thumbprint,
            from: '2026-05-01T00:00:00Z',
            until: '2028-12-31T23:59:59Z',
          },
        ],
      },
    }),
  )
  await open(
    'renewed-by-nobody',
    'TIME_UNPROVEN',
    'The accreditation ended, and its renewal leads to no anchor.',
    renewedBy({
      credential: { issuer: consortium.parties.cellMaker.did },
      signer: consortium.parties.cellMaker.signer,
    }),
  )
  const revoked = await chain({
    withdrawn: {
      schemeOwner: { revoked: ['https://schemeowner.example/accreditations/climateBody'] },
    },
  })
  await rejected(
    'renewed-after-revocation',
    'REVOKED',
    'A renewal never cures an accreditation that was revoked.',
    sent(
      present({
        ...revoked,
        rest: [await accreditationOf(consortium, climateBody, { change: renewal })],
      }),
    ),
  )
}

function narrowScope(
  accreditation: { readonly credentialSubject: { readonly scope: readonly object[] } } | undefined,
) {
  return accreditation?.credentialSubject.scope.map((entry) => ({ ...entry, stages: ['mining'] }))
}

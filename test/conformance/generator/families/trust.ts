import { type Change, type Party, seededSigner } from '../../../support/consortium.ts'
import { accreditationOf, identityOf, type Plan, present, without } from '../chain.ts'
import { schemeAnchor } from '../policy.ts'
import { type Family, openStudio } from '../studio.ts'

/** Up to an anchor of the policy, and to no other. */
export const trust: Family = async (studio, collect) => {
  await anchors(studio, collect)
  await scope(studio, collect)
  await delegation(studio, collect)
  await issuers(studio, collect)
}

const anchors: Family = async (studio, { accepted, rejected }) => {
  const { send, sent, chain, consortium } = studio
  const { schemeOwner, registrar, cellMaker } = consortium.parties
  const anchor = schemeAnchor(consortium)
  const trusting = (...anchored: object[]) => send({}, { policy: { anchors: anchored } })

  await accepted(
    'two-anchors',
    'One anchor accredits, another registers.',
    trusting({ ...anchor, role: 'accreditation-body' }, { ...anchor, role: 'registrar' }),
  )
  await rejected(
    'anchor-of-another-role',
    'ANCHOR_UNKNOWN',
    'The anchor is a registrar, which accredits nobody.',
    trusting({ ...anchor, role: 'registrar' }),
  )
  await rejected(
    'registrar-of-another-role',
    'ISSUER_NOT_AUTHORISED',
    'The anchor is an accreditation body, which registers nobody.',
    trusting({ ...anchor, role: 'accreditation-body' }),
  )
  await rejected(
    'another-anchor',
    ['ANCHOR_UNKNOWN', 'ISSUER_NOT_AUTHORISED'],
    'The whole chain is sound, and the policy trusts somebody else.',
    trusting({ ...anchor, did: registrar.did }),
  )
  await rejected(
    'anchor-in-the-presentation',
    ['ANCHOR_UNKNOWN', 'ISSUER_NOT_AUTHORISED'],
    'Anchors never come from a presentation: an accreditation of the anchor makes it none.',
    sent(
      present({
        ...(await chain()),
        rest: [
          await accreditationOf(consortium, schemeOwner, {}),
          await identityOf(consortium, schemeOwner),
        ],
      }),
      { policy: { anchors: [{ ...anchor, did: registrar.did }] } },
    ),
  )
  const stranger = await openStudio('eddsa-jcs-2022', 'another consortium')
  await rejected(
    'another-scheme',
    ['ANCHOR_UNKNOWN', 'ISSUER_NOT_AUTHORISED'],
    'A whole consortium of one’s own making, sound in itself.',
    sent(stranger.honest),
  )
  await rejected(
    'accredited-by-itself',
    'NOT_INDEPENDENT',
    'Nobody accredits itself, not even an anchor.',
    send({
      accreditation: { subject: { id: schemeOwner.did, keys: coveredKeys(schemeOwner) } },
      attestation: {
        credential: {
          issuer: schemeOwner.did,
          credentialStatus: consortium.board.entriesFor(schemeOwner, 'an attestation'),
        },
        signer: schemeOwner.signer,
      },
    }),
  )
  await rejected(
    'accredited-by-a-supplier',
    'ANCHOR_UNKNOWN',
    'The accreditation is signed by a supplier.',
    send({ accreditation: { credential: { issuer: cellMaker.did }, signer: cellMaker.signer } }),
  )
  await rejected(
    'accreditation-of-another',
    'ISSUER_NOT_AUTHORISED',
    'The body rests on the accreditation of another.',
    send({ accreditation: { subject: { id: consortium.parties.socialBody.did } } }),
  )
}

const scope: Family = async ({ send, consortium }, { accepted, rejected }) => {
  const [entry] = Object(consortium.accreditations.get('climateBody')?.secured.credential)
    .credentialSubject.scope
  const scoped = (...entries: object[]) => send({ accreditation: { subject: { scope: entries } } })
  const another = consortium.pin(consortium.rulebook('small-labour'))

  await accepted(
    'scope-exactly',
    'Exactly what was attested, in one entry.',
    scoped({
      ...entry,
      assuranceLevels: ['reasonable'],
      stages: ['pack'],
      materials: ['none-needed'],
      countries: ['DE'],
    }),
  )
  const gaps: readonly [string, string, object][] = [
    ['rulebook', 'The body is accredited for another rulebook.', { rulebook: 'small-labour' }],
    [
      'edition',
      'The body is accredited for another edition of the rulebook.',
      { rulebookDigests: [another.digestMultibase] },
    ],
    [
      'level',
      'The body is accredited for another level of assurance.',
      { assuranceLevels: ['limited'] },
    ],
    [
      'engagement',
      'The body is accredited for another kind of engagement.',
      { engagementTypes: ['certification'] },
    ],
    [
      'subject',
      'The body is accredited for batteries, not for facilities.',
      { subjectTypes: ['Battery'] },
    ],
    ['stage', 'The body is accredited for another stage.', { stages: ['mining'] }],
    ['country', 'The body is accredited for another country.', { countries: ['FR'] }],
  ]
  for (const [name, why, gap] of gaps) {
    await rejected(
      `scope-of-another-${name}`,
      'ACCREDITATION_SCOPE',
      why,
      scoped({ ...entry, ...gap }),
    )
  }
  await rejected(
    'scope-in-two-halves',
    'ACCREDITATION_SCOPE',
    'One entry has the stage and another the country: neither covers it.',
    scoped({ ...entry, stages: ['mining'] }, { ...entry, countries: ['FR'] }),
  )
}

const delegation: Family = async ({ send, consortium }, { accepted, rejected }) => {
  const { accreditationBody, cellMaker } = consortium.parties
  const plan = (delegator: Change, body: Change = {}): Plan => ({
    delegated: true,
    accreditation: (party) => (party === accreditationBody ? delegator : body),
  })
  const [granted, ...others] = Object(
    consortium.accreditations.get('accreditationBody')?.secured.credential,
  ).credentialSubject.scope

  await accepted('delegated', 'An accreditation body stands between.', send(plan({})))
  await rejected(
    'not-allowed-to-delegate',
    'ACCREDITATION_SCOPE',
    'The delegator is accredited to attest, not to accredit.',
    send(plan({ subject: { mayDelegate: false } })),
  )
  await rejected(
    'granting-more',
    'ACCREDITATION_SCOPE',
    'The delegator grants every country and has one.',
    send(plan({ subject: { scope: [{ ...granted, countries: ['FR'] }, ...others] } })),
  )
  await rejected(
    'granting-everything',
    'ACCREDITATION_SCOPE',
    'The delegator grants every stage and has two.',
    send(plan({ subject: { scope: [{ ...granted, stages: ['pack', 'cell'] }, ...others] } })),
  )
  await rejected(
    'delegator-of-another',
    ['ISSUER_NOT_AUTHORISED', 'STATUS_LIST_INVALID'],
    'The delegator rests on the accreditation of another.',
    send(plan({ subject: { id: cellMaker.did } })),
  )
  await rejected(
    'delegator-not-yet-accredited',
    'ACCREDITATION_TIME',
    'The delegator accredited a second before its own accreditation began.',
    send(plan({ credential: { validFrom: '2025-01-01T08:00:01Z' } })),
  )
  await rejected(
    'delegator-key-not-listed',
    'KEY_NOT_AUTHORISED',
    'The accreditation of the delegator lists another key.',
    send(plan({ subject: { keys: coveredKeys(cellMaker) } })),
  )
  await rejected(
    'delegator-revoked',
    'REVOKED',
    'The accreditation of the delegator was revoked.',
    send({
      ...plan({}),
      withdrawn: {
        schemeOwner: { revoked: ['https://schemeowner.example/accreditations/accreditationBody'] },
      },
    }),
  )
  await rejected(
    'resting-on-nothing',
    'ANCHOR_UNKNOWN',
    'The issuer of the accreditation is no anchor, and it names nothing above.',
    send(plan({}, { alter: without('accreditedBy') })),
  )
}

const issuers: Family = async ({ send, consortium, chain, sent }, { accepted, rejected }) => {
  const { packMaker, cellMaker } = consortium.parties
  const registered = (subject: Readonly<Record<string, unknown>>) =>
    send({ identity: (party) => (party === packMaker ? { subject } : {}) })
  const not = 'ISSUER_NOT_AUTHORISED'

  await accepted(
    'issuer-named',
    'The policy names the manufacturers it buys from.',
    send({}, { policy: { passportIssuers: [packMaker.did, cellMaker.did] } }),
  )
  await rejected(
    'issuer-not-named',
    not,
    'The policy names other manufacturers.',
    send({}, { policy: { passportIssuers: [cellMaker.did] } }),
  )
  await rejected(
    'issuer-not-manufacturer',
    not,
    'The issuer is not the manufacturer of the battery.',
    send({ passport: { subject: { manufacturer: cellMaker.did } } }),
  )
  await rejected(
    'registered-as-operator',
    not,
    'The issuer is registered, and not as a manufacturer.',
    registered({ roles: ['operator'] }),
  )
  await rejected(
    'registered-as-another',
    not,
    'The only identity at hand is of somebody else.',
    registered({ id: cellMaker.did }),
  )
  const whole = await chain()
  const own = await identityOf(consortium, packMaker, {
    credential: { issuer: packMaker.did },
    signer: packMaker.signer,
  })
  await rejected(
    'registered-by-oneself',
    not,
    'The manufacturer registered itself: what a party says of itself never counts.',
    sent(present({ ...whole, identities: [own] })),
    ['CREDENTIAL_UNUSED'],
  )
  const rival = seededSigner('a rival')
  await rejected(
    'attestations-of-a-rival',
    not,
    'The genuine attestations of another under one’s own key.',
    send({
      passport: {
        credential: { issuer: rival.did },
        subject: { manufacturer: rival.did },
        signer: rival,
      },
      list: (issuer) =>
        issuer === packMaker ? { credential: { issuer: rival.did }, signer: rival } : {},
    }),
  )

  await accepted(
    'issuer-any',
    'The policy takes passports of anybody, and is reminded of it.',
    send(
      { identity: { subject: { roles: ['operator'] } } },
      { policy: { passportIssuers: 'any' } },
    ),
    ['POLICY_ANY_ISSUER'],
  )
  await rejected(
    'any-but-the-manufacturer',
    not,
    'The policy takes any issuer, and it is not the manufacturer of the battery.',
    send(
      { passport: { subject: { manufacturer: cellMaker.did } } },
      { policy: { passportIssuers: 'any' } },
    ),
    ['POLICY_ANY_ISSUER'],
  )
  await rejected(
    'issuer-unexpected',
    'ISSUER_MISMATCH',
    'The caller expects the passport of another.',
    send({}, { expectIssuer: cellMaker.did }),
  )
  await rejected(
    'battery-unexpected',
    'SUBJECT_UNEXPECTED',
    'The label on the battery says another id.',
    send({}, { expectSubject: 'https://id.packmaker.example/01/09506000134352/21/OTHER' }),
  )
}

function coveredKeys({ signer }: Party): readonly object[] {
  const { thumbprint } = signer.publicKey
  return [{ thumbprint, from: '2025-01-01T00:00:00Z', until: '2028-12-31T23:59:59Z' }]
}

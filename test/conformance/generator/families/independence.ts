import type { Change, Party } from '../../../support/consortium.ts'
import { identityOf, type Plan, present, unknownLists } from '../chain.ts'
import type { Family } from '../studio.ts'

/** Who attests depends on nobody it attests for. */
export const independence: Family = async (studio, { accepted, rejected }) => {
  const { send, sent, chain, consortium } = studio
  const { packMaker, climateBody, accreditationBody, schemeOwner } = consortium.parties
  const proven = { policy: { requireProvenIndependence: true } }
  const body = (subject: Readonly<Record<string, unknown>>): Plan => ({
    accreditation: (party) => (party === climateBody ? { subject } : {}),
  })
  const whole = await chain()
  const beside = async (party: Party, change: Change, plan?: Plan) =>
    sent(
      present({
        ...(plan === undefined ? whole : await chain(plan)),
        rest: [await identityOf(consortium, party, change)],
      }),
    )
  const dependent = 'NOT_INDEPENDENT'

  await accepted(
    'proven',
    'Body, operator and manufacturer are registered with LEI and ultimate parent.',
    send({}, proven),
  )
  await rejected(
    'same-party',
    dependent,
    'The manufacturer attests itself.',
    send({
      accreditation: {
        subject: {
          id: packMaker.did,
          keys: [
            {
              thumbprint: packMaker.signer.publicKey.thumbprint,
              from: '2025-01-01T00:00:00Z',
              until: '2028-12-31T23:59:59Z',
            },
          ],
        },
      },
      attestation: {
        credential: {
          issuer: packMaker.did,
          credentialStatus: consortium.board.entriesFor(packMaker, 'an attestation'),
        },
        signer: packMaker.signer,
      },
    }),
  )
  await rejected(
    'same-lei',
    dependent,
    'Body and manufacturer have one LEI: one company under two keys.',
    send(body({ lei: packMaker.lei })),
  )
  await rejected(
    'same-parent',
    dependent,
    'Body and manufacturer have one ultimate parent.',
    send(body({ ultimateParentLei: packMaker.ultimateParentLei })),
  )
  await rejected(
    'parent-of-the-maker',
    dependent,
    'The body is the parent of the manufacturer.',
    send(body({ lei: packMaker.ultimateParentLei })),
  )
  await rejected(
    'child-of-the-maker',
    dependent,
    'The manufacturer is the parent of the body.',
    send(body({ ultimateParentLei: packMaker.lei })),
  )
  await rejected(
    'same-parent-by-identity',
    dependent,
    'The register knows what the accreditation does not say.',
    beside(climateBody, { subject: { ultimateParentLei: packMaker.ultimateParentLei } }),
  )
  await rejected(
    'same-parent-by-one-of-two',
    dependent,
    'Of two good identities of the manufacturer, the one that proves dependence counts.',
    beside(packMaker, {
      credential: {
        id: 'https://schemeowner.example/identities/packMaker-2',
        credentialStatus: consortium.board.entriesFor(schemeOwner, 'a second identity'),
      },
      subject: { ultimateParentLei: climateBody.ultimateParentLei },
    }),
  )
  await rejected(
    'same-parent-unchecked',
    dependent,
    'An identity whose status nobody can look up proves nothing good, but what is bad.',
    beside(climateBody, {
      credential: { credentialStatus: unknownLists() },
      subject: { ultimateParentLei: packMaker.ultimateParentLei },
    }),
  )
  await rejected(
    'declared-by-the-maker',
    dependent,
    'The passport itself says that the manufacturer belongs to the group of the body.',
    send({ passport: { subject: { manufacturerGroup: climateBody.ultimateParentLei } } }),
  )
  await rejected(
    'declared-by-the-body',
    dependent,
    'The attestation itself says that the operator belongs to the group of the body.',
    send({ attestation: { subject: { operatorGroup: climateBody.lei } } }),
  )
  await rejected(
    'same-group-as-the-accreditor',
    dependent,
    'The body belongs to the group of those who accredited it.',
    beside(
      accreditationBody,
      { subject: { ultimateParentLei: climateBody.ultimateParentLei } },
      { delegated: true },
    ),
  )
  const nameless: Plan = {
    identity: {
      alter: (credential) => {
        const { ultimateParentLei: _, ...subject } = Object(credential.credentialSubject)
        return { ...credential, credentialSubject: subject }
      },
    },
  }

  await accepted(
    'unproven',
    'Whose parent nobody knows: a warning, unless the policy asks for proof.',
    send(nameless),
    ['INDEPENDENCE_UNPROVEN'],
  )
  await rejected(
    'unproven-and-required',
    'INDEPENDENCE_UNPROVEN',
    'The parent of the manufacturer is not known, and the policy asks for proof.',
    send(nameless, proven),
  )
  await rejected(
    'unregistered-and-required',
    'INDEPENDENCE_UNPROVEN',
    'Who is not registered proves nothing: the manufacturer named in the policy, too.',
    sent(present({ ...whole, identities: [] }), {
      policy: { requireProvenIndependence: true, passportIssuers: [packMaker.did] },
    }),
  )
  await rejected(
    'self-declared-and-required',
    'INDEPENDENCE_UNPROVEN',
    'The manufacturer declares its own group: that proves nothing.',
    send(
      { ...nameless, passport: { subject: { manufacturerGroup: packMaker.ultimateParentLei } } },
      proven,
    ),
  )
}

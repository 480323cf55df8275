import { CUSTODY_SCOPE } from '../../../support/consortium/custody.ts'
import type { Change, Party, Signed } from '../../../support/consortium.ts'
import { listsOf, packRows, present } from '../chain.ts'
import type { Family, Studio } from '../studio.ts'
import type { Sent } from '../vector.ts'

type Custody = Signed<'CustodyAttestation'>

/** Who assures the shares, and which. */
export const custody: Family = async (studio, { accepted, rejected, open }) => {
  const { consortium } = studio
  const { packMaker } = consortium.parties
  const [row] = packRows(consortium)
  const asking = { policy: { minimumShareAssurance: 'limited' } }
  const assured = (subject: Readonly<Record<string, unknown>>, rest: Parts = {}) =>
    send(studio, { ...rest, custody: { subject } }, asking)

  await accepted(
    'assured',
    'A body accredited for it assures every row: the shares are assured at its level.',
    send(studio, {}, asking),
  )
  await open(
    'missing',
    'REFERENCE_MISSING',
    'The custody attestation that the passport names is not at hand.',
    send(studio, { omit: true }, asking),
  )
  await rejected(
    'of-another-model',
    'SUBJECT_MISMATCH',
    'The custody attestation is about another model.',
    assured({ id: 'https://id.packmaker.example/01/09506000134369' }),
  )
  await rejected(
    'of-another-manufacturer',
    'SUBJECT_MISMATCH',
    'The custody attestation is about the model of another manufacturer.',
    assured({ manufacturer: consortium.parties.cellMaker.did }),
    [],
  )
  await rejected(
    'of-another-share',
    ['ACTIVITY_MISMATCH'],
    'The custody attestation assures another share of the row.',
    assured({ supplyChain: [{ ...row, share: 9000 }] }, { claimed: true }),
  )
  await rejected(
    'out-of-its-window',
    'PRODUCTION_WINDOW',
    'The battery was made after the window of the custody attestation.',
    assured({ productionWindow: { from: '2026-01-01', until: '2026-09-14' } }),
  )
  await rejected(
    'shares-that-cannot-be',
    'SHARES_INVALID',
    'The custody attestation assures one facility twice.',
    assured({ supplyChain: [row, { ...row, share: 1 }] }),
  )
  await rejected(
    'out-of-scope',
    'ACCREDITATION_SCOPE',
    'The body is accredited for rulebooks, and not for chain of custody.',
    send(studio, { scope: null }, asking),
  )
  await rejected(
    'revoked',
    'REVOKED',
    'The custody attestation was withdrawn.',
    send(studio, { revoked: true }, asking),
  )
  await rejected(
    'of-the-maker-itself',
    'NOT_INDEPENDENT',
    'The body belongs to the group of the manufacturer whose word it assures.',
    send(studio, { body: { ultimateParentLei: packMaker.ultimateParentLei } }, asking),
  )

  await accepted(
    'unassured',
    'Nobody assures the shares: a warning, unless the policy asks for more.',
    studio.send({}, { policy: { minimumShareAssurance: 'none' } }),
    ['SHARES_UNASSURED'],
  )
  await rejected(
    'level-too-low',
    'POLICY_MINIMUM',
    'The shares are assured at limited level, and the policy asks for reasonable.',
    send(studio, {}, { policy: { minimumShareAssurance: 'reasonable' } }),
  )
  await rejected(
    'claimed-and-not-there',
    'SCORE_MISMATCH',
    'The claim says that the shares are assured, and nobody did.',
    send(studio, { custodies: [], claimed: true }, asking),
  )
  await rejected(
    'two-for-one-row',
    'ATTESTATION_CONFLICT',
    'Two custody attestations assure one row: nobody may choose the better.',
    send(studio, { twice: true }, asking),
  )
}

interface Parts {
  readonly custody?: Change
  /** In the place of the scope for custody; null: none. */
  readonly scope?: object | null
  /** Members of the accredited body. */
  readonly body?: object
  readonly omit?: boolean
  readonly revoked?: boolean
  readonly twice?: boolean
  readonly custodies?: readonly Custody[]
  /** Whether the passport claims what the honest one may. */
  readonly claimed?: boolean
}

/** A passport whose shares the climate body assures as well. */
async function send(studio: Studio, parts: Parts, rest: Omit<Sent, 'input'>): Promise<Sent> {
  const { consortium, chain, sent } = studio
  const { climateBody, schemeOwner, packMaker } = consortium.parties
  const { scope = CUSTODY_SCOPE } = parts
  const whole = await chain({
    accreditation: {
      alter: (credential) => {
        const subject = Object(credential.credentialSubject)
        const entries = scope === null ? subject.scope : [...subject.scope, scope]
        return { ...credential, credentialSubject: { ...subject, ...parts.body, scope: entries } }
      },
    },
  })
  const [accreditation] = whole.accreditations
  if (accreditation === undefined) throw new TypeError('no accreditation')
  const supplyChain = packRows(consortium)
  const signed = (change: Change = {}, name = 'model') =>
    assuredBy(studio, climateBody, name, accreditation, change)
  const own = await signed(parts.custody)
  const honest = await signed()
  const custodies = parts.custodies ?? (parts.twice ? [own, await signed({}, 'model-2')] : [own])
  const claim = await consortium.passport(
    {},
    { attestations: whole.attestations, supplyChain, custody: [honest] },
  )
  const { score } = claim.secured.credential.credentialSubject
  const passport = await consortium.passport(parts.claimed ? { subject: { score } } : {}, {
    attestations: whole.attestations,
    supplyChain,
    custody: custodies,
  })
  const lists = await listsOf(consortium, [schemeOwner, climateBody, packMaker], {
    withdrawn: parts.revoked ? { climateBody: { revoked: [own.id] } } : {},
  })
  return sent(present({ ...whole, passport, lists, rest: parts.omit ? [] : custodies }), rest)
}

/** A custody attestation of the pack plant's row, by a body. */
function assuredBy(
  { consortium }: Studio,
  body: Party,
  name: string,
  accreditation: Signed<'VerifierAccreditation'>,
  change: Change,
): Promise<Custody> {
  const id = `https://${body.key.toLowerCase()}.example/custody/${name}`
  return consortium.custody(
    accreditation,
    {
      ...change,
      credential: {
        issuer: body.did,
        credentialStatus: consortium.board.entriesFor(body, id),
        ...change.credential,
      },
      subject: { supplyChain: packRows(consortium), ...change.subject },
      signer: body.signer,
    },
    id,
  )
}

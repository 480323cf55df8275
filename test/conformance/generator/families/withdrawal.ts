import type { Change, Party, Signed } from '../../../support/consortium.ts'
import { inSubject } from '../battery.ts'
import { type Chain, listsOf, type Plan, present } from '../chain.ts'
import { AT, type Family, type Studio } from '../studio.ts'

/** Why, how far and since when: a notice that the list names by its digest. */
export const withdrawal: Family = async (studio, collect) => {
  await later(studio, collect)
  await partly(studio, collect)
  await notices(studio, collect)
}

type Notice = Signed<'WithdrawalNotice'>

/** A chain whose attestation is revoked, with the notices that its list names and those beside it. */
async function withdrawn(
  { consortium, chain }: Studio,
  named: (chain: Chain) => Promise<readonly Notice[]>,
  rest: {
    readonly beside?: (chain: Chain) => Promise<readonly Notice[]>
    readonly plan?: Plan
  } = {},
): Promise<Uint8Array> {
  const { schemeOwner, climateBody, packMaker } = consortium.parties
  const whole = await chain(rest.plan)
  const [attestation] = whole.attestations
  if (attestation === undefined) throw new TypeError('no attestation')
  const notices = await named(whole)
  const entries = notices.map((notice) => ({ about: attestation.id, notice }))
  const lists = await listsOf(consortium, [schemeOwner, climateBody, packMaker], {
    withdrawn: { climateBody: { revoked: [attestation.id], notices: entries } },
  })
  const beside = (await rest.beside?.(whole)) ?? notices
  return present({ ...whole, lists, rest: beside })
}

const noticesBy =
  ({ consortium }: Studio, by: Party = consortium.parties.climateBody) =>
  (subject: Readonly<Record<string, unknown>>, change: Change = {}) =>
  async ({ attestations: [attestation] }: Chain): Promise<readonly Notice[]> => {
    if (attestation === undefined) throw new TypeError('no attestation')
    return [await consortium.notice(by, attestation, { subject, ...change })]
  }

/** When the honest passport is signed. */
const SIGNED = '2026-09-20T12:00:00Z'

const later: Family = async (studio, { accepted, rejected, open }) => {
  const { sent } = studio
  const notice = noticesBy(studio)
  const since = async (effectiveFrom: string) => withdrawn(studio, notice({ effectiveFrom }))
  const trusting = { policy: { acceptSelfAssertedTime: true } }

  await accepted(
    'after-the-passport',
    'Withdrawn from the second after the passport was signed on, which the policy believes.',
    sent(await since('2026-09-20T12:00:01Z'), trusting),
    ['ENDED_SINCE', 'TIME_SELF_ASSERTED'],
  )
  await open(
    'after-the-passport-unproven',
    'TIME_UNPROVEN',
    'Withdrawn after the passport was signed: that it was signed before is its issuer’s word.',
    sent(await since('2026-09-20T12:00:01Z')),
    ['ENDED_SINCE'],
  )
  await rejected(
    'from-the-very-second',
    'REVOKED',
    'Withdrawn from the second on in which the passport was signed.',
    sent(await since(SIGNED), trusting),
  )
  await rejected(
    'void-from-the-beginning',
    'REVOKED',
    'The notice says void from before the passport was signed.',
    sent(
      await withdrawn(
        studio,
        notice({ effectiveFrom: undefined, voidFrom: '2026-03-16T00:00:00Z' }, jsonAlone),
      ),
      trusting,
    ),
  )
  await rejected(
    'later-than-it-is-valid',
    ['REVOKED', 'SCHEMA'],
    'A notice that withdraws in ten years would be none: it narrows nothing.',
    sent(await since('2036-01-01T00:00:00Z'), trusting),
  )
}

const partly: Family = async (studio, { accepted, rejected }) => {
  const { sent, chain } = studio
  const notice = noticesBy(studio)
  const part = (...indicators: readonly string[]) =>
    withdrawn(studio, notice({ withdraws: { kind: 'indicators', indicators } }))
  const kept = await chain({
    attestation: {
      alter: (credential) =>
        inSubject(credential, (subject) => ({
          ...subject,
          results: Object(subject.results).slice(0, 1),
        })),
    },
  })
  const { value, upper, coverage } = kept.passport.secured.credential.credentialSubject.score

  await accepted(
    'in-part',
    'One indicator is withdrawn and counts as unknown; the score of now is told.',
    sent(await part('climate.inventory')),
    ['SCORE_CHANGED_SINCE_ISSUE', 'WITHDRAWN_IN_PART'],
    { value, upper, coverage },
  )
  await rejected(
    'in-part-below-the-minimum',
    'POLICY_MINIMUM',
    'One indicator is withdrawn: the minimums are held against what is left.',
    sent(await part('climate.inventory'), {
      policy: { minimums: { overall: { coverage: coverage + 1 } } },
    }),
    ['WITHDRAWN_IN_PART'],
  )
  await rejected(
    'in-part-of-nothing',
    ['ANSWER_INVALID', 'REVOKED'],
    'The notice withdraws an indicator that was never answered: it narrows nothing.',
    sent(await part('climate.other')),
  )
  await rejected(
    'in-part-of-a-passport',
    ['REVOKED', 'SCHEMA'],
    'A passport has no indicators: the notice narrows nothing.',
    sent(await passportInPart(studio)),
  )
}

async function passportInPart({ consortium, chain }: Studio): Promise<Uint8Array> {
  const { schemeOwner, climateBody, packMaker } = consortium.parties
  const whole = await chain()
  const { passport } = whole
  const notice = await consortium.notice(packMaker, passport, {
    subject: { withdraws: { kind: 'indicators', indicators: ['climate.inventory'] } },
  })
  const lists = await listsOf(consortium, [schemeOwner, climateBody, packMaker], {
    withdrawn: {
      packMaker: { revoked: [passport.id], notices: [{ about: passport.id, notice }] },
    },
  })
  return present({ ...whole, lists, rest: [notice] })
}

const notices: Family = async (studio, { accepted, rejected, open }) => {
  const { sent, consortium } = studio
  const notice = noticesBy(studio)
  const mild = { effectiveFrom: '2026-09-30T00:00:00Z' }
  const trusting = { policy: { acceptSelfAssertedTime: true } }
  const { cellMaker, schemeOwner, climateBody } = consortium.parties
  const named = async (
    subject: Readonly<Record<string, unknown>>,
    change: Change = {},
    beside?: (chain: Chain) => Promise<readonly Notice[]>,
  ) =>
    sent(
      await withdrawn(
        studio,
        notice({ ...mild, ...subject }, change),
        beside === undefined ? {} : { beside },
      ),
      trusting,
    )
  const another = { credential: { id: 'https://climatebody.example/notices/another' } }

  await accepted(
    'by-the-accreditor',
    'The notice is by the body that accredited the assurance body.',
    sent(await withdrawn(studio, noticesBy(studio, schemeOwner)(mild)), trusting),
    ['ENDED_SINCE'],
  )
  await open(
    'notice-missing',
    'NOTICE_MISSING',
    'The list names a notice that is not at hand: how far and since when nobody can say.',
    named({}, {}, async () => []),
  )
  await rejected(
    'notice-exchanged',
    'DIGEST_MISMATCH',
    'Another notice of the same name in the place of the one that the list names.',
    named({ effectiveFrom: '2026-09-01T00:00:00Z' }, {}, notice(mild)),
  )
  await rejected(
    'notice-not-named',
    'REVOKED',
    'The list names no notice: a milder one beside it narrows nothing.',
    sent(await withdrawn(studio, async () => [], { beside: notice(mild) }), trusting),
    ['NOTICE_UNUSED'],
  )
  await rejected(
    'milder-notice-beside',
    'REVOKED',
    'The list names the graver of two notices: nobody may choose the milder.',
    named({ effectiveFrom: '2026-09-01T00:00:00Z' }, {}, async (chain) => [
      ...(await notice({ effectiveFrom: '2026-09-01T00:00:00Z' })(chain)),
      ...(await notice(mild, another)(chain)),
    ]),
    ['NOTICE_UNUSED'],
  )
  await rejected(
    'two-notices-for-one-index',
    ['REVOKED', 'STATUS_LIST_INVALID'],
    'The list names two notices for one index: nobody may choose the milder.',
    sent(
      await withdrawn(studio, async (chain) => [
        ...(await notice(mild)(chain)),
        ...(await notice(mild, another)(chain)),
      ]),
      trusting,
    ),
  )
  await rejected(
    'notice-of-a-supplier',
    ['ISSUER_NOT_AUTHORISED', 'REVOKED'],
    'The notice is by somebody who may not withdraw the attestation.',
    sent(await withdrawn(studio, noticesBy(studio, cellMaker)(mild)), trusting),
  )
  await rejected(
    'notice-about-another',
    ['DIGEST_MISMATCH', 'REVOKED'],
    'The notice is about other bytes under the same name.',
    named({ digestMultibase: climateBody.signer.publicKey.thumbprint }),
  )
  await rejected(
    'notice-later-than-its-list',
    ['PROOF_TIME', 'REVOKED'],
    'The list names a notice that was signed later than itself.',
    named({}, { created: '2026-09-30T23:00:00Z' }),
  )
  await rejected(
    'notice-not-yet-valid',
    ['NOT_YET_VALID', 'REVOKED'],
    'The notice was not yet in force when the list named it.',
    named({}, { credential: { validFrom: AT } }),
  )
  await rejected(
    'notice-distrusted',
    ['DISTRUSTED', 'REVOKED'],
    'The policy distrusts the notice, so it narrows nothing.',
    sent(await withdrawn(studio, notice(mild)), {
      policy: {
        acceptSelfAssertedTime: true,
        distrust: [
          {
            credential: 'https://climatebody.example/notices/small-climate-44404',
            reason: 'We lost our confidence.',
          },
        ],
      },
    }),
  )
  await rejected(
    'notice-for-a-clear-bit',
    'STATUS_LIST_INVALID',
    'The list names a notice for an index that is not set.',
    sent(await clearBit(studio), trusting),
  )
}

async function clearBit(studio: Studio): Promise<Uint8Array> {
  const { consortium, chain } = studio
  const { schemeOwner, climateBody, packMaker } = consortium.parties
  const whole = await chain()
  const [notice] = await noticesBy(studio)({})(whole)
  const [attestation] = whole.attestations
  if (notice === undefined || attestation === undefined) throw new TypeError('no notice')
  const lists = await listsOf(consortium, [schemeOwner, climateBody, packMaker], {
    withdrawn: { climateBody: { notices: [{ about: attestation.id, notice }] } },
  })
  return present({ ...whole, lists, rest: [notice] })
}

/** What is undefined is left out, as JSON does. */
const jsonAlone: Change = { alter: (credential) => JSON.parse(JSON.stringify(credential)) }

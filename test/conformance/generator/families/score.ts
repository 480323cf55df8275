import type { Change } from '../../../support/consortium.ts'
import { claiming } from '../battery.ts'
import type { Family, Studio } from '../studio.ts'

/** The claim is compared, to the last digit, and never used. */
export const score: Family = async (studio, collect) => {
  await claims(studio, collect)
  await answers(studio, collect)
  await unknowns(studio, collect)
}

type Claim = Readonly<Record<string, unknown>>

const claims: Family = async ({ send }, { beside, rejected }) => {
  const refuse = (name: string, why: string, change: (claim: Claim) => object) =>
    rejected(`claimed-${name}`, 'SCORE_MISMATCH', why, send({ passport: claiming(change) }))
  const more = (claim: Claim, member: string, by = 1) => ({
    ...claim,
    [member]: Number(claim[member]) + by,
  })
  const _inFirst = (claim: Claim, change: (rulebook: Claim) => object) => {
    const [first, ...others] = rulebooksOf(claim)
    return { ...claim, rulebooks: [change(first ?? {}), ...others] }
  }

  beside('json/honest')
  await refuse('value', 'The claim is one basis point too high.', (claim) => more(claim, 'value'))
  await refuse('upper', 'The claim has an upper bound that is too low.', (claim) =>
    more(claim, 'upper', -1),
  )
  await refuse('grade', 'The claim has a better grade.', (claim) => ({ ...claim, grade: 'A' }))
  await refuse('share-assurance', 'The claim says that the shares are assured.', (claim) => ({
    ...claim,
    shareAssurance: 'limited',
  }))
  await refuse('assurance', 'The claim says that more is assured than is.', (claim) => ({
    ...claim,
    assuranceMix: { reasonable: 10000, limited: 0, none: 0 },
  }))
  await refuse('may-be-capped', 'The claim does not tell of a gate that may hold.', (claim) => ({
    ...claim,
    rulebooks: rulebooksOf(claim).map((rulebook) => ({ ...rulebook, mayBeCapped: [] })),
  }))
  await refuse(
    'rulebook-left-out',
    'The claim leaves out a rulebook that nobody attested.',
    (claim) => ({
      ...claim,
      rulebooks: rulebooksOf(claim).slice(0, 1),
    }),
  )
  await refuse(
    'rulebooks-swapped',
    'The claim lists the rulebooks in another order than the method.',
    (claim) => ({
      ...claim,
      rulebooks: [...rulebooksOf(claim)].reverse(),
    }),
  )
  await rejected(
    'claimed-method',
    'RULEBOOK_NOT_ACCEPTED',
    'The claim is by a method that the policy does not name.',
    send({
      passport: claiming((claim) => ({
        ...claim,
        method: { ...Object(claim.method), version: '1.0.1' },
      })),
    }),
  )
  await rejected(
    'chemistry-unknown',
    'SCHEMA',
    'The method does not know the chemistry of the battery.',
    send({ passport: { subject: { chemistry: 'LFP' } } }),
  )
}

const answers: Family = async (studio, { accepted, rejected }) => {
  const { send } = studio
  const [quantity, yes] = resultsOf(studio)
  const attest = (...results: readonly object[]) => send({ attestation: { subject: { results } } })
  const refuse = (name: string, why: string, ...results: readonly object[]) =>
    rejected(`answer-${name}`, 'ANSWER_INVALID', why, attest(...results))

  await accepted(
    'answer-at-the-edge',
    'A band ends before its upper bound: this value is in the next.',
    attest({ ...quantity, value: '20' }, { ...yes }),
  )
  await refuse('unknown-indicator', 'The rulebook has no such indicator.', {
    ...yes,
    indicator: 'climate.other',
  })
  await refuse('of-another-rulebook', 'The indicator belongs to another rulebook.', {
    ...yes,
    indicator: 'labour.policy',
  })
  await refuse('of-the-product', 'The indicator is asked of the battery, not of a plant.', {
    ...yes,
    indicator: 'climate.recyclability',
    value: 'full',
  })
  await refuse('twice', 'Two answers to one indicator.', { ...yes }, { ...yes, value: 'false' })
  await refuse('not-listed', 'An answer the rulebook does not list: nobody knows its worth.', {
    ...yes,
    value: 'yes',
  })
  await refuse('of-every-object', 'The answer is constructor, a name that every object has.', {
    ...yes,
    value: 'constructor',
  })
  await refuse('without-unit', 'A quantity without a unit.', left(quantity, 'unit'))
  await refuse(
    'other-unit',
    'A quantity in another unit than the rulebook’s: nothing is converted.',
    {
      ...quantity,
      unit: 'gCO2e/kWh',
    },
  )
  await refuse('negative-uncertainty', 'An uncertainty below zero.', {
    ...quantity,
    uncertainty: '-1',
  })
  const { indicator, assuranceLevel, evidenceIds } = yes
  const common = { indicator, assuranceLevel, evidenceIds }
  await refuse('never-not-applicable', 'An indicator that always applies is said not to apply.', {
    ...common,
    answer: 'not-applicable',
    condition: 'no-workers',
  })
  await refuse('no-equivalence', 'A certificate is given for an indicator that takes none.', {
    ...common,
    answer: 'equivalent',
    standard: 'ISO 14001',
    edition: '2015',
  })
}

const unknowns: Family = async (studio, { accepted, rejected }) => {
  const { send, consortium } = studio
  const labour = consortium.specs.find(
    ({ facility, rulebook }) =>
      facility === consortium.facilities.packPlant && rulebook === 'small-labour',
  )
  if (labour === undefined) throw new TypeError('no attestation of labour')
  const { results }: { readonly results: readonly Result[] } = Object(
    consortium.attestedSubject(labour),
  )
  const [children, grievances, policy] = results
  if (children === undefined || grievances === undefined || policy === undefined) {
    throw new TypeError('no answers')
  }
  const standard = 'A fictional labour standard'
  const answered = (...given: readonly object[]): Change => ({ subject: { results: given } })
  const attest = (attestation: Change, passport: Change = {}) =>
    send(
      { specs: [labour], attestation, passport },
      { policy: { minimums: { overall: { coverage: 0 } } } },
    )
  const whole = answered(
    { ...children },
    {
      ...left(left(grievances, 'value'), 'unit'),
      answer: 'not-applicable',
      condition: 'no-workers',
    },
    { ...left(left(policy, 'value'), 'unit'), answer: 'equivalent', standard, edition: '2024' },
  )

  await accepted(
    'other-answers',
    'What does not apply leaves the denominator; a certificate stands for an answer.',
    attest(whole),
  )
  await rejected(
    'certificate-of-another-edition',
    'ANSWER_INVALID',
    'A certificate of another edition than the rulebook lists.',
    attest(answered({ ...left(policy, 'value'), answer: 'equivalent', standard, edition: '2019' })),
  )
  await rejected(
    'gate-not-applicable',
    'ANSWER_INVALID',
    'An indicator of zero tolerance is said not to apply.',
    attest(
      answered({ ...left(children, 'value'), answer: 'not-applicable', condition: 'no-workers' }),
    ),
  )
  await rejected(
    'condition-not-listed',
    'ANSWER_INVALID',
    'An indicator is said not to apply under a condition that the rulebook does not list.',
    attest(
      answered({ ...left(grievances, 'value'), answer: 'not-applicable', condition: 'small-site' }),
    ),
  )
  const gated = attest(answered({ ...children, value: 'false' }, grievances, policy))

  await accepted('gate-holds', 'Children work there: the whole rulebook is capped.', gated)
  const honest = await studio.chain({ specs: [labour] })
  const claimed = honest.passport.secured.credential.credentialSubject.score
  await rejected(
    'gate-ignored',
    'SCORE_MISMATCH',
    'A gate holds, and the claim is as if it did not.',
    attest(answered({ ...children, value: 'false' }, grievances, policy), {
      subject: { score: claimed },
    }),
  )
  await rejected(
    'unknown-taken-for-good',
    'SCORE_MISMATCH',
    'An answer was left out, and the claim is as if it had been given.',
    attest(answered(children, grievances), { subject: { score: claimed } }),
  )
  await rejected(
    'partial-taken-for-whole',
    'SCORE_MISMATCH',
    'Half of the plant was looked at, and the claim is as if it had been all.',
    attest(
      { subject: { boundary: { kind: 'partial', coveredShare: 5000, excluded: 'Hall 2' } } },
      { subject: { score: claimed } },
    ),
  )
  await rejected(
    'unassured-taken-for-assured',
    'SCORE_MISMATCH',
    'An answer below the required assurance, and the claim is as if it were above.',
    attest(answered({ ...children, assuranceLevel: 'none' }, grievances, policy), {
      subject: { score: claimed },
    }),
  )
  await rejected(
    'without-evidence',
    'SCORE_MISMATCH',
    'An answer lacks its evidence, and the claim is as if it had some.',
    attest(answered(left(children, 'evidenceIds'), grievances, policy), {
      subject: { score: claimed },
    }),
  )
  const partial = attest({
    subject: { boundary: { kind: 'partial', coveredShare: 5000, excluded: 'Hall 2' } },
  })

  await accepted('partial', 'Half of the plant was looked at: the other half is unknown.', partial)
  const uncertain = { ...resultsOf(studio)[0], value: '19', uncertainty: '2' }
  await rejected(
    'uncertainty-ignored',
    'SCORE_MISMATCH',
    'An uncertainty reaches into the next band, and the claim is as if it did not.',
    send({
      attestation: { subject: { results: [uncertain, resultsOf(studio)[1]] } },
      passport: {
        subject: {
          score: (await studio.chain()).passport.secured.credential.credentialSubject.score,
        },
      },
    }),
  )
  await rejected(
    'qualification-ignored',
    'SCORE_MISMATCH',
    'An indicator is qualified, and the claim is as if it were not.',
    attest(
      {
        alter: (credential) => {
          const subject = Object(credential.credentialSubject)
          const engagement = {
            ...subject.engagement,
            conclusion: 'qualified',
            qualifiedIndicators: ['labour.policy'],
          }
          return { ...credential, credentialSubject: { ...subject, engagement } }
        },
      },
      { subject: { score: claimed } },
    ),
  )
  await rejected(
    'share-taken-for-whole',
    'SCORE_MISMATCH',
    'A tenth of the stage has no rows, and the claim is as if it had.',
    send(
      {
        specs: [labour],
        supplyChain: [
          {
            facility: consortium.facilities.packPlant.id,
            stage: 'pack',
            share: 9000,
            custodyModel: 'segregated',
          },
        ],
        passport: { subject: { score: claimed } },
      },
      { policy: { minimums: { overall: { coverage: 0 } } } },
    ),
  )
}

interface Result {
  readonly indicator: string
  readonly assuranceLevel: string
  readonly evidenceIds: readonly string[]
}

/** The honest answers of the pack plant: a quantity, and a yes. */
function resultsOf({ consortium }: Studio): readonly [Result, Result] {
  const spec = consortium.specs.find(
    ({ facility, rulebook }) =>
      facility === consortium.facilities.packPlant && rulebook === 'small-climate',
  )
  if (spec === undefined) throw new TypeError('no attestation of the climate')
  const { results }: { readonly results: readonly Result[] } = Object(
    consortium.attestedSubject(spec),
  )
  const [quantity, yes] = results
  if (quantity === undefined || yes === undefined) throw new TypeError('no answers')
  return [quantity, yes]
}

/** An answer without a member. */
function left(result: object, member: string): object {
  return Object.fromEntries(Object.entries(result).filter(([key]) => key !== member))
}

function rulebooksOf(claim: Claim): readonly Claim[] {
  const { rulebooks }: { readonly rulebooks: readonly Claim[] } = Object(claim)
  return rulebooks
}

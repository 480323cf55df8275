import { ENGAGEMENT } from '../../../support/consortium.ts'
import { type Plan, packSpec } from '../chain.ts'
import { METHOD_PIN, RULEBOOK_PINS } from '../policy.ts'
import type { Family, Studio } from '../studio.ts'

/** The policy decides what is accepted, and never what an answer is worth. */
export const policy: Family = async (studio, collect) => {
  await minimums(studio, collect)
  await methods(studio, collect)
  await distrust(studio, collect)
  await rescoring(studio, collect)
}

const minimums: Family = async ({ send, chain }, { accepted, rejected }) => {
  const { score } = (await chain()).passport.secured.credential.credentialSubject
  const [climate] = score.rulebooks
  if (climate === undefined) throw new TypeError('no rulebook')
  const asking = (overall: object, rest: object = {}) =>
    send({}, { policy: { minimums: { overall, ...rest } } })
  const { value, coverage, assuranceMix } = score
  const { reasonable, limited } = assuranceMix
  const refuse = (name: string, why: string, overall: object, rest: object = {}) =>
    rejected(name, 'POLICY_MINIMUM', why, asking({ coverage, ...overall }, rest))

  await accepted(
    'minimums-met',
    'Every minimum is met exactly.',
    asking(
      { value, coverage, assured: reasonable + limited, reasonable, maximumNotApplicable: 0 },
      { rulebooks: { 'small-climate': { value: climate.value, coverage: climate.coverage } } },
    ),
  )
  await refuse('value-too-low', 'The score is one basis point below the minimum of the policy.', {
    value: value + 1,
  })
  await refuse('coverage-too-low', 'One basis point less is known than the policy asks.', {
    coverage: coverage + 1,
  })
  await refuse('assured-too-little', 'One basis point less is assured than the policy asks.', {
    assured: reasonable + limited + 1,
  })
  await refuse(
    'rulebook-unattested',
    'The policy asks for a rulebook that nobody attested.',
    {},
    {
      rulebooks: { 'small-labour': { coverage: 1 } },
    },
  )
  await rejected(
    'shares-unassured',
    'POLICY_MINIMUM',
    'The shares are the manufacturer’s word, and the policy wants another’s.',
    send({}, { policy: { minimumShareAssurance: 'limited' } }),
  )

  await accepted(
    'no-minimum',
    'A policy that asks for no coverage is reminded of it.',
    send({}, { policy: { minimums: undefined } }),
    ['POLICY_NO_COVERAGE_MINIMUM', 'SHARES_UNASSURED', 'SUBJECT_NOT_EXPECTED'],
  )
  await rejected(
    'custody-model-of-the-policy',
    'CUSTODY_MODEL',
    'The policy takes fewer models of custody than the method.',
    send({}, { policy: { custodyModels: ['identity-preserved'] } }),
  )
  await rejected(
    'custody-model-of-nobody',
    'CUSTODY_MODEL',
    'The policy takes a model of custody that the method does not have.',
    send({}, { policy: { custodyModels: ['book-and-claim'] } }),
  )
  await rejected(
    'illustrative',
    'ILLUSTRATIVE',
    'Illustrative rulebooks count only where the policy says so.',
    send({}, { policy: { allowIllustrative: undefined } }),
  )
}

const methods: Family = async ({ send }, { accepted, rejected, open }) => {
  const accepting = (...pins: object[]) => send({}, { policy: { methods: pins } })
  const [climate, labour] = RULEBOOK_PINS
  if (climate === undefined || labour === undefined) throw new TypeError('no rulebooks')
  const { file: _, ...withoutFile } = METHOD_PIN

  await accepted(
    'method-until',
    'A method that counts for passports signed until this second.',
    accepting({ ...METHOD_PIN, until: '2026-09-20T12:00:00Z' }),
    ['ILLUSTRATIVE'],
  )
  await rejected(
    'method-until-before',
    'RULEBOOK_NOT_ACCEPTED',
    'The method counts for passports signed a second earlier.',
    accepting({ ...METHOD_PIN, until: '2026-09-20T11:59:59Z' }),
  )
  await rejected(
    'another-method',
    'RULEBOOK_NOT_ACCEPTED',
    'The policy names a method of the same name with another content.',
    accepting({ ...withoutFile, digestMultibase: climate.digestMultibase }),
  )
  await open(
    'method-not-at-hand',
    'RULEBOOK_UNKNOWN',
    'The policy names the method, and its content is not at hand.',
    accepting(withoutFile),
  )
  await open(
    'rulebook-not-at-hand',
    'RULEBOOK_UNKNOWN',
    'The policy names the method, and one of its rulebooks is not at hand.',
    send({}, { policy: { rulebooks: [climate] } }),
  )
}

const distrust: Family = async ({ send, consortium, chain }, { accepted, rejected, open }) => {
  const { packMaker, climateBody, schemeOwner, cellMaker } = consortium.parties
  const honest = await chain()
  const reason = 'We lost our confidence.'
  const distrusting = (...rules: object[]) =>
    send({}, { policy: { distrust: rules.map((rule) => ({ ...rule, reason })) } })
  const refuse = (name: string, why: string, rule: object, codes: readonly string[] = []) =>
    rejected(name, ['DISTRUSTED', ...codes], why, distrusting(rule))

  await accepted(
    'others-distrusted',
    'Others are distrusted, by every kind of rule.',
    distrusting(
      { did: cellMaker.did },
      { key: cellMaker.signer.publicKey.thumbprint },
      { credential: 'https://climatebody.example/attestations/1' },
    ),
  )
  await refuse('manufacturer', 'The policy distrusts the manufacturer.', { did: packMaker.did })
  await refuse('manufacturer-key', 'The policy distrusts the key of the manufacturer.', {
    key: packMaker.signer.publicKey.thumbprint,
  })
  await refuse('passport', 'The policy distrusts this passport.', {
    credential: honest.passport.id,
  })
  await refuse('body', 'The policy distrusts the assurance body.', { did: climateBody.did })
  await refuse('body-key', 'The policy distrusts the key of the assurance body.', {
    key: climateBody.signer.publicKey.thumbprint,
  })
  await refuse('attestation', 'The policy distrusts this attestation.', {
    credential: honest.attestations[0]?.id,
  })
  await rejected(
    'anchor',
    ['DISTRUSTED', 'ISSUER_NOT_AUTHORISED'],
    'The policy distrusts the anchor of the chain.',
    distrusting({ did: schemeOwner.did }),
    ['CREDENTIAL_UNUSED'],
  )
  await refuse('list', 'The policy distrusts the status list of the manufacturer.', {
    credential: 'https://packmaker.example/status/revocation',
  })
  await refuse(
    'body-since',
    'The policy distrusts the body from the second on in which it signed.',
    {
      did: climateBody.did,
      since: '2026-03-16T09:00:00Z',
    },
  )
  await rejected(
    'body-since-later',
    ['DISTRUSTED', 'TIME_UNPROVEN'],
    'The policy distrusts the body since it signed: its lists do not count, and its time is its own word.',
    distrusting({ did: climateBody.did, since: '2026-06-01T00:00:00Z' }),
  )
  await open(
    'attestation-since-later',
    'TIME_UNPROVEN',
    'The policy distrusts the attestation since it was signed, and its time is its own word.',
    distrusting({ credential: honest.attestations[0]?.id, since: '2026-06-01T00:00:00Z' }),
  )
}

const rescoring: Family = async (studio, { accepted, rejected }) => {
  const { send, consortium } = studio
  const specs = [packSpec(consortium), modelSpec(studio)]
  const rescore = { uncountedAttestation: 'rescore', minimums: { overall: { coverage: 0 } } }
  const revoked: Plan = {
    specs,
    withdrawn: {
      productBody: { revoked: ['https://productbody.example/attestations/small-climate-model'] },
    },
  }
  const only = (await studio.chain({ specs: [packSpec(consortium)] })).passport.secured.credential
    .credentialSubject.score
  const { value, upper, coverage } = only
  const score = { value, upper, coverage }
  const unknown = { value: 0, upper: 10000, coverage: 0 }
  const engagement = { ...ENGAGEMENT, conclusion: 'adverse' }
  const packId = 'https://climatebody.example/attestations/small-climate-44404'
  const miningOnly: Plan = {
    accreditation: {
      alter: (credential) => {
        const subject = Object(credential.credentialSubject)
        const scope = subject.scope.map((entry: object) => ({ ...entry, stages: ['mining'] }))
        return { ...credential, credentialSubject: { ...subject, scope } }
      },
    },
  }

  await accepted(
    'revoked-counts-as-unknown',
    'The policy rescores: what was revoked is unknown, and the score of now is told.',
    send(revoked, { policy: rescore }),
    ['REVOKED', 'SCORE_CHANGED_SINCE_ISSUE'],
    score,
  )
  await rejected(
    'revoked-counts-as-error',
    'REVOKED',
    'A revoked attestation is an error where the policy does not rescore.',
    send(revoked),
  )
  await rejected(
    'rescored-below-the-minimum',
    'POLICY_MINIMUM',
    'The policy rescores, and its minimums are held against the score of now.',
    send(revoked, {
      policy: { ...rescore, minimums: { overall: { coverage: coverage + 1 } } },
    }),
    ['REVOKED', 'SCORE_CHANGED_SINCE_ISSUE'],
  )
  await rejected(
    'rescored-suspended',
    'SUSPENDED',
    'The policy rescores: what is suspended is an error while it lasts.',
    send(
      {
        specs,
        withdrawn: {
          productBody: {
            suspended: ['https://productbody.example/attestations/small-climate-model'],
          },
        },
      },
      { policy: rescore },
    ),
  )

  await accepted(
    'adverse-counts-as-unknown',
    'The policy rescores: what the body concluded against is unknown.',
    send({ attestation: { subject: { engagement } } }, { policy: rescore }),
    ['CONCLUSION_NOT_ACCEPTED', 'SCORE_CHANGED_SINCE_ISSUE'],
    unknown,
  )
  await rejected(
    'rescored-passport-revoked',
    'REVOKED',
    'The policy rescores: a passport that was revoked is an error all the same.',
    send(
      { withdrawn: { packMaker: { revoked: [(await studio.chain()).passport.id] } } },
      { policy: rescore },
    ),
  )
  await rejected(
    'rescored-accreditation-revoked',
    'REVOKED',
    'The policy rescores, and an accreditation was revoked: that is an error.',
    send(
      {
        withdrawn: {
          schemeOwner: { revoked: ['https://schemeowner.example/accreditations/climateBody'] },
        },
      },
      { policy: rescore },
    ),
  )
  await rejected(
    'rescored-claim-wrong',
    'SCORE_MISMATCH',
    'The policy rescores: the claim is still compared with what was attested when it was made.',
    send({ ...revoked, passport: { subject: { score: only } } }, { policy: rescore }),
    ['REVOKED'],
  )

  await accepted(
    'out-of-scope-counts-as-unknown',
    'The policy rescores: what the body was not accredited for is unknown.',
    send(miningOnly, { policy: rescore }),
    ['ACCREDITATION_SCOPE', 'SCORE_CHANGED_SINCE_ISSUE'],
    unknown,
  )
  await rejected(
    'rescored-open-finding',
    'OPEN_FINDING',
    'The policy rescores: an open finding is an error all the same.',
    send(
      {
        attestation: {
          subject: {
            engagement: {
              ...ENGAGEMENT,
              findings: [{ id: 'NC-1', severity: 'major', description: 'Open' }],
            },
          },
        },
      },
      { policy: rescore },
    ),
  )
  await rejected(
    'out-of-scope-and-suspended',
    'SUSPENDED',
    'The policy rescores what is out of scope, and not what is suspended.',
    send(
      { ...miningOnly, withdrawn: { climateBody: { suspended: [packId] } } },
      { policy: rescore },
    ),
    ['ACCREDITATION_SCOPE'],
  )
  await rejected(
    'rescored-out-of-time',
    'ACCREDITATION_TIME',
    'The policy rescores: a body whose accreditation had ended is an error all the same.',
    send(
      { accreditation: { credential: { validUntil: '2026-03-16T08:59:59Z' } } },
      { policy: rescore },
    ),
  )
}

function modelSpec({ consortium }: Studio) {
  const spec = consortium.specs.find(({ facility }) => facility === null)
  if (spec === undefined) throw new TypeError('no attestation of the model')
  return spec
}

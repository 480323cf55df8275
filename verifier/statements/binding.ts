import { checkShares, type LoadedMethod } from '@battery-passport/rulebooks'
import { type Finding, finding } from '../findings/findings.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import type { Attestation, Passport } from '../reading/secured-credential.ts'
import { earliestPeriodEnd, periodAgeFindings, periodSpreadFindings } from '../time/period.ts'
import type { AttestationExam } from './attestation-exam.ts'
import { type DuplicateEvidence, examinedEvidence } from './evidence.ts'
import { facilityIdFault } from './facilities.ts'
import { repetitionFindings } from './repetition.ts'
import {
  conflictFindings,
  passportIdFindings,
  productionWindowFindings,
  subjectFindings,
} from './subject.ts'
import type { UnscoredPassport } from './unscored-passport.ts'

/**
 * Step 8: what binds genuine attestations to this battery: subject, activity, rulebook edition,
 * production window, period, shares, custody model and evidence. Attestations that failed steps
 * 1 to 3 are not looked at again.
 *
 * @param method null where it is not known: what depends on it is not judged
 * @param evidence what was found of the same exams before
 */
export function bindingFindings(
  passport: Passport,
  exams: readonly AttestationExam[],
  facilityOf: (attestation: Attestation) => string,
  method: LoadedMethod | null,
  policy: EffectivePolicy,
  evidence: DuplicateEvidence,
): Finding[] {
  const attestations = exams
    .filter(({ authentic }) => authentic)
    .map(({ attestation }) => attestation)
  return [
    ...passportIdFindings(passport),
    ...repetitionFindings(passport, 'attestations'),
    ...attestations.flatMap((attestation) => [
      ...subjectFindings(attestation, passport, facilityOf(attestation)),
      ...productionWindowFindings(attestation, passport),
      ...(method === null ? [] : rulebookFindings(attestation, method)),
    ]),
    ...conflictFindings(attestations, passport, facilityOf),
    ...examinedEvidence(exams, facilityOf, evidence),
    ...shareFindings(passport),
    ...(method === null ? [] : rowFindings(passport, method, policy)),
    ...(method === null ? [] : methodPeriodFindings(attestations, method, passport)),
  ]
}

function methodPeriodFindings(
  attestations: readonly Attestation[],
  { method }: LoadedMethod,
  { created }: Passport,
): Finding[] {
  const earliest = earliestPeriodEnd(attestations)
  return [
    ...attestations.flatMap((each) => periodAgeFindings(each, method, created)),
    ...attestations.flatMap((each) => periodSpreadFindings(each, method, earliest)),
  ]
}

/** The attestation was made against exactly the edition the method pins. */
export function rulebookFindings(attestation: Attestation, method: LoadedMethod): Finding[] {
  const { key, version, digestMultibase } = attestation.credential.credentialSubject.rulebook
  const pinned = method.method.rulebooks.find((rulebook) => rulebook.key === key)
  if (pinned?.version === version && pinned.digestMultibase === digestMultibase) return []
  return [
    finding('RULEBOOK_MISMATCH', {
      credential: attestation.id,
      pointer: '/credentialSubject/rulebook',
      detail:
        pinned === undefined
          ? 'The method has no such rulebook.'
          : 'The method pins another edition of this rulebook.',
      expected:
        pinned === undefined
          ? `one of ${method.method.rulebooks.map((rulebook) => rulebook.key).join(', ')}`
          : `${key} ${pinned.version} (${pinned.digestMultibase})`,
      found: `${key} ${version} (${digestMultibase})`,
    }),
  ]
}

function shareFindings(passport: Passport): Finding[] {
  const { supplyChain } = passport.credential.credentialSubject
  return checkShares(supplyChain).map(({ pointer, detail, expected, found }) =>
    finding('SHARES_INVALID', {
      credential: passport.id,
      pointer: `/credentialSubject/supplyChain${pointer}`,
      detail,
      expected,
      found,
    }),
  )
}

/** The rows against method and policy: custody models that count, facility ids of the one scheme. */
export function rowFindings(
  passport: UnscoredPassport,
  { method }: LoadedMethod,
  { custodyModels }: Pick<EffectivePolicy, 'custodyModels'>,
): Finding[] {
  return passport.credential.credentialSubject.supplyChain.flatMap((row, index) => {
    const pointer = `/credentialSubject/supplyChain/${index}`
    const findings: Finding[] = []
    const allowed = method.custodyModels.filter(
      (model) => custodyModels === null || custodyModels.has(model),
    )
    if (!allowed.includes(row.custodyModel)) {
      findings.push(
        finding('CUSTODY_MODEL', {
          credential: passport.id,
          pointer: `${pointer}/custodyModel`,
          detail: 'This chain-of-custody model is not accepted by method and policy.',
          expected:
            allowed.length === 0 ? 'none is accepted by both' : `one of ${allowed.join(', ')}`,
          found: row.custodyModel,
        }),
      )
    }
    const expected = facilityIdFault(method.facilityIdScheme, row.facility)
    if (expected !== null) {
      findings.push(
        finding('SCHEMA', {
          credential: passport.id,
          pointer: `${pointer}/facility`,
          detail: 'The facility id is not of the scheme the method fixes.',
          expected,
          found: row.facility,
        }),
      )
    }
    return findings
  })
}

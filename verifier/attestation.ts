import {
  formatInstant,
  parseInstant,
  type RulebookAttestation,
  secondsOfDay,
} from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { type AttestedAnswers, checkAnswers, type Rulebook } from '@battery-passport/rulebooks'
import {
  type Accreditation,
  type AccreditationExam,
  type AccreditationExaminer,
  endedSince,
  listKeysOf,
  listsKey,
  outsideAccreditation,
  unlistedKey,
} from './accreditation.ts'
import { covers, demandsOf, type ScopeDemand } from './accreditation-scope.ts'
import { authenticate } from './authenticity.ts'
import { day } from './calendar.ts'
import { evidenceFindings } from './evidence.ts'
import { type Finding, finding } from './findings.ts'
import type { IdentityExaminer } from './identity.ts'
import { accreditedParty, independenceFindings, type Party, party } from './independence.ts'
import type { Inquiry } from './inquiry.ts'
import { periodFindings, statementDateFindings } from './period.ts'
import { findingsOfPresent, follow } from './references.ts'
import type { SecuredCredential } from './secured-credential.ts'
import { statusOf } from './status.ts'
import { inForce, validityOf } from './validity.ts'

export type Attestation = SecuredCredential<'RulebookAttestation'>

/** What is known of an attestation after it and all it rests on were walked. */
export interface AttestationExam {
  readonly attestation: Attestation
  readonly findings: readonly Finding[]
  readonly used: readonly SecuredCredential[]
  /** Why its answers do not count in the current evaluation, under a policy that rescores. */
  readonly uncounted: 'withdrawn' | 'conclusion-not-accepted' | 'outside-accreditation' | null
}

/** Who else must be independent of the assurance body, besides operator and accreditor. */
export interface Examiners {
  readonly accreditation: AccreditationExaminer
  readonly identity: IdentityExaminer
  readonly rulebook: (digestMultibase: string) => Rulebook | null
  readonly passportIssuer: Party | null
}

/** Steps 3 to 8 for one attestation, except what binds it to a battery. */
export async function examineAttestation(
  attestation: Attestation,
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<AttestationExam> {
  const authentic = await authenticate(attestation, inquiry, inquiry.at)
  if (!authentic.ok) {
    return { attestation, findings: authentic.findings, used: [attestation], uncounted: null }
  }
  const { documents, policy } = inquiry
  const reference = attestation.credential.credentialSubject.accreditation
  const up = follow(attestation, '/credentialSubject/accreditation', reference, documents)
  const exam = up.ok ? await examiners.accreditation(up.secured) : null
  const status = await statusOf(
    attestation,
    inquiry,
    exam === null
      ? null
      : listKeysOf(await accreditationsOf(attestation, exam, inquiry, examiners)),
  )
  const rescores = policy.uncountedAttestation === 'rescore'
  const entitled = exam?.accreditation.credential.credentialSubject.id === attestation.issuer
  const scope = exam === null || !entitled ? [] : scopeFindings(attestation, exam.accreditation)
  const conclusion = conclusionFindings(attestation)
  const downgrade = (found: readonly Finding[], codes: readonly string[]) =>
    rescores ? found.map((each) => (codes.includes(each.code) ? warning(each) : each)) : found
  const findings: Finding[] = [
    ...authentic.doubts,
    ...(up.ok ? [] : [...up.findings, ...(await findingsOfPresent(up.present, inquiry))]),
    ...(exam?.findings ?? []),
    ...downgrade(status.findings, ['REVOKED']),
    ...downgrade(scope, ['ACCREDITATION_SCOPE']),
    ...downgrade(conclusion, ['CONCLUSION_NOT_ACCEPTED']),
    ...openFindings(attestation),
    ...statementDateFindings(attestation),
    ...evidenceFindings(attestation),
    ...answerFindings(attestation, examiners),
  ]
  const used = [attestation, ...status.lists, ...(exam?.used ?? [])]
  if (exam !== null) {
    findings.push(...entitlementFindings(attestation, exam.accreditation, authentic.key))
  }
  if (exam !== null && entitled) {
    const current = await currencyFindings(attestation, authentic.key, exam, inquiry, examiners)
    findings.push(...current.findings)
    used.push(...current.used)
    const independence = await independenceOf(attestation, exam, inquiry, examiners)
    findings.push(...independence.findings)
    used.push(...independence.used)
  }
  const uncounted = !rescores
    ? null
    : status.revoked
      ? 'withdrawn'
      : conclusion.length > 0
        ? 'conclusion-not-accepted'
        : scope.length > 0
          ? 'outside-accreditation'
          : null
  return { attestation, findings, used, uncounted }
}

/** The pinned accreditation, and every other of that body that holds. */
async function accreditationsOf(
  attestation: Attestation,
  pinned: AccreditationExam,
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<Accreditation[]> {
  const accreditations = [pinned.accreditation]
  for (const other of inquiry.documents.about('VerifierAccreditation', attestation.issuer)) {
    const { findings } = await examiners.accreditation(other)
    if (findings.every(({ severity }) => severity !== 'error')) accreditations.push(other)
  }
  return accreditations
}

function warning(found: Finding): Finding {
  return { ...found, severity: 'warning' }
}

/** The body that signs is the accredited one, with a listed key, inside its accreditation. */
function entitlementFindings(
  attestation: Attestation,
  accreditation: Accreditation,
  key: PublicKey,
): Finding[] {
  const body = accreditation.credential.credentialSubject
  if (body.id !== attestation.issuer) {
    return [
      finding('ISSUER_NOT_AUTHORISED', {
        credential: attestation.id,
        pointer: '/issuer',
        detail: 'The accreditation it rests on is of another body.',
        expected: body.id,
        found: attestation.issuer,
        whose: 'assurance-body',
      }),
    ]
  }
  const findings: Finding[] = []
  const validity = validityOf(accreditation)
  const stated = attestation.credential.credentialSubject.engagement.statementDate
  const { first, last } = secondsOfDay(day(stated))
  if (last < validity.from || validity.until < first) {
    findings.push(
      outsideAccreditation(
        attestation,
        accreditation,
        'stated',
        first,
        '/credentialSubject/engagement/statementDate',
      ),
    )
  }
  if (!inForce(validity, attestation.created)) {
    findings.push(
      outsideAccreditation(
        attestation,
        accreditation,
        'signed',
        attestation.created,
        '/proof/created',
      ),
    )
  } else if (!listsKey(body.keys, key, attestation.created)) {
    findings.push(unlistedKey(attestation, accreditation, key))
  }
  return findings
}

/** Every activity, level, engagement type, subject type, country and rulebook edition is in scope. */
function scopeFindings(attestation: Attestation, { id, credential }: Accreditation): Finding[] {
  const { scope } = credential.credentialSubject
  return demandsOf(attestation.credential).flatMap((demand, index) =>
    scope.some((entry) => covers(entry, demand))
      ? []
      : [
          finding('ACCREDITATION_SCOPE', {
            credential: attestation.id,
            pointer: `/credentialSubject/activities/${index}`,
            detail: `The accreditation ${id} does not cover it.`,
            expected: `a scope entry for ${demandName(demand)}`,
            found:
              scope
                .filter(({ rulebook }) => rulebook === demand.rulebook)
                .map((entry) => JSON.stringify(entry))
                .join(', ')
                .slice(0, 600) || `no entry for ${demand.rulebook}`,
          }),
        ],
  )
}

function demandName(demand: ScopeDemand): string {
  const parts = [
    `${demand.rulebook} (${demand.rulebookDigest ?? 'any edition'})`,
    demand.stage,
    demand.material,
    demand.country,
    demand.subjectType,
    demand.engagementType,
    demand.assuranceLevels.join(' and '),
  ]
  return parts.filter((part) => part !== null && part !== '').join(', ')
}

function conclusionFindings(attestation: Attestation): Finding[] {
  const { conclusion } = attestation.credential.credentialSubject.engagement
  if (conclusion === 'unmodified' || conclusion === 'qualified') return []
  return [
    finding('CONCLUSION_NOT_ACCEPTED', {
      credential: attestation.id,
      pointer: '/credentialSubject/engagement/conclusion',
      detail:
        conclusion === 'adverse'
          ? 'The assurance body concludes that the statement is wrong.'
          : 'The assurance body could not reach a conclusion.',
      expected: 'unmodified or qualified',
      found: conclusion,
    }),
  ]
}

function openFindings(attestation: Attestation): Finding[] {
  const { findings, statementDate } = attestation.credential.credentialSubject.engagement
  return findings.flatMap(({ id, severity, closedOn }, index) =>
    severity !== 'major' || (closedOn !== undefined && day(closedOn) <= day(statementDate))
      ? []
      : [
          finding('OPEN_FINDING', {
            credential: attestation.id,
            pointer: `/credentialSubject/engagement/findings/${index}`,
            detail: `The major finding ${id} was not closed when the statement was made.`,
            expected: `closedOn not later than ${statementDate}`,
            found: closedOn ?? 'open',
          }),
        ],
  )
}

/** Answers the rulebook does not allow, where the rulebook is at hand. */
function answerFindings(attestation: Attestation, examiners: Examiners): Finding[] {
  const subject = attestation.credential.credentialSubject
  const rulebook = examiners.rulebook(subject.rulebook.digestMultibase)
  if (rulebook === null) return []
  const known = new Set(rulebook.indicators.map(({ id }) => id))
  return [
    ...periodFindings(attestation, rulebook),
    ...checkAnswers(rulebook, subject, subject.results).map((fault) =>
      finding('ANSWER_INVALID', {
        credential: attestation.id,
        pointer: `/credentialSubject/results${fault.pointer}`,
        detail: fault.detail,
        expected: fault.expected,
        found: fault.found,
      }),
    ),
    ...(subject.engagement.qualifiedIndicators ?? []).flatMap((indicator, index) =>
      known.has(indicator)
        ? []
        : [
            finding('ANSWER_INVALID', {
              credential: attestation.id,
              pointer: `/credentialSubject/engagement/qualifiedIndicators/${index}`,
              detail: 'The qualified conclusion names an indicator the rulebook does not have.',
              expected: `an indicator of ${rulebook.key} ${rulebook.version}`,
              found: indicator,
            }),
          ],
    ),
  ]
}

/**
 * Whether the body may still sign at the instant asked for. Once it may not, nothing but a trusted
 * time shows that it signed before: `created` is its own word. A renewal keeps the right alive.
 */
async function currencyFindings(
  attestation: Attestation,
  key: PublicKey,
  exam: AccreditationExam,
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<{ readonly findings: readonly Finding[]; readonly used: readonly SecuredCredential[] }> {
  const demands = demandsOf(attestation.credential)
  const isCurrent = ({ accreditation, findings, ended }: AccreditationExam) => {
    const { keys, scope } = accreditation.credential.credentialSubject
    return (
      ended.length === 0 &&
      findings.every(({ severity }) => severity === 'note' || severity === 'warning') &&
      inForce(validityOf(accreditation), inquiry.at) &&
      listsKey(keys, key, inquiry.at) &&
      demands.every((demand) => scope.some((entry) => covers(entry, demand)))
    )
  }
  const nothing = { findings: [], used: [] }
  // Signed outside it: that is an error of its own, and nothing there is left to prove.
  if (!inForce(validityOf(exam.accreditation), attestation.created)) return nothing
  const ended = [...exam.ended]
  if (validityOf(exam.accreditation).until < inquiry.at) {
    ended.push(endedSince(exam.accreditation, inquiry.at))
  }
  const { keys } = exam.accreditation.credential.credentialSubject
  const listedThen = listsKey(keys, key, attestation.created)
  const keyEnded = listedThen && !listsKey(keys, key, inquiry.at)
  if (keyEnded && ended.length === 0) ended.push(keyEndedSince(exam.accreditation, key))
  if (ended.length === 0) return nothing
  for (const other of inquiry.documents.about('VerifierAccreditation', attestation.issuer)) {
    if (other.digestMultibase === exam.accreditation.digestMultibase) continue
    const renewal = await examiners.accreditation(other)
    if (isCurrent(renewal)) return { findings: [], used: renewal.used }
  }
  const { policy } = inquiry
  if (policy.requireCurrent) {
    return { findings: ended.map((each) => notCurrent(each)), used: [] }
  }
  if (policy.acceptSelfAssertedTime) return { findings: ended, used: [] }
  return { findings: [...ended, timeUnproven(attestation, ended)], used: [] }
}

function keyEndedSince(accreditation: Accreditation, { thumbprint }: PublicKey): Finding {
  return finding('ENDED_SINCE', {
    credential: accreditation.id,
    pointer: '/credentialSubject/keys',
    detail: 'The key that signed is listed only until before the instant asked for.',
    found: thumbprint,
  })
}

/** The same as an error, for a policy that requires what counts to be in force still. */
export function notCurrent(ended: Finding): Finding {
  return finding('NOT_CURRENT', {
    credential: ended.credential,
    pointer: ended.pointer,
    detail: ended.detail,
    ...(ended.expected === undefined ? {} : { expected: ended.expected }),
    ...(ended.found === undefined ? {} : { found: ended.found }),
  })
}

/** That a signature was made in time rests on the word of one whose right has ended. */
export function timeUnproven(signed: SecuredCredential, ended: readonly Finding[]): Finding {
  return finding('TIME_UNPROVEN', {
    credential: signed.id,
    pointer: signed.securing.form === 'vc+jwt' ? '' : '/proof/created',
    detail: `What it rests on has ended since (${[...new Set(ended.map(({ credential }) => credential))].join(', ')}), and only its own word says that it was signed before.`,
    expected: 'everything it rests on still in force, or a trusted timestamp',
    found: formatInstant(signed.created),
  })
}

async function independenceOf(
  attestation: Attestation,
  exam: AccreditationExam,
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<{ readonly findings: readonly Finding[]; readonly used: readonly SecuredCredential[] }> {
  const subject = attestation.credential.credentialSubject
  const body = await examiners.identity(attestation.issuer)
  const accreditor = await examiners.identity(exam.accreditation.issuer)
  const others: Party[] = [
    party('accreditor', exam.accreditation.issuer, accreditor, {
      byOther: true,
    }),
  ]
  const used = [...body.used, ...accreditor.used]
  if (subject.type === 'Facility') {
    const operator = await examiners.identity(subject.operator)
    used.push(...operator.used)
    // What the attestation says of the operator's group is the word of the body itself.
    others.push(
      party('operator', subject.operator, operator, {
        parent: subject.operatorGroup,
        byOther: false,
      }),
    )
  }
  if (examiners.passportIssuer !== null) others.push(examiners.passportIssuer)
  const findings = independenceFindings(
    attestation,
    accreditedParty('assurance body', exam.accreditation, body),
    others,
    inquiry.policy.requireProvenIndependence,
  )
  return { findings, used }
}

/** The answers of an attestation as signed, in the form the evaluation takes. */
export function attestedAnswers(
  attestation: { readonly id: string; readonly credential: RulebookAttestation },
  facility: string = attestation.credential.credentialSubject.id,
): AttestedAnswers {
  const subject = attestation.credential.credentialSubject
  return {
    credential: attestation.id,
    subject: subject.type === 'Battery' ? { type: 'Battery' } : { type: 'Facility', facility },
    rulebook: subject.rulebook.key,
    activities: subject.activities,
    boundary: subject.boundary,
    period: subject.period,
    results: subject.results,
    qualifiedIndicators: subject.engagement.qualifiedIndicators ?? [],
    withdrawnIndicators: [],
  }
}

/** Whether an attestation had ended at an instant. */
export function hasEnded(attestation: Attestation, at: number): boolean {
  return (parseInstant(attestation.credential.validUntil) ?? 0) < at
}

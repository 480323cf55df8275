import { formatInstant } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import type { Explanation, LoadedMethod } from '@battery-passport/rulebooks'
import { type Finding, finding, listed } from './findings/findings.ts'
import type { Inquiry } from './inquiry.ts'
import { examineStatements, type PassportExams } from './memory/passport-exams.ts'
import { methodFor } from './policy/method-claim.ts'
import type { MethodLibrary } from './policy/methods.ts'
import { authenticate } from './proof/authenticity.ts'
import { chainFindings } from './reading/chain.ts'
import type { Attestation, Passport } from './reading/secured-credential.ts'
import type { Report } from './report.ts'
import { explainBattery } from './score/evaluation.ts'
import { recompute } from './score/score.ts'
import type { AttestationExam } from './statements/attestation-exam.ts'
import { bindingFindings } from './statements/binding.ts'
import { custodyBindingFindings } from './statements/custody-binding.ts'
import type { CustodyExam } from './statements/custody-exam.ts'
import type { Examiners } from './statements/examiners.ts'
import { canonicalFacility } from './statements/facilities.ts'
import { coveredRows } from './statements/share-assurance.ts'
import { statusOf } from './status/status.ts'
import { ownSigner } from './status/status-signers.ts'
import { withdrawalEffects } from './status/withdrawal.ts'
import type { Ending } from './time/ending.ts'
import { endedSince, validityFindings } from './time/validity.ts'
import { accreditationExaminer } from './trust/accreditation.ts'
import { hasEnded, notCurrent, outdated } from './trust/currency.ts'
import { type IdentityExaminer, identityExaminer } from './trust/identity.ts'
import { type Party, party } from './trust/independence.ts'
import { registrationFindings } from './trust/registration.ts'
import type { AcceptedScore } from './verdict.ts'

/** A score that may be relied on, and where it comes from. */
export interface Scored {
  readonly score: AcceptedScore
  /** The derivation of the score, computed when it is asked for. */
  explain(): Explanation
}

/**
 * Steps 3 to 9 for a passport: proof, validity and status of the passport; every attestation to its
 * anchor; what binds them to this battery; the score. Returns the score only if nothing stands
 * against it.
 */
export async function walkPassport(
  passport: Passport,
  inquiry: Inquiry,
  methods: MethodLibrary,
  report: Report,
): Promise<Scored | null> {
  report.use([passport])
  const endless = chainFindings(passport, inquiry.documents, inquiry.policy.limits)
  report.add(endless)
  if (endless.length > 0) return null

  const authentic = await authenticate(passport, inquiry, inquiry.at)
  report.add(authentic.ok ? authentic.doubts : authentic.findings)
  const identity = identityExaminer(inquiry, passport.created, passport)
  const method = authentic.ok ? methodFor(passport, inquiry.policy, methods) : null
  if (method !== null) report.add(method.findings)
  if (authentic.ok) await judgePassport(passport, authentic.key, inquiry, identity, report)

  const passportIssuer = authentic.ok ? await issuerParty(passport, identity, report) : null
  const examinersOf = (within: Inquiry): Examiners => ({
    accreditation: accreditationExaminer(within),
    identity: identityExaminer(within, passport.created),
    rulebook: (digest) => methods.findRulebook(digest),
    passportIssuer,
    reliedOnAt: passport.created,
  })
  const exams = await examineStatements(passport, inquiry, examinersOf, report)
  if (!authentic.ok) return null
  judgeTime(passport, exams, inquiry, report)
  const { attestations, custody } = exams
  const facilityOf = await facilities(passport, attestations, identity, report)
  const { policy, memory } = inquiry
  const known = method?.method ?? null
  report.add(bindingFindings(passport, attestations, facilityOf, known, policy, memory.evidence))
  const assuring = custody.filter(({ authentic }) => authentic).map((exam) => exam.custody)
  report.add(custodyBindingFindings(passport, assuring, known))
  if (!report.isClean || known === null) return null
  return scoreOf(passport, exams, facilityOf, known, inquiry, report)
}

/** Validity, status and authority of the passport itself. */
async function judgePassport(
  passport: Passport,
  key: PublicKey,
  inquiry: Inquiry,
  identity: IdentityExaminer,
  report: Report,
): Promise<void> {
  const { at, policy } = inquiry
  report.add(validityFindings(passport, at, `at ${formatInstant(at)}`, policy.clockSkew))
  const status = await statusOf(passport, inquiry, ownSigner(passport.issuer))
  report.add(status.findings)
  // A passport is relied on at the instant asked for, and one that was void when signed, never.
  const reliedOnAt = Math.max(at, passport.created)
  report.add(withdrawalEffects(status.withdrawals, reliedOnAt, inquiry).findings)
  report.use(status.used)
  const { manufacturer } = passport.credential.credentialSubject
  if (passport.issuer !== manufacturer) {
    report.add([
      finding('ISSUER_NOT_AUTHORISED', {
        credential: passport.id,
        pointer: '/issuer',
        detail: 'The passport is not issued by the manufacturer of the battery.',
        expected: manufacturer,
        found: passport.issuer,
      }),
    ])
  }
  const { passportIssuers } = policy
  if (passportIssuers === 'any') {
    const detail = 'Any DID may issue a passport that you accept.'
    const expected = '"registered", or the DIDs you know'
    const what = { credential: '', pointer: '', detail, expected, found: '"any"' }
    report.add([finding('POLICY_ANY_ISSUER', what)])
    return
  }
  if (passportIssuers !== 'registered') {
    if (passportIssuers.has(passport.issuer)) return
    report.add([
      finding('ISSUER_NOT_AUTHORISED', {
        credential: passport.id,
        pointer: '/issuer',
        detail: 'Your policy does not name this issuer.',
        expected: 'one of passportIssuers',
        found: passport.issuer,
      }),
    ])
    return
  }
  report.add(await registrationFindings(passport, key, inquiry, identity))
}

async function issuerParty(
  passport: Passport,
  identity: IdentityExaminer,
  report: Report,
): Promise<Party> {
  const exam = await identity(passport.issuer)
  report.use(exam.used)
  report.add(exam.notes)
  const parent = passport.credential.credentialSubject.manufacturerGroup
  return party('passport issuer', passport.issuer, exam, { parent, byOther: false })
}

/**
 * The passport was signed inside each attestation, of answers or of shares, and before any
 * withdrawal. Where one has ended or was withdrawn since, only the issuer's own word says so.
 */
function judgeTime(
  passport: Passport,
  exams: PassportExams,
  inquiry: Inquiry,
  report: Report,
): void {
  const { at, policy } = inquiry
  const ended: Ending[] = []
  const statements = [
    ...exams.attestations.map(({ attestation, ended }) => ({ statement: attestation, ended })),
    ...exams.custody.map((exam) => ({ statement: exam.custody, ended: exam.ended })),
  ]
  for (const { statement, ended: withdrawn } of statements) {
    const outside = validityFindings(statement, passport.created, 'when the passport was signed')
    report.add(outside)
    ended.push(...withdrawn)
    if (outside.length === 0 && hasEnded(statement, at)) ended.push(endedSince(statement, at))
  }
  const isModel = passport.credential.credentialSubject.granularity === 'model'
  if (policy.requireCurrent || isModel) {
    report.add(ended.map(({ note }) => notCurrent(note)))
    return
  }
  report.add(outdated(passport, ended, inquiry))
}

/**
 * The canonical facility of each attestation, through the registered identity of its operator. An
 * alias that only an identity gives of which something could not be checked leaves that open.
 */
async function facilities(
  passport: Passport,
  exams: readonly AttestationExam[],
  identity: IdentityExaminer,
  report: Report,
): Promise<(attestation: Attestation) => string> {
  const { supplyChain } = passport.credential.credentialSubject
  const rows = new Set(supplyChain.map(({ facility }) => facility))
  const canonical = new Map<Attestation, string>()
  for (const { attestation } of exams) {
    const subject = attestation.credential.credentialSubject
    if (subject.type === 'Battery' || rows.has(subject.id)) continue
    const operator = await identity(subject.operator)
    const certain = canonicalFacility(subject.id, operator.good)
    const possible = canonicalFacility(subject.id, operator.undecided)
    if (!rows.has(certain) && rows.has(possible)) report.add(operator.unknowns)
    canonical.set(attestation, rows.has(certain) ? certain : possible)
  }
  return (attestation) => canonical.get(attestation) ?? attestation.credential.credentialSubject.id
}

function scoreOf(
  passport: Passport,
  { attestations, custody }: PassportExams,
  facilityOf: (attestation: Attestation) => string,
  method: LoadedMethod,
  inquiry: Inquiry,
  report: Report,
): Scored | null {
  const counted = attestations.map(({ attestation, uncounted, withdrawnIndicators }) => ({
    attestation,
    facility: facilityOf(attestation),
    uncounted,
    withdrawnIndicators,
  }))
  const { current, findings } = recompute(passport, method, counted, custody, inquiry)
  report.add(findings)
  if (current === null) return null
  const { shareAssurance } = current
  if (shareAssurance === 'none') report.add([sharesUnassured(passport, custody)])
  const battery = passport.credential.credentialSubject
  return {
    score: current,
    explain: () => explainBattery(battery, method, counted, shareAssurance),
  }
}

function sharesUnassured(passport: Passport, custody: readonly CustodyExam[]): Finding {
  const { supplyChain } = passport.credential.credentialSubject
  const counting = custody.filter(({ counts }) => counts).map((exam) => exam.custody)
  const uncovered = coveredRows(supplyChain, counting).flatMap(({ by }, index) =>
    by === null ? [`${index}`] : [],
  )
  return finding('SHARES_UNASSURED', {
    credential: passport.id,
    pointer: '/credentialSubject/supplyChain',
    detail:
      uncovered.length === supplyChain.length
        ? 'No custody attestation covers the supply-chain shares.'
        : 'No custody attestation covers some of the supply-chain shares.',
    expected: 'each row in a custody attestation, equal in all five members',
    found: `not covered: ${listed(uncovered)}`,
  })
}

import {
  type BatterySubject,
  digestOfDocument,
  type FacilitySubject,
  parseInstant,
} from '@battery-passport/contexts'
import type { Signer } from '@battery-passport/keys'
import { checkAnswers, type Rulebook } from '@battery-passport/rulebooks'
import type { Accreditation } from '@battery-passport/verifier'
import {
  type DatedCredential,
  datedCredential,
  qualificationFindings,
} from '@battery-passport/verifier/rules'
import { type IssuanceFault, refuseFaults } from './errors.ts'
import { accreditationFaults } from './lint/accreditation.ts'
import { evidenceFaults } from './lint/evidence.ts'
import { findingFault } from './lint/finding-fault.ts'
import { independenceFaults } from './lint/independence.ts'
import { frameFaults, shapeFaults } from './lint/shape.ts'
import { statementDateFaults } from './lint/statement-dates.ts'
import { referenceTo } from './reference.ts'
import { type CredentialFrame, framed, type Unsecured } from './unsecured.ts'

/** What the assessor found; the rulebook and the accreditation are filled in. */
export type AttestedSubject =
  | Omit<FacilitySubject, 'rulebook' | 'accreditation'>
  | Omit<BatterySubject, 'rulebook' | 'accreditation'>

/** One rulebook × one subject × one period. */
export interface AttestationRequest extends CredentialFrame {
  readonly subject: AttestedSubject
}

/** What an attestation is made with besides the assessor's findings. */
export interface AttestationContext {
  /** The assurance body's own key: the issuer is its DID. It signs nothing here. */
  readonly signer: Pick<Signer, 'did' | 'publicKey'>
  /** The criteria of the engagement. */
  readonly rulebook: Rulebook
  /** The accreditation under which the statement is made. */
  readonly accreditation: Accreditation
  /** When it will be signed, RFC 3339. */
  readonly created: string
}

/**
 * Makes a `RulebookAttestation`. Every answer is checked against the rulebook, every date and the
 * scope of the accreditation as a verifier will check them; nothing is signed.
 *
 * @throws {IssuanceError} ATTESTATION_REFUSED with every fault
 */
export function attest(
  request: AttestationRequest,
  context: AttestationContext,
): Unsecured<'RulebookAttestation'> {
  const { signer, rulebook, accreditation } = context
  const criteria = {
    rulebook: {
      key: rulebook.key,
      version: rulebook.version,
      digestMultibase: digestOfDocument(rulebook),
    },
    accreditation: referenceTo(accreditation),
  }
  const { subject } = request
  const credential = {
    ...framed('RulebookAttestation', signer.did, request),
    credentialSubject:
      subject.type === 'Facility' ? { ...subject, ...criteria } : { ...subject, ...criteria },
    credentialStatus: request.credentialStatus,
  }
  refuseFaults('ATTESTATION_REFUSED', shapeFaults('RulebookAttestation', credential))
  const attestation = datedCredential<'RulebookAttestation'>(credential, instantOf(context))
  refuseFaults('ATTESTATION_REFUSED', [
    ...frameFaults('RulebookAttestation', credential),
    ...subjectTypeFaults(rulebook, subject),
    ...answerFaults(rulebook, subject),
    ...qualificationFaults(rulebook, attestation),
    ...evidenceFaults(attestation),
    ...statementDateFaults(attestation, rulebook),
    ...accreditationFaults(attestation, context),
    ...independenceFaults(attestation, accreditation),
  ])
  return credential
}

function instantOf({ created }: AttestationContext): number {
  const instant = parseInstant(created)
  if (instant === null) throw new TypeError(`attest: no instant: ${created}`)
  return instant
}

function subjectTypeFaults(rulebook: Rulebook, { type }: AttestedSubject): IssuanceFault[] {
  if (rulebook.subjectTypes.includes(type)) return []
  return [
    {
      code: 'ANSWER_INVALID',
      pointer: '/credentialSubject/type',
      expected: rulebook.subjectTypes.join(' or '),
      found: type,
      detail: `${rulebook.key} ${rulebook.version} has nothing to ask of this kind of subject.`,
      remedy: 'Assess a subject the rulebook is made for.',
    },
  ]
}

function answerFaults(rulebook: Rulebook, subject: AttestedSubject): IssuanceFault[] {
  return checkAnswers(rulebook, subject, subject.results).map(
    ({ pointer, expected, found, detail, remedy }) => ({
      code: 'ANSWER_INVALID',
      pointer: `/credentialSubject/results${pointer}`,
      expected,
      found,
      detail,
      remedy,
    }),
  )
}

/** Indicators that a qualification or a finding names, and the rulebook does not have. */
function qualificationFaults(
  rulebook: Rulebook,
  attestation: DatedCredential<'RulebookAttestation'>,
): IssuanceFault[] {
  const { findings } = attestation.credential.credentialSubject.engagement
  const known = rulebook.indicators.map(({ id }) => id)
  const remedy = `Use one of ${known.join(', ')}.`
  return [
    ...qualificationFindings(attestation, rulebook).map((found) => findingFault(found, { remedy })),
    ...findings.flatMap(({ indicator }, index) =>
      indicator === undefined || known.includes(indicator)
        ? []
        : [
            {
              code: 'ANSWER_INVALID' as const,
              pointer: `/credentialSubject/engagement/findings/${index}/indicator`,
              expected: `an indicator of ${rulebook.key} ${rulebook.version}`,
              found: indicator,
              detail: 'The rulebook has no indicator of this id.',
              remedy,
            },
          ],
    ),
  ]
}

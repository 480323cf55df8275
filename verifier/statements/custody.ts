import type { Inquiry } from '../inquiry.ts'
import { authenticate } from '../proof/authenticity.ts'
import type { Attestation, Custody } from '../reading/secured-credential.ts'
import { custodyDemandsOf } from '../trust/accreditation-scope.ts'
import type { CustodyExam } from './custody-exam.ts'
import { custodyStatementFindings } from './custody-statement.ts'
import type { Examiners } from './examiners.ts'
import {
  type DeclaredOperator,
  manufacturerOf,
  type OtherParties,
  operatorParties,
  together,
} from './other-parties.ts'
import { standingOf } from './standing.ts'

/**
 * Steps 3 to 8 for one custody attestation, except what binds it to a battery.
 *
 * @param attestations that are relied on beside it: they name operators it must not depend on
 */
export async function examineCustody(
  custody: Custody,
  attestations: readonly Attestation[],
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<CustodyExam> {
  const authentic = await authenticate(custody, inquiry, inquiry.at)
  if (!authentic.ok) {
    const { findings } = authentic
    return { custody, authentic: false, findings, used: [custody], counts: false, ended: [] }
  }
  const demands = custodyDemandsOf(custody.credential)
  const others = () => othersOf(custody, attestations, inquiry, examiners)
  const standing = await standingOf(custody, authentic.key, demands, others, inquiry, examiners)
  const { withdrawal, isOutsideScope } = standing
  return {
    custody,
    authentic: true,
    findings: [...authentic.doubts, ...standing.findings, ...custodyStatementFindings(custody)],
    used: [custody, ...standing.used],
    counts: !withdrawal.isRevoked && !isOutsideScope,
    ended: withdrawal.ended,
  }
}

/** The manufacturer, whose word it is to assure, and as far as they are known the operators. */
async function othersOf(
  { credential }: Custody,
  attestations: readonly Attestation[],
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<OtherParties> {
  const { manufacturer, supplyChain } = credential.credentialSubject
  const facilities = new Set(supplyChain.map(({ facility }) => facility))
  const declared = declaredOperators(facilities, attestations)
  return together(
    await operatorParties(facilities, declared, inquiry, examiners),
    await manufacturerOf(manufacturer, examiners),
  )
}

function declaredOperators(
  facilities: ReadonlySet<string>,
  attestations: readonly Attestation[],
): readonly DeclaredOperator[] {
  const operators = new Map<string, DeclaredOperator>()
  for (const { credential } of attestations) {
    const subject = credential.credentialSubject
    if (subject.type !== 'Facility' || !facilities.has(subject.id)) continue
    const { operator: did, operatorGroup: group } = subject
    operators.set(JSON.stringify([did, group]), { did, group })
  }
  return [...operators.values()]
}

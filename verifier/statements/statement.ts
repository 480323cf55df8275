import type { BoundedCache } from '@battery-passport/keys'
import type { Rulebook } from '@battery-passport/rulebooks'
import type { Finding } from '../findings/findings.ts'
import type { SecuredCredential } from '../reading/secured-credential.ts'
import { statementDateFindings } from '../time/period.ts'
import { demandsOf } from '../trust/accreditation-scope.ts'
import type { ScopeLists } from '../trust/scope-lists.ts'
import { answerFindings } from './answers.ts'
import { conclusionFindings, openFindings } from './engagement.ts'
import { evidenceFindings } from './evidence.ts'

/** What is wrong with an attestation whoever signed it, and whenever it is looked at. */
export interface StatementFindings {
  /** What it demands of any accreditation. */
  readonly demands: readonly ScopeLists[]
  readonly conclusion: readonly Finding[]
  readonly faults: readonly Finding[]
}

/**
 * The statement of an attestation by itself: conclusion, open findings, dates, evidence, and its
 * answers against the rulebook it was made by, whose content is pinned by its digest.
 *
 * @param rulebook null if it is not at hand; the same for the same digest, or the memory would lie
 */
export function statementFindings(
  attestation: SecuredCredential<'RulebookAttestation'>,
  rulebook: Rulebook | null,
  { statements }: { readonly statements: BoundedCache<StatementFindings> },
): StatementFindings {
  const known = statements.get(attestation.digestMultibase)
  if (known !== undefined) return known
  const findings: StatementFindings = {
    demands: demandsOf(attestation.credential),
    conclusion: conclusionFindings(attestation),
    faults: [
      ...openFindings(attestation),
      ...statementDateFindings(attestation),
      ...evidenceFindings(attestation),
      ...answerFindings(attestation, rulebook),
    ],
  }
  // A copy: what is cut from the text of a presentation would keep all of it in memory.
  const { demands, conclusion, faults } = structuredClone(findings)
  for (const each of [...conclusion, ...faults]) Object.freeze(each)
  statements.set(attestation.digestMultibase, { demands, conclusion, faults })
  return findings
}

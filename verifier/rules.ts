/**
 * The rules by which a verifier judges, one by one: whoever makes credentials asks them before
 * anything is signed, and so never by another rule than those who will verify.
 */
export { custodyDemandsOf, demandsOf } from './accreditation-scope.ts'
export { qualificationFindings } from './answers.ts'
export { rowFindings, rulebookFindings } from './binding.ts'
export { custodyBindingFindings } from './custody-binding.ts'
export { custodyStatementFindings } from './custody-statement.ts'
export { type DatedCredential, datedCredential } from './dated-credential.ts'
export { delegatedFindings, delegatorFindings, narrowingFindings } from './delegation.ts'
export { conclusionFindings, openFindings } from './engagement.ts'
export { entitlementFindings, uncoveredDemands } from './entitlement.ts'
export { inPassport } from './evaluation-fault.ts'
export { evidenceFindings } from './evidence.ts'
export { accreditedParty, dependence, party } from './independence.ts'
export { noticeFindings } from './notice-rules.ts'
export {
  earliestPeriodEnd,
  periodAgeFindings,
  periodFindings,
  periodSpreadFindings,
  statementDateFindings,
} from './period.ts'
export { shortfallWords } from './shortfall-words.ts'
export { passportIdFindings, productionWindowFindings, subjectFindings } from './subject.ts'
export type { UnscoredPassport } from './unscored-passport.ts'
export { validityFindings } from './validity.ts'

/**
 * The rules by which a verifier judges, one by one: whoever makes credentials asks them before
 * anything is signed, and so never by another rule than those who will verify.
 */

export { type DatedCredential, datedCredential } from './reading/dated-credential.ts'
export { inPassport } from './score/evaluation-fault.ts'
export { qualificationFindings } from './statements/answers.ts'
export { rowFindings, rulebookFindings } from './statements/binding.ts'
export { custodyBindingFindings } from './statements/custody-binding.ts'
export { custodyStatementFindings } from './statements/custody-statement.ts'
export { conclusionFindings, openFindings } from './statements/engagement.ts'
export { evidenceFindings } from './statements/evidence.ts'
export {
  passportIdFindings,
  productionWindowFindings,
  subjectFindings,
} from './statements/subject.ts'
export type { UnscoredPassport } from './statements/unscored-passport.ts'
export { noticeFindings } from './status/notice-rules.ts'
export {
  earliestPeriodEnd,
  periodAgeFindings,
  periodFindings,
  periodSpreadFindings,
  statementDateFindings,
} from './time/period.ts'
export { validityFindings } from './time/validity.ts'
export { custodyDemandsOf, demandsOf } from './trust/accreditation-scope.ts'
export { delegatedFindings, delegatorFindings, narrowingFindings } from './trust/delegation.ts'
export { entitlementFindings, uncoveredDemands } from './trust/entitlement.ts'
export { accreditedParty, dependence, party } from './trust/independence.ts'
export { shortfallWords } from './trust/shortfall-words.ts'

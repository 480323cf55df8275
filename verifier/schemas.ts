/** The schemas of what a verifier reads and answers, apart, so that who verifies loads no TypeBox. */
export { Finding } from './findings/finding-schema.ts'
export { VerificationPolicy } from './policy/policy-schema.ts'
export { PassportVerdict, type PrintedVerdict } from './verdict-schema.ts'

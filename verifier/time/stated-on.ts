import type { DatedCredential } from '../reading/dated-credential.ts'
import type { StatementType } from '../reading/secured-credential.ts'

/** The day of a statement, `YYYY-MM-DD`, and its place in the credential. */
export function statedOn({ credential: { credentialSubject } }: DatedCredential<StatementType>): {
  readonly statementDate: string
  readonly pointer: string
} {
  return 'engagement' in credentialSubject
    ? {
        statementDate: credentialSubject.engagement.statementDate,
        pointer: '/credentialSubject/engagement/statementDate',
      }
    : {
        statementDate: credentialSubject.statementDate,
        pointer: '/credentialSubject/statementDate',
      }
}

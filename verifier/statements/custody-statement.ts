import { checkShares } from '@battery-passport/rulebooks'
import { type Finding, finding } from '../findings/findings.ts'
import type { DatedCredential } from '../reading/dated-credential.ts'
import { statementDateFindings } from '../time/period.ts'

/**
 * What is wrong with a custody attestation by itself, whoever signed it: its dates, and rows that
 * cannot be together. Several shares for one facility would assure whichever the passport states.
 */
export function custodyStatementFindings(
  custody: DatedCredential<'CustodyAttestation'>,
): readonly Finding[] {
  const { supplyChain } = custody.credential.credentialSubject
  return [
    ...statementDateFindings(custody),
    ...checkShares(supplyChain).map(({ pointer, detail, expected, found }) =>
      finding('SHARES_INVALID', {
        credential: custody.id,
        pointer: `/credentialSubject/supplyChain${pointer}`,
        detail,
        expected,
        found,
        whose: 'assurance-body',
      }),
    ),
  ]
}

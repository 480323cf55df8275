import type { Accreditation, StatementType } from '@battery-passport/verifier'
import {
  accreditedParty,
  type DatedCredential,
  dependence,
  party,
} from '@battery-passport/verifier/rules'
import type { IssuanceFault } from '../errors.ts'

/** At the desk no identity is at hand: only what accreditation and statement say is known. */
const NO_IDENTITIES = { good: [], undecided: [] }

/** What is known at the desk of who must not be the same: the body, the operator, its group. */
export function independenceFaults(
  { credential }: DatedCredential<StatementType>,
  accreditation: Accreditation,
): IssuanceFault[] {
  const subject = credential.credentialSubject
  const body = accreditedParty('assurance body', accreditation, NO_IDENTITIES)
  const other =
    subject.type === 'Facility'
      ? party('operator', subject.operator, NO_IDENTITIES, {
          parent: subject.operatorGroup,
          byOther: false,
        })
      : party('manufacturer', subject.manufacturer, NO_IDENTITIES, { byOther: false })
  const common = dependence(body, other)
  if (common === null) return []
  const isSame = body.did === other.did
  return [
    {
      code: 'NOT_INDEPENDENT',
      pointer: `/credentialSubject/${isSame ? other.role : 'operatorGroup'}`,
      expected: isSame
        ? 'another DID than the assurance body'
        : 'another group than that of the assurance body',
      found: common,
      detail: 'The assurance body would attest its own house.',
      remedy: 'Have it attested by a body outside the group.',
    },
  ]
}

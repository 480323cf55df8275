import type {
  BatterySubject,
  FacilitySubject,
  VerifierAccreditation,
} from '@battery-passport/contexts'
import type { IssuanceFault } from '../errors.ts'

/** What is known at the desk of who must not be the same: the body, the operator, its group. */
export function independenceFaults(
  {
    issuer,
    credentialSubject,
  }: { readonly issuer: string; readonly credentialSubject: FacilitySubject | BatterySubject },
  body: VerifierAccreditation['credentialSubject'],
): IssuanceFault[] {
  const [member, did] =
    credentialSubject.type === 'Facility'
      ? ['operator', credentialSubject.operator]
      : ['manufacturer', credentialSubject.manufacturer]
  const faults: IssuanceFault[] = []
  const dependent = (pointer: string, expected: string, found: string) =>
    faults.push({
      code: 'NOT_INDEPENDENT',
      pointer: `/credentialSubject/${pointer}`,
      expected,
      found,
      detail: 'The assurance body would attest its own house.',
      remedy: 'Have it attested by a body outside the group.',
    })
  if (did === issuer) dependent(member, 'another DID than the assurance body', did)
  if (credentialSubject.type === 'Facility' && credentialSubject.operatorGroup !== undefined) {
    const group = credentialSubject.operatorGroup
    if (group === body.lei || group === body.ultimateParentLei) {
      dependent('operatorGroup', 'another group than that of the assurance body', group)
    }
  }
  return faults
}

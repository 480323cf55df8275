import type { LoadedMethod } from '@battery-passport/rulebooks'
import type { Custody } from '@battery-passport/verifier'
import {
  custodyBindingFindings,
  type UnscoredPassport,
  validityFindings,
} from '@battery-passport/verifier/rules'
import type { IssuanceFault } from '../errors.ts'
import { findingFault } from './finding-fault.ts'

/**
 * Whether the custody attestations are about this model or batch and its rows, at their dates, each
 * row assured by one. Pointers are to the references.
 */
export function custodyFaults(
  passport: UnscoredPassport,
  custody: readonly Custody[],
  method: LoadedMethod,
): IssuanceFault[] {
  const { created } = passport
  const found = [
    ...custodyBindingFindings(passport, custody, method),
    ...custody.flatMap((each) => validityFindings(each, created, 'at the signing of the passport')),
  ]
  return found.map((each) => {
    const index = custody.findIndex(({ id }) => id === each.credential)
    return index < 0
      ? findingFault(each)
      : findingFault(each, {
          pointer: `/credentialSubject/custody/${index}`,
          detail: `${each.credential}: ${each.detail}`,
        })
  })
}

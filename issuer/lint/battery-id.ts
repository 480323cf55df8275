import { passportIdFindings, type UnscoredPassport } from '@battery-passport/verifier/rules'
import type { IssuanceFault } from '../errors.ts'

/** A passport of a model or batch is about that model or batch itself, so that nobody reads two. */
export function batteryIdFaults(passport: UnscoredPassport): IssuanceFault[] {
  const { granularity, id } = passport.credential.credentialSubject
  return passportIdFindings(passport).map(({ code, detail, found: named }) => ({
    code,
    pointer: '/credentialSubject/id',
    found: id,
    detail,
    ...(granularity === 'item'
      ? {
          expected: 'an id that is that of no model and no batch',
          remedy: 'Give the item an id of its own, or issue the passport of its model or batch.',
        }
      : {
          expected: `${named}, the ${granularity} it names`,
          remedy: `Give id and ${granularity} the same value.`,
        }),
  }))
}

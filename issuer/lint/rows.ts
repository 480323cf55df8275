import type { LoadedMethod } from '@battery-passport/rulebooks'
import type { FindingCode } from '@battery-passport/verifier'
import { rowFindings, type UnscoredPassport } from '@battery-passport/verifier/rules'
import type { IssuanceFault } from '../errors.ts'
import { findingFault } from './finding-fault.ts'

const REMEDIES: Partial<Readonly<Record<FindingCode, string>>> = {
  SCHEMA: 'Name the facility by its canonical id.',
  CUSTODY_MODEL: 'Leave the row out: its share then counts as unknown.',
}

/** Rows that the method does not admit: another id scheme, a custody model it does not count. */
export function rowFaults(passport: UnscoredPassport, method: LoadedMethod): IssuanceFault[] {
  return rowFindings(passport, method, { custodyModels: null }).map((found) =>
    findingFault(found, { remedy: REMEDIES[found.code] ?? found.remedy }),
  )
}

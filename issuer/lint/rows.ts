import type { SupplyChainRow } from '@battery-passport/contexts'
import type { Method } from '@battery-passport/rulebooks'
import { facilityIdFault } from '@battery-passport/verifier'
import type { IssuanceFault } from '../errors.ts'

/** Rows that the method does not admit: another id scheme, a custody model it does not count. */
export function rowFaults(rows: readonly SupplyChainRow[], method: Method): IssuanceFault[] {
  return rows.flatMap(({ facility, custodyModel }, index) => {
    const pointer = `/credentialSubject/supplyChain/${index}`
    const faults: IssuanceFault[] = []
    const expected = facilityIdFault(method.facilityIdScheme, facility)
    if (expected !== null) {
      faults.push({
        code: 'SCHEMA',
        pointer: `${pointer}/facility`,
        expected,
        found: facility,
        detail: `Method ${method.key} ${method.version} has one kind of facility id, so that no facility counts twice.`,
        remedy: 'Name the facility by its canonical id.',
      })
    }
    if (!method.custodyModels.includes(custodyModel)) {
      faults.push({
        code: 'CUSTODY_MODEL',
        pointer: `${pointer}/custodyModel`,
        expected: `one of ${method.custodyModels.join(', ')}`,
        found: custodyModel,
        detail: `Method ${method.key} ${method.version} does not count material under this model.`,
        remedy: 'Leave the row out: its share then counts as unknown.',
      })
    }
    return faults
  })
}

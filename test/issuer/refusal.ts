import assert from 'node:assert/strict'
import { type IssuanceCode, IssuanceError } from '@battery-passport/issuer'

/** The faults of a refusal as `CODE pointer`, sorted; fails if nothing is refused. */
export function faultsOf(code: IssuanceCode, make: () => unknown): readonly string[] {
  try {
    make()
  } catch (error) {
    assert.ok(error instanceof IssuanceError, String(error))
    assert.equal(error.code, code)
    for (const fault of error.faults) {
      for (const member of ['detail', 'expected', 'found', 'remedy'] as const) {
        assert.ok(fault[member].length > 0, `${fault.code} at ${fault.pointer}: ${member}`)
      }
      assert.ok(error.message.includes(fault.detail))
    }
    return error.faults.map((fault) => `${fault.code} ${fault.pointer}`).toSorted()
  }
  return assert.fail('nothing was refused')
}

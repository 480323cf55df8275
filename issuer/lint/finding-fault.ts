import type { Finding } from '@battery-passport/verifier'
import type { IssuanceFault } from '../errors.ts'

/**
 * What a verifier would find, as a fault of what is not signed yet.
 *
 * @param own what its author is told otherwise than a reader of the signed credential
 */
export function findingFault(
  { code, pointer, expected, found, detail, remedy }: Finding,
  own: Partial<Pick<IssuanceFault, 'pointer' | 'detail' | 'remedy'>> = {},
): IssuanceFault {
  const what = { expected: expected ?? 'that the rule holds', found: found ?? 'that it does not' }
  return { code, pointer, ...what, detail, remedy, ...own }
}

import { compareDecimals, type Decimal, parseDecimal } from '@battery-passport/contexts'
import type { GateState } from './leaf.ts'
import type { Gate } from './rulebook.ts'

/** A quantity with its uncertainty: both ends belong to it. */
export interface DecimalRange {
  readonly from: Decimal
  readonly until: Decimal
}

/** Whether a boolean, choice or maturity answer meets a gate. */
export function gateOfAnswer(gate: Gate, value: string): GateState {
  return 'atLeast' in gate.when ? 'may-hold' : gate.when.includes(value) ? 'holds' : 'open'
}

/** Whether a quantity meets a gate; it may while its uncertainty straddles the threshold. */
export function gateOfQuantity(gate: Gate, range: DecimalRange): GateState {
  const threshold = 'atLeast' in gate.when ? parseDecimal(gate.when.atLeast) : null
  if (threshold === null) return 'may-hold'
  if (compareDecimals(range.from, threshold) >= 0) return 'holds'
  return compareDecimals(range.until, threshold) >= 0 ? 'may-hold' : 'open'
}

import { type SchemaFault, schemaFaults } from '@battery-passport/contexts'
import * as generated from '../generated/typed-validators.ts'
import type { ResultInput } from './results.ts'

/** An answer of its closed schema, or every fault of it. */
export type CheckedResult =
  | { readonly ok: true; readonly result: ResultInput }
  | { readonly ok: false; readonly faults: readonly SchemaFault[] }

/** Whether a value is an answer as an assessor notes it. */
export function checkResult(value: unknown): CheckedResult {
  if (generated.ResultInput(value)) return { ok: true, result: value }
  return { ok: false, faults: schemaFaults(generated.ResultInput, value) }
}

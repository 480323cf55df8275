import {
  digestMultibase,
  jcs,
  preview,
  schemaFaults,
  type VerificationReceipt,
} from '@battery-passport/contexts'
import { type Finding, reasons } from '../findings/findings.ts'
import { VerificationReceipt as hasItsForm } from '../generated/typed-receipt-validators.ts'
import type { Signed } from '../proof/signed.ts'
import { instant } from '../reading/calendar.ts'
import { jsonFinding, sizeFindings } from '../reading/decoded-document.ts'
import { readJson } from '../reading/json.ts'
import { DOCUMENT_LIMITS } from '../reading/limits.ts'
import { readProof } from '../reading/proof-shape.ts'
import { findingAt, isObject, placeOf } from '../reading/shape.ts'

/** A receipt that was read strictly; that its signature holds is not known yet. */
export type ReceiptReading =
  | {
      readonly ok: true
      /** What was signed, without its proof. */
      readonly receipt: VerificationReceipt
      readonly signed: Signed
    }
  | { readonly ok: false; readonly findings: readonly [Finding, ...Finding[]] }

/** So many credentials may have been added, and each takes a line. */
const MAX_RECEIPT_BYTES = 256 * 1024

/** Reads a receipt from its bytes: strict JSON, its closed schema, exactly the one proof it has. */
export function readReceipt(bytes: Uint8Array): ReceiptReading {
  const read = readJson(bytes, DOCUMENT_LIMITS)
  if (!read.ok) return { ok: false, findings: [jsonFinding(read.fault, '')] }
  const { value } = read
  const place = placeOf(value, '')
  if (!isObject(value)) {
    const expected = 'a JSON object'
    const what = { pointer: '', detail: 'It is no receipt.', expected, found: preview(value) }
    return { ok: false, findings: [findingAt(place, 'SCHEMA', what)] }
  }
  const [oversize] = sizeFindings(bytes.length, MAX_RECEIPT_BYTES, place)
  if (oversize !== undefined) return { ok: false, findings: [oversize] }
  const { proof: _, ...unsecured } = value
  const proof = readProof(value, place)
  const hasShape = hasItsForm(unsecured)
  if (hasShape && proof.ok) {
    const securing = {
      form: 'data-integrity',
      proof: proof.proof,
      signature: proof.signature,
      proofOptionsJcs: jcs(proof.options),
      unsecuredJcs: jcs(unsecured),
    } as const
    const { id, issuer } = unsecured
    const created = instant(proof.proof.created)
    const digest = digestMultibase(jcs(value))
    const signed = { id, issuer, created, document: value, digestMultibase: digest, securing }
    return { ok: true, receipt: unsecured, signed }
  }
  const faults = schemaFaults(hasItsForm, unsecured)
  const detail = 'The receipt does not have its form.'
  const findings = [
    ...faults.map(({ pointer, expected, found }) =>
      findingAt(place, 'SCHEMA', { pointer, expected, found, detail }),
    ),
    ...(proof.ok ? [] : proof.findings),
  ]
  return { ok: false, findings: reasons(findings) }
}

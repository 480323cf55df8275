import {
  canonicalMembers,
  canonicalText,
  digestMultibase,
  jcs,
  presentationFaults,
  preview,
} from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import { instant } from './calendar.ts'
import { compactJwt, decodeEnvelope, decodeJwt, isJwt } from './decode-jwt.ts'
import {
  accepted,
  type DecodedDocument,
  jsonFinding,
  placedAt,
  refused,
  sizeFindings,
} from './decoded-document.ts'
import { type JsonDocument, type KnownText, readItemAlone, readJson } from './json.ts'
import { LIMITS, type Limits } from './limits.ts'
import { isTimestamp, type PresentedTimestamp, timestampsOf } from './presented-timestamp.ts'
import { readProof } from './proof-shape.ts'
import type { RememberedDocuments } from './remembered-documents.ts'
import { findingAt, isObject, placeOf, readShape, typeOf } from './shape.ts'

/** What stands in the input. `findings` are about the input as a whole; then it has no documents. */
export interface DecodedInput {
  readonly kind: 'presentation' | 'credential'
  readonly documents: readonly DecodedDocument[]
  readonly findings: readonly Finding[]
  /** Timestamps beside the credentials, or the one that the input is. */
  readonly timestamps: readonly PresentedTimestamp[]
}

/**
 * Steps 1 and 2: bytes to credentials that have a shape. A credential, a presentation of
 * credentials, an enveloped credential, a compact `vc+jwt` or a timestamp of one may come.
 *
 * @param at where the input stands, put before the pointers: `/with/0` for an added file
 * @param remembered documents of earlier presentations that were read under the same limits
 */
export function decodeInput(
  bytes: Uint8Array,
  limits: Limits = LIMITS,
  at = '',
  remembered: RememberedDocuments | null = null,
): DecodedInput {
  if (isJwt(bytes) && bytes.length > limits.envelopedPassportBytes) {
    const expected = `a JWT of at most ${limits.envelopedPassportBytes} bytes`
    const fault = {
      code: 'LIMIT_EXCEEDED',
      pointer: '',
      expected,
      found: `${bytes.length}`,
    } as const
    return { kind: 'credential', documents: [], findings: [jsonFinding(fault, at)], timestamps: [] }
  }
  if (isTimestamp(bytes)) {
    const timestamps = [{ pointer: at, digestMultibase: null, bytes }]
    return { kind: 'credential', documents: [], findings: [], timestamps }
  }
  const compact = compactJwt(bytes)
  if (compact !== null) {
    const documents = [decodeJwt(compact, at, limits)]
    return { kind: 'credential', documents, findings: [], timestamps: [] }
  }
  const read = readJson(bytes, limits, remembered)
  if (!read.ok) {
    const findings = [jsonFinding(read.fault, at)]
    return { kind: 'credential', documents: [], findings, timestamps: [] }
  }
  const { value, embedded } = read
  if (!isObject(value)) {
    return {
      kind: 'credential',
      documents: [],
      findings: [
        finding('SCHEMA', {
          credential: '',
          pointer: at,
          detail: 'The input is no credential and no presentation.',
          expected: 'a JSON object or a compact vc+jwt',
          found: preview(value),
        }),
      ],
      timestamps: [],
    }
  }
  if (!('verifiableCredential' in value)) {
    const { members } = read
    const whole = { value, pointer: '', text: '', bytes: bytes.length, members, known: null }
    const document = decodeDocument(whole, at, limits)
    return { kind: 'credential', documents: [document], findings: [], timestamps: [] }
  }
  const findings = presentationFaults(value).map((fault) =>
    finding('SCHEMA', {
      credential: '',
      pointer: at + fault.pointer,
      detail: 'The presentation does not have its form.',
      expected: fault.expected,
      found: fault.found,
    }),
  )
  if (findings.length > 0) {
    return { kind: 'presentation', documents: [], findings, timestamps: [] }
  }
  return {
    kind: 'presentation',
    documents: decodeItems(embedded, at, limits, remembered),
    findings,
    timestamps: timestampsOf(value, at),
  }
}

/** The documents of a presentation; what was read before is only put in its place. */
function decodeItems(
  items: readonly JsonDocument[],
  at: string,
  limits: Limits,
  remembered: RememberedDocuments | null,
): DecodedDocument[] {
  let before: KnownText | null = null
  return items.map((item) => {
    const known = remembered?.documentOf(item.value)
    if (known !== undefined) {
      before = item.known
      return placedAt(known, at + item.pointer)
    }
    const document = decodeDocument(item, at, limits)
    const again = () => {
      const alone = { ...readItemAlone(item, limits), pointer: item.pointer }
      return { item: alone, document: decodeDocument(alone, at, limits) }
    }
    before = remembered?.note({ item, document }, before, again) ?? null
    return document
  })
}

/** One document as it was read: a credential of the profile, or why it is none. */
export function decodeDocument(
  { value, pointer: below, bytes, members }: JsonDocument,
  at: string,
  limits: Limits,
): DecodedDocument {
  const pointer = at + below
  if (!isObject(value)) {
    const place = { credential: '', prefix: pointer }
    return refused(value, pointer, place, [
      findingAt(place, 'SCHEMA', {
        pointer: '',
        detail: 'This is no credential.',
        expected: 'a JSON object',
        found: preview(value),
      }),
    ])
  }
  if (value.type === 'EnvelopedVerifiableCredential') return decodeEnvelope(value, pointer, limits)
  const place = placeOf(value, pointer)
  const type = typeOf(value)
  const { proof: _, ...unsecured } = value
  const most = type === 'BatteryPassport' ? limits.passportBytes : limits.credentialBytes
  const size = sizeFindings(bytes, most, place)
  const shape = readShape(unsecured, type, place)
  const proof = readProof(value, place)
  if (size.length > 0 || !shape.ok || !proof.ok) {
    return refused(value, pointer, place, [
      ...size,
      ...(shape.ok ? [] : shape.findings),
      ...(proof.ok ? [] : proof.findings),
    ])
  }
  const canonical = members ?? canonicalMembers(value)
  return accepted(shape.credential, shape.type, {
    pointer,
    document: value,
    digestMultibase: digestMultibase(canonicalText(canonical)),
    created: instant(proof.proof.created),
    securing: {
      form: 'data-integrity',
      proof: proof.proof,
      signature: proof.signature,
      proofOptionsJcs: jcs(proof.options),
      unsecuredJcs: canonicalText(canonical.filter(([key]) => key !== 'proof')),
    },
  })
}

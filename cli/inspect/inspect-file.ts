import { digestOfDocument } from '@battery-passport/contexts'
import {
  type DecodedDocument,
  decodeInput,
  type Finding,
  type JsonObject,
  type JsonValue,
} from '@battery-passport/verifier'
import { CommandError } from '../errors.ts'
import { parseDocument } from '../input/read-document.ts'
import { kindOfDocument } from '../input/read-rulebooks.ts'
import { credentialFacts } from './credential-facts.ts'
import type { InspectedFault, Inspection } from './inspection.ts'

/** What the bytes of a file hold. Nothing is verified, and nothing secret is shown. */
export function inspectFile(bytes: Uint8Array, name: string): Inspection {
  const document = jsonObject(bytes, name)
  const other = document === null ? null : inspectDocument(document)
  if (other !== null) return other
  const { kind, documents, findings } = decodeInput(bytes)
  const [first, ...more] = documents
  if (kind === 'credential' && first !== undefined && more.length === 0) {
    return inspectCredential(first)
  }
  return {
    kind: kind === 'presentation' ? 'VerifiablePresentation' : 'a file that cannot be read',
    facts: kind === 'presentation' ? [['credentials', String(documents.length)]] : [],
    faults: findings.map(faultOf),
    ...(kind === 'presentation' ? { contents: documents.map(inspectCredential) } : {}),
  }
}

/** A JSON object that is no credential, for documents a person wrote; else null. */
function jsonObject(bytes: Uint8Array, name: string): JsonObject | null {
  try {
    const value = parseDocument(bytes, name)
    return isObject(value) ? value : null
  } catch (error) {
    if (error instanceof CommandError) return null
    throw error
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && !Array.isArray(value)
}

function inspectDocument(document: JsonObject): Inspection | null {
  if (document.type === 'battery-passport-key') {
    return described(
      'key file',
      document,
      ['did', 'publicKeyMultibase', 'created'],
      [['secret', 'encrypted; not shown']],
    )
  }
  if ('outcome' in document && 'chain' in document) {
    return described(
      'verdict',
      document,
      ['outcome', 'at', 'statusAsOf', 'version'],
      [['findings', count(document.findings)]],
    )
  }
  if (Array.isArray(document.type) && document.type[1] === 'VerificationReceipt') {
    return described(
      'receipt of a verification',
      document,
      ['id', 'issuer', 'validFrom', 'validUntil'],
      [['to read and check it', 'battery-passport receipt show FILE, receipt check FILE']],
    )
  }
  if ('anchors' in document && 'methods' in document) {
    return described(
      'policy',
      document,
      ['passportIssuers', 'allowIllustrative'],
      [
        ['anchors', count(document.anchors)],
        ['methods', count(document.methods)],
        ['digest', digestOfDocument(document)],
        ['to check it', 'battery-passport policy check FILE'],
      ],
    )
  }
  const kind = kindOfDocument(document)
  if (kind !== null) {
    return described(
      kind,
      document,
      ['key', 'version', 'title', 'status', 'owner'],
      [
        ...(kind === 'rulebook'
          ? [['indicators', count(document.indicators)] as const]
          : [['rulebooks', count(document.rulebooks)] as const]),
        ['digest', digestOfDocument(document)],
        ['to check it', 'battery-passport rulebooks check FILE'],
      ],
    )
  }
  if ('battery' in document && 'attestations' in document) {
    return described(
      'request for a passport',
      document,
      ['validFrom', 'validUntil'],
      [['attestations', count(document.attestations)]],
    )
  }
  const isCredential = 'credentialSubject' in document || 'verifiableCredential' in document
  if (isCredential || document.type === 'EnvelopedVerifiableCredential') return null
  return described(
    'another JSON document',
    document,
    [],
    [['members', Object.keys(document).join(', ')]],
  )
}

function described(
  kind: string,
  document: JsonObject,
  names: readonly string[],
  more: Inspection['facts'],
): Inspection {
  const facts = names.flatMap((name) => {
    const value = document[name]
    if (value === undefined) return []
    return [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)] as const]
  })
  return { kind, facts: [...facts, ...more], faults: [] }
}

function count(value: JsonValue | undefined): string {
  return Array.isArray(value) ? String(value.length) : 'no list'
}

function inspectCredential(document: DecodedDocument): Inspection {
  if (document.ok) {
    const { secured } = document
    return { kind: secured.type, facts: credentialFacts(secured), faults: [] }
  }
  const { id, type, digestMultibase, findings } = document
  return {
    kind: type === '' ? 'a document that is no credential of this profile' : type,
    facts: [...(id === '' ? [] : [['id', id] as const]), ['digest', digestMultibase]],
    faults: findings.map(faultOf),
  }
}

function faultOf({ code, pointer, detail, expected, found }: Finding): InspectedFault {
  return {
    code,
    pointer,
    detail,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
  }
}

import {
  type CredentialType,
  digestMultibase,
  jcs,
  parseInstant,
  presentationFaults,
  preview,
} from '@battery-passport/contexts'
import { decodeJose } from '@battery-passport/keys'
import { type Finding, finding } from './findings.ts'
import { type JsonFault, type JsonObject, type JsonValue, readJson } from './json.ts'
import { LIMITS, type Limits } from './limits.ts'
import { readProof } from './proof-shape.ts'
import type { SecuredCredential, Securing } from './secured-credential.ts'
import { findingAt, isObject, type Place, placeOf, readShape, typeOf } from './shape.ts'

/** A credential of the input: read, or not with the reasons. */
export type DecodedDocument =
  | { readonly ok: true; readonly secured: SecuredCredential }
  | {
      readonly ok: false
      readonly pointer: string
      readonly id: string
      readonly type: string
      readonly digestMultibase: string
      readonly findings: readonly [Finding, ...Finding[]]
    }

/** What stands in the input. `findings` are about the input as a whole; then it has no documents. */
export interface DecodedInput {
  readonly kind: 'presentation' | 'credential'
  readonly documents: readonly DecodedDocument[]
  readonly findings: readonly Finding[]
}

const JWT_PREFIX = 'data:application/vc+jwt,'
const COMPACT_JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/**
 * Steps 1 and 2: bytes to credentials that have a shape. A credential, a presentation of
 * credentials, an enveloped credential or a compact `vc+jwt` may come.
 *
 * @param at where the input stands, put before the pointers: `/with/0` for an added file
 */
export function decodeInput(bytes: Uint8Array, limits: Limits = LIMITS, at = ''): DecodedInput {
  if (isJwt(bytes) && bytes.length > limits.envelopedPassportBytes) {
    const expected = `a JWT of at most ${limits.envelopedPassportBytes} bytes`
    const fault = {
      code: 'LIMIT_EXCEEDED',
      pointer: '',
      expected,
      found: `${bytes.length}`,
    } as const
    return { kind: 'credential', documents: [], findings: [jsonFinding(fault, at)] }
  }
  const compact = compactJwt(bytes)
  if (compact !== null) {
    return { kind: 'credential', documents: [decodeJwt(compact, at, limits)], findings: [] }
  }
  const read = readJson(bytes, limits)
  if (!read.ok)
    return { kind: 'credential', documents: [], findings: [jsonFinding(read.fault, at)] }
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
    }
  }
  if (!('verifiableCredential' in value)) {
    const document = decodeDocument(value, at, bytes.length, limits)
    return { kind: 'credential', documents: [document], findings: [] }
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
  const documents = embedded.map((item) =>
    decodeDocument(item.value, at + item.pointer, item.bytes, limits),
  )
  return { kind: 'presentation', documents: findings.length === 0 ? documents : [], findings }
}

function jsonFinding({ code, pointer, expected, found }: JsonFault, at: string): Finding {
  const detail = {
    JSON_INVALID: 'The text is not strict JSON.',
    JSON_DUPLICATE_KEY: 'A key stands twice: two readers may see two values.',
    LIMIT_EXCEEDED: 'A size limit is exceeded.',
  }[code]
  return finding(code, { credential: '', pointer: at + pointer, detail, expected, found })
}

/** The text of a compact JWT that came alone, or null. */
function compactJwt(bytes: Uint8Array): string | null {
  if (!isJwt(bytes)) return null
  const text = Buffer.from(bytes).toString('latin1').trimEnd()
  return COMPACT_JWT.test(text) ? text : null
}

/** The header of every JWT is a JSON object, so that its base64url begins with these letters. */
function isJwt(bytes: Uint8Array): boolean {
  return bytes[0] === 0x65 && bytes[1] === 0x79 && bytes[2] === 0x4a
}

function decodeDocument(
  value: JsonValue,
  pointer: string,
  bytes: number,
  limits: Limits,
): DecodedDocument {
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
  const size = sizeFindings(bytes, type, place, limits)
  const shape = readShape(unsecured, type, place)
  const proof = readProof(value, place)
  if (size.length > 0 || !shape.ok || !proof.ok) {
    return refused(value, pointer, place, [
      ...size,
      ...(shape.ok ? [] : shape.findings),
      ...(proof.ok ? [] : proof.findings),
    ])
  }
  const { proofValue: __, ...proofOptions } = proof.proof
  const canonical = canonicalMembers(value)
  return accepted(shape.credential, shape.type, {
    pointer,
    document: value,
    digestMultibase: digestMultibase(join(canonical)),
    created: seconds(proof.proof.created),
    securing: {
      form: 'data-integrity',
      proof: proof.proof,
      signature: proof.signature,
      proofOptionsJcs: jcs(proofOptions),
      unsecuredJcs: join(canonical.filter(([key]) => key !== 'proof')),
    },
  })
}

/** JCS sorts keys by UTF-16 code units; done member by member it serves document and proof alike. */
function canonicalMembers(value: JsonObject): [key: string, text: string][] {
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => [key, `${JSON.stringify(key)}:${jcs(member)}`])
}

function join(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([, text]) => text).join(',')}}`
}

function sizeFindings(
  bytes: number,
  type: CredentialType | null,
  place: Place,
  limits: Limits,
): Finding[] {
  const most = type === 'BatteryPassport' ? limits.passportBytes : limits.credentialBytes
  return bytes <= most
    ? []
    : [
        findingAt(place, 'LIMIT_EXCEEDED', {
          pointer: '',
          detail: 'The credential is larger than the profile allows.',
          expected: `at most ${most} bytes`,
          found: `${bytes} bytes`,
        }),
      ]
}

function decodeEnvelope(value: JsonObject, pointer: string, limits: Limits): DecodedDocument {
  const id = value.id
  const exact =
    Object.keys(value).length === 3 &&
    value['@context'] === 'https://www.w3.org/ns/credentials/v2' &&
    typeof id === 'string' &&
    id.startsWith(JWT_PREFIX)
  if (exact) return decodeJwt(id.slice(JWT_PREFIX.length), pointer, limits, value)
  const place = { credential: '', prefix: pointer }
  return refused(value, pointer, place, [
    findingAt(place, 'SCHEMA', {
      pointer: '',
      detail: 'The enveloped credential does not have its form.',
      expected: `exactly @context, type and an id of ${JWT_PREFIX}…`,
      found: preview(Object.keys(value)),
    }),
  ])
}

/** Reads a compact `vc+jwt`: its payload is the credential, besides a required `iat`. */
function decodeJwt(
  compact: string,
  pointer: string,
  limits: Limits,
  envelope?: JsonObject,
): DecodedDocument {
  const document = envelope ?? {
    '@context': 'https://www.w3.org/ns/credentials/v2',
    id: `${JWT_PREFIX}${compact}`,
    type: 'EnvelopedVerifiableCredential',
  }
  const nowhere = { credential: '', prefix: pointer }
  const refuse = (place: Place, findings: readonly Finding[]) =>
    refused(document, pointer, place, findings, digestMultibase(compact))
  const decoded = decodeJose(compact, { maxLength: limits.envelopedPassportBytes })
  if (!decoded.ok) {
    const detail = `The JWT cannot be read: ${decoded.detail}.`
    return refuse(nowhere, [findingAt(nowhere, decoded.code, { pointer: '', detail })])
  }
  const read = readJson(decoded.payload, limits)
  if (!read.ok) {
    return refuse(nowhere, [jsonFinding(read.fault, pointer)])
  }
  const place = placeOf(read.value, pointer)
  if (!isObject(read.value)) {
    const detail = 'The payload is no credential.'
    return refuse(place, [findingAt(place, 'SCHEMA', { pointer: '', detail })])
  }
  const { iat, proof, ...unsecured } = read.value
  const type = typeOf(unsecured)
  const shape = readShape(unsecured, type, place)
  const most =
    type === 'BatteryPassport' ? limits.envelopedPassportBytes : limits.envelopedCredentialBytes
  const findings = [
    ...(compact.length <= most
      ? []
      : sizeFindings(compact.length, null, place, {
          ...limits,
          credentialBytes: most,
        })),
    ...(shape.ok ? [] : shape.findings),
    ...(proof !== undefined
      ? [
          findingAt(place, 'PROOF_COUNT', {
            pointer: '/proof',
            detail: 'The JWT secures the credential; a second proof inside is not allowed.',
            expected: 'no proof inside the JWT',
            found: preview(proof),
          }),
        ]
      : []),
    ...(typeof iat === 'number' && iat >= 0 && iat < 253_402_300_800
      ? []
      : [
          findingAt(place, 'PROOF_TIME', {
            pointer: '/iat',
            detail: 'The signing time is required.',
            expected: 'whole seconds since the epoch',
            found: preview(iat),
          }),
        ]),
  ]
  if (findings.length > 0 || !shape.ok) return refuse(place, findings)
  const keyId = decoded.header.kid.url
  return accepted(shape.credential, shape.type, {
    pointer,
    document,
    digestMultibase: digestMultibase(compact),
    created: typeof iat === 'number' ? iat : 0,
    securing: { form: 'vc+jwt', compact, keyId },
  })
}

function accepted<T extends CredentialType>(
  credential: SecuredCredential<T>['credential'],
  type: T,
  rest: {
    readonly pointer: string
    readonly document: JsonObject
    readonly digestMultibase: string
    readonly created: number
    readonly securing: Securing
  },
): DecodedDocument {
  const { id, issuer, validFrom, validUntil } = credential
  const validity = Object.freeze({ from: seconds(validFrom), until: seconds(validUntil) })
  return { ok: true, secured: Object.freeze({ ...rest, type, id, issuer, validity, credential }) }
}

function refused(
  document: JsonValue,
  pointer: string,
  place: Place,
  findings: readonly Finding[],
  digest = digestMultibase(jcs(document)),
): DecodedDocument {
  const [first, ...others] = findings
  const unreadable = findingAt(place, 'SCHEMA', { pointer: '', detail: 'It cannot be read.' })
  return {
    ok: false,
    pointer,
    id: place.credential,
    type: (isObject(document) ? typeOf(document) : null) ?? '',
    digestMultibase: digest,
    findings: [first ?? unreadable, ...others],
  }
}

/** The shape has shown that the instant exists. */
function seconds(instant: string): number {
  const parsed = parseInstant(instant)
  if (parsed === null) throw new TypeError(`not an instant: ${instant}`)
  return parsed
}

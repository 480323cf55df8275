import { digestMultibase, preview } from '@battery-passport/contexts'
import { decodeJose } from '@battery-passport/keys'
import type { Finding } from '../findings/findings.ts'
import {
  accepted,
  type DecodedDocument,
  jsonFinding,
  refused,
  sizeFindings,
} from './decoded-document.ts'
import { type JsonObject, type JsonValue, readJson } from './json.ts'
import type { Limits } from './limits.ts'
import { findingAt, isObject, type Place, placeOf, readShape, typeOf } from './shape.ts'

/** How the id of an enveloped credential begins; the JWT follows (VCDM 2.0 §4.13). */
export const JWT_PREFIX = 'data:application/vc+jwt,'
const COMPACT_JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** The text of a compact JWT that came alone, or null. */
export function compactJwt(bytes: Uint8Array): string | null {
  if (!isJwt(bytes)) return null
  // A character for each byte, whatever it is: no JWT has any but those of ASCII.
  const text = new TextDecoder('latin1').decode(bytes).trimEnd()
  return COMPACT_JWT.test(text) ? text : null
}

/** The header of every JWT is a JSON object, so that its base64url begins with these letters. */
export function isJwt(bytes: Uint8Array): boolean {
  return bytes[0] === 0x65 && bytes[1] === 0x79 && bytes[2] === 0x4a
}

/** Reads a credential that is enveloped in a presentation (VCDM 2.0 §4.13). */
export function decodeEnvelope(
  value: JsonObject,
  pointer: string,
  limits: Limits,
): DecodedDocument {
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
export function decodeJwt(
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
    const what = {
      pointer: '',
      detail: `The JWT cannot be read: ${decoded.detail}.`,
      expected: 'a compact JWT as the profile has it',
      found: preview(compact),
    }
    return refuse(nowhere, [findingAt(nowhere, decoded.code, what)])
  }
  const read = readJson(decoded.payload, limits)
  if (!read.ok) {
    return refuse(nowhere, [jsonFinding(read.fault, pointer)])
  }
  const place = placeOf(read.value, pointer)
  if (!isObject(read.value)) {
    const what = {
      pointer: '',
      detail: 'The payload is no credential.',
      expected: 'a JSON object',
      found: preview(read.value),
    }
    return refuse(place, [findingAt(place, 'SCHEMA', what)])
  }
  const { iat, proof, ...unsecured } = read.value
  const type = typeOf(unsecured)
  const shape = readShape(unsecured, type, place)
  const most =
    type === 'BatteryPassport' ? limits.envelopedPassportBytes : limits.envelopedCredentialBytes
  const findings = [
    ...sizeFindings(compact.length, most, place),
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
    ...(isInstant(iat)
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
  if (findings.length > 0 || !shape.ok || !isInstant(iat)) return refuse(place, findings)
  const keyId = decoded.header.kid.url
  return accepted(shape.credential, shape.type, {
    pointer,
    document,
    digestMultibase: digestMultibase(compact),
    created: iat,
    securing: { form: 'vc+jwt', compact, keyId },
  })
}

/** Seconds since the epoch, of a year with four digits; the strict reader knows no fractions. */
function isInstant(iat: JsonValue | undefined): iat is number {
  return typeof iat === 'number' && iat >= 0 && iat < 253_402_300_800
}

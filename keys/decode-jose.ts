import { fromBase64url } from '@battery-passport/contexts'
import { type DidUrlParts, parseDidUrl } from './did.ts'
import type { KeyType } from './multikey.ts'
import type { ProofRefusal } from './proof-refusal.ts'

/** The JWS algorithm of each key type (RFC 8037 §3.1, RFC 7518 §3.4). */
export const JOSE_ALGORITHMS = { Ed25519: 'EdDSA', 'P-256': 'ES256' } as const satisfies Record<
  KeyType,
  string
>

/** The longest compact JWT that is read unless the caller sets another limit, in characters. */
export const MAX_JWT_LENGTH = 192 * 1024

/** A compact JWT taken apart; that its signature holds is known only to who checked it. */
export interface CompactJwt {
  readonly ok: true
  readonly header: JoseHeader
  /** The payload as it was signed: JSON that is not parsed yet. */
  readonly payload: Uint8Array
}

/** The protected header of a `vc+jwt`; it has these members and no others. */
export interface JoseHeader {
  readonly alg: 'EdDSA' | 'ES256'
  readonly typ: 'vc+jwt'
  readonly kid: DidUrlParts
  readonly cty?: 'vc'
}

/**
 * The longest header that is read, in bytes: its longest member is a DID URL. A header that goes
 * thousands of arrays deep can be parsed, but not be written again: that exhausts the stack.
 */
const MAX_HEADER_BYTES = 1024

const PART = /^[A-Za-z0-9_-]+$/

/**
 * Takes a compact `vc+jwt` apart without checking its signature.
 *
 * jose ignores members it does not know and reads several texts of the same bytes; here the header
 * is closed (no `jwk`, `jku`, `x5c`, `crit`, `b64`), written without repetition, and every part is
 * the one canonical base64url of its bytes.
 *
 * @see https://www.w3.org/TR/vc-jose-cose/#vc-jwt
 */
export function decodeJose(
  compact: string,
  limits: { readonly maxLength?: number } = {},
): CompactJwt | ProofRefusal {
  const { maxLength = MAX_JWT_LENGTH } = limits
  if (compact.length > maxLength) {
    return encoding(`expected at most ${maxLength} characters, found ${compact.length}`)
  }
  const parts = compact.split('.', 4)
  const [headerBytes, payload, signature] = parts.map(decodeBase64url)
  if (parts.length !== 3 || !headerBytes || !payload || !signature) {
    return encoding('expected three parts of canonical base64url, joined by dots')
  }
  if (signature.length !== 64) {
    return encoding(`signature: expected 64 bytes, found ${signature.length}`)
  }
  if (headerBytes.length > MAX_HEADER_BYTES) {
    return encoding(
      `header: expected at most ${MAX_HEADER_BYTES} bytes, found ${headerBytes.length}`,
    )
  }
  const header = parseHeader(headerBytes)
  return header.ok ? { ok: true, header: header.value, payload } : header
}

type HeaderReading = { readonly ok: true; readonly value: JoseHeader } | ProofRefusal

function parseHeader(bytes: Uint8Array): HeaderReading {
  // A byte order mark stays in it, and so is no JSON.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const members = membersOf(text)
  // The same text again, or else it was no object, or had a repeated member, white space or escapes.
  if (JSON.stringify(members) !== text) {
    return encoding('header: expected a JSON object without repeated members or white space')
  }
  const { alg, typ, kid, cty, ...others } = members
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) {
    return invalid(`header: expected alg, typ, kid and cty only, found ${name(stranger)}`)
  }
  if (alg !== 'EdDSA' && alg !== 'ES256') return invalid('header.alg: expected EdDSA or ES256')
  if (typ !== 'vc+jwt') return invalid('header.typ: expected vc+jwt')
  if (cty !== undefined && cty !== 'vc') return invalid('header.cty: expected vc')
  const method = typeof kid === 'string' ? parseDidUrl(kid) : null
  if (method === null) return invalid('header.kid: expected a DID URL with fragment')
  return { ok: true, value: { alg, typ, kid: method, ...(cty === undefined ? {} : { cty }) } }
}

/** The members of a JSON object; of anything else other ones than it was written with. */
function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(text) }
  } catch {
    return {}
  }
}

/** The bytes of a part, or null: no padding, no unused bits, no white space, not empty. */
function decodeBase64url(part: string): Uint8Array | null {
  const bytes = PART.test(part) ? fromBase64url(part) : null
  // A copy: small ones stand in memory that others use.
  return bytes === null ? null : Uint8Array.from(bytes)
}

function name(text: string): string {
  return JSON.stringify(text.slice(0, 40))
}

function encoding(detail: string): ProofRefusal {
  return { ok: false, code: 'PROOF_ENCODING', detail }
}

function invalid(detail: string): ProofRefusal {
  return { ok: false, code: 'PROOF_INVALID', detail }
}

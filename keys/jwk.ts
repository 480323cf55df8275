import { fromBase64url } from '@battery-passport/contexts'

/** An Ed25519 public key as a JSON Web Key (RFC 8037 §2); `x` is 32 bytes in base64url. */
export interface Ed25519Jwk {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
}

/** A P-256 public key as a JSON Web Key (RFC 7518 §6.2.1); `x` and `y` are 32 bytes in base64url. */
export interface P256Jwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

/** A public key of the profile as a JSON Web Key, without any member that is not needed. */
export type PublicJwk = Ed25519Jwk | P256Jwk

/** A private key as a JSON Web Key; `d` is the secret, 32 bytes in base64url. */
export type PrivateJwk = PublicJwk & { readonly d: string }

/**
 * The public members of a JSON Web Key, or null when it is no Ed25519 or P-256 key. Every other
 * member, `d` among them, is left behind.
 */
export function parsePublicJwk(value: unknown): PublicJwk | null {
  const { kty, crv, x, y } = membersOf(value)
  if (!isCoordinate(x)) return null
  if (kty === 'OKP' && crv === 'Ed25519') return { kty, crv, x }
  if (kty === 'EC' && crv === 'P-256' && isCoordinate(y)) return { kty, crv, x, y }
  return null
}

/** A JSON Web Key with its secret, or null when it is no Ed25519 or P-256 private key. */
export function parsePrivateJwk(value: unknown): PrivateJwk | null {
  const jwk = parsePublicJwk(value)
  const { d } = membersOf(value)
  return jwk !== null && isCoordinate(d) ? { ...jwk, d } : null
}

/** 32 bytes in canonical base64url without padding. */
function isCoordinate(value: unknown): value is string {
  return typeof value === 'string' && value.length === 43 && fromBase64url(value) !== null
}

/** The members of an object; of anything else there are none. */
function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return { ...Object(value) }
}

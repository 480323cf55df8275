import type { KeyRefusal } from './multikey.ts'
import { type KeyReading, publicKeyFromJwk } from './public-key.ts'

/** The JWS algorithms a public key may be published for, by its curve (RFC 8037, 7518, 9864). */
const ALGORITHMS: Readonly<Record<string, readonly unknown[]>> = {
  'P-256': ['ES256'],
  Ed25519: ['EdDSA', 'Ed25519'],
}

/**
 * Reads the JSON Web Key of a DID document, under the checks of any key and those of what is said
 * beside it: a key for encryption is none for claims, and who publishes the private part with it
 * lets everybody sign.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-4
 */
export function publicKeyFromPublishedJwk(value: unknown): KeyReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('KEY_INVALID', 'publicKeyJwk: expected a JSON object')
  }
  const { d, use, alg, key_ops: operations, crv }: Readonly<Record<string, unknown>> = { ...value }
  if (d !== undefined) return refuse('KEY_WEAK', 'its private part is published with it')
  if (use !== undefined && use !== 'sig') return refuse('KEY_UNSUPPORTED', 'it is not for signing')
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    return refuse('KEY_UNSUPPORTED', 'it is not for verifying')
  }
  const algorithms = typeof crv === 'string' && Object.hasOwn(ALGORITHMS, crv) && ALGORITHMS[crv]
  if (alg !== undefined && algorithms && !algorithms.includes(alg)) {
    return refuse('KEY_UNSUPPORTED', `its alg is not one of ${algorithms.join(', ')}`)
  }
  return publicKeyFromJwk(value)
}

function refuse(code: KeyRefusal['code'], detail: string): KeyRefusal {
  return { ok: false, code, detail }
}

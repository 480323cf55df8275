import { preview } from '@battery-passport/contexts'
import type { Clock } from '../inquiry.ts'
import type { Expectations } from './expectations.ts'
import type { EffectivePolicy } from './policy.ts'

/** The last second of the year 9999, beyond which no instant of a credential can be. */
const LAST_SECOND = 253_402_300_799

/**
 * Programs that are not type-checked hand in text where bytes are asked for. That is no fault of
 * the credential, and must not read as a rejection.
 *
 * @throws {TypeError} if it is no `Uint8Array`
 */
export function assertBytes(bytes: Uint8Array, name: string): void {
  // By its tag: bytes of another realm are bytes. Other views would be read as other bytes.
  if (Object.prototype.toString.call(bytes) === '[object Uint8Array]') return
  const found = typeof bytes === 'string' ? 'text' : kindOf(bytes)
  throw new TypeError(`${name}: expected a Uint8Array, the bytes as they came, found ${found}`)
}

/**
 * A policy counts only after it was checked: a parsed file says nothing of its defaults.
 *
 * @throws {TypeError} if it is not what reading a policy answers
 */
export function assertEffective(policy: EffectivePolicy): void {
  if (policy?.source !== undefined) return
  const expected = 'the policy that readPolicy answers, as { ok: true, policy }'
  throw new TypeError(`policy: expected ${expected}, found ${kindOf(policy)}`)
}

/**
 * What the clock tells. One that counts milliseconds would call everything expired.
 *
 * @throws {TypeError} if these are no whole seconds of the years 1970 to 9999
 */
export function secondsOf(clock: Clock): number {
  const now = clock?.now()
  if (Number.isInteger(now) && now >= 0 && now <= LAST_SECOND) return now
  const expected = 'whole seconds since 1970 (not milliseconds)'
  throw new TypeError(`clock: expected ${expected}, found ${preview(now)}`)
}

/**
 * An expectation that nobody looks at would be taken for one that was met.
 *
 * @throws {TypeError} if an issuer or a subject is expected
 */
export function assertNoExpectations(asked: object): void {
  const { expectIssuer, expectSubject }: Expectations = asked
  if (expectIssuer === undefined && expectSubject === undefined) return
  const name = expectIssuer === undefined ? 'expectSubject' : 'expectIssuer'
  throw new TypeError(
    `${name}: expected nothing, since attestations are of many issuers and subjects; verify the one you mean with verifyCredential`,
  )
}

function kindOf(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : 'another object'
}

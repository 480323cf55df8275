import { type CoveredKey, formatInstant } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { type Finding, finding } from '../findings/findings.ts'
import { instant } from '../reading/calendar.ts'
import type { DatedCredential } from '../reading/dated-credential.ts'
import {
  type Accreditation,
  proofPointer,
  type SecuredCredential,
} from '../reading/secured-credential.ts'
import type { Ending } from '../time/ending.ts'
import { inForce } from '../time/validity.ts'

/** The keys an accredited body may sign its lists with, of any date: it goes on publishing them. */
export function listKeysOf(accreditations: readonly Accreditation[]): ReadonlySet<string> {
  const keys = accreditations.flatMap(({ credential }) => credential.credentialSubject.keys)
  return new Set(keys.map(({ thumbprint }) => thumbprint))
}

/** Whether a body's accreditation lists a key at an instant; bounds inclusive. */
export function listsKey(
  keys: readonly CoveredKey[],
  { thumbprint }: PublicKey,
  at: number,
): boolean {
  return keys.some(
    (key) =>
      key.thumbprint === thumbprint &&
      inForce({ from: instant(key.from), until: instant(key.until) }, at),
  )
}

/** The code for a key the body's accreditation does not list at that date. */
export function unlistedKey(
  credential: DatedCredential,
  accreditation: Accreditation,
  { thumbprint }: PublicKey,
): Finding {
  const keys = accreditation.credential.credentialSubject.keys
  return finding('KEY_NOT_AUTHORISED', {
    credential: credential.id,
    pointer: proofPointer(credential, 'verificationMethod'),
    detail: `The accreditation ${accreditation.id} does not list this key at ${formatInstant(credential.created)}.`,
    expected: keys.map((key) => `${key.thumbprint} (${key.from} to ${key.until})`).join(', '),
    found: thumbprint,
  })
}

/** That a key was listed when it signed and is no longer at the instant asked for. */
export function keyEndings(
  body: SecuredCredential<'VerifierAccreditation'> | SecuredCredential<'RegisteredIdentity'>,
  key: PublicKey,
  created: number,
  at: number,
): Ending[] {
  const { keys } = body.credential.credentialSubject
  if (!listsKey(keys, key, created) || listsKey(keys, key, at)) return []
  const listed = keys.filter((each) => listsKey([each], key, created))
  const last = Math.max(...listed.map(({ until }) => instant(until)))
  const note = finding('ENDED_SINCE', {
    credential: body.id,
    pointer: '/credentialSubject/keys',
    detail: 'The key that signed is listed only until before the instant asked for.',
    expected: `listed at ${formatInstant(at)}`,
    found: key.thumbprint,
  })
  return [{ last, note }]
}

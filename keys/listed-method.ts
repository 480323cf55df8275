import type { DidDocument, VerificationMethod } from './did-document.ts'

/**
 * The verification method of a name that a DID document listed at an instant: of several, one after
 * another, the one that was in force then; where none was, the last. Undefined where none has it.
 *
 * @param instant milliseconds since the epoch
 */
export function listedMethod(
  { verificationMethod }: Pick<DidDocument, 'verificationMethod'>,
  url: string,
  instant: number,
): VerificationMethod | undefined {
  const named = verificationMethod.filter(({ id }) => id === url)
  const isInForce = (method: VerificationMethod) =>
    hasBegun(method, instant) && endsBy(method, instant).length === 0
  return named.find(isInForce) ?? named.at(-1)
}

/**
 * Whether a key was listed already. What cannot be read as an instant never comes.
 *
 * @param instant milliseconds since the epoch
 */
export function hasBegun({ validFrom }: VerificationMethod, instant: number): boolean {
  return validFrom === undefined || Date.parse(validFrom) <= instant
}

/**
 * When a key ended, for each of its ends that is past: revoked, then expired. What cannot be read as
 * an instant counts as past: a key must not live on by a typing error.
 *
 * @param instant milliseconds since the epoch
 */
export function endsBy(
  { revoked, expires }: VerificationMethod,
  instant: number,
): readonly string[] {
  return [revoked, expires]
    .filter((end) => end !== undefined)
    .filter((end) => !(Date.parse(end) > instant))
}

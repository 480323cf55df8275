import type { Expectations } from '../policy/expectations.ts'
import type { DeliveryVerdict, Verifier, VerifyOptions } from '../verifier.ts'

/** A passport, or a presentation that begins with one, and what is asked of it alone. */
export interface DeliveredInput extends Expectations {
  readonly bytes: Uint8Array
  /** Credentials for this one, added after those that are added to all. */
  readonly with?: readonly Uint8Array[]
}

/** The inputs of a delivery, as they come. */
export type DeliveredInputs =
  | AsyncIterable<Uint8Array | DeliveredInput>
  | Iterable<Uint8Array | DeliveredInput>

/** What is asked of every input of a delivery. */
export interface DeliveryOptions extends Omit<VerifyOptions, 'with'> {
  /** Credentials that are added to every input: each a credential or a presentation. */
  readonly with?: readonly Uint8Array[]
}

/** What is asked of every input, besides what is added. */
export type AskedOfAll = Pick<VerifyOptions, 'at' | keyof Expectations>

/** What of some options is asked of every input; what was left out stays out. */
export function askedOfAll({ at, expectSubject, expectIssuer }: AskedOfAll): AskedOfAll {
  return {
    ...(at === undefined ? {} : { at }),
    ...(expectSubject === undefined ? {} : { expectSubject }),
    ...(expectIssuer === undefined ? {} : { expectIssuer }),
  }
}

/**
 * Asks a verifier for one input of a delivery after another. What is added to all is read once; what
 * an input expects of itself comes first.
 */
export function deliveryJudge(
  verifier: Verifier,
  { with: shared = [], ...options }: DeliveryOptions,
): (input: Uint8Array | DeliveredInput) => Promise<DeliveryVerdict> {
  const common = verifier.prepare(shared)
  const asked = askedOfAll(options)
  return (input) => {
    const { bytes, with: own, ...alone } = input instanceof Uint8Array ? { bytes: input } : input
    const added = own === undefined ? common : verifier.prepare(own, common)
    return verifier.verifyDelivery(bytes, { ...asked, ...alone, with: added })
  }
}

import type { Expectations } from '../policy/expectations.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import type { PassportVerdict } from '../verdict.ts'
import {
  createVerifier,
  type DeliveryVerdict,
  type VerifierDeps,
  type VerifyOptions,
} from '../verifier.ts'

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

/**
 * Verifies the passports of a delivery, and yields their verdicts in its order. It takes an input
 * when the verdict before it has been taken, and keeps none: ten thousand need the memory of one.
 * What they share is read and checked once, by its exact bytes; dates, status and policy are asked
 * for each.
 *
 * @throws {TypeError} for a programmer's mistake, never for a bad credential; what `inputs` throws
 * @example
 * ```ts
 * for await (const { outcome } of verifyMany(passports, policy, { clock, with: [shared] })) {
 *   if (outcome !== 'accepted') refused++
 * }
 * ```
 */
export async function* verifyMany(
  inputs: DeliveredInputs,
  policy: EffectivePolicy,
  deps: VerifierDeps & DeliveryOptions,
): AsyncGenerator<PassportVerdict, void, undefined> {
  for await (const { verdict } of verifyDeliveries(inputs, policy, deps)) yield verdict
}

/** The same, each verdict with the battery that its passport names. */
export async function* verifyDeliveries(
  inputs: DeliveredInputs,
  policy: EffectivePolicy,
  deps: VerifierDeps & DeliveryOptions,
): AsyncGenerator<DeliveryVerdict, void, undefined> {
  const { with: shared = [], at, expectSubject, expectIssuer } = deps
  const verifier = createVerifier({ ...deps, policy })
  const common = verifier.prepare(shared)
  const asked = {
    ...(at === undefined ? {} : { at }),
    ...(expectSubject === undefined ? {} : { expectSubject }),
    ...(expectIssuer === undefined ? {} : { expectIssuer }),
  }
  for await (const input of inputs) {
    if (input instanceof Uint8Array) {
      yield await verifier.verifyDelivery(input, { ...asked, with: common })
      continue
    }
    const { bytes, with: own, ...alone } = input
    const added = own === undefined ? common : verifier.prepare(own, common)
    yield await verifier.verifyDelivery(bytes, { ...asked, ...alone, with: added })
  }
}

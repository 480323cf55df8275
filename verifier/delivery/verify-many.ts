import type { EffectivePolicy } from '../policy/policy.ts'
import type { PassportVerdict } from '../verdict.ts'
import { createVerifier, type DeliveryVerdict, type VerifierDeps } from '../verifier.ts'
import { type DeliveredInputs, type DeliveryOptions, deliveryJudge } from './delivery.ts'

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
  const judge = deliveryJudge(createVerifier({ ...deps, policy }), deps)
  for await (const input of inputs) yield await judge(input)
}

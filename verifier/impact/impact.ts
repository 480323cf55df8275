import { didKeyResolver } from '@battery-passport/keys'
import { type DeliveredInputs, type DeliveryOptions, deliveryJudge } from '../delivery/delivery.ts'
import type { Finding } from '../findings/findings.ts'
import { createMemory, type Memory, memoryBeside } from '../memory/memory.ts'
import { assertEffective } from '../policy/caller-faults.ts'
import { pinnedResolver } from '../policy/pinned-did-documents.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import type { AcceptedScore, PassportVerdict } from '../verdict.ts'
import { type VerifierDeps, verifierSupposing } from '../verifier.ts'
import { type Hypothesis, hypothesisOf, rescoring, type Withdrawable } from './hypothesis.ts'
import { type ScoreChange, scoreChange } from './score-change.ts'

/**
 * What becomes of a passport: it is accepted no longer; it is accepted with another score; it is
 * accepted as before; or it was not accepted to begin with.
 */
export type ImpactEffect = 'falls' | 'changes' | 'untouched' | 'not-accepted'

/** What a withdrawal would mean for one passport. */
export interface PassportImpact {
  /** The id of the battery in the passport; null if no passport can be read. */
  readonly battery: string | null
  readonly effect: ImpactEffect
  /** Whether something that was looked at is what is withdrawn, or signed by it. */
  readonly restsOnIt: boolean
  /** The verdict as things are. */
  readonly before: PassportVerdict
  /** The verdict, were it withdrawn. */
  readonly after: PassportVerdict
  /** The findings of the second that the first does not have. */
  readonly because: readonly Finding[]
  /** How the accepted score differs; null: it does not, or there are not two. */
  readonly change: ScoreChange | null
  /** Of a passport that falls: its score under the same policy, but that it rescores; null: none. */
  readonly rescored: AcceptedScore | null
}

/**
 * What falls if a credential is withdrawn, or a DID or key distrusted: for each passport the verdict
 * as things are, and as it would be. Both come from the whole walk, at the same instant; in the
 * second the status of the credential is what its issuer would publish, or the policy distrusts one
 * more. Yields in the order of the inputs and keeps none, as `verifyMany` does; what passports share
 * is read and checked once.
 *
 * @throws {UnknownKeyError} for a key that nobody can find
 * @throws {TypeError} for a programmer's mistake, never for a bad credential; what `inputs` throws
 * @example
 * ```ts
 * for await (const { battery, effect } of impact({ credential: id }, passports, policy, { clock })) {
 *   if (effect === 'falls') fallen.push(battery)
 * }
 * ```
 */
export async function* impact(
  withdrawn: Withdrawable,
  inputs: DeliveredInputs,
  policy: EffectivePolicy,
  deps: VerifierDeps & DeliveryOptions,
): AsyncGenerator<PassportImpact, void, undefined> {
  assertEffective(policy)
  const { didDocuments = [], resolver = didKeyResolver() } = deps
  const pinned = pinnedResolver(policy.didDocuments, didDocuments, resolver)
  const hypothesis = await hypothesisOf(withdrawn, policy, pinned)
  const memory = createMemory()
  // Two verdicts are compared: both are for the same instant.
  let now = 0
  const held = { ...deps, clock: { now: () => now } }
  const asThingsAre = judge(null, policy, held, memory)
  const asSupposed = judge(hypothesis.supposed, hypothesis.policy, held, memoryBeside(memory))
  const ifRescored =
    hypothesis.supposed === null || policy.uncountedAttestation === 'rescore'
      ? null
      : judge(hypothesis.supposed, rescoring(policy), held, memoryBeside(memory))
  for await (const input of inputs) {
    now = deps.clock.now()
    const { verdict: before, battery } = await asThingsAre(input)
    const { verdict: after } = await asSupposed(input)
    const effect = effectOf(before, after)
    const rescored = effect === 'falls' ? await ifRescored?.(input) : undefined
    yield {
      battery,
      effect,
      restsOnIt: restsOn(before, withdrawn, hypothesis, memory),
      before,
      after,
      because: newIn(after, before),
      change: changeOf(before, after),
      rescored: rescored?.verdict.score ?? null,
    }
  }
}

/** Verifies inputs of a delivery under one policy and one supposition. */
function judge(
  supposed: Hypothesis['supposed'],
  policy: EffectivePolicy,
  deps: VerifierDeps & DeliveryOptions,
  memory: Memory,
) {
  return deliveryJudge(verifierSupposing(supposed, { ...deps, policy }, memory), deps)
}

function effectOf(before: PassportVerdict, after: PassportVerdict): ImpactEffect {
  if (before.outcome !== 'accepted') return 'not-accepted'
  if (after.outcome !== 'accepted') return 'falls'
  return changeOf(before, after) === null ? 'untouched' : 'changes'
}

function changeOf(before: PassportVerdict, after: PassportVerdict): ScoreChange | null {
  return before.score === null || after.score === null
    ? null
    : scoreChange(before.score, after.score)
}

function newIn({ findings }: PassportVerdict, before: PassportVerdict): readonly Finding[] {
  const known = new Set(before.findings.map((each) => JSON.stringify(each)))
  return findings.filter((each) => !known.has(JSON.stringify(each)))
}

/** Asked of the chain of the verdict as things are: the other one may end before it comes to it. */
function restsOn(
  { chain }: PassportVerdict,
  withdrawn: Withdrawable,
  { thumbprints }: Hypothesis,
  { proofs }: Memory,
): boolean {
  return chain.some(({ credential, issuer, digestMultibase, result }) => {
    if (result === 'unused') return false
    if ('credential' in withdrawn) {
      return credential === withdrawn.credential && issuer === (withdrawn.issuer ?? issuer)
    }
    if ('did' in withdrawn) return issuer === withdrawn.did
    return thumbprints.has(proofs.get(digestMultibase)?.thumbprint ?? '')
  })
}

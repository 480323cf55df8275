import { formatInstant } from '@battery-passport/contexts'
import type { LoadedMethod } from '@battery-passport/rulebooks'
import { type Finding, finding, listed } from '../findings/findings.ts'
import type { SecuredCredential } from '../reading/secured-credential.ts'
import type { MethodLibrary } from './methods.ts'
import type { EffectivePolicy } from './policy.ts'

/** The method of a claim, where the policy accepts it and its content is at hand. */
export interface ClaimedMethod {
  readonly method: LoadedMethod | null
  readonly findings: readonly Finding[]
}

/** The policy says which methods count; the passport only says which of them it was scored by. */
export function methodFor(
  passport: SecuredCredential<'BatteryPassport'>,
  policy: EffectivePolicy,
  library: MethodLibrary,
): ClaimedMethod {
  const claimed = passport.credential.credentialSubject.score.method
  const pointer = '/credentialSubject/score/method'
  const credential = passport.id
  const named = policy.source.methods.find(
    ({ key, version, digestMultibase }) =>
      key === claimed.key &&
      version === claimed.version &&
      digestMultibase === claimed.digestMultibase,
  )
  if (named === undefined) {
    const accepted = policy.source.methods.map(
      ({ key, version, digestMultibase }) => `${key} ${version} (${digestMultibase})`,
    )
    return refused(
      finding('RULEBOOK_NOT_ACCEPTED', {
        credential,
        pointer,
        detail: 'Your policy does not name the method of this score.',
        expected: accepted.join(', '),
        found: `${claimed.key} ${claimed.version} (${claimed.digestMultibase})`,
      }),
    )
  }
  const until = policy.methodsUntil.get(claimed.digestMultibase) ?? Number.POSITIVE_INFINITY
  if (passport.created > until) {
    return refused(
      finding('RULEBOOK_NOT_ACCEPTED', {
        credential,
        pointer,
        detail: 'Your policy accepts this method only for passports signed earlier.',
        expected: `signed not later than ${formatInstant(until)}`,
        found: formatInstant(passport.created),
      }),
    )
  }
  const lookup = library.find(claimed.digestMultibase)
  if (!lookup.ok) {
    return refused(
      finding('RULEBOOK_UNKNOWN', {
        credential,
        pointer,
        detail: lookup.detail,
        expected: lookup.missing,
        found: 'nothing',
      }),
    )
  }
  const { method, rulebooks } = lookup.method
  const illustrative = [method, ...rulebooks.map(({ rulebook }) => rulebook)].filter(
    ({ status }) => status === 'illustrative',
  )
  if (illustrative.length === 0) return { method: lookup.method, findings: [] }
  return {
    method: lookup.method,
    findings: [
      finding('ILLUSTRATIVE', {
        credential,
        pointer,
        detail: policy.allowIllustrative
          ? 'The score is by illustrative rulebooks: it shows the mechanism and is no basis for a decision.'
          : 'The score is by illustrative rulebooks, which your policy does not allow.',
        expected: policy.allowIllustrative
          ? 'a method and rulebooks of a scheme'
          : 'allowIllustrative: true in your policy',
        found: listed(illustrative.map(({ key, version }) => `${key} ${version}`)),
        ...(policy.allowIllustrative ? {} : { severity: 'error' as const }),
      }),
    ],
  }
}

function refused(found: Finding): ClaimedMethod {
  return { method: null, findings: [found] }
}

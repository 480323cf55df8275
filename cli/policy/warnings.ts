import { digestOfDocument, formatInstant } from '@battery-passport/contexts'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import type { EffectivePolicy } from '@battery-passport/verifier'
import type { RulebookDocument } from '../input/read-rulebooks.ts'

/** What a policy that is in order says and its author may not mean. */
export function policyWarnings(
  policy: EffectivePolicy,
  documents: readonly RulebookDocument[],
  now: number,
): readonly string[] {
  const { anchors } = policy
  const roles = new Set(anchors.map(({ role }) => role))
  const ended = anchors.filter(({ validFrom, validUntil }) => now < validFrom || now > validUntil)
  const atHand = new Set([
    ...SHIPPED_METHODS.map((method) => digestOfDocument(method)),
    ...documents.map(({ digestMultibase }) => digestMultibase),
  ])
  return [
    ...(roles.has('scheme-owner') || roles.has('accreditation-body')
      ? []
      : ['No anchor is a scheme-owner or accreditation-body: no attestation can be accepted.']),
    ...(policy.passportIssuers === 'registered' &&
    !roles.has('scheme-owner') &&
    !roles.has('registrar')
      ? ['passportIssuers is "registered", and no anchor is a registrar or scheme-owner.']
      : []),
    ...ended.map(
      ({ did, validFrom, validUntil }) =>
        `Anchor ${did} counts from ${formatInstant(validFrom)} to ${formatInstant(validUntil)}: what it signs now does not count.`,
    ),
    ...policy.source.methods.flatMap(({ key, version, digestMultibase }) =>
      atHand.has(digestMultibase)
        ? []
        : [
            `Method ${key} ${version} is not shipped and has no file: give --rulebooks DIR, or passports by it stay open.`,
          ],
    ),
    ...(policy.passportIssuers === 'any' ? ['Any DID may issue a passport that you accept.'] : []),
    ...(policy.overall.coverage === undefined
      ? ['There is no minimums.overall.coverage: a score may rest on next to nothing.']
      : []),
    ...(policy.allowIllustrative
      ? ['allowIllustrative is true: scores that are no basis for a decision are accepted.']
      : []),
    ...(policy.acceptSelfAssertedTime
      ? ['acceptSelfAssertedTime is true: who lost the right to sign can still date back.']
      : []),
  ]
}

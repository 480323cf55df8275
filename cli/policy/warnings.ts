import { formatInstant } from '@battery-passport/contexts'
import type { LoadedMethod } from '@battery-passport/rulebooks'
import { type EffectivePolicy, methodLibrary } from '@battery-passport/verifier'
import type { RulebookDocuments } from '../input/read-rulebooks.ts'
import { didWarnings } from './did-warnings.ts'
import { minimumWarnings } from './minimum-warnings.ts'

/** What a policy that is in order says and its author may not mean. */
export function policyWarnings(
  policy: EffectivePolicy,
  documents: RulebookDocuments,
  now: number,
): readonly string[] {
  const { anchors } = policy
  const roles = new Set(anchors.map(({ role }) => role))
  const ended = anchors.filter(({ validFrom, validUntil }) => now < validFrom || now > validUntil)
  const library = methodLibrary(documents)
  const methods = policy.source.methods.flatMap(({ digestMultibase }) => {
    const found = library.find(digestMultibase)
    return found.ok ? [found.method] : []
  })
  return [
    ...illustrativeWarnings(policy, methods),
    ...didWarnings(policy),
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
    ...policy.source.methods.flatMap(({ key, version, digestMultibase }) => {
      const found = library.find(digestMultibase)
      if (found.ok) return []
      const missing = `${found.detail} ${found.missing} is neither shipped nor named with a file.`
      return [
        `Method ${key} ${version}: ${missing} Give --rulebooks DIR, or its passports stay open.`,
      ]
    }),
    ...(policy.passportIssuers === 'any' ? ['Any DID may issue a passport that you accept.'] : []),
    ...minimumWarnings(policy, methods),
    ...(policy.overall.coverage === undefined
      ? ['There is no minimums.overall.coverage: a score may rest on next to nothing.']
      : []),
    ...(policy.acceptSelfAssertedTime
      ? ['acceptSelfAssertedTime is true: who lost the right to sign can still date back.']
      : []),
  ]
}

/** The shipped method and its rulebooks are illustrative: by them a policy accepts nothing by itself. */
function illustrativeWarnings(
  { allowIllustrative }: EffectivePolicy,
  methods: readonly LoadedMethod[],
): string[] {
  if (allowIllustrative) {
    return ['allowIllustrative is true: scores that are no basis for a decision are accepted.']
  }
  return methods.flatMap(({ method, rulebooks }) => {
    const name = `Method ${method.key} ${method.version}`
    const until = 'is refused until "allowIllustrative": true stands in this policy'
    if (method.status === 'illustrative') {
      return [
        `${name} is illustrative: every passport scored by it ${until}. To decide by, name a method of your scheme instead.`,
      ]
    }
    const pinned = rulebooks
      .filter(({ rulebook: { status } }) => status === 'illustrative')
      .map(({ rulebook: { key, version } }) => `${key} ${version}`)
    return pinned.length === 0
      ? []
      : [
          `${name} pins what is illustrative, ${pinned.join(', ')}: every passport scored by it ${until}. To decide by, pin rulebooks of your scheme instead.`,
        ]
  })
}

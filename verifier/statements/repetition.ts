import { type Finding, finding } from '../findings/findings.ts'
import type { UnscoredPassport } from './unscored-passport.ts'

const NAMES = { attestations: 'attestation', custody: 'custody attestation' } as const

/** Each attestation is named once: a second mention would weigh nothing and hide what it is for. */
export function repetitionFindings(
  passport: UnscoredPassport,
  member: keyof typeof NAMES,
): Finding[] {
  const seen = new Set<string>()
  return passport.credential.credentialSubject[member].flatMap(({ id, digestMultibase }, index) => {
    const isNew = !seen.has(digestMultibase)
    seen.add(digestMultibase)
    if (isNew) return []
    return [
      finding('ATTESTATION_CONFLICT', {
        credential: passport.id,
        pointer: `/credentialSubject/${member}/${index}`,
        detail: `The same ${NAMES[member]} is named twice.`,
        expected: `each ${NAMES[member]} once`,
        found: id,
      }),
    ]
  })
}

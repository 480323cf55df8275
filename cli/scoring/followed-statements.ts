import type { Reference } from '@battery-passport/contexts'
import {
  isOfType,
  type Passport,
  type SecuredCredential,
  type StatementType,
} from '@battery-passport/verifier'
import { refusal } from '../errors.ts'

const MOST_MISSING = 3

/** What a message calls them. */
const NAMES: Readonly<Record<StatementType, string>> = {
  RulebookAttestation: 'attestations',
  CustodyAttestation: 'custody attestations',
}

/**
 * The attestations of one type by the digests the passport was issued on.
 *
 * @throws {CommandError} refused, counting those that are not at hand
 */
export function followedStatements<T extends StatementType>(
  type: T,
  passport: Passport,
  atHand: readonly SecuredCredential[],
  file: string,
): readonly SecuredCredential<T>[] {
  const subject = passport.credential.credentialSubject
  const member = type === 'CustodyAttestation' ? 'custody' : 'attestations'
  const references: readonly Reference[] = subject[member]
  const byDigest = new Map(atHand.map((each) => [each.digestMultibase, each]))
  const missing: string[] = []
  const found = references.flatMap(({ id, digestMultibase }, index) => {
    const each = byDigest.get(digestMultibase)
    if (each !== undefined && isOfType(each, type)) return [each]
    missing.push(`/credentialSubject/${member}/${index}: ${id} (${digestMultibase})`)
    return []
  })
  if (missing.length === 0) return found
  // A bare passport lacks them all: that is one reason, not one for each.
  const rest = missing.length > MOST_MISSING ? `, and ${missing.length - MOST_MISSING} more` : ''
  throw refusal({
    what: `${missing.length} of the ${references.length} ${NAMES[type]} the passport rests on are not at hand.`,
    where: file,
    expected: missing.slice(0, MOST_MISSING).join(', ') + rest,
    found: 'nothing with these digests',
    remedy: `Name a presentation with the whole chain, or add the ${NAMES[type]} with --with.`,
  })
}

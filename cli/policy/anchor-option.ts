import { nearest } from '@battery-passport/contexts'
import { parseDid } from '@battery-passport/keys'
import type { AnchorRole } from '@battery-passport/verifier'
import { usageError } from '../errors.ts'
import { unusableDid } from './did-warnings.ts'
import type { NamedAnchor } from './template.ts'

const ROLES: readonly AnchorRole[] = ['scheme-owner', 'accreditation-body', 'registrar']

/**
 * Reads `DID=ROLE`.
 *
 * @throws {CommandError} usage: it is no DID, none that is resolved here, or no role
 */
export function parseAnchor(text: string): NamedAnchor {
  const at = text.lastIndexOf('=')
  const did = parseDid(text.slice(0, Math.max(at, 0)))
  const name = text.slice(at + 1)
  const role = ROLES.find((each) => each === name)
  if (did !== null && role !== undefined) {
    const reason = unusableDid(did)
    if (reason === null) return { did, role }
    throw usageError({
      what: `Nothing could rest on this anchor: ${reason}.`,
      where: '--anchor',
      expected: 'a did:key of an Ed25519 or P-256 key, or a did:web',
      found: did,
      remedy: 'Copy the DID again from who gave it to you.',
    })
  }
  const meant = did === null ? undefined : nearest(name, ROLES)
  throw usageError({
    what: 'The anchor cannot be read.',
    where: '--anchor',
    expected: `DID=ROLE, with one of the roles ${ROLES.join(', ')}`,
    found: text,
    remedy:
      meant === undefined
        ? 'Write it as did:key:z6Mk…=scheme-owner.'
        : `Did you mean the role ${meant}?`,
  })
}

import { type CredentialType, VC_CONTEXT } from '@battery-passport/contexts'
import { isOfType, LIMITS, type SecuredCredential } from '@battery-passport/verifier'
import { refuseFaults } from './errors.ts'

/** A credential as a presentation has it. */
export type PresentedCredential = SecuredCredential['document']

/** A `VerifiablePresentation` with a whole chain in it; unsigned. */
export interface Bundle {
  readonly '@context': readonly [typeof VC_CONTEXT]
  readonly type: readonly ['VerifiablePresentation']
  readonly verifiableCredential: readonly PresentedCredential[]
}

/** The order in which the parts of a chain follow what it is about. */
const ORDER: readonly CredentialType[] = [
  'RulebookAttestation',
  'CustodyAttestation',
  'VerifierAccreditation',
  'RegisteredIdentity',
  'BitstringStatusListCredential',
  'WithdrawalNotice',
]

/**
 * Makes a presentation: what it is about first, then everything that rests under it and is at hand,
 * each once by digest, the newest edition of each status list alone. What nothing refers to is left
 * out; what is missing is left to the verifier to name.
 *
 * @param first the passport, or the attestations that are submitted
 * @throws {IssuanceError} PRESENTATION_REFUSED when it would be larger than verifiers read
 */
export function bundle(
  first: SecuredCredential | readonly SecuredCredential[],
  atHand: readonly SecuredCredential[],
): Bundle {
  const roots = 'credential' in first ? [first] : first
  const credentials = inOrder([...chainOf(roots, atHand)], roots)
  const presentation: Bundle = {
    '@context': [VC_CONTEXT],
    type: ['VerifiablePresentation'],
    verifiableCredential: credentials.map(({ document }) => document),
  }
  checkSize(presentation)
  return presentation
}

function inOrder(
  chosen: readonly SecuredCredential[],
  roots: readonly SecuredCredential[],
): readonly SecuredCredential[] {
  const rest = chosen.filter((each) => !roots.includes(each))
  return [
    ...chosen.filter((each) => roots.includes(each)),
    ...ORDER.flatMap((type) => rest.filter((each) => each.type === type)),
  ]
}

/** Everything reachable from the roots: what they refer to, identities, renewals, status lists. */
function chainOf(
  roots: readonly SecuredCredential[],
  atHand: readonly SecuredCredential[],
): ReadonlySet<SecuredCredential> {
  const pool = indexPool(atHand)
  const chosen = new Set<SecuredCredential>()
  const seen = new Set<string>()
  const waiting = [...roots]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next.digestMultibase)) continue
    seen.add(next.digestMultibase)
    chosen.add(next)
    const { digests, dids, listIds } = needsOf(next, pool)
    const found = [
      ...digests.map((digest) => pool.byDigest.get(digest)),
      ...dids.flatMap((did) => pool.identities.get(did) ?? []),
      ...renewalsOf(next, pool),
      ...listIds.map((id) => pool.lists.get(listKey(next.issuer, id))),
    ]
    for (const each of found) if (each !== undefined) waiting.push(each)
  }
  return chosen
}

interface Pool {
  readonly byDigest: ReadonlyMap<string, SecuredCredential>
  /** By the DID they are about. */
  readonly identities: ReadonlyMap<string, readonly SecuredCredential[]>
  readonly accreditations: ReadonlyMap<
    string,
    readonly SecuredCredential<'VerifierAccreditation'>[]
  >
  /** The edition of each list that was signed last; an older one could hide a withdrawal. */
  readonly lists: ReadonlyMap<string, SecuredCredential>
}

function indexPool(atHand: readonly SecuredCredential[]): Pool {
  const byDigest = new Map(atHand.map((each) => [each.digestMultibase, each]))
  const identities = new Map<string, SecuredCredential[]>()
  const accreditations = new Map<string, SecuredCredential<'VerifierAccreditation'>[]>()
  const lists = new Map<string, SecuredCredential>()
  for (const each of byDigest.values()) {
    if (isOfType(each, 'RegisteredIdentity')) {
      const { id } = each.credential.credentialSubject
      identities.set(id, [...(identities.get(id) ?? []), each])
    } else if (isOfType(each, 'VerifierAccreditation')) {
      const { id } = each.credential.credentialSubject
      accreditations.set(id, [...(accreditations.get(id) ?? []), each])
    } else if (isOfType(each, 'BitstringStatusListCredential')) {
      const key = listKey(each.issuer, each.id)
      const other = lists.get(key)
      if (other === undefined || other.created < each.created) lists.set(key, each)
    }
  }
  return { byDigest, identities, accreditations, lists }
}

/** A list counts only if it is of the issuer of what names it: no other can put one in its place. */
function listKey(issuer: string, id: string): string {
  return `${issuer} ${id}`
}

/** Later accreditations of the same body: they show that it may still sign. */
function renewalsOf(
  secured: SecuredCredential,
  { accreditations }: Pool,
): readonly SecuredCredential[] {
  if (!isOfType(secured, 'VerifierAccreditation')) return []
  const { credentialSubject, validUntil } = secured.credential
  return (accreditations.get(credentialSubject.id) ?? []).filter(
    (each) => each.credential.validUntil > validUntil,
  )
}

interface Needs {
  /** Those it refers to. */
  readonly digests: readonly string[]
  readonly dids: readonly string[]
  readonly listIds: readonly string[]
}

function needsOf(secured: SecuredCredential, { byDigest }: Pool): Needs {
  const { credential, issuer } = secured
  const listIds =
    'credentialStatus' in credential
      ? credential.credentialStatus.map(({ statusListCredential }) => statusListCredential)
      : []
  if (isOfType(secured, 'BatteryPassport')) {
    const { attestations, custody } = secured.credential.credentialSubject
    const digests = [...attestations, ...custody].map(({ digestMultibase }) => digestMultibase)
    return { digests, dids: [issuer], listIds }
  }
  if (isOfType(secured, 'RulebookAttestation')) {
    const subject = secured.credential.credentialSubject
    const party = subject.type === 'Facility' ? subject.operator : subject.manufacturer
    const { digestMultibase } = subject.accreditation
    // Independence is also of the accreditor, but not of those above it.
    const accreditor = byDigest.get(digestMultibase)?.issuer
    const dids = [issuer, party, ...(accreditor === undefined ? [] : [accreditor])]
    return { digests: [digestMultibase], dids, listIds }
  }
  if (isOfType(secured, 'CustodyAttestation')) {
    const { accreditation, manufacturer } = secured.credential.credentialSubject
    return { digests: [accreditation.digestMultibase], dids: [issuer, manufacturer], listIds }
  }
  if (isOfType(secured, 'VerifierAccreditation')) {
    const { accreditedBy } = secured.credential.credentialSubject
    const digests = accreditedBy === undefined ? [] : [accreditedBy.digestMultibase]
    return { digests, dids: [], listIds }
  }
  return { digests: [], dids: [], listIds }
}

function checkSize(presentation: Bundle): void {
  const count = presentation.verifiableCredential.length
  const bytes = Buffer.byteLength(JSON.stringify(presentation))
  const fault = (pointer: string, expected: string, found: string) => ({
    code: 'LIMIT_EXCEEDED' as const,
    pointer,
    expected,
    found,
    detail: 'The presentation would be larger than every verifier of this profile reads.',
    remedy: 'Rest the passport on fewer attestations.',
  })
  refuseFaults('PRESENTATION_REFUSED', [
    ...(count <= LIMITS.presentationCredentials
      ? []
      : [
          fault(
            '/verifiableCredential',
            `at most ${LIMITS.presentationCredentials}`,
            `${count} credentials`,
          ),
        ]),
    ...(bytes <= LIMITS.presentationBytes
      ? []
      : [fault('', `at most ${LIMITS.presentationBytes} bytes`, `${bytes} bytes`)]),
  ])
}

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
  const chosen = chainOf(roots, atHand)
  const rest = [...chosen].filter((each) => !roots.includes(each))
  const inOrder = ORDER.flatMap((type) => rest.filter((each) => each.type === type))
  const credentials = [...roots, ...inOrder].map(({ document }) => document)
  const presentation: Bundle = {
    '@context': [VC_CONTEXT],
    type: ['VerifiablePresentation'],
    verifiableCredential: credentials,
  }
  checkSize(presentation)
  return presentation
}

/** Everything reachable from the roots: references, identities of the DIDs named, status lists. */
function chainOf(
  roots: readonly SecuredCredential[],
  atHand: readonly SecuredCredential[],
): ReadonlySet<SecuredCredential> {
  const byDigest = new Map(atHand.map((each) => [each.digestMultibase, each]))
  const identities = new Map<string, SecuredCredential[]>()
  for (const each of byDigest.values()) {
    if (!isOfType(each, 'RegisteredIdentity')) continue
    const { id } = each.credential.credentialSubject
    identities.set(id, [...(identities.get(id) ?? []), each])
  }
  const lists = newestLists([...byDigest.values()])
  const chosen = new Set<SecuredCredential>()
  const seen = new Set(roots.map(({ digestMultibase }) => digestMultibase))
  const waiting = [...roots]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    chosen.add(next)
    const { digests, dids, listIds } = needsOf(next)
    const found = [
      ...digests.map((digest) => byDigest.get(digest)),
      ...dids.flatMap((did) => identities.get(did) ?? []),
      ...listIds.map((id) => lists.get(id)),
    ]
    for (const each of found) {
      if (each === undefined || seen.has(each.digestMultibase)) continue
      seen.add(each.digestMultibase)
      waiting.push(each)
    }
  }
  return chosen
}

/** The edition of each list that was signed last; older ones would only let a withdrawal be hidden. */
function newestLists(
  credentials: readonly SecuredCredential[],
): ReadonlyMap<string, SecuredCredential> {
  const lists = new Map<string, SecuredCredential>()
  for (const each of credentials) {
    if (each.type !== 'BitstringStatusListCredential') continue
    const other = lists.get(each.id)
    if (other === undefined || other.created < each.created) lists.set(each.id, each)
  }
  return lists
}

interface Needs {
  readonly digests: readonly string[]
  readonly dids: readonly string[]
  readonly listIds: readonly string[]
}

function needsOf(secured: SecuredCredential): Needs {
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
    return {
      digests: [subject.accreditation.digestMultibase],
      dids: [issuer, party],
      listIds,
    }
  }
  if (isOfType(secured, 'CustodyAttestation')) {
    const { accreditation, manufacturer } = secured.credential.credentialSubject
    return { digests: [accreditation.digestMultibase], dids: [issuer, manufacturer], listIds }
  }
  if (isOfType(secured, 'VerifierAccreditation')) {
    const { accreditedBy } = secured.credential.credentialSubject
    const digests = accreditedBy === undefined ? [] : [accreditedBy.digestMultibase]
    return { digests, dids: [issuer], listIds }
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

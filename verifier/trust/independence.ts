import { type Finding, finding, listed } from '../findings/findings.ts'
import type { Accreditation, Identity, SecuredCredential } from '../reading/secured-credential.ts'
import type { IdentityExam } from './identity.ts'

/** A party by everything that is known of it. */
export interface Party {
  readonly role: 'assurance body' | 'operator' | 'passport issuer' | 'manufacturer' | 'accreditor'
  readonly did: string
  /** Its own LEIs and those of its ultimate parents, as declared or registered. */
  readonly leis: ReadonlySet<string>
  readonly parents: ReadonlySet<string>
  /** Whether LEI and ultimate parent come from someone other than itself. */
  readonly proven: boolean
}

/** A party from its identities, and what others or itself declare of it. */
export function party(
  role: Party['role'],
  did: string,
  identities: Pick<IdentityExam, 'good' | 'undecided'>,
  declared: {
    readonly lei?: string | undefined
    readonly parent?: string | undefined
    /** Whether the declaration is another's word: then it proves, too. */
    readonly byOther: boolean
  },
): Party {
  const leis = new Set<string>()
  const parents = new Set<string>()
  const collect = ({ credential }: Identity) => {
    const { lei, ultimateParentLei } = credential.credentialSubject
    if (lei !== undefined) leis.add(lei)
    if (ultimateParentLei !== undefined) parents.add(ultimateParentLei)
  }
  identities.good.forEach(collect)
  const registered = leis.size > 0 && parents.size > 0
  // Not certain enough to prove independence, but enough to prove dependence: else who presents
  // the credentials could hide a common parent by leaving out a status list.
  identities.undecided.forEach(collect)
  const complete =
    (leis.size > 0 || declared.lei !== undefined) &&
    (parents.size > 0 || declared.parent !== undefined)
  if (declared.lei !== undefined) leis.add(declared.lei)
  if (declared.parent !== undefined) parents.add(declared.parent)
  return { role, did, leis, parents, proven: registered || (declared.byOther && complete) }
}

/** The assurance body by its accreditation, which is the accreditor's word, and its identities. */
export function accreditedParty(
  role: 'assurance body' | 'accreditor',
  { credential }: Accreditation,
  identities: Pick<IdentityExam, 'good' | 'undecided'>,
): Party {
  const { id, lei, ultimateParentLei } = credential.credentialSubject
  return party(role, id, identities, { lei, parent: ultimateParentLei, byOther: true })
}

/** What two parties have in common, or null. */
export function dependence(a: Party, b: Party): string | null {
  if (a.did === b.did) return `both are ${a.did}`
  const common = [...a.leis, ...a.parents].find((lei) => b.leis.has(lei) || b.parents.has(lei))
  return common === undefined ? null : `both belong to ${common}`
}

/**
 * Independence of an assurance body from those it must not depend on, by DID, LEI and ultimate
 * parent (ISO/IEC 17029 §5.3). Accreditors are compared by what is known of them.
 */
export function independenceFindings(
  attestation: SecuredCredential,
  body: Party,
  others: readonly Party[],
  requireProof: boolean,
): Finding[] {
  const findings: Finding[] = []
  for (const other of others) {
    const common = dependence(body, other)
    if (common === null) continue
    findings.push(
      finding('NOT_INDEPENDENT', {
        credential: attestation.id,
        pointer: '/issuer',
        detail: `The assurance body and the ${other.role} are not independent: ${common}.`,
        expected: `a body outside the group of ${other.did}`,
        found: body.did,
      }),
    )
  }
  const unproven = [body, ...others.filter(({ role }) => role !== 'accreditor')].filter(
    ({ proven }) => !proven,
  )
  if (unproven.length > 0) {
    findings.push(
      finding('INDEPENDENCE_UNPROVEN', {
        credential: attestation.id,
        pointer: '/issuer',
        detail: `LEI and ultimate parent are not known of: ${unproven.map(({ role, did }) => `${role} ${did}`).join('; ')}.`,
        expected: 'a RegisteredIdentity of each, with LEI and ultimate parent',
        found: `none for ${listed(unproven.map(({ did }) => did))}`,
        ...(requireProof ? { severity: 'error' as const } : {}),
      }),
    )
  }
  return findings
}

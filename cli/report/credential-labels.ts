import type { CredentialType } from '@battery-passport/contexts'
import {
  type AnchorRole,
  type ChainLink,
  type DecodedInput,
  isOfType,
  type SecuredCredential,
} from '@battery-passport/verifier'
import { plain } from './plain.ts'

/** What people call the credentials of a chain and the parties in it. */
export interface CredentialLabels {
  /** The type in a word. */
  kind(link: Pick<ChainLink, 'type'>): string
  /** What a credential is about, by its digest. */
  about(link: Pick<ChainLink, 'digestMultibase' | 'type' | 'credential'>): string
  /** The registered name of a DID, or the DID; of an anchor, its role before it. */
  party(did: string): string
}

const KINDS: Readonly<Record<CredentialType, string>> = {
  BatteryPassport: 'passport',
  RulebookAttestation: 'attestation',
  CustodyAttestation: 'custody',
  VerifierAccreditation: 'accreditation',
  RegisteredIdentity: 'identity',
  BitstringStatusListCredential: 'status list',
  WithdrawalNotice: 'notice',
}

/**
 * Names for a report. The legal name of a party is taken only from an identity or accreditation
 * that passed in this chain: anybody can write a famous name into a credential of their own.
 */
export function credentialLabels(
  inputs: readonly DecodedInput[],
  chain: readonly ChainLink[],
  anchors: readonly { readonly did: string; readonly role: AnchorRole }[],
): CredentialLabels {
  const credentials = inputs.flatMap(({ documents }) =>
    documents.flatMap((document) => (document.ok ? [document.secured] : [])),
  )
  const byDigest = new Map(credentials.map((each) => [each.digestMultibase, each]))
  const passed = new Set(
    chain.flatMap(({ result, digestMultibase }) => (result === 'passed' ? [digestMultibase] : [])),
  )
  const names = new Map<string, string>()
  for (const each of credentials) {
    if (!passed.has(each.digestMultibase)) continue
    if (!isOfType(each, 'RegisteredIdentity') && !isOfType(each, 'VerifierAccreditation')) continue
    const { id, legalName } = each.credential.credentialSubject
    if (!names.has(id) || each.type === 'RegisteredIdentity') names.set(id, plain(legalName))
  }
  const roles = new Map(anchors.map(({ did, role }) => [did, role]))
  const named = (did: string) => names.get(did) ?? plain(did)
  return {
    kind: ({ type }) => kindOf(type),
    about(link) {
      const secured = byDigest.get(link.digestMultibase)
      const label = secured === undefined ? plain(link.credential) : aboutOf(secured, named)
      return label === '' ? 'a document that cannot be read' : label
    },
    party(did) {
      const role = roles.get(did)
      return role === undefined ? named(did) : `${role} ${named(did)}`
    },
  }
}

function kindOf(type: string): string {
  return Object.entries(KINDS).find(([known]) => known === type)?.[1] ?? (plain(type) || 'unknown')
}

function aboutOf(secured: SecuredCredential, named: (did: string) => string): string {
  if (isOfType(secured, 'BatteryPassport')) {
    return plain(secured.credential.credentialSubject.id)
  }
  if (isOfType(secured, 'RulebookAttestation')) {
    const { id, rulebook } = secured.credential.credentialSubject
    return plain(`${rulebook.key} of ${id}`)
  }
  if (isOfType(secured, 'CustodyAttestation')) {
    return plain(`supply chain of ${secured.credential.credentialSubject.id}`)
  }
  if (isOfType(secured, 'VerifierAccreditation') || isOfType(secured, 'RegisteredIdentity')) {
    return `of ${named(secured.credential.credentialSubject.id)}`
  }
  if (isOfType(secured, 'BitstringStatusListCredential')) {
    return `${secured.credential.credentialSubject.statusPurpose}s by ${named(secured.issuer)}`
  }
  return plain(secured.id)
}

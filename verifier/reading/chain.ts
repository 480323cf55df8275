import type { CredentialType, Reference } from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import type { Documents } from './documents.ts'
import type { Limits } from './limits.ts'
import { isOfType, type SecuredCredential } from './secured-credential.ts'

/** A reference that is followed, with its place in the credential that has it. */
interface Edge<T extends CredentialType = CredentialType> {
  readonly pointer: string
  readonly reference: Reference & { readonly type: T }
}

/** The references of a credential that must be present and equal. */
export function followedReferences(secured: SecuredCredential): readonly Edge[] {
  if (isOfType(secured, 'BatteryPassport')) {
    const { attestations, custody } = secured.credential.credentialSubject
    return [
      ...attestations.map((reference, index) => edge(`attestations/${index}`, reference)),
      ...custody.map((reference, index) => edge(`custody/${index}`, reference)),
    ]
  }
  if (isOfType(secured, 'RulebookAttestation') || isOfType(secured, 'CustodyAttestation')) {
    return [edge('accreditation', secured.credential.credentialSubject.accreditation)]
  }
  if (isOfType(secured, 'VerifierAccreditation')) {
    const { accreditedBy } = secured.credential.credentialSubject
    return accreditedBy === undefined ? [] : [edge('accreditedBy', accreditedBy)]
  }
  return []
}

function edge<T extends CredentialType>(
  path: string,
  reference: Reference & { readonly type: T },
): Edge<T> {
  return { pointer: `/credentialSubject/${path}`, reference }
}

/**
 * Walks what a credential rests on before any signature is checked: a circle or a chain without
 * end must cost nothing. Circles are looked for by id, since a digest in a circle cannot fit.
 */
export function chainFindings(
  root: SecuredCredential,
  documents: Documents,
  limits: Limits,
): Finding[] {
  const findings: Finding[] = []
  const done = new Map<string, number>()
  const walk = (secured: SecuredCredential, path: readonly string[], depth: number): void => {
    for (const { pointer, reference } of followedReferences(secured)) {
      if (path.includes(reference.id)) {
        findings.push(
          finding('CHAIN_CYCLE', {
            credential: secured.id,
            pointer,
            detail: 'It rests on a credential that rests on it.',
            expected: 'a chain that ends at a trust anchor',
            found: [...path, reference.id].join(' → '),
          }),
        )
        continue
      }
      const accreditations = reference.type === 'VerifierAccreditation' ? depth + 1 : depth
      if (accreditations > limits.chainDepth) {
        findings.push(
          finding('CHAIN_DEPTH', {
            credential: secured.id,
            pointer,
            detail: 'The chain of accreditations is too deep.',
            expected: `at most ${limits.chainDepth} accreditations to an anchor`,
            found: `${accreditations}`,
          }),
        )
        continue
      }
      for (const next of documents.byId(reference.id)) {
        if (!next.ok) continue
        const { digestMultibase } = next.secured
        // Walked before from as deep or deeper: nothing new can be found below it.
        if ((done.get(digestMultibase) ?? -1) >= accreditations) continue
        walk(next.secured, [...path, reference.id], accreditations)
        done.set(digestMultibase, accreditations)
      }
    }
  }
  walk(root, [root.id], 0)
  return findings
}

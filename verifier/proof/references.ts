import { type CredentialType, formatInstant, type Reference } from '@battery-passport/contexts'
import { type Finding, finding, listed } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import type { DecodedDocument } from '../reading/decoded-document.ts'
import { type Documents, digestOf } from '../reading/documents.ts'
import { isOfType, proofPointer, type SecuredCredential } from '../reading/secured-credential.ts'
import { authenticate } from './authenticity.ts'

/** A followed reference: the credential, a document that could not be read, or nothing usable. */
export type Followed<T extends CredentialType> =
  | {
      readonly ok: true
      readonly secured: SecuredCredential<T>
      readonly findings: readonly Finding[]
    }
  | {
      readonly ok: false
      readonly findings: readonly Finding[]
      /** The documents with that id that are not usable: their own findings say why. */
      readonly present: readonly DecodedDocument[]
    }

/**
 * Step 6: the referenced credential must be at hand with exactly the digest it was issued on.
 * The findings belong to the referring credential.
 */
export function follow<T extends CredentialType>(
  from: SecuredCredential,
  pointer: string,
  reference: Reference & { readonly type: T },
  documents: Documents,
): Followed<T> {
  const named = documents.byId(reference.id)
  if (named.length === 0) {
    return {
      ok: false,
      present: [],
      findings: [
        finding('REFERENCE_MISSING', {
          credential: from.id,
          pointer,
          detail: `The ${reference.type} it rests on is not at hand.`,
          expected: `${reference.id} (${reference.digestMultibase})`,
          found: 'nothing',
        }),
      ],
    }
  }
  const same = named.find((document) => digestOf(document) === reference.digestMultibase)
  if (same === undefined) {
    return {
      ok: false,
      present: named,
      findings: [
        finding('DIGEST_MISMATCH', {
          credential: from.id,
          pointer: `${pointer}/digestMultibase`,
          detail: `The ${reference.type} at hand is not the one it was issued on.`,
          expected: reference.digestMultibase,
          found: listed(named.map(digestOf)),
        }),
      ],
    }
  }
  if (!same.ok) return { ok: false, present: [same], findings: [] }
  if (isOfType(same.secured, reference.type)) {
    return { ok: true, secured: same.secured, findings: orderFindings(from, same.secured) }
  }
  return {
    ok: false,
    present: [],
    findings: [
      finding('SCHEMA', {
        credential: from.id,
        pointer: `${pointer}/type`,
        detail: 'The credential it names is of another type.',
        expected: reference.type,
        found: same.secured.type,
      }),
    ],
  }
}

/** Who pins another by digest cannot have signed before it: one of the two times is wrong. */
function orderFindings(from: SecuredCredential, pinned: SecuredCredential): Finding[] {
  if (pinned.created <= from.created) return []
  return [
    finding('PROOF_TIME', {
      credential: from.id,
      pointer: proofPointer(from, 'created'),
      detail: `It pins ${pinned.id} by digest, which was signed later.`,
      expected: `not earlier than ${formatInstant(pinned.created)}`,
      found: formatInstant(from.created),
    }),
  ]
}

/** What is wrong with documents that stand in the place of a referenced one, by themselves. */
export async function findingsOfPresent(
  present: readonly DecodedDocument[],
  inquiry: Inquiry,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const document of present) {
    if (!document.ok) {
      findings.push(...document.findings)
      continue
    }
    const authentic = await authenticate(document.secured, inquiry, inquiry.at)
    if (!authentic.ok) findings.push(...authentic.findings)
  }
  return findings
}

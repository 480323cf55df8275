import { type CredentialType, digestMultibase, jcs, VC_CONTEXT } from '@battery-passport/contexts'
import { type ProofForm, type Signer, secure } from '@battery-passport/keys'
import { decodeInput, isOfType, type SecuredCredential } from '@battery-passport/verifier'

/** A credential that was signed as it is, right or wrong. */
export interface Signed<T extends CredentialType = CredentialType> {
  readonly type: T
  readonly id: string
  /** As it is named by others. */
  readonly reference: { readonly id: string; readonly type: T; readonly digestMultibase: string }
  /** As it stands in a presentation: with its proof, or enveloped. */
  readonly document: object
  /** As it is sent alone. */
  readonly bytes: Uint8Array
  /** As the verifier reads it; throws if it cannot. */
  readonly secured: SecuredCredential<T>
}

/** A credential in which a test may have put anything. */
export interface AnyCredential {
  readonly '@context': readonly string[]
  readonly id: string
  readonly issuer: string
  readonly [member: string]: unknown
}

/** What a test changes in a credential before it is signed, and in how it is signed. */
export interface Change {
  /** Members put over those of the credential. */
  readonly credential?: Readonly<Record<string, unknown>>
  /** Members put over those of `credentialSubject`. */
  readonly subject?: Readonly<Record<string, unknown>>
  /** Anything else: runs last. */
  readonly alter?: (credential: AnyCredential) => AnyCredential
  readonly signer?: Signer
  readonly form?: ProofForm
  readonly created?: string
}

/** Signs a credential after a change, without any check of what it says. */
export async function signAnyway<T extends CredentialType>(
  type: T,
  honest: AnyCredential,
  by: { readonly signer: Signer; readonly form?: ProofForm; readonly created: string },
  change: Change = {},
): Promise<Signed<T>> {
  const merged: AnyCredential = {
    ...honest,
    ...(change.subject === undefined
      ? {}
      : { credentialSubject: { ...Object(honest.credentialSubject), ...change.subject } }),
    ...change.credential,
  }
  const unsecured = change.alter?.(merged) ?? merged
  const signer = change.signer ?? by.signer
  const form =
    change.form ??
    by.form ??
    (signer.algorithm === 'Ed25519' ? 'eddsa-jcs-2022' : 'ecdsa-rdfc-2019')
  const created = change.created ?? by.created
  const secured = await secure(unsecured, { signer, form, created })
  return secured.kind === 'document'
    ? signedDocument(type, secured.document)
    : signedCompact(type, unsecured.id, secured.compact)
}

/** A signed document as it is, for one that was changed after it was signed; in canonical order. */
export function signedDocument<T extends CredentialType>(
  type: T,
  changed: AnyCredential,
): Signed<T> {
  const text = jcs(changed)
  const document: object = JSON.parse(text)
  const bytes = new TextEncoder().encode(text)
  return signed(type, { id: changed.id, document, bytes, digest: digestMultibase(text) })
}

function signedCompact<T extends CredentialType>(type: T, id: string, compact: string): Signed<T> {
  const document = {
    '@context': VC_CONTEXT,
    id: `data:application/vc+jwt,${compact}`,
    type: 'EnvelopedVerifiableCredential',
  }
  const bytes = new TextEncoder().encode(compact)
  return signed(type, { id, document, bytes, digest: digestMultibase(compact) })
}

function signed<T extends CredentialType>(
  type: T,
  parts: {
    readonly id: string
    readonly document: object
    readonly bytes: Uint8Array
    readonly digest: string
  },
): Signed<T> {
  const { id, document, bytes, digest } = parts
  return {
    type,
    id,
    reference: { id, type, digestMultibase: digest },
    document,
    bytes,
    get secured() {
      const [first] = decodeInput(bytes).documents
      if (first?.ok && isOfType(first.secured, type)) return first.secured
      throw new TypeError(`${id}: ${JSON.stringify(first)}`)
    },
  }
}

import {
  type CanonicalMembers,
  type CredentialType,
  canonicalMembers,
  canonicalText,
  jcs,
  withCanonicalMember,
} from '@battery-passport/contexts'
import {
  type ProofForm,
  type Signer,
  secure,
  secureWithDataIntegrity,
} from '@battery-passport/keys'
import { decodeInput, isOfType, type SecuredCredential } from '@battery-passport/verifier'
import type { Unsecured } from './unsecured.ts'

/** How a key secures a credential unless told otherwise: the suite whose signed bytes are the text itself. */
export function defaultForm({ algorithm }: Pick<Signer, 'algorithm'>): ProofForm {
  return algorithm === 'Ed25519' ? 'eddsa-jcs-2022' : 'ecdsa-rdfc-2019'
}

/**
 * Signs a credential, and reads the result back as strictly as every verifier will: what they would
 * refuse to read is not released.
 *
 * @param options.created RFC 3339 with `Z`, whole seconds
 * @param options.form the default is the one of the key
 * @throws {SecuringError} when it must not or cannot be signed
 * @throws {TypeError} when what was signed could not be read: the credential was not linted before
 */
export async function signCredential<T extends CredentialType>(
  type: T,
  unsecured: Unsecured<T>,
  options: { readonly signer: Signer; readonly created: string; readonly form?: ProofForm },
): Promise<SecuredCredential<T>> {
  const { signer, created, form = defaultForm(signer) } = options
  return readSigned(type, await secureText(unsecured, { signer, created, form }))
}

/**
 * Signs a credential: the text that is written and sent, its JSON or its compact JWT. The JSON is in
 * its canonical form (RFC 8785), so that who verifies it need not bring it there.
 *
 * @throws {SecuringError} when it must not or cannot be signed
 */
export async function secureText(
  unsecured: Unsecured<CredentialType>,
  options: {
    readonly signer: Signer
    readonly created: string
    readonly form: ProofForm
    /** Its canonical form, where it is known. */
    readonly canonical?: CanonicalMembers
  },
): Promise<string> {
  if (options.form === 'eddsa-jcs-2022') return secureCanonically(unsecured, options)
  const secured = await secure(unsecured, options)
  return secured.kind === 'compact' ? secured.compact : jcs(secured.document)
}

/** What the signature covers is a part of the text: it is written once. */
async function secureCanonically(
  unsecured: Unsecured<CredentialType>,
  options: {
    readonly signer: Signer
    readonly created: string
    readonly canonical?: CanonicalMembers
  },
): Promise<string> {
  const { signer, created, canonical: members = canonicalMembers(unsecured) } = options
  const { proof } = await secureWithDataIntegrity(unsecured, {
    signer,
    cryptosuite: 'eddsa-jcs-2022',
    created,
    unsecuredJcs: canonicalText(members),
  })
  return canonicalText(withCanonicalMember(members, 'proof', proof))
}

/** What is written and sent of a secured credential: its JSON, or its compact JWT. */
export function textOfSecured({ document, securing }: SecuredCredential): string {
  return securing.form === 'vc+jwt' ? securing.compact : JSON.stringify(document)
}

/**
 * Reads a credential of one type that this issuer signed itself.
 *
 * @throws {TypeError} when it is none
 */
export function readSigned<T extends CredentialType>(type: T, text: string): SecuredCredential<T> {
  const { documents, findings } = decodeInput(new TextEncoder().encode(text))
  const [first] = documents
  if (first?.ok && isOfType(first.secured, type)) return first.secured
  const reasons = first === undefined || first.ok ? findings : first.findings
  throw new TypeError(
    `expected a secured ${type}: ${reasons.map(({ code, pointer }) => `${code} at ${pointer}`).join(', ') || 'it is of another type'}`,
  )
}

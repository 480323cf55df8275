/** What stopped a credential from being secured. */
export type SecuringFault =
  /** The credential names another issuer than the one whose key would sign. */
  | 'ISSUER_MISMATCH'
  /** The key cannot make a signature of the form that was asked for. */
  | 'ALGORITHM_MISMATCH'
  /** The credential has a proof already; a second would make a proof set. */
  | 'ALREADY_SECURED'
  /** `created` is no RFC 3339 instant with `Z` and second precision. */
  | 'CREATED_INVALID'
  /** The credential holds a name or value that JSON-LD processing is not safe with. */
  | 'FORBIDDEN_VALUE'
  /** A proof beside others that would not verify: malformed, one too many, or of a broken chain. */
  | 'PROOF_REFUSED'
  /** The signer answered something that is no signature of its own public key. */
  | 'SIGNER_FAULT'

/** A credential was not secured, and nothing was signed in its place. */
export class SecuringError extends Error {
  readonly code: SecuringFault

  constructor(code: SecuringFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SecuringError'
    this.code = code
  }
}

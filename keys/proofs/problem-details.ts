/** What stands against a proof or a secured document, as a problem of RFC 9457. */
export interface ProblemDetails {
  /** The URL that the specification names the problem by. */
  readonly type: string
  readonly title: string
  readonly detail: string
  /** RFC 6901, in the secured document. */
  readonly pointer: string
  readonly expected: string
  readonly found: string
  readonly remedy: string
  /** `unknown`: it could not be checked, and may be with more input. `error`: it is refused. */
  readonly severity: 'error' | 'unknown'
}

/** A problem by the last part of its URL. */
export type ProblemName = keyof typeof PROBLEMS

const DATA_MODEL = 'https://www.w3.org/TR/vc-data-model#'
const SECURITY = 'https://w3id.org/security#'

/**
 * The problems of the Data Model 2.0 (§7.1), of Data Integrity 1.0 (§4.7) and of Controlled
 * Identifiers 1.0 (§3.5), by the names these specifications give them.
 */
const PROBLEMS = {
  PARSING_ERROR: [DATA_MODEL, 'The input cannot be parsed', 'Ask for the file as it was issued.'],
  CRYPTOGRAPHIC_SECURITY_ERROR: [
    DATA_MODEL,
    'The signature does not hold',
    'Ask the signer for the document as it was signed: this one or its proof was changed.',
  ],
  MALFORMED_VALUE_ERROR: [
    DATA_MODEL,
    'A value is malformed',
    'Have the document issued again in the form of the specification.',
  ],
  RANGE_ERROR: [
    DATA_MODEL,
    'A value is out of range',
    'Ask for a document that holds at this instant and keeps to the limits.',
  ],
  PROOF_VERIFICATION_ERROR: [
    SECURITY,
    'The proof is refused',
    'Ask the signer for a proof that has what is expected.',
  ],
  PROOF_TRANSFORMATION_ERROR: [
    SECURITY,
    'What was signed cannot be made canonical',
    'Have it signed with eddsa-jcs-2022, or with the contexts and values that are known here.',
  ],
  INVALID_CHALLENGE_ERROR: [
    SECURITY,
    'It answers another challenge',
    'Ask the holder to answer the challenge you gave, and expect that one.',
  ],
  INVALID_DOMAIN_ERROR: [
    SECURITY,
    'It was made for another domain',
    'Ask the holder for a proof for your domain, and expect that one.',
  ],
  INVALID_CONTROLLED_IDENTIFIER_DOCUMENT: [
    SECURITY,
    'The document of the controller cannot be had',
    'See that the DID can be resolved, or pin its document.',
  ],
  INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID: [
    SECURITY,
    'The document is that of another controller',
    'Correct the resolver, or the document that is published under the DID.',
  ],
  INVALID_VERIFICATION_METHOD_URL: [
    SECURITY,
    'The verification method is not named by a URL',
    'Have the proof name its key as a DID URL with a fragment.',
  ],
  INVALID_VERIFICATION_METHOD: [
    SECURITY,
    'The key cannot be relied on',
    'Have it signed with a key that was sound and in force at that time.',
  ],
  INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD: [
    SECURITY,
    'The key is not for this purpose',
    'Have it signed with a key that its controller lists for this purpose.',
  ],
} as const

/** Makes a problem; what comes from outside is cut short. */
export function problem(
  name: ProblemName,
  {
    severity = 'error',
    ...what
  }: Pick<ProblemDetails, 'detail' | 'pointer' | 'expected' | 'found'> &
    Partial<Pick<ProblemDetails, 'severity'>>,
): ProblemDetails {
  const [base, title, remedy] = PROBLEMS[name]
  const found = what.found.length > 200 ? `${what.found.slice(0, 200)}…` : what.found
  return Object.freeze({ type: `${base}${name}`, title, ...what, found, remedy, severity })
}

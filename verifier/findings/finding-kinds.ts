/** How bad a finding is, worst first: an error rejects, an unknown leaves open, a warning or note informs. */
export const SEVERITIES = ['error', 'unknown', 'warning', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Who can mend what a finding says. */
export const RESPONSIBLE = [
  'issuer',
  'assurance-body',
  'scheme',
  'holder',
  'verifier',
  'network',
] as const
export type Whose = (typeof RESPONSIBLE)[number]

/** What a code means, whatever the case: the contract that programs rely on. */
export interface FindingKind {
  readonly severity: Severity
  /** Severities that the policy or the place in the walk may give it instead. */
  readonly also?: readonly Severity[]
  readonly title: string
  readonly remedy: string
  readonly whose: Whose
  /** Where the rule is written down. */
  readonly see: string
}

const DATA_MODEL = 'VC Data Model 2.0'
const INTEGRITY = 'VC Data Integrity 1.0'
const STATUS_LIST = 'Bitstring Status List 1.0'

/** Every code the verifier can answer with. `docs/findings.md` is generated from it. */
export const FINDING_KINDS = {
  JSON_INVALID: {
    severity: 'error',
    title: 'The bytes are not the strict JSON a credential is written in',
    remedy:
      'Send the credential exactly as it was issued: UTF-8 JSON without floating-point numbers, nulls, byte order mark or reserved keys.',
    whose: 'holder',
    see: 'RFC 8259; RFC 7493 (I-JSON)',
  },
  JSON_DUPLICATE_KEY: {
    severity: 'error',
    title: 'An object names a key twice',
    remedy: 'Ask for the credential as it was issued: two readers of this text may see two values.',
    whose: 'holder',
    see: 'RFC 7493 §2.3',
  },
  LIMIT_EXCEEDED: {
    severity: 'error',
    title: 'A size limit of the profile is exceeded',
    remedy: 'Split the presentation, or have the credential reissued within the limits.',
    whose: 'issuer',
    see: 'docs/verification.md, Limits',
  },
  CONTEXT_NOT_ALLOWED: {
    severity: 'error',
    title: 'A JSON-LD context or keyword stands where the profile allows none',
    remedy: 'Have it reissued with exactly the two pinned contexts and no JSON-LD keywords.',
    whose: 'issuer',
    see: `${DATA_MODEL} §4.3`,
  },
  SCHEMA: {
    severity: 'error',
    title: 'The document does not have the shape its type demands',
    remedy: 'Have it reissued in the form of the published JSON Schema of its type.',
    whose: 'issuer',
    see: `${DATA_MODEL} §4.11`,
  },
  PROOF_MISSING: {
    severity: 'error',
    title: 'Nothing secures the credential',
    remedy: 'Send the secured credential, with its proof.',
    whose: 'holder',
    see: `${DATA_MODEL} §4.12`,
  },
  PROOF_COUNT: {
    severity: 'error',
    title: 'There is not exactly one proof',
    remedy: 'Have it reissued with the one proof the profile expects.',
    whose: 'issuer',
    see: `${INTEGRITY} §2.1`,
  },
  PROOF_SUITE_NOT_ALLOWED: {
    severity: 'error',
    title: 'The cryptosuite is not one the policy allows',
    remedy: 'Have it reissued with an allowed cryptosuite, or allow this one in the policy.',
    whose: 'issuer',
    see: `${INTEGRITY} §3.1`,
  },
  PROOF_ENCODING: {
    severity: 'error',
    title: 'The signature is not in its canonical encoding',
    remedy: 'Send the credential exactly as it was issued.',
    whose: 'holder',
    see: `${INTEGRITY} §2.4`,
  },
  PROOF_TIME: {
    severity: 'error',
    title: 'The signing time is missing, malformed or in the future',
    remedy: 'Check the clock of the signer, and your own; then have it signed again.',
    whose: 'issuer',
    see: `${INTEGRITY} §2.1 created`,
  },
  PROOF_INVALID: {
    severity: 'error',
    title: 'The signature does not fit the content',
    remedy: 'The content was changed after signing. Ask its issuer for the original.',
    whose: 'holder',
    see: `${INTEGRITY} §4.4`,
  },
  KEY_NOT_AUTHORISED: {
    severity: 'error',
    title: 'The key may not sign this for the issuer',
    remedy:
      'Have it signed with a key of the issuer that is authorised for assertions and, for an accredited body, listed in its accreditation at that date.',
    whose: 'issuer',
    see: `${INTEGRITY} §4.4; Controlled Identifiers 1.0 §3.3`,
  },
  KEY_REVOKED: {
    severity: 'error',
    title: 'The key was revoked or had expired when it signed',
    remedy: 'Have it signed again with a current key.',
    whose: 'issuer',
    see: 'Controlled Identifiers 1.0 §2.2',
  },
  KEY_WEAK: {
    severity: 'error',
    title: 'The key is one for which signatures can be forged',
    remedy: 'The issuer must use a new DID with a properly generated key.',
    whose: 'issuer',
    see: 'RFC 8032 §5.1.7; eprint 2020/1244',
  },
  DISTRUSTED: {
    severity: 'error',
    title: 'Your policy distrusts this issuer, key or credential',
    remedy: 'Ask the issuer for a credential that does not rest on it, or change your policy.',
    whose: 'verifier',
    see: 'docs/verification.md, Policy',
  },
  DID_NOT_CANONICAL: {
    severity: 'error',
    title: 'The DID is not in its one canonical form',
    remedy:
      'The issuer must use the canonical did:key of its public key, or a did:web of a domain name in small letters.',
    whose: 'issuer',
    see: 'did:key Method §3.1; did:web Method §2.1',
  },
  DID_UNRESOLVED: {
    severity: 'unknown',
    title: 'The DID could not be resolved',
    remedy:
      'Pin its document in the policy (didDocuments), let did:web be asked for (--resolve-web), or ask the issuer for a did:key.',
    whose: 'verifier',
    see: 'DID Core 1.0 §7.1',
  },
  NOT_YET_VALID: {
    severity: 'error',
    title: 'It was not yet valid at the instant that counts',
    remedy: 'Verify again when it has become valid, or have it reissued.',
    whose: 'issuer',
    see: `${DATA_MODEL} §4.9`,
  },
  EXPIRED: {
    severity: 'error',
    title: 'It was no longer valid at the instant that counts',
    remedy: 'Ask the issuer for a renewed one.',
    whose: 'issuer',
    see: `${DATA_MODEL} §4.9`,
  },
  ENDED_SINCE: {
    severity: 'note',
    title: 'It was valid when it counted and has ended since',
    remedy: 'Nothing to mend; set requireCurrent in the policy if that is not enough for you.',
    whose: 'verifier',
    see: 'docs/verification.md, Which instant counts',
  },
  NOT_CURRENT: {
    severity: 'error',
    title: 'It is no longer in force, and it must be',
    remedy: 'Ask the issuer for a passport on current attestations.',
    whose: 'issuer',
    see: 'docs/verification.md, Which instant counts',
  },
  REVOKED: {
    severity: 'error',
    also: ['warning'],
    title: 'Its issuer has revoked it',
    remedy: 'Ask the manufacturer for a passport that does not rest on it.',
    whose: 'issuer',
    see: `${STATUS_LIST} §2.1`,
  },
  SUSPENDED: {
    severity: 'error',
    title: 'Its issuer has suspended it',
    remedy: 'Wait until the issuer reinstates it, or ask for a passport that does not rest on it.',
    whose: 'issuer',
    see: `${STATUS_LIST} §2.1`,
  },
  WITHDRAWN_IN_PART: {
    severity: 'warning',
    title: 'Some of its indicators were withdrawn and count as unknown',
    remedy: 'Ask the manufacturer for a passport on the corrected attestation.',
    whose: 'assurance-body',
    see: 'docs/verification.md, Status',
  },
  NOTICE_MISSING: {
    severity: 'unknown',
    title: 'The notice that explains a withdrawal is not at hand',
    remedy: 'Add the withdrawal notice that the status list names.',
    whose: 'holder',
    see: 'docs/verification.md, Status',
  },
  STATUS_UNREACHABLE: {
    severity: 'unknown',
    title: 'The status list is not at hand',
    remedy: 'Add the current list with --with, or ask the holder for a presentation that has it.',
    whose: 'holder',
    see: `${STATUS_LIST} §3.2`,
  },
  STATUS_STALE: {
    severity: 'unknown',
    title: 'The status list is older than the policy allows',
    remedy: 'Fetch the current list from its issuer and add it with --with.',
    whose: 'holder',
    see: `${STATUS_LIST} §3.2`,
  },
  STATUS_LIST_INVALID: {
    severity: 'error',
    title: 'The status list does not say what a status list must',
    remedy: 'Fetch the list again from its issuer; if it stays so, its issuer must mend it.',
    whose: 'issuer',
    see: `${STATUS_LIST} §3.2`,
  },
  REFERENCE_MISSING: {
    severity: 'unknown',
    title: 'A credential it rests on is not at hand',
    remedy: 'Ask for the presentation with the whole chain, or add the credential with --with.',
    whose: 'holder',
    see: 'docs/verification.md, Chain',
  },
  DIGEST_MISMATCH: {
    severity: 'error',
    title: 'The credential at hand is not the one it was issued on',
    remedy: 'Ask the issuer for the credential with that digest.',
    whose: 'holder',
    see: `${DATA_MODEL} §5.3 digestMultibase`,
  },
  CHAIN_CYCLE: {
    severity: 'error',
    title: 'Credentials rest on each other in a circle',
    remedy: 'The accreditation must lead to a trust anchor; ask the scheme to reissue it.',
    whose: 'scheme',
    see: 'docs/verification.md, Chain',
  },
  CHAIN_DEPTH: {
    severity: 'error',
    title: 'The chain is deeper than the profile allows',
    remedy: 'Ask the scheme for an accreditation closer to its anchor.',
    whose: 'scheme',
    see: 'docs/verification.md, Limits',
  },
  ANCHOR_UNKNOWN: {
    severity: 'error',
    title: 'The chain does not end at a trust anchor of the policy',
    remedy:
      'If you trust that body, add it to the anchors of your policy; else do not rely on this passport.',
    whose: 'verifier',
    see: 'docs/verification.md, Trust',
  },
  ISSUER_NOT_AUTHORISED: {
    severity: 'error',
    title: 'The issuer is not entitled to issue this',
    remedy:
      'Only the manufacturer of the battery issues its passport, and only the accredited body its attestation.',
    whose: 'issuer',
    see: 'Regulation (EU) 2023/1542 Article 77(4)',
  },
  ACCREDITATION_SCOPE: {
    severity: 'error',
    also: ['warning'],
    title: 'The accreditation does not cover this',
    remedy: 'Have it attested by a body accredited for it, or have the scope extended first.',
    whose: 'assurance-body',
    see: 'ISO/IEC 17029:2019; ISO/IEC 17011:2017 §7.8',
  },
  ACCREDITATION_TIME: {
    severity: 'error',
    title: 'The accreditation was not valid when the statement was made',
    remedy: 'Have it attested again by a body whose accreditation is in force.',
    whose: 'assurance-body',
    see: 'ISO/IEC 17011:2017 §7.8',
  },
  NOT_INDEPENDENT: {
    severity: 'error',
    title: 'The assurance body is not independent',
    remedy: 'Have it attested by a body outside the group of the operator and the manufacturer.',
    whose: 'assurance-body',
    see: 'ISO/IEC 17029:2019 §5.3 (impartiality)',
  },
  INDEPENDENCE_UNPROVEN: {
    severity: 'warning',
    also: ['error'],
    title: 'Independence could not be proven for want of registered identifiers',
    remedy: 'Add RegisteredIdentity credentials with LEI and ultimate parent of those named.',
    whose: 'scheme',
    see: 'ISO/IEC 17029:2019 §5.3 (impartiality)',
  },
  SUBJECT_MISMATCH: {
    severity: 'error',
    title: 'The attestation is about something that is not part of this battery',
    remedy: 'Leave it out, or list the facility it is about if that really is a supplier.',
    whose: 'issuer',
    see: 'docs/verification.md, Binding',
  },
  ACTIVITY_MISMATCH: {
    severity: 'error',
    title: 'None of the attested activities, or assured rows, is in the supply chain',
    remedy: 'Correct the stage and material of the rows, or leave the attestation out.',
    whose: 'issuer',
    see: 'docs/verification.md, Binding',
  },
  PRODUCTION_WINDOW: {
    severity: 'error',
    title: 'The battery was made outside the production window attested',
    remedy: 'Use an attestation whose production window holds the day of manufacture.',
    whose: 'issuer',
    see: 'docs/verification.md, Binding',
  },
  PERIOD: {
    severity: 'error',
    title: 'The reporting period does not meet what rulebook and method ask',
    remedy: 'Use an attestation whose period is long, recent and close enough to the others.',
    whose: 'assurance-body',
    see: 'docs/verification.md, Binding',
  },
  RULEBOOK_MISMATCH: {
    severity: 'error',
    title: 'The attestation was made against another edition of the rulebook than the method pins',
    remedy: 'Have the facility assessed against the rulebook with the digest the method names.',
    whose: 'assurance-body',
    see: 'docs/scoring.md',
  },
  RULEBOOK_NOT_ACCEPTED: {
    severity: 'error',
    title: 'The policy does not accept the method of this score',
    remedy: 'Ask for a score by a method your policy names, or name this one with its digest.',
    whose: 'issuer',
    see: 'docs/verification.md, Policy',
  },
  RULEBOOK_UNKNOWN: {
    severity: 'unknown',
    title: 'The content of a method or rulebook that is pinned is not at hand',
    remedy:
      'Give the file: "file" in the policy, or --rulebooks DIR; in a program, its document in the options methods and rulebooks.',
    whose: 'verifier',
    see: 'docs/verification.md, Policy',
  },
  ANSWER_INVALID: {
    severity: 'error',
    title: 'An answer is not one the rulebook allows',
    remedy: 'The assurance body must correct the answer and sign the attestation again.',
    whose: 'assurance-body',
    see: 'docs/scoring.md',
  },
  ATTESTATION_CONFLICT: {
    severity: 'error',
    title:
      'Two attestations answer for the same subject, activity and rulebook, or assure the same row',
    remedy: 'Rest the passport on one of them.',
    whose: 'issuer',
    see: 'docs/verification.md, Binding',
  },
  DUPLICATE_EVIDENCE: {
    severity: 'error',
    also: ['warning'],
    title: 'The same evidence serves two facilities',
    remedy: 'Each facility needs its own evidence; if one audit covers both, `covers` must say so.',
    whose: 'assurance-body',
    see: 'docs/verification.md, Binding',
  },
  EVIDENCE_MISMATCH: {
    severity: 'error',
    title: 'An answer names evidence that is not there or not about this subject',
    remedy: 'The assurance body must list the file in evidenceFiles, covering this subject.',
    whose: 'assurance-body',
    see: `${DATA_MODEL} §5.6`,
  },
  CONCLUSION_NOT_ACCEPTED: {
    severity: 'error',
    also: ['warning'],
    title: 'The assurance body did not reach a conclusion that can be relied on',
    remedy:
      'The facility must mend what the conclusion rests on and be assessed again, or the passport must be issued without this attestation.',
    whose: 'issuer',
    see: 'ISAE 3000 (Revised) §74–77',
  },
  OPEN_FINDING: {
    severity: 'error',
    title: 'A major finding of the engagement is open',
    remedy: 'Close the finding, and have the attestation signed again.',
    whose: 'assurance-body',
    see: 'ISO/IEC 17021-1:2015 §9.4.9',
  },
  STATEMENT_DATE: {
    severity: 'error',
    title: 'The date of the statement does not fit the work it reports',
    remedy:
      'The statement is dated after the period and the last visit, and not after it was signed.',
    whose: 'assurance-body',
    see: 'ISAE 3000 (Revised) §69',
  },
  TIME_UNPROVEN: {
    severity: 'unknown',
    title: 'That it was signed in time rests on the word of a signer whose right has ended since',
    remedy:
      'Add a timestamp of then, a renewed accreditation or current attestations, or set acceptSelfAssertedTime in the policy.',
    whose: 'issuer',
    see: 'docs/verification.md, Which instant counts',
  },
  TIME_SELF_ASSERTED: {
    severity: 'warning',
    title: 'The policy takes signing times on the word of the signers',
    remedy: 'Leave acceptSelfAssertedTime out of the policy if that is not meant.',
    whose: 'verifier',
    see: 'docs/verification.md, Which instant counts',
  },
  SHARES_INVALID: {
    severity: 'error',
    title: 'The supply-chain shares cannot be',
    remedy: 'Shares of one stage and material sum to at most 10000 and name each facility once.',
    whose: 'issuer',
    see: 'docs/scoring.md',
  },
  SHARES_UNASSURED: {
    severity: 'warning',
    title: 'Supply-chain shares are the word of the manufacturer alone',
    remedy:
      'Have every row covered by a custody attestation, take the shares for what they are, or refuse them with minimumShareAssurance.',
    whose: 'issuer',
    see: 'ISO 22095:2020',
  },
  CUSTODY_MODEL: {
    severity: 'error',
    title: 'A chain-of-custody model is not one that is accepted',
    remedy: 'Use material under a chain-of-custody model that method and policy allow.',
    whose: 'issuer',
    see: 'ISO 22095:2020',
  },
  SCORE_MISMATCH: {
    severity: 'error',
    title: 'The score claimed is not the score that follows from what was attested',
    remedy: 'Do not rely on it. The issuer must reissue the passport with the recomputed score.',
    whose: 'issuer',
    see: 'docs/scoring.md',
  },
  SCORE_CHANGED_SINCE_ISSUE: {
    severity: 'warning',
    title: 'The score that counts now differs from the one at issue',
    remedy: 'Use the score of this verdict, not the one in the passport.',
    whose: 'issuer',
    see: 'docs/scoring.md',
  },
  POLICY_MINIMUM: {
    severity: 'error',
    title: 'The score does not reach a minimum of your policy',
    remedy: 'Ask the manufacturer for better or better assured facilities, or lower the minimum.',
    whose: 'issuer',
    see: 'docs/verification.md, Policy',
  },
  POLICY_NO_COVERAGE_MINIMUM: {
    severity: 'warning',
    title: 'Your policy asks for no minimum coverage',
    remedy:
      'Set minimums.overall.coverage: without it, leaving evidence out can only lower a score.',
    whose: 'verifier',
    see: 'docs/verification.md, Policy',
  },
  POLICY_ANY_ISSUER: {
    severity: 'warning',
    title: 'Your policy accepts passports of any issuer',
    remedy: 'Name the manufacturers in passportIssuers, or require registered ones.',
    whose: 'verifier',
    see: 'docs/verification.md, Policy',
  },
  SUBJECT_NOT_EXPECTED: {
    severity: 'note',
    title: 'Nobody said which battery this passport should be about',
    remedy:
      'Give --expect-subject with the id on the label: a signature binds no label to a battery.',
    whose: 'verifier',
    see: 'docs/verification.md, Limits',
  },
  SUBJECT_UNEXPECTED: {
    severity: 'error',
    title: 'The passport is about another battery than the one expected',
    remedy: 'Ask for the passport of the battery in your hands.',
    whose: 'holder',
    see: 'docs/verification.md, Binding',
  },
  ISSUER_MISMATCH: {
    severity: 'error',
    title: 'The passport was issued by another issuer than the one expected',
    remedy: 'Ask the expected manufacturer for the passport.',
    whose: 'holder',
    see: 'docs/verification.md, Binding',
  },
  HISTORICAL: {
    severity: 'note',
    title: 'The verdict is for another instant than now',
    remedy: 'Leave --at out to verify as of now.',
    whose: 'verifier',
    see: 'docs/verification.md, Which instant counts',
  },
  CREDENTIAL_UNUSED: {
    severity: 'note',
    title: 'Nothing rests on this credential, or it could not be used',
    remedy: 'Nothing to mend, unless you expected it to count.',
    whose: 'holder',
    see: 'docs/verification.md, Chain',
  },
  NOTICE_UNUSED: {
    severity: 'note',
    title: 'No status list names this withdrawal notice for anything that was looked at',
    remedy: 'Nothing to mend, unless you expected it to count.',
    whose: 'holder',
    see: 'docs/verification.md, Status',
  },
  TIMESTAMP_UNUSED: {
    severity: 'note',
    title: 'A timestamp proves nothing here',
    remedy:
      'Nothing to mend, unless you expected it to count: then put the certificate of its authority into the policy (timestampAuthorities).',
    whose: 'holder',
    see: 'RFC 3161; docs/verification.md, Which instant counts',
  },
  STATUS_LATER: {
    severity: 'note',
    title: 'The status list was made after the instant asked for',
    remedy: 'Nothing to mend: the newest list is used for what it says of the past.',
    whose: 'verifier',
    see: 'docs/verification.md, Status',
  },
  ROW_OUTSIDE_METHOD: {
    severity: 'note',
    title: 'A supply-chain row is of a stage or material the method gives no weight',
    remedy: 'Nothing to mend: the row does not count.',
    whose: 'issuer',
    see: 'docs/scoring.md',
  },
  ILLUSTRATIVE: {
    severity: 'note',
    also: ['error'],
    title: 'The rulebooks are illustrative',
    remedy:
      'Set allowIllustrative in the policy only to try things out; use the rulebooks of a scheme for decisions.',
    whose: 'verifier',
    see: 'docs/scoring.md',
  },
} as const satisfies Readonly<Record<string, FindingKind>>

/** A stable code; match on it, never on a message. */
export type FindingCode = keyof typeof FINDING_KINDS

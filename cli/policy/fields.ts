/** One field of a policy, for people: what it says, and what holds without it. */
export interface PolicyField {
  /** Its place; `*` stands for an index or a rulebook key. */
  readonly place: string
  readonly meaning: string
  /** What holds where it is left out; absent if it is required. */
  readonly default?: string
}

const minimum = (place: string, of: string): PolicyField[] => [
  {
    place: `${place}/value`,
    meaning: `The least lower bound of ${of} (basis points, 0 to 10000).`,
    default: 'any',
  },
  {
    place: `${place}/coverage`,
    meaning: `How much of what ${of} asks must be known. Leaving evidence out lowers it.`,
    default: 'any',
  },
  {
    place: `${place}/assured`,
    meaning: `How much of ${of} must be assured at limited level or better.`,
    default: 'any',
  },
  {
    place: `${place}/reasonable`,
    meaning: `How much of ${of} must be assured at reasonable level.`,
    default: 'any',
  },
  {
    place: `${place}/maximumNotApplicable`,
    meaning: `How much of ${of} may be said not to apply.`,
    default: 'any',
  },
]

/** Every field of a policy, in the order of its schema. A test holds it to the schema. */
export const POLICY_FIELDS: readonly PolicyField[] = [
  {
    place: '/anchors',
    meaning: 'Whom you trust without further proof. Every chain must end at one of them.',
  },
  { place: '/anchors/*/did', meaning: 'The DID of the anchor.' },
  {
    place: '/anchors/*/role',
    meaning:
      'What it may vouch for: scheme-owner (accreditations and identities), accreditation-body (accreditations), registrar (identities).',
  },
  {
    place: '/anchors/*/validFrom',
    meaning: 'Signatures from this instant on count. RFC 3339 with Z.',
  },
  { place: '/anchors/*/validUntil', meaning: 'Signatures up to this instant count.' },
  {
    place: '/distrust',
    meaning: 'What must not count, whoever vouches for it.',
    default: 'nothing',
  },
  {
    place: '/distrust/*/did',
    meaning: 'A DID; or key, or credential: exactly one of the three.',
    default: 'one of the three',
  },
  { place: '/distrust/*/key', meaning: 'The thumbprint of a key.', default: 'one of the three' },
  {
    place: '/distrust/*/credential',
    meaning: 'The id of a credential.',
    default: 'one of the three',
  },
  {
    place: '/distrust/*/since',
    meaning: 'Distrusted for what was signed from this instant on.',
    default: 'whenever it was signed',
  },
  { place: '/distrust/*/reason', meaning: 'Why, for whoever reads the policy later.' },
  {
    place: '/passportIssuers',
    meaning:
      'Who may issue passports: a list of DIDs, "registered" (shown by a RegisteredIdentity of an anchored registrar), or "any" (a warning on every verdict).',
  },
  {
    place: '/methods',
    meaning:
      'The scoring methods you accept. A method pins its rulebooks by digest, so naming it names them.',
  },
  { place: '/methods/*/key', meaning: 'The key of the method.' },
  { place: '/methods/*/version', meaning: 'The version of the method.' },
  {
    place: '/methods/*/digestMultibase',
    meaning: 'The digest of its content (`rulebooks check` prints it).',
  },
  {
    place: '/methods/*/file',
    meaning: 'Where its content is, relative to the policy, for a method that is not shipped.',
    default: 'the shipped one',
  },
  {
    place: '/methods/*/until',
    meaning: 'Passports signed later must use another method.',
    default: 'no end',
  },
  {
    place: '/rulebooks',
    meaning: 'Rulebooks that are not shipped and that an accepted method pins.',
    default: 'the shipped ones',
  },
  { place: '/rulebooks/*/digestMultibase', meaning: 'The digest of its content.' },
  {
    place: '/rulebooks/*/file',
    meaning: 'Where its content is, relative to the policy.',
    default: 'found with --rulebooks DIR',
  },
  {
    place: '/timestampAuthorities',
    meaning:
      'Whose timestamps (RFC 3161) prove when something was signed, where the signer’s right has ended since.',
    default: 'nobody’s: a timestamp proves nothing',
  },
  {
    place: '/timestampAuthorities/*/certificate',
    meaning:
      'The X.509 certificate of a timestamp authority, or of who certified it: PEM, or the base64 of its DER.',
  },
  {
    place: '/timestampAuthorities/*/validFrom',
    meaning: 'Its timestamps from this instant on count.',
    default: 'those of all times its certificate was in force',
  },
  {
    place: '/timestampAuthorities/*/validUntil',
    meaning: 'Its timestamps up to this instant count, such as until its key was lost.',
    default: 'those of all times its certificate was in force',
  },
  {
    place: '/didDocuments',
    meaning:
      'The DID documents of issuers whose DID does not say its key, such as did:web. What stands here is asked of nobody else.',
    default: 'none: a did:web is open unless --resolve-web asks the network for it',
  },
  {
    place: '/didDocuments/*/did',
    meaning: 'Whose document it is: the DID that stands in it as id.',
  },
  {
    place: '/didDocuments/*/document',
    meaning: 'The document itself.',
    default: 'that of file',
  },
  {
    place: '/didDocuments/*/file',
    meaning: 'Where the document is, relative to the policy.',
    default: 'the document stands in the policy',
  },
  {
    place: '/didDocuments/*/digestMultibase',
    meaning: 'The digest of the document: required with file.',
    default: 'that of the document',
  },
  {
    place: '/didDocuments/*/validFrom',
    meaning:
      'Its keys sign from this instant on. With documents for one time after another, old signatures keep their keys.',
    default: 'no beginning',
  },
  {
    place: '/didDocuments/*/validUntil',
    meaning: 'Its keys sign up to this instant, unless the next document has them, too.',
    default: 'no end',
  },
  {
    place: '/allowIllustrative',
    meaning:
      'Whether scores by illustrative rulebooks, such as the shipped ones, are accepted: to try things out, never to decide.',
    default: 'false',
  },
  {
    place: '/minimums',
    meaning: 'The least a score must reach, in basis points.',
    default: 'none (a warning, while there is no minimum coverage)',
  },
  { place: '/minimums/overall', meaning: 'The minimums of the whole score.', default: 'none' },
  ...minimum('/minimums/overall', 'the whole score'),
  {
    place: '/minimums/rulebooks',
    meaning: 'Minimums of single rulebooks, by key.',
    default: 'none',
  },
  {
    place: '/minimums/rulebooks/*',
    meaning: 'The minimums of the rulebook with this key.',
    default: 'none',
  },
  ...minimum('/minimums/rulebooks/*', 'the rulebook'),
  {
    place: '/minimumShareAssurance',
    meaning: 'How well the supply-chain shares must be assured: none, limited or reasonable.',
    default: 'none (a warning while nobody attests them)',
  },
  {
    place: '/requireProvenIndependence',
    meaning:
      'Whether an assurance body whose independence cannot be shown for want of LEI or parent is refused.',
    default: 'false (a warning)',
  },
  {
    place: '/custodyModels',
    meaning: 'The chain-of-custody models (ISO 22095) you accept.',
    default: 'those of the method',
  },
  {
    place: '/statusMaximumAgeSeconds',
    meaning:
      'How old a status list may be at the instant you verify for. 86400 is a day; older ones leave the verdict open.',
  },
  {
    place: '/requireCurrent',
    meaning: 'Whether everything must still be in force now, not only when it counted.',
    default: 'false',
  },
  {
    place: '/acceptSelfAssertedTime',
    meaning:
      'Whether a signing time is taken on the word of a signer whose right has ended since, without a timestamp (a warning on every verdict).',
    default: 'false (such a chain is left open)',
  },
  {
    place: '/uncountedAttestation',
    meaning:
      'What a revoked, adverse or out-of-scope attestation does: reject the passport, or rescore without its answers.',
    default: 'reject',
  },
  {
    place: '/cryptosuites',
    meaning: 'The forms of proof you accept.',
    default: 'eddsa-jcs-2022, eddsa-rdfc-2022, ecdsa-rdfc-2019, vc+jwt',
  },
  {
    place: '/clockSkewSeconds',
    meaning: 'How far the clocks of signers may differ from yours, at most 300.',
    default: '60',
  },
  {
    place: '/limits',
    meaning: 'Sizes you will not read beyond; they can only be lowered.',
    default: 'those of the formats',
  },
  {
    place: '/limits/presentationBytes',
    meaning: 'The most bytes of a presentation.',
    default: '4194304',
  },
  {
    place: '/limits/presentationCredentials',
    meaning: 'The most credentials of a presentation.',
    default: '512',
  },
  {
    place: '/limits/chainDepth',
    meaning: 'The most accreditations between an attestation and its anchor.',
    default: '8',
  },
]

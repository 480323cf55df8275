/**
 * The closed lists of the vocabulary, apart from the schemas, so that a program that only verifies
 * does not load the schema library.
 */

/** W3C Verifiable Credentials Data Model 2.0, the first context of every credential. */
export const VC_CONTEXT = 'https://www.w3.org/ns/credentials/v2'

/** Our own flat, protected context. `.example` is a reserved name: the document is pinned, never fetched. */
export const PASSPORT_CONTEXT = 'https://battery-passport.example/contexts/v1'

/** The one `@context` a credential of this profile may have, in this order. */
export const CONTEXTS = [VC_CONTEXT, PASSPORT_CONTEXT] as const

/** Every credential type of the profile, as it stands second in `type`. */
export const CREDENTIAL_TYPES = [
  'RegisteredIdentity',
  'VerifierAccreditation',
  'RulebookAttestation',
  'CustodyAttestation',
  'BatteryPassport',
  'WithdrawalNotice',
  'BitstringStatusListCredential',
] as const
export type CredentialType = (typeof CREDENTIAL_TYPES)[number]

/** The Data Integrity cryptosuites the profile knows. */
export const CRYPTOSUITES = ['eddsa-jcs-2022', 'eddsa-rdfc-2022', 'ecdsa-rdfc-2019'] as const
export type Cryptosuite = (typeof CRYPTOSUITES)[number]

/** How a credential is secured: a Data Integrity cryptosuite, or enveloped in a JWT. */
export const PROOF_FORMS = [...CRYPTOSUITES, 'vc+jwt'] as const
export type ProofForm = (typeof PROOF_FORMS)[number]

/** Every member a Data Integrity proof of the profile may have; `@context` only for `eddsa-jcs-2022`. */
export const PROOF_MEMBERS = [
  '@context',
  'type',
  'cryptosuite',
  'created',
  'verificationMethod',
  'proofPurpose',
  'proofValue',
] as const
export type ProofMember = (typeof PROOF_MEMBERS)[number]

/**
 * The text of a signature: 64 bytes in base58btc multibase make from 64 digits (all zero) to 88.
 * Whether a text of this form is 64 bytes, its number tells.
 */
export const PROOF_VALUE_PATTERN = '^z[1-9A-HJ-NP-Za-km-z]{64,88}$'

/** The rulebook key reserved for custody attestations; it has no digests. */
export const CHAIN_OF_CUSTODY = 'chain-of-custody'

/** The conclusions of an assurance engagement (ISAE 3000 (Revised) §74). */
export const CONCLUSIONS = ['unmodified', 'qualified', 'adverse', 'disclaimer'] as const
export type Conclusion = (typeof CONCLUSIONS)[number]

/** The kinds of engagement (ISO/IEC 17029, ISO/IEC 17065). */
export const ENGAGEMENT_TYPES = ['verification', 'validation', 'certification'] as const
export type EngagementType = (typeof ENGAGEMENT_TYPES)[number]

/** The chain-of-custody models of ISO 22095. */
export const CUSTODY_MODELS = [
  'identity-preserved',
  'segregated',
  'controlled-blending',
  'mass-balance',
  'book-and-claim',
] as const
export type CustodyModel = (typeof CUSTODY_MODELS)[number]

/** The battery categories that have a passport (Regulation (EU) 2023/1542 Article 77(1)). */
export const CATEGORIES = ['EV', 'LMT', 'industrial'] as const
export type Category = (typeof CATEGORIES)[number]

/** What one passport is about: a battery, a batch or a model (ESPR Article 2(29)). */
export const GRANULARITIES = ['item', 'batch', 'model'] as const
export type Granularity = (typeof GRANULARITIES)[number]

/** The standing of a rulebook. */
export const RULEBOOK_STATUSES = ['illustrative', 'preliminary', 'deprecated', 'active'] as const
export type RulebookStatus = (typeof RULEBOOK_STATUSES)[number]

/** What a status list of the profile says of a credential (Bitstring Status List 1.0 §2.1). */
export const STATUS_PURPOSES = ['revocation', 'suspension'] as const
export type StatusPurpose = (typeof STATUS_PURPOSES)[number]

/** At least this many entries stand in a list (Bitstring Status List 1.0 §3.1), one bit each. */
export const MINIMUM_STATUS_ENTRIES = 131_072

/** A list may name at most this many notices; then its issuer starts a new list. */
export const MAXIMUM_NOTICES = 256

/** Why a credential is withdrawn, as its notice says. */
export const WITHDRAWAL_REASONS = [
  'error',
  'misstatement',
  'key-compromise',
  'accreditation-lost',
  'accreditation-lost-for-cause',
  'superseded',
  'ceased',
] as const
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number]

/** The levels of assurance, lowest first (ISAE 3000, ISO 14064-3). */
export const ASSURANCE_LEVELS = ['none', 'limited', 'reasonable'] as const
export type AssuranceLevel = (typeof ASSURANCE_LEVELS)[number]

/** The life-cycle stages a battery's carbon footprint is split into (Regulation (EU) 2023/1542 Annex II point 4). */
export const LIFE_CYCLE_STAGES = [
  'raw-material-acquisition-and-pre-processing',
  'main-product-production',
  'distribution',
  'end-of-life-and-recycling',
] as const
export type LifeCycleStage = (typeof LIFE_CYCLE_STAGES)[number]

/** Units of a concentration: `percent`, `per-mille` and the `parts-per-…` are by mass. */
export const CONCENTRATION_UNITS = [
  'percent',
  'percent-by-volume',
  'per-mille',
  'parts-per-million',
  'parts-per-billion',
  'parts-per-trillion',
] as const
export type ConcentrationUnit = (typeof CONCENTRATION_UNITS)[number]

/** Registers of substances: CAS numbers, EC numbers, IUPAC names. */
export const SUBSTANCE_SCHEMES = ['CAS', 'EC', 'IUPAC'] as const
export type SubstanceScheme = (typeof SUBSTANCE_SCHEMES)[number]

/** The chemical symbols a battery bears above the limits of Article 13(5) of Regulation (EU) 2023/1542. */
export const CHEMICAL_SYMBOLS = ['Cd', 'Pb'] as const
export type ChemicalSymbol = (typeof CHEMICAL_SYMBOLS)[number]

/** Calendar units of a commercial warranty (Annex XIII point 1(m): the calendar life). */
export const WARRANTY_UNITS = ['day', 'month', 'year'] as const
export type WarrantyUnit = (typeof WARRANTY_UNITS)[number]

/** What a verification can come to. */
export const OUTCOMES = ['accepted', 'rejected', 'indeterminate'] as const

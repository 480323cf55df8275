import { type Static, type TSchema, Type } from '@sinclair/typebox'
import {
  CONTEXTS,
  CRYPTOSUITES,
  type CredentialType,
  PROOF_VALUE_PATTERN,
  type ProofMember,
} from './names.ts'
import {
  closed,
  Did,
  DigestMultibase,
  exactly,
  IndicatorId,
  Instant,
  oneOf,
  Text,
  Uri,
} from './values.ts'

/**
 * Names another credential by its bytes: `digestMultibase` is over the JCS form (RFC 8785) of the
 * secured credential, or over the compact JWT of an enveloped one.
 */
export function referenceTo<const T extends string>(type: T) {
  return Type.Object({ id: Uri, type: exactly(type), digestMultibase: DigestMultibase }, closed)
}

/** A reference to any credential type of the profile or of others. */
export const Reference = Type.Object(
  {
    id: Uri,
    type: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,63}$' }),
    digestMultibase: DigestMultibase,
  },
  closed,
)
export type Reference = Static<typeof Reference>

/** One entry of `credentialStatus` (Bitstring Status List 1.0 §2.1); the index is a decimal string. */
function statusEntry<const T extends string>(purpose: T) {
  return Type.Object(
    {
      type: exactly('BitstringStatusListEntry'),
      statusPurpose: exactly(purpose),
      statusListIndex: Type.String({ pattern: '^(0|[1-9][0-9]{0,8})$' }),
      statusListCredential: Uri,
    },
    closed,
  )
}

/** Whether the credential is withdrawn for good. */
export const RevocationEntry = statusEntry('revocation')

/** Whether the credential does not count for the time being. */
export const SuspensionEntry = statusEntry('suspension')

/** Exactly one revocation and one suspension entry, in this order. */
export const CredentialStatus = Type.Unsafe<
  readonly [Static<typeof RevocationEntry>, Static<typeof SuspensionEntry>]
>({
  type: 'array',
  prefixItems: [RevocationEntry, SuspensionEntry],
  items: false,
  minItems: 2,
  maxItems: 2,
})

/** One entry of `credentialStatus`. */
export type StatusEntry = Static<typeof RevocationEntry> | Static<typeof SuspensionEntry>

/** A Data Integrity proof (VC Data Integrity 1.0 §2.1); `@context` only for `eddsa-jcs-2022`. */
export const DataIntegrityProof = Type.Object(
  {
    '@context': Type.Optional(exactly(CONTEXTS)),
    type: exactly('DataIntegrityProof'),
    cryptosuite: oneOf(CRYPTOSUITES),
    created: Instant,
    verificationMethod: Type.String({
      pattern: '^did:[\\x21-\\x7e]+#[\\x21-\\x7e]+$',
      maxLength: 512,
    }),
    proofPurpose: exactly('assertionMethod'),
    proofValue: Type.String({ pattern: PROOF_VALUE_PATTERN }),
  } satisfies Record<ProofMember, TSchema>,
  closed,
)
export type DataIntegrityProof = Static<typeof DataIntegrityProof>

/** A file that supports a result. The file itself need not be public; its digest is. */
export const EvidenceFile = Type.Object(
  {
    id: Type.String({ pattern: '^urn:uuid:[0-9a-f-]{36}$' }),
    name: Text,
    mediaType: Type.String({ pattern: '^[a-z]+/[a-z0-9.+-]+$', maxLength: 128 }),
    digestMultibase: DigestMultibase,
    accessClass: oneOf(['public', 'legitimate-interest', 'authorities', 'assurance-body']),
    holder: Did,
    covers: Type.Optional(Type.Array(Uri, { minItems: 1, maxItems: 256 })),
  },
  closed,
)
export type EvidenceFile = Static<typeof EvidenceFile>

/** A key that may sign, with the instants between which it may: bounds are inclusive. */
export const CoveredKey = Type.Object(
  {
    thumbprint: DigestMultibase,
    from: Instant,
    until: Instant,
  },
  { ...closed, description: 'Multihash of the RFC 7638 thumbprint input of the public JWK.' },
)
export type CoveredKey = Static<typeof CoveredKey>

/** Which indicators a partial statement names. */
export const IndicatorIds = Type.Array(IndicatorId, { minItems: 1, maxItems: 256 })

/** The frame every credential of the profile stands in; `subject` fills it. */
export function credential<const N extends CredentialType, S extends TSchema>(type: N, subject: S) {
  return Type.Object(frame(type, subject, { credentialStatus: CredentialStatus }), {
    ...closed,
    title: type,
  })
}

/** The same without `credentialStatus`: lists and notices must not have one. */
export function statuslessCredential<const N extends CredentialType, S extends TSchema>(
  type: N,
  subject: S,
) {
  return Type.Object(frame(type, subject, {}), { ...closed, title: type })
}

function frame<
  const N extends CredentialType,
  S extends TSchema,
  E extends Record<string, TSchema>,
>(type: N, subject: S, extra: E) {
  return {
    '@context': exactly(CONTEXTS),
    id: Uri,
    type: exactly(['VerifiableCredential', type] as const),
    name: Type.Optional(Text),
    description: Type.Optional(Text),
    issuer: Did,
    validFrom: Instant,
    validUntil: Instant,
    credentialSubject: subject,
    ...extra,
    proof: Type.Optional(DataIntegrityProof),
  }
}

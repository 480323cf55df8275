import { type Static, Type } from '@sinclair/typebox'
import { DataIntegrityProof, referenceTo } from './credential.ts'
import { CONTEXTS, OUTCOMES } from './names.ts'
import { Score } from './score.ts'
import {
  closed,
  Did,
  DigestMultibase,
  exactly,
  Instant,
  oneOf,
  Text,
  Uri,
  Version,
} from './values.ts'

/** So many credentials may have been added to one verification. */
export const MAXIMUM_ADDED = 1024

const Digest = Type.Object({ digestMultibase: DigestMultibase }, closed)

/**
 * That a verifier verified a passport, and what came of it: signed by the verifier with its own key,
 * for its own records or for others who trust it. It is none of the types that a passport can rest
 * on: a receipt is evidence of a verification, never of a score.
 */
export const VerificationReceipt = Type.Object(
  {
    '@context': exactly(CONTEXTS),
    id: Uri,
    type: exactly(['VerifiableCredential', 'VerificationReceipt'] as const),
    issuer: Did,
    validFrom: Instant,
    validUntil: Instant,
    credentialSubject: Type.Object(
      {
        type: exactly('PassportVerification'),
        input: Digest,
        passport: Type.Optional(referenceTo('BatteryPassport')),
        battery: Type.Optional(Uri),
        added: Type.Array(Digest, { maxItems: MAXIMUM_ADDED }),
        policy: Digest,
        anchors: Type.Array(
          Type.Object(
            {
              id: Did,
              role: oneOf(['scheme-owner', 'accreditation-body', 'registrar']),
              from: Instant,
              until: Instant,
            },
            closed,
          ),
          { minItems: 1, maxItems: 256 },
        ),
        at: Instant,
        verifiedAt: Instant,
        statusAsOf: Type.Optional(Instant),
        verifier: Type.Object({ name: Text, version: Version }, closed),
        outcome: oneOf(OUTCOMES),
        codes: Type.Array(
          Type.Object(
            {
              code: Type.String({ pattern: '^[A-Z][A-Z_]{1,63}$' }),
              severity: oneOf(['error', 'unknown', 'warning', 'note']),
            },
            closed,
          ),
          { maxItems: 256 },
        ),
        score: Type.Optional(Score),
      },
      {
        ...closed,
        if: { properties: { outcome: { const: 'accepted' } } },
        // biome-ignore lint/suspicious/noThenProperty: `then` is the JSON Schema keyword
        then: { required: ['score'] },
        else: { properties: { score: false } },
      },
    ),
    proof: Type.Optional(DataIntegrityProof),
  },
  { ...closed, title: 'VerificationReceipt' },
)
export type VerificationReceipt = Static<typeof VerificationReceipt>

import { type Static, Type } from '@sinclair/typebox'
import { CONTEXTS, VC_CONTEXT } from './names.ts'
import { closed, DigestMultibase, exactly, Uri } from './values.ts'

/** A credential enveloped as `vc+jwt` (VCDM 2.0 §4.13, VC-JOSE-COSE §3.1.1). */
export const EnvelopedCredential = Type.Object(
  {
    '@context': exactly(VC_CONTEXT),
    id: Type.String({
      pattern: '^data:application/vc\\+jwt,[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
    }),
    type: exactly('EnvelopedVerifiableCredential'),
  },
  closed,
)
export type EnvelopedCredential = Static<typeof EnvelopedCredential>

/**
 * A timestamp after RFC 3161 over the bytes of a secured credential. It stands beside the credential:
 * nothing inside could cover its signature.
 */
export const Timestamp = Type.Object(
  {
    digestMultibase: DigestMultibase,
    rfc3161: Type.String({
      pattern: '^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
      maxLength: 21848,
      description: 'A TimeStampToken (RFC 3161 §2.4.2) in DER, as base64.',
    }),
  },
  closed,
)
export type Timestamp = Static<typeof Timestamp>

/**
 * A passport with its whole chain: the first credential is the passport. Unsigned. With timestamps
 * it has our context as well, of which their term is.
 */
export const Presentation = Type.Object(
  {
    '@context': Type.Unsafe<readonly [typeof VC_CONTEXT] | typeof CONTEXTS>({
      enum: [[VC_CONTEXT], [...CONTEXTS]],
    }),
    id: Type.Optional(Uri),
    type: exactly(['VerifiablePresentation'] as const),
    verifiableCredential: Type.Array(Type.Object({}), { minItems: 1, maxItems: 512 }),
    timestamps: Type.Optional(Type.Array(Timestamp, { maxItems: 256 })),
  },
  {
    ...closed,
    title: 'VerifiablePresentation',
    dependentSchemas: { timestamps: { properties: { '@context': exactly(CONTEXTS) } } },
  },
)
export type Presentation = Static<typeof Presentation>

import { type Static, Type } from '@sinclair/typebox'
import { VC_CONTEXT } from './names.ts'
import { closed, exactly, Uri } from './values.ts'

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

/** A passport with its whole chain: the first credential is the passport. Unsigned. */
export const Presentation = Type.Object(
  {
    '@context': exactly([VC_CONTEXT] as const),
    id: Type.Optional(Uri),
    type: exactly(['VerifiablePresentation'] as const),
    verifiableCredential: Type.Array(Type.Object({}), { minItems: 1, maxItems: 512 }),
  },
  { ...closed, title: 'VerifiablePresentation' },
)
export type Presentation = Static<typeof Presentation>

import { type Static, Type } from '@sinclair/typebox'
import { closed, DigestMultibase, Text, Uri } from './values.ts'

/**
 * A published document that the passport points at: `id` is where it is, `digestMultibase` pins
 * its bytes if the manufacturer wants a reader to notice a change.
 */
export const LinkedDocument = Type.Object(
  {
    id: Uri,
    name: Type.Optional(Text),
    mediaType: Type.Optional(Type.String({ pattern: '^[a-z]+/[a-z0-9.+-]+$', maxLength: 128 })),
    digestMultibase: Type.Optional(DigestMultibase),
  },
  closed,
)
export type LinkedDocument = Static<typeof LinkedDocument>

/** One or more published documents. */
export const LinkedDocuments = Type.Array(LinkedDocument, { minItems: 1, maxItems: 64 })
export type LinkedDocuments = Static<typeof LinkedDocuments>

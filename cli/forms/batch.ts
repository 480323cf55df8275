import { closed } from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'

const Path = Type.String({ minLength: 1, maxLength: 1024 })

/** Many attestations that are signed in one run; paths are relative to the manifest. */
export const BatchForm = Type.Object(
  {
    $comment: Type.Optional(Type.String({ maxLength: 2000 })),
    attestations: Type.Array(
      Type.Object(
        {
          engagement: Path,
          results: Type.Union([Path, Type.Array(Path, { minItems: 1, maxItems: 16 })]),
          /** The folder of the evidence files. */
          evidence: Type.Optional(Path),
          accreditation: Type.Optional(Path),
        },
        closed,
      ),
      { minItems: 1, maxItems: 512 },
    ),
  },
  { ...closed, title: 'BatchForm' },
)
export type BatchForm = Static<typeof BatchForm>

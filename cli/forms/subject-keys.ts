import { CoveredKey } from '@battery-passport/contexts/schemas'
import { Type } from '@sinclair/typebox'

/** The keys a credential covers; left out, the key of the subject's did:key while it is valid. */
export const SubjectKeys = Type.Optional(Type.Array(CoveredKey, { minItems: 1, maxItems: 256 }))

import { Instant, Text, Uri } from '@battery-passport/contexts/schemas'
import { Type } from '@sinclair/typebox'

/** What every form begins with. */
export const frame = {
  $comment: Type.Optional(Type.String({ maxLength: 2000 })),
  /** Of the credential; a random URN when left out. */
  id: Type.Optional(Uri),
  name: Type.Optional(Text),
  description: Type.Optional(Text),
  /** The moment of signing when left out. */
  validFrom: Type.Optional(Instant),
  validUntil: Instant,
}

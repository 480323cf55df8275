import { type Static, Type } from '@sinclair/typebox'
import { LinkedDocuments } from './document.ts'
import { CONCENTRATION_UNITS, SUBSTANCE_SCHEMES } from './names.ts'
import { closed, NonNegativeDecimal, oneOf, Percent, Text } from './values.ts'

/** How much of a substance is in the battery; `percent` is by mass. */
export const Concentration = Type.Object(
  { value: NonNegativeDecimal, unit: oneOf(CONCENTRATION_UNITS) },
  closed,
)
export type Concentration = Static<typeof Concentration>

/** An identifier of a substance, with the name it has under that scheme. */
export const SubstanceIdentifier = Type.Object(
  { scheme: oneOf(SUBSTANCE_SCHEMES), value: Text, name: Type.Optional(Text) },
  closed,
)
export type SubstanceIdentifier = Static<typeof SubstanceIdentifier>

/** A substance or material in the battery; `location` is where in the battery it is. */
export const Substance = Type.Object(
  {
    name: Text,
    substanceIdentifiers: Type.Optional(
      Type.Array(SubstanceIdentifier, { minItems: 1, maxItems: 16 }),
    ),
    concentration: Type.Optional(Concentration),
    location: Type.Optional(Text),
    isCriticalRawMaterial: Type.Optional(Type.Boolean()),
    recycledPercent: Type.Optional(Percent),
    renewablePercent: Type.Optional(Percent),
    documents: Type.Optional(LinkedDocuments),
  },
  closed,
)
export type Substance = Static<typeof Substance>

/** The substances of one field, in the manufacturer's order; an empty list says that there are none. */
export const Substances = Type.Array(Substance, { maxItems: 256 })

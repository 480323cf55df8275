import { type Static, Type } from '@sinclair/typebox'
import { closed } from './values.ts'

/** Annex XIII point 1 (public) data of the battery model. */
export const ProductData = Type.Object({}, closed)
export type ProductData = Static<typeof ProductData>

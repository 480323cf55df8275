import { Type } from '@sinclair/typebox'

/** The form of the id of a passport in routes. */
export const LOCAL_ID = '^[A-Za-z0-9_-]{22}$'

/** 128 random bits, base64url: a passport is found by who was given its address. */
export const LocalId = Type.String({ pattern: LOCAL_ID })

const PATTERN = new RegExp(LOCAL_ID)

/** Whether a passport of ours could be called so. */
export function isLocalId(text: string): boolean {
  return PATTERN.test(text)
}

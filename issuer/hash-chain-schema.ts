import { Type } from '@sinclair/typebox'

/** SHA-256 in hexadecimal, as the entries of a log name each other. */
export const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })

import { fromBase64, readDer } from '@battery-passport/keys'
import type { JsonObject } from './json.ts'
import { isObject } from './shape.ts'

/** A timestamp of the input; whether it is one, and of what, is not known yet. */
export interface PresentedTimestamp {
  /** Where it stands in the input. */
  readonly pointer: string
  /** What it is said to stamp; null for one that comes by itself. */
  readonly digestMultibase: string | null
  readonly bytes: Uint8Array
}

/** The timestamps beside the credentials of a presentation that has its form. */
export function timestampsOf({ timestamps }: JsonObject, at: string): PresentedTimestamp[] {
  if (!Array.isArray(timestamps)) return []
  return timestamps.flatMap((timestamp, index) => {
    if (!isObject(timestamp)) return []
    const { digestMultibase, rfc3161 } = timestamp
    const bytes = typeof rfc3161 === 'string' ? fromBase64(rfc3161) : null
    return bytes === null || typeof digestMultibase !== 'string'
      ? []
      : [{ pointer: `${at}/timestamps/${index}`, digestMultibase, bytes }]
  })
}

/**
 * Whether bytes are meant as a timestamp by itself (`.tsr`): they begin a long sequence of DER, as
 * no text does.
 */
export function isTimestamp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) > 0x80 && readDer(bytes) !== null
}

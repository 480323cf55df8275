import { plain } from '../report/plain.ts'

/** The line that tells where a timestamp is; none where nobody asked for one. */
export function timestampPair(
  timestamp: string | null | undefined,
): readonly (readonly [name: string, value: string])[] {
  return timestamp === undefined
    ? []
    : [['timestamp', timestamp === null ? 'none' : plain(timestamp)]]
}

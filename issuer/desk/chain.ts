import { jcs } from '@battery-passport/contexts'
import { hexDigest } from '../hex-digest.ts'
import type { DeskEntry, DeskEvent } from './entries.ts'

/** How far a log has come. */
export interface LogHead {
  readonly sequence: number
  readonly hash: string
}

/** What the first line names as the hash before it. */
export const EMPTY_LOG: LogHead = { sequence: 0, hash: '0'.repeat(64) }

/** The lines that follow a head. */
export function entriesAfter(head: LogHead, events: readonly DeskEvent[]): readonly DeskEntry[] {
  const entries: DeskEntry[] = []
  let { sequence, hash: previous } = head
  for (const event of events) {
    sequence += 1
    const hash = hashOf({ sequence, event, previous })
    entries.push({ sequence, event, previous, hash })
    previous = hash
  }
  return entries
}

/** Whether a line is the one after a head: a removed, changed or reordered line breaks the chain. */
export function follows({ hash, ...rest }: DeskEntry, head: LogHead): boolean {
  return rest.sequence === head.sequence + 1 && rest.previous === head.hash && hash === hashOf(rest)
}

function hashOf(rest: Omit<DeskEntry, 'hash'>): string {
  return hexDigest(jcs(rest))
}

import { jcs } from '@battery-passport/contexts'
import { hexDigest } from './hex-digest.ts'

/** How far a log has come, of which each entry names the hash of the one before. */
export interface ChainHead {
  /** The number of its last entry, from 1. */
  readonly sequence: number
  /** The hash of its last entry. */
  readonly hash: string
}

/** What places an entry in its log. */
export interface ChainLink extends ChainHead {
  /** The hash of the entry before. */
  readonly previous: string
}

/** A log without entries: what the first entry names as the hash before it. */
export const EMPTY_CHAIN: ChainHead = { sequence: 0, hash: '0'.repeat(64) }

/** The entry that follows a head; its hash is SHA-256 over the JCS form of its other members. */
export function linkTo<T extends object>(head: ChainHead, content: T) {
  const rest = { sequence: head.sequence + 1, ...content, previous: head.hash }
  return { ...rest, hash: hexDigest(jcs(rest)) }
}

/** Whether an entry is the one after a head: one removed, changed or moved breaks the chain. */
export function follows(entry: ChainLink, head: ChainHead): boolean {
  const { hash, ...rest } = entry
  return (
    rest.sequence === head.sequence + 1 &&
    rest.previous === head.hash &&
    hash === hexDigest(jcs(rest))
  )
}

import { type Activity, nearest } from '@battery-passport/contexts'
import type { StageVocabulary } from './stage-vocabulary.ts'

/** The member of a row or activity that is not known, and what is. */
export interface Misplaced {
  readonly member: 'stage' | 'material'
  readonly expected: string
  readonly found: string
  /** The known name that is most likely meant. */
  readonly meant?: string
}

/** What of a stage and its material a vocabulary does not know, or null if it knows both. */
export function misplaced(
  vocabulary: StageVocabulary,
  { stage, material }: Activity,
): Misplaced | null {
  const known = vocabulary.get(stage)
  if (known === undefined) return unlisted('stage', stage, [...vocabulary.keys()])
  const { materials, alone, any } = known
  if (any || (material === undefined ? alone : materials.has(material))) return null
  if (material === undefined) {
    return { member: 'material', expected: listOf([...materials]), found: 'nothing' }
  }
  if (materials.size === 0) {
    return { member: 'material', expected: `nothing: ${stage} has no materials`, found: material }
  }
  return unlisted('material', material, [...materials])
}

/** A name that is none of those known. */
export function unlisted(
  member: Misplaced['member'],
  found: string,
  known: readonly string[],
): Misplaced {
  const meant = nearest(found, known)
  return { member, expected: listOf(known), found, ...(meant === undefined ? {} : { meant }) }
}

function listOf(known: readonly string[]): string {
  return `one of ${known.join(', ')}`
}

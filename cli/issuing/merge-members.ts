/** Two texts say different things of one member. */
export interface MemberConflict {
  readonly pointer: string
  readonly own: unknown
  readonly given: unknown
}

/** Two JSON objects as one, and every member in which they differ. */
export interface MergedMembers {
  readonly merged: Readonly<Record<string, unknown>>
  readonly conflicts: readonly MemberConflict[]
}

/**
 * Puts the members of two JSON objects together, objects within them likewise. What both have must
 * be the same: which of the two is right is not decided here. Lists are compared as a whole.
 */
export function mergeMembers(own: object, given: object, at = ''): MergedMembers {
  const merged = new Map<string, unknown>(Object.entries(own))
  const conflicts: MemberConflict[] = []
  for (const [member, value] of Object.entries(given)) {
    const before = merged.get(member)
    const pointer = `${at}/${member}`
    if (before === undefined) merged.set(member, value)
    else if (isPlain(before) && isPlain(value)) {
      const inside = mergeMembers(before, value, pointer)
      merged.set(member, inside.merged)
      conflicts.push(...inside.conflicts)
    } else if (JSON.stringify(before) !== JSON.stringify(value)) {
      conflicts.push({ pointer, own: before, given: value })
    }
  }
  return { merged: Object.fromEntries(merged), conflicts }
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import type { ListName, SeenLists } from '../status/seen-lists.ts'

/** A memory of status lists that notes what it was asked, and what it answered. */
export interface WatchedSeen {
  readonly seen: SeenLists | null
  /** Whether it still gives every answer that was given so far. */
  agreesWith(others: SeenLists | null): boolean
}

/**
 * Watches what a part of a walk was told of lists seen before: after a newer edition was seen, what
 * was found with the older one is found again.
 */
export function watchSeen(seen: SeenLists | null): WatchedSeen {
  const answers: { readonly list: ListName; readonly newest: number | null }[] = []
  return {
    seen:
      seen === null
        ? null
        : {
            newest(list) {
              const newest = seen.newest(list)
              answers.push({ list, newest })
              return newest
            },
          },
    agreesWith: (others) =>
      (seen === null) === (others === null) &&
      answers.every(({ list, newest }) => others?.newest(list) === newest),
  }
}

/** The points between which a crash leaves different files behind, in the order they are passed. */
export const DESK_STEPS = [
  'intent-recorded',
  'signed',
  'files-written',
  'issue-recorded',
  'notice-signed',
  'notice-written',
  'status-recorded',
  'lists-signed',
  'lists-written',
  'lists-recorded',
  'lists-in-place',
] as const
export type DeskStep = (typeof DESK_STEPS)[number]

import { nearest } from '@battery-passport/contexts'
import { usageError } from './errors.ts'

/** How far down a derivation is shown, from the top. */
export const DEPTHS = ['rulebooks', 'stages', 'materials', 'facilities', 'indicators'] as const
export type Depth = (typeof DEPTHS)[number]

/**
 * What `--depth` says.
 *
 * @throws {CommandError} usage: there is no such depth
 */
export function depthOf(text: string): Depth {
  const depth = DEPTHS.find((each) => each === text)
  if (depth !== undefined) return depth
  const meant = nearest(text, DEPTHS)
  throw usageError({
    what: 'There is no such depth.',
    where: '--depth',
    expected: `one of ${DEPTHS.join(', ')}`,
    found: text,
    remedy: meant === undefined ? 'Write one of them.' : `Did you mean ${meant}?`,
  })
}

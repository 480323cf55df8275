import { type Depth, depthOf } from '../depth-option.ts'
import { usageError } from '../errors.ts'

/** The options that ask what an answer comes from. */
export interface ExplainFlags {
  readonly explain?: true
  readonly depth?: string
  readonly bulk?: string
}

/**
 * How far down it is to be explained; null where it is not.
 *
 * @throws {CommandError} usage: there is no such depth, or nothing to explain to it
 */
export function explainedDepth({ explain, depth, bulk }: ExplainFlags): Depth | null {
  if (explain && bulk !== undefined) {
    throw usageError({
      what: 'A delivery is not explained.',
      where: '--explain',
      expected: 'one passport or presentation',
      found: '--bulk',
      remedy: 'Verify the passport in question by itself, with --explain.',
    })
  }
  if (explain) return depthOf(depth ?? 'indicators')
  if (depth === undefined) return null
  throw usageError({
    what: 'A depth is given, but no explanation asked for.',
    where: '--depth',
    expected: '--explain with it',
    found: `--depth ${depth}`,
    remedy: 'Add --explain, or leave --depth out.',
  })
}

import type { Score } from '@battery-passport/contexts'
import { percent, points } from '../report/figures.ts'

/** A score on one line. */
export function scoreLine(score: Score | null): string {
  if (score === null) return 'no score'
  const { value, upper, grade, coverage } = score
  return `score ${points(value)} (up to ${points(upper)}), grade ${grade}, coverage ${percent(coverage)}`
}

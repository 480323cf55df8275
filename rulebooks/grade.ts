import type { Method } from './rulebook.ts'

/**
 * The grade of a value in basis points: the last band that starts at or below it, and at most
 * `gradeCapIfBaselineNotMet` if any baseline indicator is known not to be met.
 */
export function gradeOf(method: Method, value: number, baselineNotMet: boolean): string {
  const { gradeBands, gradeCapIfBaselineNotMet: cap } = method
  let band = gradeBands.findLastIndex(({ from }) => from <= value)
  if (baselineNotMet && cap !== undefined) {
    const highest = gradeBands.findIndex(({ grade }) => grade === cap)
    band = Math.min(band, highest)
  }
  const grade = gradeBands[band]?.grade
  if (grade === undefined) throw new TypeError('gradeOf: the method was not checked')
  return grade
}

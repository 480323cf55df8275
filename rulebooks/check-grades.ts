import { duplicateFaults } from './check-duplicates.ts'
import type { Fault } from './fault.ts'
import type { Method } from './rulebook.ts'

/** Grade bands that do not start at 0 and ascend, and a grade cap that names none of them. */
export function gradeFaults({ gradeBands, gradeCapIfBaselineNotMet: cap }: Method): Fault[] {
  const faults: Fault[] = []
  for (const [index, { from }] of gradeBands.entries()) {
    const before = gradeBands[index - 1]?.from
    const isRight = before === undefined ? from === 0 : from > before
    if (isRight) continue
    faults.push({
      pointer: `/gradeBands/${index}/from`,
      expected: before === undefined ? '0: every value has a grade' : `more than ${before}`,
      found: String(from),
      detail: 'Grade bands start at 0 and ascend; each ends where the next begins.',
      remedy: 'Order the bands from the lowest grade to the highest.',
    })
  }
  const grades = gradeBands.map(({ grade }) => grade)
  faults.push(...duplicateFaults(grades, 'grade', (index) => `/gradeBands/${index}/grade`))
  if (cap !== undefined && !grades.includes(cap)) {
    faults.push({
      pointer: '/gradeCapIfBaselineNotMet',
      expected: `one of ${grades.join(', ')}`,
      found: cap,
      detail: 'The cap is one of the grades.',
      remedy: 'Name a grade of gradeBands, or leave the cap out.',
    })
  }
  return faults
}

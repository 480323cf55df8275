import { wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'
import type { Uncounted } from './uncounted.ts'

const WHY = {
  'no-evidence': 'rests on no evidence, which the rulebook requires',
  'below-required-assurance': 'is assured below what the rulebook asks',
} as const

/** What the score will not count, as a warning; empty when there is nothing. */
export function uncountedText(subject: string, { answers, unanswered }: Uncounted): string {
  if (answers.length === 0 && unanswered.length === 0) return ''
  const lines = [
    wrap(plain(`Warning: not all of ${subject} will count in a score.`)),
    ...answers.map(({ indicator, reason, where, expected, found }) =>
      wrap(
        plain(
          `${indicator} will count as unknown: it ${WHY[reason]} (expected ${expected}, found ${found}; ${where}).`,
        ),
        '  ',
        '    ',
      ),
    ),
    ...(unanswered.length === 0
      ? []
      : [wrap(plain(`Not answered, so unknown as well: ${unanswered.join(', ')}.`), '  ', '    ')]),
  ]
  return `${lines.join('\n')}\n`
}

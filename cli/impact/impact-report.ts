import type { Score } from '@battery-passport/contexts'
import type { ImpactEffect, Withdrawable } from '@battery-passport/verifier'
import { points } from '../report/figures.ts'
import { shortened, wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'
import type { Style } from '../report/style.ts'
import type { ImpactEntry } from './impact-entry.ts'
import type { ImpactTally } from './impact-tally.ts'
import type { Target } from './target.ts'

const WORDS: Readonly<Record<ImpactEffect, string>> = {
  falls: 'FALLS',
  changes: 'CHANGES',
  untouched: 'untouched',
  'not-accepted': 'not accepted',
}

/** The columns are fixed: a row is printed before the next is known. */
const WIDTHS = [12, 24, 24, 9] as const
const INDENT = ' '.repeat(WIDTHS[0] + 2)

/** What is supposed, and the head of the table. */
export function impactHead({ text, withdrawn }: Target, style: Style): string {
  return [
    style.strong(wrap(`What falls if ${whatOf(withdrawn)} is ${howOf(withdrawn)}?`)),
    wrap(plain(text), '  '),
    '',
    row(['', 'Score now', 'Score without it', 'Change'], 'Passport'),
    row(
      WIDTHS.map((width) => '-'.repeat(width)),
      '--------',
    ),
    '',
  ].join('\n')
}

function whatOf(withdrawn: Withdrawable): string {
  if ('did' in withdrawn) return 'this issuer'
  return 'key' in withdrawn ? 'this key' : 'this credential'
}

function howOf(withdrawn: Withdrawable): string {
  const from = withdrawn.since === undefined ? '' : ` from ${withdrawn.since} on`
  if (!('credential' in withdrawn)) return `distrusted${from || ', whatever it signed'}`
  const { indicators } = withdrawn
  const part = indicators === undefined ? '' : ` in part (${plain(indicators.join(', '))})`
  return `withdrawn${part}${from || ' from the beginning'}`
}

/** One passport: what becomes of it, its score with and without, and which it is. */
export function impactRow(entry: ImpactEntry, style: Style): string {
  const { effect, before, after, change, rescored, battery } = entry
  const place = 'file' in entry ? entry.file : `line ${entry.line}`
  const colour = { falls: style.bad, changes: style.unsure, untouched: style.good }
  const word = WORDS[effect].padEnd(WIDTHS[0])
  const cells = [
    effect === 'not-accepted' ? style.faint(word) : colour[effect](word),
    before.score === null ? before.outcome : figures(before.score),
    after.score === null ? after.outcome : figures(after.score),
    change === null ? '' : signed(change.value),
  ]
  const codes = before.score === null ? before.codes : after.score === null ? after.codes : []
  return [
    row(cells, shortened(plain(place), 60)),
    ...(battery === null ? [] : [wrap(plain(battery), INDENT)]),
    ...(codes.length === 0 ? [] : [wrap(codes.join(', '), INDENT)]),
    ...(rescored === null ? [] : [`${INDENT}if the policy rescored: ${figures(rescored)}`]),
    '',
  ].join('\n')
}

function row(cells: readonly string[], last: string): string {
  return `${cells.map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0)).join('  ')}  ${last}`.trimEnd()
}

function figures({ value, upper, grade }: Score): string {
  return shortened(`${points(value)} to ${points(upper)} ${plain(grade)}`, WIDTHS[1])
}

function signed(basisPoints: number): string {
  if (basisPoints === 0) return '0.00'
  return `${basisPoints < 0 ? '-' : '+'}${points(Math.abs(basisPoints))}`
}

/** The passports by what becomes of them, and why. */
export function impactSummary(tally: ImpactTally, style: Style): string {
  const { effects, passports, undecided, unmoved, resting, reasons } = tally
  const counted = `${passports} passport${passports === 1 ? '' : 's'}`
  const notes = [
    ...(passports === 0 || resting > 0
      ? []
      : ['None of them is seen to rest on it: is it the one you mean?']),
    ...(unmoved === 0 ? [] : [`Of the untouched, ${unmoved} rest on it all the same.`]),
    ...(undecided === 0
      ? []
      : [
          `Of those not accepted to begin with, ${undecided} could not be checked: verify tells what is missing.`,
        ]),
  ]
  return [
    style.strong(
      `${counted}: ${effects.falls} would fall, ${effects.changes} would change, ${effects.untouched} untouched, ${effects['not-accepted']} not accepted to begin with`,
    ),
    ...notes.map((note) => wrap(note, '  ')),
    ...reasons.map(({ finding: { code, detail, credential }, passports: count }) => {
      const first = `${detail.replace(/\.$/, '')}${credential === '' ? '' : ` (${credential})`}`
      return wrap(
        plain(`${first}${count > 1 ? ', for the first of them' : ''}`),
        `  ${code}, ${count}: `,
        '      ',
      )
    }),
    '',
  ].join('\n')
}

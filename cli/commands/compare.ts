import { type Comparison, compare } from '@battery-passport/rulebooks'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { EXIT } from '../errors.ts'
import { points } from '../report/figures.ts'
import { fields, shortened, table, wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'
import { readScored, type ScoredFile } from '../scoring/read-scored.ts'
import { example } from './options.ts'

/** `compare`: which of two scores is higher, or why they cannot be compared. */
export function compareCommand(deps: CommandDeps): Command {
  return new Command('compare')
    .description(
      'Compare two scores by one method. Passports are taken at their word: compare verdicts, or verify first.',
    )
    .argument('<a>', 'a passport, a presentation, or a verdict of "verify --json"')
    .argument('<b>', 'another')
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('battery-passport compare verdict-a.json verdict-b.json'))
    .action(async (a: string, b: string, { json }: { readonly json?: true }) => {
      const [left, right] = [await readScored(a, deps), await readScored(b, deps)]
      const comparison = compare(left.score, right.score)
      deps.exitWith(comparison.outcome === 'compared' ? EXIT.done : EXIT.refused)
      deps.out(
        json
          ? `${JSON.stringify({ a: summary(left), b: summary(right), ...comparison }, null, 2)}\n`
          : `${comparisonText(left, right, comparison)}\n`,
      )
    })
}

function summary({ name, standing, about, score }: ScoredFile) {
  const { value, upper, grade } = score
  return { file: name, standing, about, value, upper, grade }
}

function comparisonText(a: ScoredFile, b: ScoredFile, comparison: Comparison): string {
  const lines = [
    fields([
      ['A', fileText(a)],
      ['B', fileText(b)],
    ]),
    '',
  ]
  if (comparison.outcome === 'refused') {
    return [
      ...lines,
      'They cannot be compared: different things were measured.',
      differenceTable(comparison.differences),
    ].join('\n')
  }
  const answer = {
    higher: 'A is higher: the least it can be is more than the most B can be.',
    lower: 'B is higher: the least it can be is more than the most A can be.',
    undecided: 'Undecided: what is unknown could still turn it either way.',
  }[comparison.relation]
  return [
    ...lines,
    wrap(answer),
    ...(comparison.notes.length === 0
      ? []
      : ['', 'To be said with it: the periods differ.', differenceTable(comparison.notes)]),
  ].join('\n')
}

function fileText({ name, standing, about, score }: ScoredFile): string {
  const figures = `${points(score.value)} to ${points(score.upper)}, grade ${score.grade}`
  const how = standing === 'accepted' ? 'accepted by a verdict' : 'claimed, not verified here'
  return plain(`${figures}: ${how}. ${about} (${name})`)
}

function differenceTable(
  differences: readonly { readonly pointer: string; readonly a: string; readonly b: string }[],
): string {
  return table(
    [{ head: 'What differs' }, { head: 'A' }, { head: 'B' }],
    differences.map(({ pointer, a, b }) => [
      plain(pointer),
      shortened(plain(a), 30),
      shortened(plain(b), 30),
    ]),
  )
}

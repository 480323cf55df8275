import { cell } from './explained.ts'
import type { Fate, TriedMutant } from './run-mutants.ts'
import { interval } from './sample.ts'

const FATES = ['killed', 'timeout', 'crashed', 'survived', 'not reached', 'explained'] as const

/** How many mutants ended how. */
export function counted(tried: readonly TriedMutant[]): Readonly<Record<Fate, number>> {
  const counts = Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>
  for (const { fate } of tried) counts[fate] += 1
  return counts
}

/** The share of mutants that were noticed, of those that anybody could notice, in percent. */
export function share(tried: readonly TriedMutant[]): number {
  const { killed, timeout, crashed, explained } = counted(tried)
  const all = tried.length - explained
  return all === 0 ? 100 : ((killed + timeout + crashed) / all) * 100
}

/** The share that a sample lets expect of all, with its interval. */
export function shareOfSample(tried: readonly TriedMutant[]): string {
  const { killed, timeout, crashed, explained } = counted(tried)
  const hits = killed + timeout + crashed
  const all = tried.length - explained
  const [low, high] = interval(hits, all).map((share) => (share * 100).toFixed(1))
  return `${hits} of ${all} noticed: ${share(tried).toFixed(1)} %, 95 % interval ${low} to ${high} %`
}

/** A table with a row for each file, and the mutants that were not noticed, as Markdown. */
export function table(tried: readonly TriedMutant[]): string {
  const files = [...new Set(tried.map(({ mutant }) => mutant.file))]
  const row = (name: string, of: readonly TriedMutant[]) => {
    const { killed, timeout, crashed, survived, explained, 'not reached': unreached } = counted(of)
    const noticed = killed + timeout + crashed
    return `| ${name} | ${of.length} | ${noticed} | ${survived} | ${unreached} | ${explained} | ${share(of).toFixed(1)} |`
  }
  const missed = tried.filter(({ fate }) => fate === 'survived' || fate === 'not reached')
  return [
    '| File | mutants | killed | survived | not reached | explained | % |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...files.map((file) =>
      row(
        `\`${file}\``,
        tried.filter(({ mutant }) => mutant.file === file),
      ),
    ),
    row('all', tried),
    '',
    ...missed.map(
      ({ mutant: { file, line, column, was, becomes }, fate, isCut }) =>
        `${fate}${isCut ? ' within the budget' : ''} ${file}:${line}:${column} \`${cell(was)}\` → \`${cell(becomes)}\``,
    ),
  ].join('\n')
}

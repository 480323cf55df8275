import { clockAt } from '../../test/support/consortium.ts'
import { testAuthority } from '../../test/support/timestamp-authority.ts'
import { machineLine } from '../machine.ts'
import { hostileDocuments } from './hostile-documents.ts'
import { hostilePresentations } from './hostile-presentations.ts'
import { hostileTexts } from './hostile-texts.ts'
import { hostileTimestamps } from './hostile-timestamps.ts'
import { changedAtTheEnd, maximalPresentation } from './maximal-presentation.ts'
import { assembled } from './stranger.ts'
import { type WorstCase, worstCase } from './worst-case.ts'

const words = process.argv.slice(2)
const times = words.includes('--quick') ? 1 : 5
const consortium = await assembled()
const clock = await testAuthority()
const setting = {
  policy: consortium.policy({ timestampAuthorities: [{ certificate: clock.root.pem }] }),
  clock: clockAt(),
  methods: [consortium.method.method],
  rulebooks: consortium.rulebooks,
}
process.stderr.write('signing presentations…\n')
const maximal = await maximalPresentation(consortium)
const inOtherForms = await Promise.all(
  (['eddsa-rdfc-2022', 'vc+jwt'] as const).map(async (form) => {
    const input = await maximalPresentation(await assembled(form))
    return { ...input, name: `${input.name}, ${form}` }
  }),
)
const inputs = [
  ...hostileTexts(),
  ...hostileDocuments(),
  maximal,
  changedAtTheEnd(maximal),
  ...inOtherForms,
  ...(await hostilePresentations(consortium)),
  ...(await hostileTimestamps(consortium, clock)),
]
const cases: WorstCase[] = []
for (const input of inputs) cases.push(await worstCase(input, setting, times))
process.stdout.write(words.includes('--json') ? `${JSON.stringify(cases, null, 2)}\n` : text(cases))

function text(all: readonly WorstCase[]): string {
  const titles = ['bytes', 'median', 'worst', 'ceiling', 'answer', 'what']
  const rows = all.map(({ bytes, median, worst, ceiling, outcome, door, name }) => [
    bytes.toLocaleString('en'),
    `${median.toFixed(1)} ms`,
    `${worst.toFixed(1)} ms`,
    `${worst > ceiling ? '> ' : ''}${ceiling} ms`,
    outcome,
    door === 'document' ? `${name} (any document)` : name,
  ])
  const widths = titles.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (values: readonly string[]) =>
    values
      .map((value, at) =>
        at < 4 ? value.padStart(widths[at] ?? 0) : value.padEnd(at === 5 ? 0 : (widths[at] ?? 0)),
      )
      .join('  ')
  return [
    machineLine(),
    `each ${times} times, by processor time`,
    '',
    line(titles),
    ...rows.map(line),
    '',
  ].join('\n')
}

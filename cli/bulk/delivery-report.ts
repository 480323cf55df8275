import { SEVERITIES } from '@battery-passport/verifier'
import { table, wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'
import type { Style } from '../report/style.ts'
import type { CodeCount, DeliveryTally, ListDifference, NamedItem } from './delivery-tally.ts'
import type { ExpectedItems } from './expected-items.ts'

/** The list of a delivery, and how the delivery differs from it. */
export interface ComparedList extends ListDifference {
  readonly list: ExpectedItems
}

/** What a delivery came to: the lines by outcome and by code, and how it fits its list. */
export function deliveryReport(
  tally: DeliveryTally,
  compared: ComparedList | null,
  style: Style,
): string {
  const { codes, repeated } = tally
  return [
    ...illustrative(codes, style),
    style.strong(`${counted(tally.lines, 'line')}: ${outcomesText(tally)}`),
    ...hint(tally),
    ...(codes.length === 0 ? [] : ['', codesTable(codes)]),
    ...(compared === null ? [] : ['', ...listText(compared, tally, style)]),
    ...itemsText('Named by several lines', repeated),
    '',
  ].join('\n')
}

function outcomesText({ outcomes }: DeliveryTally): string {
  const { accepted, rejected, indeterminate } = outcomes
  return `${accepted} accepted, ${rejected} rejected, ${indeterminate} indeterminate`
}

function illustrative(codes: readonly CodeCount[], style: Style): string[] {
  if (!codes.some(({ code }) => code === 'ILLUSTRATIVE')) return []
  const text =
    'ILLUSTRATIVE: the rulebooks of these scores show how it works. They are no basis for a decision.'
  return [style.unsure(text), '']
}

/** What is most likely wrong where nothing was delivered, or few lines are JSON. */
function hint({ lines, codes }: DeliveryTally): string[] {
  if (lines === 0) return [wrap('Nothing was delivered, so nothing is accepted.', '  ')]
  const broken = codes.find(({ code }) => code === 'JSON_INVALID')
  if (broken === undefined || broken.lines * 2 <= lines) return []
  const text =
    'Most lines are not JSON: write each credential or presentation on one line of its own (NDJSON), in UTF-8 and without line breaks in it.'
  return [wrap(text, '  ')]
}

function codesTable(codes: readonly CodeCount[]): string {
  const inOrder = [...codes].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      b.lines - a.lines ||
      (a.code < b.code ? -1 : 1),
  )
  return table(
    [{ head: 'Lines', align: 'right' }, { head: 'Severity' }, { head: 'Code' }],
    inOrder.map(({ severity, code, lines }) => [String(lines), severity, code]),
  )
}

function listText(
  { list, missing, unexpected }: ComparedList,
  { batteries, repeated }: DeliveryTally,
  style: Style,
): string[] {
  const fits = missing.length === 0 && unexpected.length === 0 && repeated.length === 0
  const came = batteries - unexpected.length
  const verdict = fits ? style.good('it fits the list') : style.bad('it does not fit the list')
  return [
    `${plain(list.file)}: ${came} of ${counted(list.ids.size, 'battery', 'batteries')} came; ${verdict}`,
    ...itemsText(
      'Missing',
      missing.map((id) => ({ id, lines: [] })),
    ),
    ...itemsText('Not on the list', unexpected),
  ]
}

/** All of them: a delivery is put right by these ids. */
function itemsText(title: string, items: readonly NamedItem[]): string[] {
  if (items.length === 0) return []
  return [
    `${title}: ${items.length}`,
    ...items.map(({ id, lines }) => {
      const where =
        lines.length === 0 ? '' : `  line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}`
      return `  ${plain(id)}${where}`
    }),
  ]
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

import type { InspectedFault, Inspection } from '../inspect/inspection.ts'
import { fields, shortened, table, wrap } from './layout.ts'
import { plain } from './plain.ts'

/** What a file holds, as a person reads it; a presentation as a table of its credentials. */
export function inspectionText({ kind, facts, faults, contents }: Inspection): string {
  return [
    `${plain(kind)}; nothing here was verified`,
    ...(facts.length === 0
      ? []
      : [fields(facts.map(([name, value]) => [plain(name), plain(value)] as const))]),
    ...faultLines(faults),
    ...(contents === undefined ? [] : ['', contentsTable(contents)]),
    ...(contents ?? []).flatMap((each, index) =>
      each.faults.length === 0 ? [] : ['', `  no. ${index}:`, ...faultLines(each.faults)],
    ),
    '',
  ].join('\n')
}

function contentsTable(contents: readonly Inspection[]): string {
  return table(
    [{ head: 'no.', align: 'right' }, { head: 'type' }, { head: 'id' }],
    contents.map(({ kind, facts }, index) => [
      String(index),
      shortened(plain(kind), 30),
      shortened(plain(facts.find(([name]) => name === 'id')?.[1] ?? ''), 58),
    ]),
  )
}

function faultLines(faults: readonly InspectedFault[]): string[] {
  return faults.map(({ code, pointer, detail, expected, found }) =>
    wrap(
      plain(
        [
          `${code} at ${pointer || 'the whole'}: ${detail}`,
          ...(expected === undefined ? [] : [`Expected ${expected}.`]),
          ...(found === undefined ? [] : [`Found ${found}.`]),
        ].join(' '),
      ),
      '  ! ',
    ),
  )
}

import { machineLines } from './machine.ts'
import type { MeasuredRow, Row } from './row.ts'
import { WHOLE_PROCESS } from './whole-process.ts'

/** The rows as `--json` prints them. */
export function jsonReport(rows: readonly MeasuredRow[]): string {
  const published = rows.map(
    ({ row, name, ratio, spread, goal, unit }): Row => ({ row, name, ratio, spread, goal, unit }),
  )
  return JSON.stringify(published, null, 2)
}

const COLUMNS = ['row', 'ratio', 'goal', 'spread', 'ours', 'library', 'heap', 'process'] as const

/** The rows for people, with the machine. */
export function textReport(rows: readonly MeasuredRow[]): string {
  const cells = rows.map((row) => [
    String(row.row),
    `${row.ratio} ×`,
    `${row.row === WHOLE_PROCESS ? '≤' : '≥'} ${row.goal} ×`,
    `${row.spread.join(' – ')} (${row.rounds} rounds)`,
    duration(row.ours),
    duration(row.library),
    mebibytes(row.heap),
    mebibytes(row.resident),
  ])
  const widths = COLUMNS.map((title, index) =>
    Math.max(title.length, ...cells.map((row) => row[index]?.length ?? 0)),
  )
  const line = (values: readonly string[]) =>
    values.map((value, index) => value.padStart(widths[index] ?? 0)).join('  ')
  const body = rows.flatMap((row, index) => [
    line(cells[index] ?? []),
    `${' '.repeat((widths[0] ?? 0) + 2)}${row.name}; ${row.otherwise}`,
  ])
  return [...machineLines(), '', line(COLUMNS), ...body, ''].join('\n')
}

function mebibytes(value: number | null): string {
  return value === null ? '' : `${value.toFixed(0)} MiB`
}

function duration(milliseconds: number): string {
  return milliseconds < 0.1
    ? `${(milliseconds * 1000).toFixed(1)} µs`
    : `${milliseconds.toFixed(milliseconds < 10 ? 2 : 1)} ms`
}

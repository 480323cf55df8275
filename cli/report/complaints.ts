import type { Complaint } from '../errors.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'

/** Complaints as a person reads them: what, where, expected, found, what to do. */
export function complaintsText(complaints: readonly Complaint[]): string {
  return complaints.map((complaint) => complaintText(complaint, 'error')).join('\n')
}

/** The same for what stops nothing; empty when there is nothing. */
export function warningsText(warnings: readonly Complaint[]): string {
  return warnings.map((warning) => complaintText(warning, 'warning')).join('\n')
}

function complaintText(
  { what, where, expected, found, remedy }: Complaint,
  kind: 'error' | 'warning',
): string {
  const lines = [wrap(plain(what), `${kind}: `)]
  for (const [name, text] of [
    ['where', where],
    ['expected', expected],
    ['found', found],
    ['to do', remedy],
  ] as const) {
    if (text !== undefined) lines.push(wrap(plain(text), `  ${`${name}:`.padEnd(10)}`))
  }
  return `${lines.join('\n')}\n`
}

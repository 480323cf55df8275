import type { Complaint } from '../errors.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'

/** Complaints as a person reads them: what, where, expected, found, what to do. */
export function complaintsText(complaints: readonly Complaint[]): string {
  return complaints.map(complaintText).join('\n')
}

function complaintText({ what, where, expected, found, remedy }: Complaint): string {
  const lines = [wrap(plain(what), 'error: ')]
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

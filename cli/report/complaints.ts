import type { Complaint } from '../errors.ts'
import { plain } from './plain.ts'

/** Complaints as a person reads them: what, where, expected, found, what to do. */
export function complaintsText(complaints: readonly Complaint[]): string {
  return complaints.map(complaintText).join('\n')
}

function complaintText({ what, where, expected, found, remedy }: Complaint): string {
  const lines = [`error: ${plain(what)}`]
  if (where !== undefined) lines.push(`  where:    ${plain(where)}`)
  if (expected !== undefined) lines.push(`  expected: ${plain(expected)}`)
  if (found !== undefined) lines.push(`  found:    ${plain(found)}`)
  if (remedy !== undefined) lines.push(`  to do:    ${plain(remedy)}`)
  return `${lines.join('\n')}\n`
}

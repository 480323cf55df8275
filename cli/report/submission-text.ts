import { list, type Members, text } from '../service/json-members.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'

/** What a service did with a submission, as a person reads it, with every finding. */
export function submissionText(answer: Members): string {
  const stored = list(answer.stored)
  const known = list(answer.known)
  const leftOut = list(answer.leftOut)
  return [
    `Verified and stored: ${counts(stored)}.`,
    ...(known.length === 0 ? [] : [`Known before: ${counts(known)}.`]),
    ...timestampsText(answer.timestamps),
    ...leftOut.flatMap((each) => [
      wrap(
        plain(
          `Not kept: ${text(each.credential) ?? ''}. Nothing here rests on it, or it does not hold:`,
        ),
      ),
      ...list(each.findings).map(findingText),
    ]),
    ...list(answer.findings).map(findingText),
    ...stored
      .filter(({ type }) => type === 'RulebookAttestation' || type === 'CustodyAttestation')
      .map((each) => plain(`  ${text(each.digestMultibase) ?? ''}  ${text(each.id) ?? ''}`)),
    '',
  ].join('\n')
}

function timestampsText(count: unknown): readonly string[] {
  if (typeof count !== 'number' || count === 0) return []
  return [`Kept with them: ${count === 1 ? '1 timestamp' : `${count} timestamps`}.`]
}

function counts(references: readonly Members[]): string {
  const counted = new Map<string, number>()
  for (const { type } of references) {
    const name = text(type) ?? 'credential'
    counted.set(name, (counted.get(name) ?? 0) + 1)
  }
  const parts = [...counted].map(([name, count]) => plain(`${count} ${name}`))
  return parts.length === 0 ? 'nothing' : parts.join(', ')
}

function findingText(finding: Members): string {
  const { severity, code, detail, credential, pointer } = finding
  const place = [text(credential), text(pointer)].filter(Boolean).join(' ')
  const line = `${text(severity) ?? ''} ${text(code) ?? ''}: ${text(detail) ?? ''} ${place === '' ? '' : `(${place})`}`
  return wrap(plain(line.trim()), '  ', '    ')
}

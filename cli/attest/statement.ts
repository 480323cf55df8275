import type { Attestation } from '@battery-passport/verifier'
import { labelled } from '../report/labelled.ts'
import { plain } from '../report/plain.ts'
import { timestampPair } from '../timestamps/timestamp-pair.ts'

/**
 * What was signed, as data.
 *
 * @param timestamp its file, null where there is none, undefined where nobody asked for one
 */
export function attestationLine(attestation: Attestation, file: string, timestamp?: string | null) {
  const { id, digestMultibase, credential } = attestation
  const subject = credential.credentialSubject
  const { key, version } = subject.rulebook
  return {
    id,
    digestMultibase,
    file,
    ...(timestamp === undefined ? {} : { timestamp }),
    subject: subject.id,
    rulebook: { key, version },
    period: subject.period,
    conclusion: subject.engagement.conclusion,
    validUntil: credential.validUntil,
    results: countBy(subject.results.map(({ answer }) => answer)),
    assuranceLevels: countBy(
      subject.results.flatMap((each) => ('assuranceLevel' in each ? [each.assuranceLevel] : [])),
    ),
    evidenceFiles: subject.evidenceFiles.length,
  }
}

/** What was signed, as a person reads it. */
export function attestationText(
  attestation: Attestation,
  file: string,
  timestamp?: string | null,
): string {
  const line = attestationLine(attestation, file)
  return `${labelled([
    ['subject', plain(line.subject)],
    ['rulebook', `${line.rulebook.key} ${line.rulebook.version}`],
    ['period', `${line.period.from} to ${line.period.until}`],
    ['answers', counts(line.results)],
    ['assurance', counts(line.assuranceLevels)],
    ['evidence', `${line.evidenceFiles} ${line.evidenceFiles === 1 ? 'file' : 'files'}`],
    ['conclusion', line.conclusion],
    ['valid until', line.validUntil],
    ['id', plain(line.id)],
    ['digest', line.digestMultibase],
    ['file', plain(file)],
    ...timestampPair(timestamp),
  ])}\n`
}

function countBy(words: readonly string[]): Readonly<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const word of words) counted[word] = (counted[word] ?? 0) + 1
  return counted
}

function counts(counted: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counted).map(([word, count]) => `${count} ${word}`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}

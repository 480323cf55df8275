import type { Passport } from '@battery-passport/verifier'
import { percent, points } from '../report/figures.ts'
import { labelled } from '../report/labelled.ts'
import { plain } from '../report/plain.ts'
import { timestampPair } from '../timestamps/timestamp-pair.ts'

/** Where a passport went, and the key it was asked for with. */
export interface IssuedFiles {
  readonly passport: string
  readonly presentation?: string
  /** Its file; null where there is none, undefined where nobody asked for one. */
  readonly timestamp?: string | null
  readonly idempotencyKey: string
}

/** What was issued, as data. */
export function passportLine({ id, digestMultibase, credential }: Passport, files: IssuedFiles) {
  const { credentialSubject: subject, validUntil } = credential
  const { value, upper, grade, coverage } = subject.score
  return {
    id,
    digestMultibase,
    battery: 'id' in subject ? subject.id : id,
    granularity: subject.granularity,
    validUntil,
    score: { value, upper, grade, coverage },
    ...files,
  }
}

/** What was issued, as a person reads it. */
export function passportText(passport: Passport, files: IssuedFiles): string {
  const line = passportLine(passport, files)
  const { value, upper, grade, coverage } = line.score
  return `${labelled([
    ['passport', plain(line.id)],
    ['battery', plain(line.battery)],
    ['score', `${points(value)} to ${points(upper)}, grade ${plain(grade)}`],
    ['coverage', percent(coverage)],
    ['digest', line.digestMultibase],
    ['files', plain([files.passport, files.presentation].filter(Boolean).join(', '))],
    ...timestampPair(files.timestamp),
    ['key', plain(files.idempotencyKey)],
  ])}\n`
}

import type { SecuredCredential } from '@battery-passport/verifier'
import { labelled } from '../report/labelled.ts'
import { plain } from '../report/plain.ts'
import { timestampPair } from '../timestamps/timestamp-pair.ts'

/**
 * What was signed of the shares of a battery, as data.
 *
 * @param timestamp its file, null where there is none, undefined where nobody asked for one
 */
export function custodyLine(
  custody: SecuredCredential<'CustodyAttestation'>,
  file: string,
  timestamp?: string | null,
) {
  const { id, digestMultibase, credential } = custody
  const { id: subject, granularity, manufacturer, ...said } = credential.credentialSubject
  const { supplyChain, assuranceLevel, period, productionWindow } = said
  return {
    id,
    digestMultibase,
    file,
    ...(timestamp === undefined ? {} : { timestamp }),
    subject,
    granularity,
    manufacturer,
    rows: supplyChain.length,
    assuranceLevel,
    period,
    productionWindow,
    validUntil: credential.validUntil,
  }
}

/** What was signed, as a person reads it. */
export function custodyText(
  custody: SecuredCredential<'CustodyAttestation'>,
  file: string,
  timestamp?: string | null,
): string {
  const line = custodyLine(custody, file)
  const { period, productionWindow: made } = line
  return `${labelled([
    ['subject', `${plain(line.subject)} (${line.granularity})`],
    ['manufacturer', plain(line.manufacturer)],
    ['assured', `${line.rows} ${line.rows === 1 ? 'row' : 'rows'}, ${line.assuranceLevel}`],
    ['period', `${period.from} to ${period.until}`],
    ['manufactured', `${made.from} to ${made.until}`],
    ['valid until', line.validUntil],
    ['id', plain(line.id)],
    ['digest', line.digestMultibase],
    ['file', plain(file)],
    ...timestampPair(timestamp),
  ])}\n`
}

/** xsd:dateTimeStamp with a year of four digits; a zone is required, or each reader would have its own. */
const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/**
 * The instant of an `xsd:dateTimeStamp` in milliseconds since the epoch, or null when it is none:
 * no 30 February, no 24:00, no leap second.
 *
 * @see https://www.w3.org/TR/xmlschema11-2/#dateTimeStamp
 */
export function parseDateTimeStamp(text: string): number | null {
  const parts = FORM.exec(text)
  if (parts === null) return null
  const [, year, month, day, hour, minute, second, , zone = ''] = parts
  const civil = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const instant = Date.parse(`${civil}Z`)
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(civil)) return null
  if (zone !== 'Z' && (Number(zone.slice(1, 3)) > 14 || Number(zone.slice(4)) > 59)) return null
  return Date.parse(text)
}

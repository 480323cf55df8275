/** xsd:dateTimeStamp with a year of four digits; a zone is required, or each reader would have its own. */
const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:Z|[+-](\d\d):(\d\d))$/

/** Minutes that a zone may be away from UTC, either way. */
const MOST_AWAY = 14 * 60

/**
 * The instant of an `xsd:dateTimeStamp` in milliseconds since the epoch, or null when it is none:
 * no 30 February, no 24:00, no leap second.
 *
 * @see https://www.w3.org/TR/xmlschema11-2/#dateTimeStamp
 */
export function parseDateTimeStamp(text: string): number | null {
  const parts = FORM.exec(text)
  if (parts === null) return null
  const [, year, month, day, hour, minute, second, , hours = '00', minutes = '00'] = parts
  const civil = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const instant = Date.parse(`${civil}Z`)
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(civil)) return null
  if (Number(minutes) > 59 || Number(hours) * 60 + Number(minutes) > MOST_AWAY) return null
  return Date.parse(text)
}

import { parseInstant } from '@battery-passport/contexts'

/** Whether a credential is valid at an instant; bounds are inclusive. */
export function isInForce(
  { validFrom, validUntil }: { readonly validFrom: string; readonly validUntil: string },
  instant: number | null,
): boolean {
  const from = parseInstant(validFrom)
  const until = parseInstant(validUntil)
  return instant !== null && from !== null && until !== null && from <= instant && instant <= until
}

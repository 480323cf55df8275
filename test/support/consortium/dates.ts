import { parseInstant } from '@battery-passport/contexts'
import type { Clock } from '@battery-passport/verifier'

/** The instant at which the tests stand still. */
export const NOW = '2026-10-01T00:00:00Z'

/** A clock that stands still at an instant: whole seconds since the epoch. */
export function clockAt(instant: string = NOW): Clock {
  const seconds = parseInstant(instant)
  if (seconds === null) throw new TypeError(`not an instant: ${instant}`)
  return { now: () => seconds }
}

/** When the honest consortium did what. */
export const DATES = {
  anchors: { validFrom: '2020-01-01T00:00:00Z', validUntil: '2039-12-31T23:59:59Z' },
  accreditations: {
    created: '2025-01-01T08:00:00Z',
    validFrom: '2025-01-01T00:00:00Z',
    validUntil: '2028-12-31T23:59:59Z',
  },
  attestations: {
    period: { from: '2025-01-01', until: '2025-12-31' },
    siteVisit: '2026-02-10',
    statementDate: '2026-03-15',
    created: '2026-03-16T09:00:00Z',
    validFrom: '2026-03-16T00:00:00Z',
    validUntil: '2027-03-15T23:59:59Z',
    productionWindow: { from: '2026-01-01', until: '2026-12-31' },
  },
  passport: {
    manufacturedOn: '2026-09-15',
    created: '2026-09-20T12:00:00Z',
    validFrom: '2026-09-20T12:00:00Z',
    validUntil: '2036-09-20T12:00:00Z',
  },
  notices: {
    created: '2026-09-30T21:00:00Z',
    validFrom: '2026-09-30T21:00:00Z',
    validUntil: '2026-10-30T21:00:00Z',
  },
  lists: {
    created: '2026-09-30T22:00:00Z',
    validFrom: '2026-09-30T22:00:00Z',
    validUntil: '2026-10-07T22:00:00Z',
  },
} as const

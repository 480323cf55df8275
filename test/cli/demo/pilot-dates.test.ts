import assert from 'node:assert/strict'
import { formatDay, parseDay } from '@battery-passport/contexts'
import {
  dayAfter,
  PERIOD_NAMES,
  periodOf,
  productionWindowOf,
  statementOf,
} from '../../../cli/demo/pilot-dates.ts'

const day = (text: string) => {
  const days = parseDay(text)
  assert.ok(days !== null, text)
  return days
}

describe('The dates of the pilot', () => {
  it('take the last calendar year only when it has been over for ninety days', () => {
    assert.deepEqual(periodOf('calendar-year', day('2027-03-30')), {
      from: '2025-01-01',
      until: '2025-12-31',
    })
    assert.deepEqual(periodOf('calendar-year', day('2027-03-31')), {
      from: '2026-01-01',
      until: '2026-12-31',
    })
  })

  it('let a business year end in June', () => {
    assert.deepEqual(periodOf('business-year-to-june', day('2026-11-23')), {
      from: '2025-07-01',
      until: '2026-06-30',
    })
  })

  it('count days after the end of a period', () => {
    assert.equal(dayAfter({ from: '2025-01-01', until: '2025-12-31' }, 60), '2026-03-01')
  })

  it('suit method and rulebooks on every day of four years', () => {
    for (let today = day('2026-09-01'); today < day('2030-09-01'); today++) {
      const periods = PERIOD_NAMES.map((name) => periodOf(name, today))
      const at = formatDay(today)
      for (const period of periods) {
        const { statementDate, validUntil } = statementOf(period)
        assert.ok(day(statementDate) < today, `${at}: stated before it is signed`)
        assert.ok(day(statementDate) > day(period.until), `${at}: stated after the period`)
        assert.ok(day(validUntil.slice(0, 10)) > today + 28, `${at}: in force for some weeks`)
        assert.ok(today - day(period.until) < 700, `${at}: no older than two years`)
        assert.ok(day(period.until) - day(period.from) >= 364, `${at}: twelve months`)
      }
      const ends = periods.map(({ until }) => day(until))
      assert.ok(Math.max(...ends) - Math.min(...ends) <= 365, `${at}: within a year`)
      const window = productionWindowOf(periodOf('calendar-year', today))
      assert.ok(day(window.from) <= today - 30 && today <= day(window.until), `${at}: produced`)
    }
  })
})

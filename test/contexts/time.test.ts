import assert from 'node:assert/strict'
import {
  formatDay,
  formatInstant,
  parseDay,
  parseInstant,
  secondsOfDay,
} from '@battery-passport/contexts'
import fc from 'fast-check'

describe('instants and days', () => {
  it('read RFC 3339 with Z and whole seconds', () => {
    assert.equal(parseInstant('1970-01-01T00:00:00Z'), 0)
    assert.equal(parseInstant('2027-02-18T12:34:56Z'), Date.UTC(2027, 1, 18, 12, 34, 56) / 1000)
  })

  it('refuse what is no instant, or not in that form', () => {
    for (const text of [
      '2026-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T00:00:60Z',
      '2026-01-01T00:00:00+00:00',
      '2026-01-01T00:00:00.000Z',
      '2026-01-01 00:00:00Z',
      '2026-01-01T00:00:00z',
      ' 2026-01-01T00:00:00Z',
      '',
    ]) {
      assert.equal(parseInstant(text), null, text)
    }
  })

  it('know the days of leap years and no others', () => {
    assert.notEqual(parseDay('2028-02-29'), null)
    assert.notEqual(parseDay('2000-02-29'), null)
    assert.notEqual(parseDay('0000-02-29'), null)
    assert.equal(parseDay('2100-02-29'), null)
    assert.equal(parseDay('2026-04-31'), null)
  })

  it('are refused wherever no calendar has them', () => {
    const digits = (most: number, length: number) =>
      fc.integer({ min: 0, max: most }).map((part) => String(part).padStart(length, '0'))
    const parts = fc.tuple(digits(2200, 4), digits(14, 2), digits(33, 2), digits(25, 2))
    const rest = fc.tuple(digits(61, 2), digits(61, 2))
    fc.assert(
      fc.property(parts, rest, ([year, month, date, hour], [minute, second]) => {
        const [y, m, d] = [Number(year), Number(month), Number(date)]
        const isDay = m >= 1 && m <= 12 && d >= 1 && d <= daysOf(y, m)
        assert.equal(parseDay(`${year}-${month}-${date}`) !== null, isDay)
        const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
        const instant = `${year}-${month}-${date}T${hour}:${minute}:${second}Z`
        assert.equal(parseInstant(instant) !== null, isDay && isTime, instant)
      }),
      { numRuns: 5000 },
    )
  })

  it('reach back to the year 0, as the schemas do', () => {
    assert.equal(parseInstant('0000-01-01T00:00:00Z'), -62_167_219_200)
    assert.equal(formatInstant(-62_167_219_200), '0000-01-01T00:00:00Z')
    assert.equal(parseInstant('0050-06-01T00:00:00Z'), Date.parse('0050-06-01T00:00:00Z') / 1000)
  })

  it('write what they read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
        assert.equal(parseInstant(formatInstant(seconds)), seconds)
        const day = Math.floor(seconds / 86_400)
        assert.equal(parseDay(formatDay(day)), day)
        const { first, last } = secondsOfDay(day)
        assert.ok(first <= seconds && seconds <= last)
      }),
    )
  })
})

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

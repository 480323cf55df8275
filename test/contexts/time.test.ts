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
    assert.equal(parseDay('2100-02-29'), null)
    assert.equal(parseDay('2026-04-31'), null)
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

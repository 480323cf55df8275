import assert from 'node:assert/strict'
import { parseDateTimeStamp } from '@battery-passport/keys'

describe('An xsd:dateTimeStamp', () => {
  it('is an instant, in whatever zone it is written', () => {
    const noon = Date.parse('2026-11-23T12:00:00Z')
    assert.equal(parseDateTimeStamp('2026-11-23T12:00:00Z'), noon)
    assert.equal(parseDateTimeStamp('2026-11-23T12:00:00.25Z'), noon + 250)
    for (const text of [
      '2026-11-23T13:30:00+01:30',
      '2026-11-23T13:59:00+01:59',
      '2026-11-24T02:00:00+14:00',
      '2026-11-22T22:00:00-14:00',
      '2026-11-23T12:00:00.000000000+00:00',
    ]) {
      assert.equal(parseDateTimeStamp(text), noon, text)
    }
  })

  it('has a zone, and is a day and an hour that there are', () => {
    for (const text of [
      '2026-11-23T12:00:00',
      '2026-11-23',
      '2026-02-30T12:00:00Z',
      '2026-11-23T24:00:00Z',
      '2026-11-23T12:00:60Z',
      '2026-13-01T12:00:00Z',
      '2026-11-23T12:00:00+15:00',
      '2026-11-23T12:00:00+14:01',
      '2026-11-23T12:00:00-14:30',
      '2026-11-23T12:00:00-01:60',
      '2026-11-23T12:00:00.Z',
      '2026-11-23T12:00:00.0000000000Z',
      '2026-11-23T12:00:00Z ',
      '2026-11-23T12:00:00+01:60',
      ' 2026-11-23T12:00:00Z',
      '2026-11-23t12:00:00z',
      '+012026-11-23T12:00:00Z',
    ]) {
      assert.equal(parseDateTimeStamp(text), null, text)
    }
  })
})

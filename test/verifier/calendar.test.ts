import assert from 'node:assert/strict'
import { addMonths, day, instant } from '../../verifier/reading/calendar.ts'
import { datedCredential } from '../../verifier/reading/dated-credential.ts'
import { Consortium, DATES } from '../support/consortium.ts'

describe('the calendar', () => {
  it('finds the day so many months later, or the last of a month that is shorter', () => {
    for (const [from, months, later] of [
      ['2026-01-31', 1, '2026-02-28'],
      ['2027-08-31', 6, '2028-02-29'],
      ['2026-03-31', 1, '2026-04-30'],
      ['2026-11-15', 14, '2028-01-15'],
      ['2026-12-31', 2, '2027-02-28'],
      ['2026-05-30', 0, '2026-05-30'],
      ['2026-05-01', 1, '2026-06-01'],
    ] as const) {
      assert.equal(addMonths(day(from), months), day(later), `${from} + ${months}`)
    }
  })

  it('reads what the schema has checked, and nothing else', () => {
    assert.equal(instant('1970-01-02T00:00:01Z'), 86_401)
    assert.equal(day('1970-01-02'), 1)
    assert.throws(() => instant('soon'), new TypeError('not an instant: soon'))
    assert.throws(() => day('soon'), new TypeError('not a day: soon'))
  })
})

describe('a credential that will be signed at an instant', () => {
  it('has the instants it is judged by', async () => {
    const consortium = await Consortium.assemble()
    const { secured } = await consortium.passport()
    const { id, issuer, credential, validity } = secured
    const created = instant(DATES.passport.created)
    const dated = datedCredential<'BatteryPassport'>(credential, created)
    assert.deepEqual(dated, { id, issuer, credential, created, validity })
    const faulty = [
      { ...credential, validFrom: 'soon' },
      { ...credential, validUntil: 'late' },
    ]
    for (const each of faulty) {
      assert.throws(
        () => datedCredential<'BatteryPassport'>(each, created),
        new TypeError(`datedCredential: no instants: ${each.validFrom}, ${each.validUntil}`),
      )
    }
  })
})

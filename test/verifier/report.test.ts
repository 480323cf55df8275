import assert from 'node:assert/strict'
import { type Finding, finding } from '../../verifier/findings/findings.ts'
import { Report } from '../../verifier/report.ts'

const what = { credential: 'urn:a:b', pointer: '', detail: '', expected: '', found: '' }

describe('A report', () => {
  it('looks at a finding once, however many credentials tell it', () => {
    let looks = 0
    const told: Finding = {
      ...finding('REVOKED', what),
      get found() {
        looks++
        return ''
      },
    }
    const report = new Report()
    for (let time = 0; time < 100; time++) report.add([told])
    assert.equal(looks, 1)
    assert.deepEqual(report.findings, [told])
  })

  it('has the same finding once, as its worst, also where it was made twice', () => {
    const report = new Report()
    const [warning, error] = [
      finding('REVOKED', { ...what, severity: 'warning' }),
      finding('REVOKED', what),
    ]
    report.add([warning, error, finding('REVOKED', what)])
    assert.deepEqual(report.findings, [error])
  })
})

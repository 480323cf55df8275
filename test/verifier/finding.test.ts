import assert from 'node:assert/strict'
import { type FindingDetails, finding } from '@battery-passport/verifier'

describe('a finding', () => {
  it('cannot be made without what was expected and what was found', () => {
    const place = { credential: '', pointer: '', detail: 'For the test.' }
    // @ts-expect-error: found is missing
    const half: FindingDetails = { ...place, expected: 'something' }
    // @ts-expect-error: expected is missing
    const other: FindingDetails = { ...place, found: 'something' }
    const whole = finding('SCHEMA', { ...half, ...other })
    assert.deepEqual([whole.expected, whole.found], ['something', 'something'])
  })
})

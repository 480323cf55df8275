import assert from 'node:assert/strict'
import { admits, HOUSES, lastOf, stepsTo } from './guard.ts'

describe('a planted guard', () => {
  it('refuses the young', () => {
    assert.equal(admits(17, 'Ada'), false)
    assert.equal(admits(18, 'Ada'), true)
  })

  it('counts', () => {
    assert.equal(stepsTo(3), 3)
  })

  it('finds the last', () => {
    assert.equal(lastOf(['a', 'b']), 'b')
  })

  it('knows its houses', () => {
    assert.deepEqual(HOUSES, ['north', 'south'])
  })
})

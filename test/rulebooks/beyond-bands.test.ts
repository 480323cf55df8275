import assert from 'node:assert/strict'
import { beyondBands } from '@battery-passport/rulebooks'

const bands = (...limits: string[]) => ({
  points: [...limits.map((below, index) => ({ below, points: index * 100 })), { points: 10000 }],
})

describe('A quantity beyond the bands of its indicator', () => {
  it('is more than ten times as far from zero as their farthest limit, to the digit', () => {
    const footprint = bands('0.08', '0.23')
    assert.equal(beyondBands(footprint, '2.3'), null)
    assert.equal(beyondBands(footprint, '2.30000000000000000001'), '0.23')
    assert.equal(beyondBands(footprint, '-2.4'), '0.23')
    assert.equal(beyondBands(bands('-30', '-5', '0'), '-300'), null)
    assert.equal(beyondBands(bands('-30', '-5', '0'), '-301'), '-30')
  })

  it('is never a small one, nor one of an indicator that has no bands or none but zero', () => {
    assert.equal(beyondBands(bands('5', '70'), '0.0001'), null)
    assert.equal(beyondBands(bands('0'), '1000000'), null)
    assert.equal(beyondBands({ points: { true: 10000, false: 0 } }, '1000000'), null)
  })

  it('is no number that is none', () => {
    assert.equal(beyondBands(bands('5'), '1e9'), null)
  })
})

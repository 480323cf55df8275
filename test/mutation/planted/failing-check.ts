import assert from 'node:assert/strict'

describe('a check that fails', () => {
  it('with or without a mutant', () => {
    assert.equal(1, 2, '1 is not 2')
  })
})

import assert from 'node:assert/strict'
import { shareOf } from '../../../cli/tables/share.ts'

describe('a share', () => {
  it('is basis points, or an exact percentage with its sign', () => {
    for (const [text, share] of [
      ['1', 1],
      ['6200', 6200],
      ['10000', 10_000],
      ['62%', 6200],
      ['62.5 %', 6250],
      ['0.01%', 1],
      ['33.33%', 3333],
      ['100%', 10_000],
    ] as const) {
      assert.equal(shareOf(text), share, text)
    }
  })

  it('is never rounded, guessed, zero or above the whole', () => {
    for (const text of [
      '',
      '0',
      '0%',
      '0.62',
      '62,5%',
      '33.333%',
      '10001',
      '100.01%',
      '-5',
      '+5',
      '1e3',
      '0100',
      '62 percent',
      '١',
    ]) {
      assert.equal(shareOf(text), null, text)
    }
  })
})

import assert from 'node:assert/strict'
import type { Score } from '@battery-passport/contexts'
import { compare } from '@battery-passport/rulebooks'
import { answer, attested, evaluated, load, row, rulebook } from './support/build.ts'

const { score } = evaluated(
  load([rulebook({})]),
  [row('a')],
  [attested('a', [answer('one', 'true')])],
)
const between = (value: number, upper: number): Score => ({ ...score, value, upper })
const relation = (a: Score, b: Score) => {
  const comparison = compare(a, b)
  return comparison.outcome === 'compared' ? comparison.relation : comparison.differences
}
const refusedAt = (b: Score) => {
  const comparison = compare(score, b)
  return comparison.outcome === 'refused' ? comparison.differences.map((d) => d.pointer) : null
}

describe('compare', () => {
  it('says higher or lower where the intervals lie apart', () => {
    assert.equal(relation(between(6000, 7000), between(4000, 5999)), 'higher')
    assert.equal(relation(between(4000, 5999), between(6000, 7000)), 'lower')
  })

  it('decides nothing where they overlap, touch or are the same', () => {
    assert.equal(relation(between(6000, 9000), between(5000, 6001)), 'undecided')
    assert.equal(relation(between(6000, 9000), between(5000, 6000)), 'undecided')
    assert.equal(relation(between(5000, 6000), between(6000, 9000)), 'undecided')
    assert.equal(relation(between(5000, 5000), between(5000, 5000)), 'undecided')
  })

  it('states other periods as a note', () => {
    const scope = { ...score.scope, periodUntil: '2026-06-30' }
    const comparison = compare(score, { ...score, scope })
    assert.ok(comparison.outcome === 'compared')
    assert.deepEqual(comparison.notes, [
      { pointer: '/scope/periodUntil', a: '2025-12-31', b: '2026-06-30' },
    ])
  })

  it('refuses another method, rulebook or scope, naming what differs', () => {
    const [first] = score.rulebooks
    assert.ok(first !== undefined)
    const { method, scope } = score
    assert.deepEqual(refusedAt({ ...score, method: { ...method, version: '2.0.0' } }), [
      '/method/version',
    ])
    assert.deepEqual(refusedAt({ ...score, scope: { ...scope, chemistry: 'LFP' } }), [
      '/scope/chemistry',
    ])
    assert.deepEqual(
      refusedAt({ ...score, scope: { ...scope, granularity: 'model', category: 'LMT' } }),
      ['/scope/granularity', '/scope/category'],
    )
    assert.deepEqual(refusedAt({ ...score, scope: { ...scope, rulebookStatus: 'active' } }), [
      '/scope/rulebookStatus',
    ])
    assert.deepEqual(refusedAt({ ...score, rulebooks: [{ ...first, digestMultibase: 'zQm' }] }), [
      '/rulebooks/0/digestMultibase',
    ])
    assert.deepEqual(refusedAt({ ...score, rulebooks: [] }), [
      '/rulebooks',
      '/rulebooks/0/key',
      '/rulebooks/0/version',
      '/rulebooks/0/digestMultibase',
    ])
  })
})

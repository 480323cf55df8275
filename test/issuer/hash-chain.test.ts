import assert from 'node:assert/strict'
import { EMPTY_CHAIN, follows, linkTo } from '../../issuer/hash-chain.ts'

describe('A chain of hashes', () => {
  const first = linkTo(EMPTY_CHAIN, { event: 'one' })
  const second = linkTo(first, { event: 'two' })
  const third = linkTo(second, { event: 'three' })

  it('numbers its entries from 1, each with the hash of the one before', () => {
    assert.deepEqual(
      [first, second, third].map(({ sequence }) => sequence),
      [1, 2, 3],
    )
    assert.equal(first.previous, '0'.repeat(64))
    assert.equal(second.previous, first.hash)
    // The bytes of logs that were written before: another hash would call them damaged.
    assert.equal(first.hash, '6ac580d0659863340bb5129724b5023cb92ba5d0b6d0bb313c67ee9228ea46ba')
  })

  it('goes on with the next entry alone', () => {
    assert.ok(follows(first, EMPTY_CHAIN))
    assert.ok(follows(second, first))
    assert.ok(!follows(third, first), 'one is missing')
    assert.ok(!follows(first, second), 'moved')
    assert.ok(!follows(second, second), 'twice')
  })

  it('breaks when any member of an entry is changed', () => {
    for (const change of [
      { event: 'another' },
      { added: '' },
      { sequence: 3 },
      { previous: EMPTY_CHAIN.hash },
      { hash: third.hash },
    ]) {
      assert.ok(!follows({ ...second, ...change }, first), JSON.stringify(change))
    }
    // Also when it is made anew upon another head, or under another number.
    assert.ok(!follows(linkTo({ ...first, hash: third.hash }, { event: 'two' }), first))
    assert.ok(!follows(linkTo({ ...first, sequence: 7 }, { event: 'two' }), first))
  })
})

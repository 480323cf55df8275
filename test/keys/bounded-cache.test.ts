import assert from 'node:assert/strict'
import { BoundedCache } from '@battery-passport/keys'

describe('A bounded cache', () => {
  const filled = () => {
    const cache = new BoundedCache<number>(2)
    cache.set('first', 1)
    cache.set('second', 2)
    return cache
  }
  const held = (cache: BoundedCache<number>) =>
    ['first', 'second', 'third'].flatMap((key) => cache.get(key) ?? [])

  it('remembers as many as it may', () => {
    const cache = filled()
    assert.deepEqual(held(cache), [1, 2])
    assert.equal(cache.size, 2)
  })

  it('forgets the one that was unused longest when there are more', () => {
    const cache = filled()
    cache.set('third', 3)
    assert.deepEqual(held(cache), [2, 3])
    assert.equal(cache.size, 2)
  })

  it('takes a question and another answer for use', () => {
    const asked = filled()
    assert.equal(asked.get('first'), 1)
    asked.set('third', 3)
    assert.deepEqual(held(asked), [1, 3])
    const answered = filled()
    answered.set('first', 10)
    answered.set('third', 3)
    assert.deepEqual(held(answered), [10, 3])
  })

  it('counts no key twice, and forgets nothing for one that it has', () => {
    const cache = filled()
    cache.set('second', 20)
    cache.set('second', 21)
    assert.deepEqual(held(cache), [1, 21])
  })

  it('forgets what it is told to, and nothing else', () => {
    const cache = filled()
    cache.delete('first')
    cache.delete('third')
    assert.deepEqual(held(cache), [2])
    assert.equal(cache.size, 1)
  })
})

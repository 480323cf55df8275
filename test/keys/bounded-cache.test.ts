import assert from 'node:assert/strict'
import { BoundedCache } from '@battery-passport/keys'
import fc from 'fast-check'

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

  it('keeps and forgets what a map does that is put in order at each use', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const act = fc.tuple(fc.constantFrom('get', 'set', 'delete'), key)
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        (acts, limit) => {
          const cache = new BoundedCache<number>(limit)
          const model = new Map<string, number>()
          for (const [value, [what, about]] of acts.entries()) {
            const known = model.get(about)
            if (what === 'get') assert.equal(cache.get(about), known)
            if (what === 'set') cache.set(about, value)
            if (what === 'delete') cache.delete(about)
            model.delete(about)
            if (what === 'set') model.set(about, value)
            if (what === 'get' && known !== undefined) model.set(about, known)
            const [oldest] = model.keys()
            if (model.size > limit && oldest !== undefined) model.delete(oldest)
            assert.equal(cache.size, model.size)
          }
        },
      ),
    )
  })

  it('forgets what it is told to, and nothing else', () => {
    const cache = filled()
    cache.delete('first')
    cache.delete('third')
    assert.deepEqual(held(cache), [2])
    assert.equal(cache.size, 1)
  })
})

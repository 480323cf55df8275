import assert from 'node:assert/strict'
import type { Change, CommitReason, Store } from '../../issuer/store/store.ts'

/** A place in which a backend keeps a store: opened again, it has what was committed. */
export interface StorePlace {
  open(): Promise<Store>
  dispose(): Promise<void>
}

const at = (second: number) => `2026-11-23T12:00:${String(second).padStart(2, '0')}Z`
const reason = (second = 0): CommitReason & { at: string } => ({
  action: 'passport-issued',
  subject: 'urn:example:passport',
  at: at(second),
})
const create = (id: string, value = '{"a":1}') =>
  ({ type: 'create', kind: 'passport', id, value }) as const satisfies Change

/** What every backend of the `Store` port must do. */
export function storeContract(name: string, newPlace: () => Promise<StorePlace>): void {
  describe(`the store contract: ${name}`, () => {
    let place: StorePlace
    let store: Store

    beforeEach(async () => {
      place = await newPlace()
      store = await place.open()
    })
    afterEach(async () => {
      await store.close()
      await place.dispose()
    })

    const reopen = async () => {
      await store.close()
      store = await place.open()
    }

    it('answers null for a record that was never committed', async () => {
      assert.equal(await store.read('passport', 'nothing'), null)
    })

    it('reads back exactly what was committed, Unicode and line ends included', async () => {
      const value = '{"name":"Zellenfabrik Ä — 电池\\u0000","n":"\\r\\n"}'
      await store.commit([create('p1', value)], reason())
      assert.equal(await store.read('passport', 'p1'), value)
    })

    it('keeps what was acknowledged when it is opened again', async () => {
      await store.commit([create('p1'), { ...create('k1'), kind: 'reply' }], reason())
      await reopen()
      assert.equal(await store.read('passport', 'p1'), '{"a":1}')
      assert.equal(await store.read('reply', 'k1'), '{"a":1}')
      assert.equal(store.head().sequence, 2)
    })

    it('keeps the ids of one kind apart from those of another', async () => {
      await store.commit([create('same')], reason())
      assert.equal(await store.read('intent', 'same'), null)
    })

    it('refuses a create over a record and changes nothing of that commit', async () => {
      await store.commit([create('p1')], reason())
      await assert.rejects(store.commit([create('p2'), create('p1', '{}')], reason()), {
        code: 'STORE_CONFLICT',
      })
      assert.equal(await store.read('passport', 'p2'), null)
      assert.equal(await store.read('passport', 'p1'), '{"a":1}')
      assert.equal(store.failure(), null)
    })

    it('lets exactly one of many simultaneous creates of one record win', async () => {
      const tries = Array.from({ length: 50 }, (_, i) =>
        store.commit([create('p1', `${i}`)], reason()),
      )
      const results = await Promise.allSettled(tries)
      const won = results.flatMap((result, i) => (result.status === 'fulfilled' ? [i] : []))
      assert.equal(won.length, 1)
      assert.equal(await store.read('passport', 'p1'), `${won[0]}`)
      assert.equal(store.head().sequence, 2)
    })

    it('puts over a record and removes one', async () => {
      await store.commit([create('p1')], reason())
      await store.commit([{ ...create('p1', '2'), type: 'put' }], reason())
      assert.equal(await store.read('passport', 'p1'), '2')
      await store.commit([{ type: 'remove', kind: 'passport', id: 'p1' }], reason())
      assert.equal(await store.read('passport', 'p1'), null)
      await store.commit([create('p1', '3')], reason())
      assert.equal(await store.read('passport', 'p1'), '3')
    })

    it('pages through a kind in the order of ids, and through nothing else', async () => {
      await store.commit(
        [create('b'), create('a'), create('c'), { ...create('aa'), kind: 'intent' }],
        reason(),
      )
      const first = await store.page('passport', { limit: 2 })
      assert.deepEqual(
        first.map(({ id }) => id),
        ['a', 'b'],
      )
      const second = await store.page('passport', { after: 'b', limit: 2 })
      assert.deepEqual(
        second.map(({ id }) => id),
        ['c'],
      )
    })

    it('appends one chained audit entry a commit, and none for a refused one', async () => {
      await store.commit([create('p1')], reason(1))
      await store.commit([create('p1')], reason(2)).catch(() => undefined)
      await store.commit([create('p2')], { ...reason(3), detail: 'because' })
      const entries = await store.audit({ after: 0, limit: 10 })
      assert.deepEqual(
        entries.map(({ sequence, action, detail }) => [sequence, action, detail]),
        [
          [1, 'store-created', undefined],
          [2, 'passport-issued', undefined],
          [3, 'passport-issued', 'because'],
        ],
      )
      assert.equal(entries[2]?.previous, entries[1]?.hash)
      assert.equal(entries[2]?.hash, store.head().hash)
      assert.equal((await store.audit({ after: 2, limit: 10 })).length, 1)
    })

    it('refuses a commit that is dated before the last one', async () => {
      await store.commit([create('p1')], reason(5))
      await assert.rejects(store.commit([create('p2')], reason(4)), { code: 'STORE_CLOCK' })
      await store.commit([create('p2')], reason(5))
    })

    it('finishes the commits under way before it closes, and takes none after', async () => {
      const under = [create('p1'), create('p2')].map((change) => store.commit([change], reason()))
      const closing = store.close()
      await assert.rejects(store.commit([create('p3')], reason()), { code: 'STORE_CLOSED' })
      await Promise.all([...under, closing])
      store = await place.open()
      assert.notEqual(await store.read('passport', 'p2'), null)
      assert.equal(await store.read('passport', 'p3'), null)
    })

    it('refuses an id that could be read as another key', async () => {
      for (const id of ['', '../x', 'a/b', 'a b', 'é', 'x'.repeat(65), 'a\u0000']) {
        await assert.rejects(async () => store.read('passport', id), TypeError, id)
        await assert.rejects(async () => store.commit([create(id)], reason()), TypeError, id)
      }
    })
  })
}

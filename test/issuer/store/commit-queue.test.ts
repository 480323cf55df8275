import assert from 'node:assert/strict'
import { CommitQueue, type EnteredCommit } from '../../../issuer/store/commit-queue.ts'
import { sealChange } from '../../../issuer/store/sealed-change.ts'

const at = '2026-11-23T12:00:00Z'
const head = { sequence: 1, at, hash: '0'.repeat(64) }
const reason = { action: 'passport-issued', subject: 's', at } as const
const change = (id: string) => sealChange({ type: 'create', kind: 'passport', id, value: id })

function queueOver(write: (commits: readonly EnteredCommit[], sync: boolean) => Promise<void>) {
  return new CommitQueue({ exist: async (changes) => changes.map(() => false), write }, head)
}

describe('the commit queue', () => {
  it('writes commits that wait together in one synchronous write', async () => {
    const writes: { commits: number; sync: boolean }[] = []
    const queue = queueOver(async (commits, sync) => {
      writes.push({ commits: commits.length, sync })
    })
    const entries = await Promise.all(
      ['a', 'b', 'c'].map((id) => queue.commit([change(id)], reason, 'synced')),
    )
    assert.deepEqual(writes, [{ commits: 3, sync: true }])
    assert.deepEqual(
      entries.map(({ sequence }) => sequence),
      [2, 3, 4],
    )
  })

  it('does not wait for the disk where only order is asked for', async () => {
    const syncs: boolean[] = []
    const queue = queueOver(async (_, sync) => void syncs.push(sync))
    await queue.commit([change('a')], reason, 'ordered')
    await Promise.all([
      queue.commit([change('b')], reason, 'ordered'),
      queue.commit([change('c')], reason, 'synced'),
    ])
    assert.deepEqual(syncs, [false, true])
  })

  it('stops for good at the first failed write and acknowledges nothing of it', async () => {
    let writes = 0
    const queue = queueOver(async () => {
      writes++
      throw new Error('ENOSPC')
    })
    const results = await Promise.allSettled([
      queue.commit([change('a')], reason, 'synced'),
      queue.commit([change('b')], reason, 'synced'),
    ])
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    await assert.rejects(queue.commit([change('c')], reason, 'synced'), { code: 'STORE_FAILED' })
    assert.equal(writes, 1)
    assert.equal(queue.failure?.code, 'STORE_FAILED')
    assert.deepEqual(queue.head, head)
  })

  it('stops as well when it cannot find out what exists', async () => {
    const queue = new CommitQueue(
      { exist: () => Promise.reject(new Error('EIO')), write: async () => undefined },
      head,
    )
    await assert.rejects(queue.commit([change('a')], reason, 'synced'), { code: 'STORE_FAILED' })
    assert.notEqual(queue.failure, null)
  })

  it('sees a record that an earlier commit of the same write creates', async () => {
    const queue = queueOver(async () => undefined)
    const first = queue.commit([change('a')], reason, 'synced')
    await assert.rejects(queue.commit([change('a')], reason, 'synced'), { code: 'STORE_CONFLICT' })
    await first
    await assert.rejects(queue.commit([change('b'), change('b')], reason, 'synced'), {
      code: 'STORE_CONFLICT',
    })
  })
})

import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommitQueue } from '../../../issuer/store/commit-queue.ts'
import { HighWaterFile } from '../../../issuer/store/high-water.ts'
import { type Database, newDatabase } from '../../../issuer/store/level-folder.ts'
import { LevelTarget } from '../../../issuer/store/level-target.ts'
import { sealChange } from '../../../issuer/store/sealed-change.ts'

const head = { sequence: 1, at: '2026-11-23T12:00:00Z', hash: '0'.repeat(64) }
const reason = { action: 'passport-issued', subject: 's', at: head.at } as const
const change = (id: string) => sealChange({ type: 'create', kind: 'passport', id, value: id })

const queueOf = (target: LevelTarget) => new CommitQueue(target, head)

describe('the writes of the level store', () => {
  let folder: string
  let db: Database
  let mark: HighWaterFile
  let queue: CommitQueue

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-target-'))
    db = newDatabase(folder)
    await db.open({ createIfMissing: true })
    await HighWaterFile.create(folder, head)
    mark = await HighWaterFile.open(folder)
    queue = queueOf(new LevelTarget(db, mark))
  })
  afterEach(async () => {
    await mark.close()
    await db.close()
    await rm(folder, { recursive: true })
  })

  it('bring the mark up to every synchronous write before it is acknowledged', async () => {
    for (const id of ['a', 'b', 'c']) {
      const { sequence, hash } = await queue.commit([change(id)], reason, 'synced')
      assert.deepEqual(mark.mark, { sequence, hash })
    }
    const together = await Promise.all(
      ['d', 'e'].map((id) => queue.commit([change(id)], reason, 'synced')),
    )
    assert.equal(mark.mark.hash, together[1]?.hash)
  })

  it('leave the mark behind what a power cut may take', async () => {
    await queue.commit([change('a')], reason, 'ordered')
    assert.equal(mark.mark.sequence, 1)
    await queue.commit([change('b')], reason, 'synced')
    assert.equal(mark.mark.sequence, 3)
  })

  it('wait for the disk now and then, however little is asked of them', async () => {
    for (let i = 0; i < 300; i++) await queue.commit([change(`${i}`)], reason, 'ordered')
    assert.equal(mark.mark.sequence, 1 + 256)
  })

  it('are named in the audit log by the digests that lie with the records', async () => {
    const removed = sealChange({ type: 'remove', kind: 'intent', id: 'i' })
    const { changes } = await queue.commit([change('a'), removed], reason, 'synced')
    const digest = Buffer.from((await db.get('passport/a')) ?? []).toString('hex', 0, 32)
    const lines = `create passport/a ${digest}\nremove intent/i \n`
    assert.equal(changes, hash('sha256', lines, 'hex'))
  })

  it('find what was written, though it was looked for in vain before', async () => {
    const target = new LevelTarget(db, mark)
    const asked = [change('a')]
    assert.deepEqual(await target.exist(['passport/a']), [false])
    assert.deepEqual(await target.exist(['passport/a']), [false])
    const entry = await queueOf(target).commit(asked, reason, 'synced')
    assert.equal(entry.sequence, 2)
    assert.deepEqual(await target.exist(['passport/a']), [true])
  })

  it('find what was looked for in vain while it was written', async () => {
    const target = new LevelTarget(db, mark)
    const asked = [change('a')]
    const writing = queueOf(target).commit(asked, reason, 'synced')
    let looked = 0
    const write = db.batch.bind(db)
    // Looked for between the order to write and the end of the writing.
    Reflect.set(db, 'batch', () => {
      const batch = write()
      const end = batch.write.bind(batch)
      Reflect.set(batch, 'write', (options: { sync: boolean }) => {
        looked++
        assert.equal(target.find('passport/a'), undefined)
        return end(options)
      })
      return batch
    })
    await writing
    assert.equal(looked, 1)
    assert.deepEqual(await target.exist(['passport/a']), [true])
  })

  it('fail with the write of the mark: nothing is acknowledged, and nothing more is written', async () => {
    await mark.close()
    await assert.rejects(queue.commit([change('a')], reason, 'synced'), { code: 'STORE_FAILED' })
    await assert.rejects(queue.commit([change('b')], reason, 'ordered'), { code: 'STORE_FAILED' })
    assert.equal(queue.failure?.code, 'STORE_FAILED')
    assert.equal(await db.get('passport/b'), undefined)
  })
})

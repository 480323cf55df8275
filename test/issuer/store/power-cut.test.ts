import assert from 'node:assert/strict'
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openLevelStore } from '../../../issuer/store/level.ts'
import { CrashedStore } from './crashed-store.ts'

const intent = { type: 'create', kind: 'intent', id: 'i', value: 'planned' } as const
const passport = { type: 'create', kind: 'passport', id: 'p', value: 'released' } as const

describe('the level store after a power cut', () => {
  let crashed: CrashedStore

  beforeEach(async () => {
    crashed = await CrashedStore.create()
    await crashed.issue('first')
  })
  afterEach(() => crashed.dispose())

  const logOf = async (folder: string) => {
    const logs = (await readdir(join(folder, 'level'))).filter((name) => name.endsWith('.log'))
    assert.equal(logs.length, 1)
    return join(folder, 'level', logs[0] ?? '')
  }
  const logSize = async () => (await stat(await logOf(crashed.folder))).size

  it('opens without what did not wait for the disk, and with everything else', async () => {
    const synced = await logSize()
    await crashed.commit([intent], 'ordered')
    const folder = await crashed.crash()
    const log = await logOf(folder)
    await writeFile(log, (await readFile(log)).subarray(0, synced))
    crashed.acknowledged.set('intent/i', null)
    await crashed.assertComplete(folder)
  })

  it('has what did not wait for the disk when only the process ended', async () => {
    await crashed.commit([intent], 'ordered')
    await crashed.assertComplete(await crashed.crash())
  })

  it('does not open without what waited for the disk', async () => {
    const before = await logSize()
    await crashed.commit([passport])
    const folder = await crashed.crash()
    const log = await logOf(folder)
    await writeFile(log, (await readFile(log)).subarray(0, before))
    const refusal = { code: 'STORE_CORRUPT', message: /reach entry 4 / }
    await assert.rejects(openLevelStore(folder), refusal)
    await assert.rejects(openLevelStore(folder), refusal, 'nor at the second try')
  })

  it('opens with a mark that is older than the database', async () => {
    const older = await crashed.crash()
    await crashed.issue('second')
    const folder = await crashed.crash()
    await cp(join(older, 'high-water'), join(folder, 'high-water'))
    await crashed.assertComplete(folder)
  })

  it('does not open with a database that is older than the mark, or an empty one', async () => {
    const older = await crashed.crash()
    await crashed.issue('second')
    const folder = await crashed.crash()
    await rm(join(folder, 'level'), { recursive: true })
    await cp(join(older, 'level'), join(folder, 'level'), { recursive: true })
    await assert.rejects(openLevelStore(folder), { code: 'STORE_CORRUPT' })
    const other = await CrashedStore.create()
    await rm(join(folder, 'level'), { recursive: true })
    await cp(join(other.folder, 'level'), join(folder, 'level'), { recursive: true })
    await assert.rejects(openLevelStore(folder), { code: 'STORE_CORRUPT' })
    await other.dispose()
  })

  it('opens when what did not wait for the disk stood at the end of a file, and what did in the next', async () => {
    const first = await logSize()
    await crashed.commit([intent], 'ordered')
    const second = await logSize()
    await crashed.commit([passport, { type: 'remove', kind: 'intent', id: 'i' }])
    const folder = await crashed.crash()
    // LevelDB begins a new log when its memory is full, and does not write the old one through.
    const log = await logOf(folder)
    const whole = await readFile(log)
    assert.ok(whole.length < 32_768, 'within one block, where a record is the same at any place')
    await writeFile(log, whole.subarray(0, first))
    const number = Number(/(\d+)\.log$/.exec(log)?.[1])
    const next = join(folder, 'level', `${String(number + 1).padStart(6, '0')}.log`)
    await writeFile(next, whole.subarray(second))
    await crashed.assertComplete(folder)
  })

  it('has everything when it was closed before', async () => {
    const before = await logSize()
    await crashed.commit([intent], 'ordered')
    await crashed.close()
    await crashed.assertComplete(await crashed.crash())
    const log = await logOf(crashed.folder)
    await writeFile(log, (await readFile(log)).subarray(0, before))
    await assert.rejects(openLevelStore(crashed.folder), { code: 'STORE_CORRUPT' })
  })
})

import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HighWaterFile } from '../../../issuer/store/high-water.ts'

const mark = (sequence: number) => ({ sequence, hash: `${sequence % 10}`.repeat(64) })

describe('the high-water mark', () => {
  let folder: string
  let file: HighWaterFile
  const path = () => join(folder, 'high-water')

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-mark-'))
    await HighWaterFile.create(folder, mark(1))
    file = await HighWaterFile.open(folder)
  })
  afterEach(async () => {
    await file.close()
    await rm(folder, { recursive: true })
  })

  const reread = async () => {
    const again = await HighWaterFile.open(folder)
    await again.close()
    return again.mark
  }

  it('is read as it was written last, without having been closed', async () => {
    assert.deepEqual(file.mark, mark(1))
    for (let sequence = 2; sequence < 600; sequence++) {
      await file.advance(mark(sequence))
      if (sequence % 97 < 2) assert.deepEqual(await reread(), mark(sequence))
    }
    assert.deepEqual(file.mark, mark(599))
  })

  it('never grows, and only its owner may read it', async () => {
    const { size, mode } = await stat(path())
    for (let sequence = 2; sequence < 9; sequence++) await file.advance(mark(sequence))
    assert.equal((await stat(path())).size, size)
    assert.equal(mode & 0o777, 0o600)
  })

  it('is the one before when the last write of it was torn, and goes on from there', async () => {
    for (const sequence of [2, 3, 4]) {
      const before = await readFile(path(), 'latin1')
      await file.advance(mark(sequence))
      const after = await readFile(path(), 'latin1')
      const changed = [...after].findIndex((character, index) => character !== before[index])
      assert.ok(changed >= 0)
      const torn = after.slice(0, changed + 1) + before.slice(changed + 1)
      await writeFile(path(), torn)
      assert.deepEqual(await reread(), mark(sequence - 1))
      await writeFile(path(), after)
    }
    const whole = await readFile(path(), 'latin1')
    await writeFile(path(), whole.replace('4'.repeat(64), '5'.repeat(64)))
    assert.deepEqual(await reread(), mark(3))
    const again = await HighWaterFile.open(folder)
    await again.advance(mark(5))
    await again.close()
    assert.deepEqual(await reread(), mark(5))
    assert.ok((await readFile(path(), 'latin1')).includes('3'.repeat(64)), 'the whole one stays')
  })

  it('is refused when it is gone or no half of it is whole, and the refusal says what to do', async () => {
    const refusal = { code: 'STORE_CORRUPT', message: /high-water: expected .*Restore the data/ }
    const whole = await readFile(path(), 'latin1')
    await writeFile(path(), whole.replaceAll(' ', '\t'))
    await assert.rejects(HighWaterFile.open(folder), refusal)
    await writeFile(path(), '')
    await assert.rejects(HighWaterFile.open(folder), refusal)
    await rm(path())
    await assert.rejects(HighWaterFile.open(folder), refusal)
  })

  it('is never made over another', async () => {
    await assert.rejects(HighWaterFile.create(folder, mark(9)), { code: 'EEXIST' })
    assert.deepEqual(await reread(), mark(1))
  })
})

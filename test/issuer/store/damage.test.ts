import assert from 'node:assert/strict'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreError } from '../../../issuer/store/store-error.ts'
import { CrashedStore, copyFolder } from './crashed-store.ts'

/** Every how many bytes a file is damaged; 1 takes minutes. */
const STEP = Number(process.env.STORE_DAMAGE_STEP ?? 97)

/** The rest is padding, or was written twice: nothing is lost with it. */
const MOST = 0.9

describe('a crashed store, damaged', () => {
  let crashed: CrashedStore
  let folder: string
  let files: readonly string[]

  before(async () => {
    crashed = await CrashedStore.create()
    // Three openings leave tables, a manifest with history and a log, as years do.
    for (const round of ['a', 'b', 'c']) {
      await crashed.close()
      for (let i = 0; i < 7; i++) await crashed.issue(`${round}${i}`)
    }
    folder = await crashed.crash()
    const level = await readdir(join(folder, 'level'))
    files = ['high-water', ...level.map((name) => join('level', name))]
  })
  after(() => crashed.dispose())

  /** Whether it is noticed; it fails when something acknowledged is lost without a word. */
  async function isNoticed(damage: (copy: string) => Promise<void>): Promise<boolean> {
    const copy = join(crashed.home, 'damaged')
    await copyFolder(folder, copy)
    try {
      await damage(copy)
      await crashed.assertComplete(copy)
      return false
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      assert.ok(['STORE_CORRUPT', 'STORE_MISSING'].includes(error.code), error.message)
      return true
    } finally {
      await rm(copy, { recursive: true })
    }
  }

  /** How many damages of the files of a kind are noticed, of how many. */
  async function damageAll(
    kind: RegExp,
    places: (size: number) => readonly number[],
    damage: (whole: Buffer, at: number) => Buffer,
  ): Promise<{ noticed: number; tried: number }> {
    let noticed = 0
    let tried = 0
    for (const file of files.filter((name) => kind.test(name))) {
      const whole = await readFile(join(folder, file))
      for (const at of places(whole.length)) {
        tried++
        const replace = (copy: string) => writeFile(join(copy, file), damage(whole, at))
        if (await isNoticed(replace)) noticed++
      }
    }
    assert.ok(tried > 0, `no file is like ${kind}`)
    return { noticed, tried }
  }

  const every = (step: number) => (size: number) =>
    Array.from({ length: Math.ceil(size / step) }, (_, index) => index * step)
  const flipped = (whole: Buffer, at: number) => {
    const damaged = Buffer.from(whole)
    damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << (at % 8)), at)
    return damaged
  }
  const cut = (whole: Buffer, at: number) => whole.subarray(0, at)

  it('is complete as it is', async () => {
    await crashed.assertComplete(await crashed.crash())
  })

  for (const [name, kind, step] of [
    ['the log', /\.log$/, STEP],
    ['the manifest', /MANIFEST/, Math.min(STEP, 13)],
    ['the name of the manifest', /CURRENT/, 1],
  ] as const) {
    it(`notices each flipped bit in ${name}`, async function () {
      this.timeout(0)
      const { noticed, tried } = await damageAll(kind, every(step), flipped)
      assert.ok(noticed > tried * MOST, `${noticed} of ${tried}`)
    })

    it(`notices when ${name} was cut short`, async function () {
      this.timeout(0)
      const { noticed, tried } = await damageAll(kind, every(step * 3), cut)
      assert.ok(noticed > tried * MOST, `${noticed} of ${tried}`)
    })
  }

  it('notices each flipped bit in a table, but for padding', async function () {
    this.timeout(0)
    const { noticed, tried } = await damageAll(/\.ldb$/, every(STEP), flipped)
    assert.ok(noticed > tried * MOST, `${noticed} of ${tried}`)
  })

  it('notices when a table was cut short', async function () {
    this.timeout(0)
    const { noticed, tried } = await damageAll(/\.ldb$/, every(STEP * 3), cut)
    assert.equal(noticed, tried)
  })

  it('outlives a flipped bit in the mark, and needs half of it', async function () {
    this.timeout(0)
    // Two halves of 146 bytes, the second on a page of its own.
    const inHalves = (size: number) =>
      every(Math.min(STEP, 29))(size).filter((at) => at % 4096 < 146)
    const flips = await damageAll(/high-water/, inHalves, flipped)
    assert.ok(flips.tried > 10)
    assert.equal(flips.noticed, 0)
    const cuts = await damageAll(/high-water/, () => [0, 145, 146, 4095, 4241], cut)
    assert.equal(cuts.noticed, 2)
  })

  it('notices each file that is gone, but for those of the housekeeping', async () => {
    for (const file of files) {
      const noticed = await isNoticed((copy) => rm(join(copy, file)))
      assert.equal(noticed, !/LOCK$|LOG/.test(file), file)
    }
  })
})

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { byteCursor } from '../../../issuer/store/byte-cursor.ts'
import { crc32c } from '../../../issuer/store/crc32c.ts'
import { checkDatabase } from '../../../issuer/store/level-check.ts'
import { newDatabase } from '../../../issuer/store/level-folder.ts'
import { maskedCrc } from '../../../issuer/store/level-manifest.ts'
import { unsnap } from '../../../issuer/store/snappy.ts'

describe('CRC-32C', () => {
  it('is that of RFC 3720, B.4', () => {
    const cases: readonly (readonly [Uint8Array, number])[] = [
      [new Uint8Array(32), 0x8a9136aa],
      [new Uint8Array(32).fill(0xff), 0x62a8ab43],
      [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
      [Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
      [Buffer.from('123456789'), 0xe3069283],
      [new Uint8Array(), 0],
    ]
    for (const [bytes, expected] of cases) assert.equal(crc32c(bytes), expected)
  })
})

describe('a Snappy block', () => {
  const read = (hex: string) => Buffer.from(unsnap(Buffer.from(hex, 'hex'))).toString('latin1')

  it('is read with its literals and its copies of every kind', () => {
    assert.equal(read('03' + '08' + '616263'), 'abc')
    assert.equal(read(`3df03c${'61'.repeat(61)}`), 'a'.repeat(61), 'a length of its own')
    assert.equal(read('08' + '04' + '6162' + '0902'), 'abababab', 'a short copy, over its own end')
    assert.equal(read('08' + '04' + '6162' + '160200'), 'abababab', 'a copy')
    assert.equal(read('08' + '04' + '6162' + '1702000000'), 'abababab', 'a far copy')
  })

  it('is refused when it copies from outside or has another length', () => {
    for (const hex of [
      '08' + '04' + '6162' + '0903',
      '08' + '04' + '6162' + '0900',
      '0408616263',
    ]) {
      assert.throws(() => read(hex), RangeError, hex)
    }
    for (const hex of ['07' + '04' + '6162' + '0902', '0208616263', 'ffffffff0f00', '', '0308']) {
      assert.throws(() => read(hex), RangeError, hex)
    }
  })
})

/** Each opening makes a table of what was written before. */
const ROUNDS = 4

describe('the files of a database', () => {
  let folder: string
  const tables = async () =>
    (await readdir(join(folder, 'level'))).filter((name) => name.endsWith('.ldb'))

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-check-'))
    await mkdir(join(folder, 'level'))
    // Long keys with long common parts: their directory is compressed.
    const key = (i: number) => `passport/${'common'.repeat(9)}${String(i).padStart(8, '0')}`
    const value = (i: number) => Buffer.alloc(1200, `value ${i} ${Math.sin(i)} `)
    for (let round = 0; round < ROUNDS; round++) {
      const db = newDatabase(folder)
      await db.open({ createIfMissing: true })
      const numbers = Array.from({ length: 500 }, (_, i) => i * ROUNDS + round)
      await db.batch(numbers.map((i) => ({ type: 'put', key: key(i), value: value(i) })))
      await db.close()
    }
  })
  after(() => rm(folder, { recursive: true }))

  it('are sound as LevelDB writes them, with tables beside them that it never finished', async () => {
    assert.ok((await tables()).length > 0)
    await checkDatabase(folder)
    await writeFile(join(folder, 'level', '999999.ldb'), 'begun')
    await checkDatabase(folder)
    await rm(join(folder, 'level', '999999.ldb'))
  })

  it('are refused, and the file named, when a bit of a table is another', async () => {
    for (const name of await tables()) {
      const path = join(folder, 'level', name)
      const whole = await readFile(path)
      for (const at of [0, whole.length >> 1, whole.length - 60]) {
        const damaged = Buffer.from(whole)
        damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at)
        await writeFile(path, damaged)
        await assert.rejects(checkDatabase(folder), {
          code: 'STORE_CORRUPT',
          message: new RegExp(`${name}: .* restore the data folder`),
        })
      }
      await writeFile(path, whole)
    }
    await checkDatabase(folder)
  })

  it('are refused by name of the compression when it is one that nobody here can undo', async () => {
    const [name = ''] = await tables()
    const path = join(folder, 'level', name)
    const whole = await readFile(path)
    // The directory of data blocks is the last block before the footer of 48 bytes.
    const trailer = whole.length - 48 - 5
    const handles = byteCursor(whole.subarray(-48))
    const [, , offset] = [handles.varint(), handles.varint(), handles.varint()]
    const other = Buffer.from(whole)
    other.writeUInt8(2, trailer)
    other.writeUInt32LE(maskedCrc(other.subarray(offset, trailer + 1)), trailer + 1)
    await writeFile(path, other)
    await assert.rejects(checkDatabase(folder), { message: /a block of compression 2/ })
    await writeFile(path, whole)
    await checkDatabase(folder)
  })

  it('are refused when a table is gone, shorter or longer', async () => {
    const [name = ''] = await tables()
    const path = join(folder, 'level', name)
    const whole = await readFile(path)
    const refusal = { code: 'STORE_CORRUPT', message: new RegExp(name) }
    await truncate(path, whole.length - 1)
    await assert.rejects(checkDatabase(folder), refusal)
    await writeFile(path, Buffer.concat([whole, whole.subarray(-48)]))
    await assert.rejects(checkDatabase(folder), refusal)
    await rm(path)
    await assert.rejects(checkDatabase(folder), refusal)
    await writeFile(path, whole)
    await checkDatabase(folder)
  })
})

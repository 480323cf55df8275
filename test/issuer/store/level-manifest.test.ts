import assert from 'node:assert/strict'
import { liveTables, maskedCrc } from '../../../issuer/store/level-manifest.ts'

const BLOCK = 32_768
const [FULL, FIRST, MIDDLE, LAST] = [1, 2, 3, 4] as const

function record(type: number, content: Uint8Array): Buffer {
  const checked = Buffer.concat([Buffer.of(type), content])
  const header = Buffer.alloc(6)
  header.writeUInt32LE(maskedCrc(checked))
  header.writeUInt16LE(content.length, 4)
  return Buffer.concat([header, checked])
}

const text = (value: string) => Buffer.concat([Buffer.of(value.length), Buffer.from(value)])
const comparator = Buffer.concat([Buffer.of(1), text('leveldb.BytewiseComparator')])
const numbers = Buffer.of(2, 12, 9, 0, 3, 13, 4, 0x83, 0x01)
const added = (number: number, size: readonly number[]) =>
  Buffer.concat([Buffer.of(7, 0, number, ...size), text('audit/1'), text('status/9')])
const compacted = Buffer.concat([Buffer.of(5, 0), text('audit/1'), Buffer.of(6, 0, 5)])

describe('the manifest of a database', () => {
  const first = record(FULL, Buffer.concat([comparator, numbers, added(5, [0xac, 0x02])]))
  const live = (...parts: readonly Uint8Array[]) => [...liveTables(Buffer.concat(parts))]

  it('tells which tables there are, and their sizes', () => {
    assert.deepEqual(live(first), [[5, 300]])
    assert.deepEqual(live(first, record(FULL, added(7, [9]))), [
      [5, 300],
      [7, 9],
    ])
  })

  it('takes away what was made into others, and keeps what only moved', () => {
    assert.deepEqual(live(first, record(FULL, Buffer.concat([compacted, added(8, [1])]))), [[8, 1]])
    const moved = Buffer.concat([compacted, added(5, [0xac, 0x02])])
    assert.deepEqual(live(first, record(FULL, moved)), [[5, 300]])
  })

  it('is read across the ends of its blocks', () => {
    const many = Buffer.concat(Array.from({ length: 3000 }, (_, i) => added(1 + (i % 100), [1])))
    const room = BLOCK - first.length - 7
    const parts = [
      first,
      record(FIRST, many.subarray(0, room)),
      record(MIDDLE, many.subarray(room, room + BLOCK - 7)),
      record(LAST, many.subarray(room + BLOCK - 7)),
    ]
    assert.equal(live(...parts).length, 100)
    // What is too little for a header at the end of a block stays empty.
    const gap = 4 + (room % 2)
    const filler = record(
      FULL,
      Buffer.alloc(room - gap).map((_, i) => (i % 2 === 0 ? 2 : 1)),
    )
    const next = record(FULL, added(7, [9]))
    assert.equal(first.length + filler.length + gap, BLOCK)
    assert.equal(live(first, filler, Buffer.alloc(gap), next).length, 2)
  })

  it('may have lost its end, as LevelDB sees it', () => {
    const second = record(FULL, added(7, [9]))
    for (const length of [0, 1, 7, 20, second.length - 1]) {
      assert.deepEqual(live(first, second.subarray(0, length)), [[5, 300]], `${length}`)
    }
    assert.deepEqual(live(first, Buffer.alloc(100)), [[5, 300]], 'space that was never written')
  })

  it('is refused when it is damaged before its end', () => {
    const second = record(FULL, added(7, [9]))
    const whole = Buffer.concat([first, second])
    for (let at = 0; at < first.length; at++) {
      const damaged = Buffer.from(whole)
      damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at)
      // A longer length may reach beyond the end: then it reads like an end that was cut off.
      if (at === 5) assert.deepEqual(live(damaged), [])
      else assert.throws(() => live(damaged), RangeError, `${at}`)
    }
    assert.throws(() => live(record(FULL, Buffer.of(8, 1))), /tag 8/)
    assert.throws(() => live(record(FULL, Buffer.of(7, 1))), RangeError)
  })
})

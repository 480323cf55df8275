import assert from 'node:assert/strict'
import type { Fetched } from '../../../keys/fetcher.ts'
import { reasonOf, withinTime } from '../../../keys/network/within-time.ts'

const LONG = 60_000
const never = new Promise<Fetched>(() => {})
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
/** Counted when the test waits for the first time: that is when the timer of the test is set. */
const timersOfTest = async () => {
  await Promise.resolve()
  return timers()
}

describe('Work that has its time', () => {
  it('answers, and leaves no timer behind that would keep the process alive', async () => {
    const before = await timersOfTest()
    const work = async () => {
      assert.equal(timers(), before + 1)
      return { ok: true, bytes: Uint8Array.of(1) } as const
    }
    assert.deepEqual(await withinTime(LONG, work), { ok: true, bytes: Uint8Array.of(1) })
    assert.equal(timers(), before)
  })

  it('is not waited for any longer, and is told so', async () => {
    let signal: AbortSignal | undefined
    const late = await withinTime(1, (its) => {
      signal = its
      return never
    })
    assert.deepEqual(late, { ok: false, detail: 'no whole answer within 1 ms' })
    assert.equal(signal?.aborted, true)
  })

  it('is not told so where it has answered', async () => {
    let signal: AbortSignal | undefined
    await withinTime(LONG, async (its) => {
      signal = its
      return { ok: false, detail: 'no' }
    })
    assert.equal(signal?.aborted, false)
  })

  it('may fail', async () => {
    const before = await timersOfTest()
    await assert.rejects(
      withinTime(LONG, () => Promise.reject(new Error('it broke'))),
      /it broke/,
    )
    assert.equal(timers(), before)
  })

  it('may fail after its time, and nobody hears of it', async () => {
    const heard: unknown[] = []
    const hear = (reason: unknown) => heard.push(reason)
    process.on('unhandledRejection', hear)
    try {
      let fail = (_: Error): void => {}
      const failing = new Promise<Fetched>((_, reject) => {
        fail = reject
      })
      const { ok } = await withinTime(1, () => failing)
      assert.equal(ok, false)
      fail(new Error('too late'))
      await new Promise((resolve) => setImmediate(resolve))
      assert.deepEqual(heard, [])
    } finally {
      process.off('unhandledRejection', hear)
    }
  })
})

describe('The reason of a failed connection', () => {
  it('is its code, and never its message, which may name what is inside', () => {
    const refused = Object.assign(new Error('connect 10.0.0.1:443'), { code: 'ECONNREFUSED' })
    assert.equal(reasonOf(refused), 'the connection failed: ECONNREFUSED')
    assert.equal(reasonOf(new Error('10.0.0.1')), 'the connection failed')
    assert.equal(reasonOf('10.0.0.1'), 'the connection failed')
    assert.equal(reasonOf({ code: 'E' }), 'the connection failed')
  })
})

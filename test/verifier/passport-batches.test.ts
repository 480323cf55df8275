import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import type { DeliveryAnswer } from '../../verifier/delivery/delivery-answer.ts'
import { PassportBatches } from '../../verifier/delivery/passport-batches.ts'
import type { ThreadInput } from '../../verifier/delivery/thread-messages.ts'

describe('passports that go to a thread together', () => {
  const here = { companions: 1, now: 100 }

  it('go in one message if they are asked about in one turn, no more than eight', async () => {
    const { batches, sizes } = recording()
    const asked = Array.from({ length: 11 }, (_, index) => batches.verify(input(index), here))
    assert.deepEqual(sizes, [])
    const answered = await Promise.all(asked)
    assert.deepEqual(sizes, [8, 3])
    assert.deepEqual(
      answered.map(({ passport }) => passport?.credential),
      Array.from({ length: 11 }, (_, index) => `${index}`),
    )
    await batches.verify(input(11), here)
    assert.deepEqual(sizes, [8, 3, 1])
  })

  it('never go with those of another clock or beside other credentials', async () => {
    const { batches, sizes, circumstances } = recording()
    await Promise.all([
      batches.verify(input(0), here),
      batches.verify(input(1), here),
      batches.verify(input(2), { ...here, now: 101 }),
      batches.verify(input(3), { companions: 2, now: 101 }),
      batches.verify(input(4), here),
    ])
    assert.deepEqual(sizes, [2, 1, 1, 1])
    assert.deepEqual(circumstances, [
      here,
      { companions: 1, now: 101 },
      { companions: 2, now: 101 },
      here,
    ])
  })

  it('are handed over at once if they must not wait, and not again', async () => {
    const { batches, sizes } = recording()
    const asked = batches.verify(input(0), here)
    batches.handOver()
    assert.deepEqual(sizes, [1])
    await asked
    await setImmediate()
    assert.deepEqual(sizes, [1])
  })

  it('fail together when the thread does', async () => {
    const failing = new PassportBatches(() => Promise.reject(new Error('it ended')))
    const asked = [failing.verify(input(0), here), failing.verify(input(1), here)]
    for (const each of asked) await assert.rejects(each, /it ended/)
  })

  it('fail alone where their own answer is missing', async () => {
    const { batches } = recording((answers) => answers.slice(0, 1))
    const first = batches.verify(input(0), here)
    const second = batches.verify(input(1), here)
    await assert.rejects(second, /did not answer/)
    assert.equal((await first).outcome, 'accepted')
  })

  it('are rejected and never handed over when there is no thread any more', async () => {
    const { batches, sizes } = recording()
    const asked = batches.verify(input(0), here)
    batches.reject(new Error('closed'))
    await assert.rejects(asked, /closed/)
    await setImmediate()
    assert.deepEqual(sizes, [])
  })
})

function recording(
  change = (answers: readonly DeliveryAnswer[]): readonly DeliveryAnswer[] => answers,
) {
  const sizes: number[] = []
  const circumstances: object[] = []
  const batches = new PassportBatches(async ({ inputs, companions, now, form }) => {
    assert.equal(form, 'brief')
    sizes.push(inputs.length)
    circumstances.push({ companions, now })
    return change(inputs.map(accepted))
  })
  return { batches, sizes, circumstances }
}

function input(number: number): ThreadInput {
  return { passport: `${number}` }
}

function accepted({ passport }: ThreadInput): DeliveryAnswer {
  const brief = {
    outcome: 'accepted' as const,
    findings: [],
    passport: { credential: `${passport}`, digestMultibase: 'z' },
  }
  return { outcome: 'accepted', codes: [], battery: null, brief, text: null }
}

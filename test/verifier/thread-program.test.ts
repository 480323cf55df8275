import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { listsSeen } from '@battery-passport/verifier'
import type { ThreadStart, VerifyMessage } from '../../verifier/delivery/thread-messages.ts'
import { Consortium, clockAt } from '../support/consortium.ts'

/** The program from its source: a thread does not inherit what reads that. */
const PROGRAM = `
  import('tsx/esm/api').then(({ register }) => {
    register()
    return import(${JSON.stringify(new URL('../../verifier/delivery/thread.ts', import.meta.url).href)})
  })
`

describe('the program of a thread', () => {
  it('answers its messages with a verifier of what it is started with', async () => {
    const consortium = await Consortium.assemble()
    const workerData: ThreadStart = {
      policy: consortium.policy(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    }
    const worker = new Worker(PROGRAM, { eval: true, workerData, execArgv: [] })
    const { bytes } = await consortium.passport()
    worker.postMessage({ kind: 'keep', companions: 7, inputs: [] })
    const asked = { kind: 'verify', task: 1, companions: 7, form: 'brief' } as const
    worker.postMessage({
      ...asked,
      inputs: [{ passport: bytes }],
      now: clockAt().now(),
    } satisfies VerifyMessage)
    const [reply] = await once(worker, 'message')
    assert.deepEqual(
      [reply.task, reply.answers.map(({ outcome }: { readonly outcome: string }) => outcome)],
      [1, ['indeterminate']],
    )
    await worker.terminate()
  })

  it('is for a thread alone', async () => {
    await assert.rejects(
      import('../../verifier/delivery/thread.ts'),
      /expected to be started as a thread/,
    )
    // What it would have done to this process: nothing.
    assert.deepEqual(listsSeen({ chain: [] }), [])
  })
})

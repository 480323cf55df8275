import assert from 'node:assert/strict'
import type { DeliveryAnswer } from '@battery-passport/verifier'
import { VerifierThread } from '@battery-passport/verifier/threads'
import { ThreadDelivery } from '../../verifier/delivery/thread-delivery.ts'
import { Consortium } from '../support/consortium.ts'

describe('a thread that answers for too few inputs', () => {
  const answer: DeliveryAnswer = {
    outcome: 'accepted',
    codes: [],
    battery: null,
    brief: null,
    text: null,
  }
  const delivered = async (answers: readonly DeliveryAnswer[]) => {
    const thread = { verify: async () => answers }
    const question = { form: 'brief', now: 0 } as const
    const inputs = [Uint8Array.of(1), Uint8Array.of(2)]
    const delivery = new ThreadDelivery(inputs, [{ thread, companions: 1 }], () => question)
    const found: DeliveryAnswer[] = []
    for await (const each of delivery.answers()) found.push(each)
    return found
  }

  it('fails the delivery: no answer is taken for that of another', async () => {
    await assert.rejects(delivered([]), /too few/)
  })

  it('fails the question of one passport', async () => {
    class Mute extends VerifierThread {
      override async verify() {
        return [answer]
      }
    }
    const consortium = await Consortium.assemble()
    const thread = new Mute({ policy: consortium.policy(), methods: [], rulebooks: [] })
    const asked = { passport: '{}', companions: 1, now: 0, expectSubject: '', expectIssuer: '' }
    await assert.rejects(thread.verifyPassport(asked), /did not answer/)
  })
})

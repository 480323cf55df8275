import assert from 'node:assert/strict'
import { LIMITS, type Verifier } from '@battery-passport/verifier'
import { acceptEvidence } from '../../issuer/service/accept-evidence.ts'
import { EvidencePool } from '../../issuer/service/evidence-pool.ts'
import { Consortium, clockAt, presentationOf } from '../support/consortium.ts'
import { heapHeld } from '../support/heap.ts'
import { type ServiceUnderTest, serviceUnderTest } from './http/service-under-test.ts'

describe('acceptEvidence', () => {
  let consortium: Consortium
  let under: ServiceUnderTest
  before(async () => {
    consortium = await Consortium.assemble()
    under = await serviceUnderTest(consortium)
  })
  after(() => under.dispose())

  it('reads identities sent ahead one by one, not the whole submission for each', async () => {
    let bytesRead = 0
    const honest = consortium.verifier()
    const counting: Verifier = {
      ...honest,
      verifyCredential(bytes, options) {
        const { with: beside = [] } = options ?? {}
        assert.ok(!('documents' in beside), 'what was prepared is not read again')
        for (const each of [bytes, ...beside]) bytesRead += each.length
        return honest.verifyCredential(bytes, options)
      },
    }
    const { registrar } = consortium.parties
    const identities = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        consortium.identity(consortium.parties.miner, {
          credential: { id: `https://registrar.example/identities/ahead-${index}` },
        }),
      ),
    )
    const body = presentationOf([...identities, ...(await consortium.board.lists(registrar))])
    const { stored, leftOut } = await acceptEvidence(body, {
      store: under.store,
      pool: await EvidencePool.open(under.store),
      verifier: counting,
      clock: clockAt(),
    })
    assert.deepEqual([stored.length, leftOut], [102, []])
    assert.ok(bytesRead < 3 * body.length, `${bytesRead} bytes for a body of ${body.length}`)
  })
  it('keeps what it stores, and nothing else of what was sent', async function () {
    this.timeout(0)
    const { miner } = consortium.parties
    const deps = {
      store: under.store,
      pool: await EvidencePool.open(under.store),
      verifier: consortium.verifier(),
      clock: clockAt(),
    }
    const lists = await consortium.statusLists()
    const send = async (index: number) => {
      const id = `https://registrar.example/identities/alone-${index}`
      const identity = await consortium.identity(miner, { credential: { id } })
      const text = new TextDecoder().decode(presentationOf([identity, ...lists]))
      const body = new TextEncoder().encode(text.padEnd(LIMITS.presentationBytes))
      assert.ok((await acceptEvidence(body, deps)).stored.length > 0)
    }
    const times = 12
    await send(times)
    const before = heapHeld()
    for (let index = 0; index < times; index++) await send(index)
    const grown = heapHeld() - before
    assert.ok(grown < (times * LIMITS.presentationBytes) / 2, `${grown} bytes more than before`)
  })
})

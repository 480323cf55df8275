import assert from 'node:assert/strict'
import { checkShares, evaluate } from '@battery-passport/rulebooks'
import { answer, attested, FACILITY, input, load, row, rulebook } from './support/build.ts'

const loaded = load([rulebook({})])
const good = input(loaded, [row('a')], [attested('a', [answer('one', 'true')])])

const faultsOf = (changed: Partial<typeof good>) => {
  const result = evaluate({ ...good, ...changed })
  return result.outcome === 'refused' ? result.faults.map((f) => [f.cause, f.pointer]) : []
}

describe('evaluate', () => {
  it('does not refuse what is in order', () => assert.deepEqual(faultsOf({}), []))

  it('refuses a chemistry the method does not know, even one every object has', () => {
    for (const chemistry of ['LFP', 'constructor', '__proto__']) {
      const battery = { ...good.battery, chemistry }
      assert.deepEqual(faultsOf({ battery }), [['chemistry', '/battery/chemistry']])
    }
  })

  it('refuses shares of a stage and material that sum to more than the whole', () => {
    const supplyChain = [row('a', { share: 6000 }), row('b', { share: 4001 })]
    assert.deepEqual(faultsOf({ supplyChain }), [['shares', '/supplyChain/1/share']])
  })

  it('refuses two statements about one subject, activity and rulebook', () => {
    const attestations = [...good.attestations, attested('a', [answer('one', 'false')])]
    assert.deepEqual(faultsOf({ attestations }), [['conflict', '/attestations/1/activities/0']])
  })

  it('takes two statements about one subject in different activities, or under different rulebooks', () => {
    const two = load([rulebook({}), rulebook({ key: 'two' })])
    const attestations = [
      attested('a', []),
      attested('a', [], { activities: [{ stage: 'mining', material: 'tin' }] }),
      attested('a', [], { rulebook: 'two' }),
      attested('b', []),
      attested(null, []),
    ]
    assert.deepEqual(faultsOf({ method: two, attestations }), [])
  })

  it('refuses a score without any attestation: it would speak of no period', () => {
    assert.deepEqual(faultsOf({ attestations: [] }), [['no-attestations', '/attestations']])
  })

  it('refuses a statement under a rulebook the method does not have', () => {
    const attestations = [attested('a', [], { rulebook: 'other' })]
    assert.deepEqual(faultsOf({ attestations }), [['rulebook', '/attestations/0/rulebook']])
  })

  it('names every reason at once', () => {
    const supplyChain = [row('a'), row('a', { share: 1 })]
    const battery = { ...good.battery, chemistry: 'LFP' }
    assert.deepEqual(faultsOf({ battery, supplyChain, attestations: [] }), [
      ['chemistry', '/battery/chemistry'],
      ['shares', '/supplyChain/1/facility'],
      ['shares', '/supplyChain/1/share'],
      ['no-attestations', '/attestations'],
    ])
  })
})

describe('checkShares', () => {
  const pointers = (...rows: Parameters<typeof checkShares>[0]) =>
    checkShares(rows).map(({ pointer }) => pointer)
  const nickel = { stage: 'mining', material: 'nickel' }
  const lithium = { stage: 'mining', material: 'lithium' }

  it('takes a whole in parts, and every stage and material for itself', () => {
    assert.deepEqual(
      pointers(
        row('a', { ...nickel, share: 6200 }),
        row('b', { ...nickel, share: 3800 }),
        row('a', lithium),
        row('a', { stage: 'mining' }),
        row('a'),
      ),
      [],
    )
  })

  it('names the row from which on a sum is above the whole, once', () => {
    assert.deepEqual(
      pointers(
        row('a', { ...nickel, share: 9000 }),
        row('b', { ...lithium, share: 9000 }),
        row('b', { ...nickel, share: 2000 }),
        row('c', { ...nickel, share: 2000 }),
      ),
      ['/2/share'],
    )
  })

  it('names a facility that stands twice in one stage and material', () => {
    const [fault] = checkShares([
      row('a', { ...nickel, share: 10 }),
      row('a', { ...lithium, share: 10 }),
      row('a', { ...nickel, share: 20 }),
    ])
    assert.equal(fault?.pointer, '/2/facility')
    assert.equal(fault?.found, `${FACILITY}a`)
    assert.match(fault?.detail ?? '', /row 0 of stage mining, material nickel/)
  })
})

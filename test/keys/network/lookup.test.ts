import assert from 'node:assert/strict'
import { isIP, type LookupFunction } from 'node:net'
import { fixedLookup, lookupAll } from '../../../keys/network/lookup.ts'

type Answer = Parameters<Parameters<LookupFunction>[2]>

const asked = (addresses: readonly string[], all: boolean): Answer => {
  const answers: Answer[] = []
  fixedLookup(addresses)('body.example', { all }, (...answer) => answers.push(answer))
  const [answer] = answers
  assert.equal(answers.length, 1)
  return answer ?? assert.fail()
}

describe('The addresses of a name', () => {
  it('are all that the system knows, in numbers', async () => {
    const found = await lookupAll('localhost')
    assert.ok(found.includes('127.0.0.1') || found.includes('::1'))
    assert.ok(found.every((address) => isIP(address) > 0))
  })
})

describe('A lookup of addresses that were checked before', () => {
  it('answers with all of them, or with the first', () => {
    const both = [
      { address: '192.0.2.1', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ]
    assert.deepEqual(asked(['192.0.2.1', '2001:db8::1'], true), [null, both])
    assert.deepEqual(asked(['192.0.2.1', '2001:db8::1'], false), [null, '192.0.2.1', 4])
    assert.deepEqual(asked(['2001:db8::1'], false), [null, '2001:db8::1', 6])
  })

  it('fails where there are none, and never asks again', () => {
    for (const all of [true, false]) {
      const [error, address] = asked([], all)
      assert.match(error?.message ?? '', /no address/)
      assert.equal(address, '')
    }
  })
})

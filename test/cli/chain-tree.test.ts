import assert from 'node:assert/strict'
import type { ChainLink } from '@battery-passport/verifier'
import { chainTree } from '../../cli/report/chain-tree.ts'

const plain = (text: string) => text
const style = { good: plain, bad: plain, unsure: plain, faint: plain, strong: plain }
const labels = {
  kind: ({ type }: ChainLink) => (type === 'BatteryPassport' ? 'passport' : 'attestation'),
  about: ({ credential }: ChainLink) => credential,
  party: (did: string) => did,
}

function link(index: number, result: ChainLink['result'] = 'passed'): ChainLink {
  return {
    credential: `urn:x:${index}`,
    type: index === 0 ? 'BatteryPassport' : 'RulebookAttestation',
    issuer: index === 0 ? 'did:x:maker' : 'did:x:body',
    pointer: `/verifiableCredential/${index}`,
    digestMultibase: `z${index}`,
    result,
    restsOn: index === 0 ? Array.from({ length: 12 }, (_, at) => `urn:x:${at + 1}`) : [],
  }
}

function linesOf(failed: number | null): string[] {
  const chain = Array.from({ length: 13 }, (_, at) => link(at, at === failed ? 'failed' : 'passed'))
  return chainTree(chain, { labels, style, findings: [] }).split('\n')
}

describe('the tree of a chain', () => {
  it('folds many credentials alike that all passed into one line', () => {
    assert.deepEqual(linesOf(null), [
      '  passed   passport urn:x:0, by did:x:maker',
      '  └ passed   12 more attestations, by did:x:body',
    ])
  })

  it('shows a failed one by itself, wherever it stands among them', () => {
    const lines = linesOf(8)
    assert.equal(lines.length, 7)
    assert.match(lines[1] ?? '', /7 more attestations/)
    assert.match(lines[2] ?? '', /failed +attestation urn:x:8/)
    assert.match(lines[6] ?? '', /└ passed +attestation urn:x:12/)
  })
})

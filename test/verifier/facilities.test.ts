import assert from 'node:assert/strict'
import { canonicalFacility, operates } from '../../verifier/statements/facilities.ts'
import { Consortium } from '../support/consortium.ts'

const SITE = { id: 'urn:site:1', aliases: ['urn:alias:1', 'urn:alias:both'] }
const OTHER = { id: 'urn:site:2', aliases: ['urn:alias:both'] }

async function identityWith(facilities: () => readonly (typeof SITE)[]) {
  const identity = (await Consortium.assemble()).identities.get('miner')?.secured
  assert.ok(identity?.type === 'RegisteredIdentity')
  const { credential } = identity
  const credentialSubject = {
    ...credential.credentialSubject,
    get facilities() {
      return [...facilities()]
    },
  }
  return { ...identity, credential: { ...credential, credentialSubject } }
}

describe('The facilities of an identity', () => {
  it('are known by their ids and by the others they have', async () => {
    const { credential } = await identityWith(() => [SITE, OTHER])
    for (const id of ['urn:site:1', 'urn:alias:1', 'urn:alias:both']) {
      assert.ok(operates(credential.credentialSubject, new Set(['urn:site:9', id])))
    }
    assert.ok(!operates(credential.credentialSubject, new Set(['urn:site:9'])))
  })

  it('are called by the id of the first that has the other one', async () => {
    const identity = await identityWith(() => [SITE, OTHER])
    assert.equal(canonicalFacility('urn:alias:both', [identity]), 'urn:site:1')
    assert.equal(canonicalFacility('urn:site:2', [identity]), 'urn:site:2')
    assert.equal(canonicalFacility('urn:alias:9', [identity]), 'urn:alias:9')
  })

  it('are gone through once, however many attestations ask', async () => {
    let looks = 0
    const identity = await identityWith(() => {
      looks++
      return [SITE]
    })
    canonicalFacility('urn:alias:1', [identity])
    const before = looks
    for (let time = 0; time < 100; time++) {
      canonicalFacility(`urn:alias:${time}`, [identity])
      operates(identity.credential.credentialSubject, new Set([`urn:site:${time}`]))
    }
    assert.equal(looks, before)
  })
})

import assert from 'node:assert/strict'
import { didKeyResolver, generateSigner, resolverByMethod } from '@battery-passport/keys'

describe('A resolver by method', () => {
  const asked: string[] = []
  const resolver = resolverByMethod({
    key: didKeyResolver(),
    web: {
      async resolve(did) {
        asked.push(did)
        return { ok: false, code: 'DID_UNRESOLVED', detail: 'asked' }
      },
    },
  })

  it('asks the resolver of the method', async () => {
    assert.ok((await resolver.resolve(generateSigner().did)).ok)
    await resolver.resolve('did:web:body.example')
    assert.deepEqual(asked, ['did:web:body.example'])
  })

  for (const did of ['did:example:1', 'did:constructor:x', 'did:__proto__:x', 'web', '']) {
    it(`resolves no ${JSON.stringify(did)}`, async () => {
      const resolution = await resolver.resolve(did)
      assert.ok(!resolution.ok && resolution.code === 'DID_UNRESOLVED')
      assert.match(resolution.detail, /did:key, did:web/)
    })
  }
})

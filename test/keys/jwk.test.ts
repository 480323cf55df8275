import assert from 'node:assert/strict'
import { generatePrivateJwk } from '@battery-passport/keys'
import { parsePrivateJwk, parsePublicJwk } from '../../keys/jwk.ts'

const okp = generatePrivateJwk('Ed25519')
const ec = generatePrivateJwk('P-256')
const STRANGERS = [null, undefined, 'text', 7, true, [], {}, () => 1] as const

describe('A JSON Web Key', () => {
  for (const [type, jwk] of [
    ['Ed25519', okp],
    ['P-256', ec],
  ] as const) {
    it(`of ${type} is read with its secret, or without`, () => {
      const { d, ...publicMembers } = jwk
      assert.deepEqual(parsePrivateJwk({ ...jwk, alg: 'any', use: 'sig' }), jwk)
      assert.deepEqual(parsePublicJwk({ ...jwk, alg: 'any', use: 'sig' }), publicMembers)
      assert.equal(parsePrivateJwk(publicMembers), null)
      assert.equal(parsePrivateJwk({ ...jwk, x: 'x' }), null)
      assert.notEqual(parsePrivateJwk({ ...jwk, d }), null)
    })

    it(`of ${type} is not read with another kty or crv`, () => {
      for (const kty of ['RSA', 'oct', '', undefined]) {
        assert.equal(parsePublicJwk({ ...jwk, kty }), null)
      }
      for (const crv of ['X25519', 'P-384', '', undefined]) {
        assert.equal(parsePublicJwk({ ...jwk, crv }), null)
      }
      const { kty } = jwk === okp ? ec : okp
      assert.equal(parsePublicJwk({ ...jwk, kty }), null)
    })
  }

  for (const [what, text] of [
    ['missing', undefined],
    ['a number', 43],
    ['a list', [okp.x]],
    ['empty', ''],
    ['one character short', okp.x.slice(1)],
    ['one character long', `A${okp.x}`],
    ['three bytes long', `${okp.x}AAAA`],
    ['padded', `${okp.x}=`],
    ['of the other alphabet', `+${okp.x.slice(1)}`],
    ['of unused bits that are not zero', `${'A'.repeat(42)}B`],
    ['followed by a line end', `${okp.x.slice(1)}\n`],
  ] as const) {
    it(`is not read with an x, y or d that is ${what}`, () => {
      assert.equal(parsePublicJwk({ ...okp, x: text }), null)
      assert.equal(parsePublicJwk({ ...ec, x: text }), null)
      assert.equal(parsePublicJwk({ ...ec, y: text }), null)
      assert.equal(parsePrivateJwk({ ...okp, d: text }), null)
      assert.equal(parsePrivateJwk({ ...ec, d: text }), null)
    })
  }

  it('is nothing but an object', () => {
    for (const value of STRANGERS) {
      assert.equal(parsePublicJwk(value), null)
      assert.equal(parsePrivateJwk(value), null)
    }
  })
})

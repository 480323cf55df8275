import assert from 'node:assert/strict'
import { methodOf, parseDid, parseDidUrl } from '@battery-passport/keys'

const KEY = 'z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp'

describe('A DID', () => {
  for (const text of [
    `did:key:${KEY}`,
    'did:web:issuer.example',
    'did:web:issuer.example%3A3000:a',
  ]) {
    it(`is read: ${text}`, () => assert.equal(parseDid(text), text))
  }

  for (const text of [
    '',
    'did:',
    'did:key:',
    'DID:key:z6Mk',
    'did:KEY:z6Mk',
    ' did:key:z6Mk',
    'did:key:z6Mk\n',
    'did:key:z6Mk#a',
    'did:key:z6Mk/path',
    'did:key:z6Mk?query',
    'did:key:zаbc',
    'https://issuer.example',
  ]) {
    it(`is not read: ${JSON.stringify(text)}`, () => assert.equal(parseDid(text), null))
  }

  it('of the method key has at most 128 characters', () => {
    assert.notEqual(parseDid(`did:key:z${'1'.repeat(119)}`), null)
    assert.equal(parseDid(`did:key:z${'1'.repeat(120)}`), null)
  })

  it('of another method has at most 256 characters', () => {
    assert.notEqual(parseDid(`did:web:${'a'.repeat(248)}`), null)
    assert.equal(parseDid(`did:web:${'a'.repeat(249)}`), null)
  })

  it('names its method', () => {
    const did = parseDid('did:web:issuer.example')
    assert.equal(did && methodOf(did), 'web')
  })
})

describe('The DID URL of a verification method', () => {
  it('is taken apart into DID and fragment', () => {
    const url = `did:key:${KEY}#${KEY}`
    assert.deepEqual(parseDidUrl(url), { url, did: `did:key:${KEY}`, fragment: KEY })
  })

  for (const text of [
    `did:key:${KEY}`,
    `did:key:${KEY}#`,
    `did:key:${KEY}#a#b`,
    `did:key:${KEY}/path#a`,
    `did:key:${KEY}?versionId=1#a`,
    '#key-1',
    `did:web:issuer.example#${'a'.repeat(600)}`,
  ]) {
    it(`is not read: ${text.slice(0, 80)}`, () => assert.equal(parseDidUrl(text), null))
  }
})

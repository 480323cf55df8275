import assert from 'node:assert/strict'
import { parseWebDid } from '@battery-passport/keys'

function urlOf(did: string): string | null {
  const reading = parseWebDid(did)
  return reading.ok ? reading.url : null
}

describe('A did:web', () => {
  for (const [did, url] of [
    ['did:web:body.example', 'https://body.example/.well-known/did.json'],
    ['did:web:a-b.c1.example', 'https://a-b.c1.example/.well-known/did.json'],
    ['did:web:xn--bcher-kva.example', 'https://xn--bcher-kva.example/.well-known/did.json'],
    ['did:web:body.example%3A8443', 'https://body.example:8443/.well-known/did.json'],
    ['did:web:body.example:dids:Body_1', 'https://body.example/dids/Body_1/did.json'],
    ['did:web:body.example%3A8443:a', 'https://body.example:8443/a/did.json'],
  ] as const) {
    it(`${did} has its document at ${url}`, () => {
      assert.equal(urlOf(did), url)
      // The URL parser of the platform must read the same host and path out of it.
      assert.equal(new URL(url).href, url)
    })
  }

  for (const [what, did] of [
    ['an IPv4 address', 'did:web:127.0.0.1'],
    ['an IPv4 address as one number', 'did:web:2130706433'],
    ['a short IPv4 address', 'did:web:127.1'],
    ['a hexadecimal IPv4 address', 'did:web:0x7f.1'],
    ['an address behind a domain name', 'did:web:a.0x7f000001'],
    ['an IPv6 address', 'did:web:%5B%3A%3A1%5D'],
    ['a user name', 'did:web:trusted%40127.0.0.1'],
    ['a user name and a password', 'did:web:a%3Ab%40body.example'],
    ['an escaped slash', 'did:web:body.example%2Fpath'],
    ['an escaped query', 'did:web:body.example:a%3Fb'],
    ['an escaped fragment', 'did:web:body.example:a%23b'],
    ['an escaped letter', 'did:web:body.ex%61mple'],
    ['a port in small hexadecimal letters', 'did:web:body.example%3a8443'],
    ['a port that is the default', 'did:web:body.example%3A443'],
    ['a port with a leading zero', 'did:web:body.example%3A08443'],
    ['a port that is too large', 'did:web:body.example%3A65536'],
    ['no port after its colon', 'did:web:body.example%3A'],
    ['a capital letter in the host', 'did:web:Body.example'],
    ['a host of one label', 'did:web:localhost'],
    ['a dot at the end of the host', 'did:web:body.example.'],
    ['an empty label', 'did:web:body..example'],
    ['a hyphen at the end of a label', 'did:web:body-.example'],
    ['an underscore in the host', 'did:web:a_b.example'],
    ['a slash at its end', 'did:web:body.example/'],
    ['an empty segment', 'did:web:body.example:a::b'],
    ['an empty last segment', 'did:web:body.example:'],
    ['a segment of one dot', 'did:web:body.example:.'],
    ['a segment of two dots', 'did:web:body.example:a:..:b'],
    ['a letter of another script', 'did:web:bоdy.example'],
    ['a line break after it', 'did:web:body.example\n'],
    ['another method', 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'],
    ['nothing', ''],
    ['a label of 64 characters', `did:web:${'a'.repeat(64)}.example`],
    ['256 characters', `did:web:body.example:${'a'.repeat(235)}`],
    ['100,000 characters', `did:web:${'a.'.repeat(50_000)}example`],
  ] as const) {
    it(`with ${what} is none`, () => {
      const reading = parseWebDid(did)
      assert.equal(reading.ok, false)
    })
  }

  it('has at most 255 characters', () => {
    const longest = `did:web:body.example:${'a'.repeat(234)}`
    assert.equal(longest.length, 255)
    assert.ok(parseWebDid(longest).ok)
  })
})

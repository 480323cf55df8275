import assert from 'node:assert/strict'
import * as node from '@battery-passport/contexts'
import * as base64url from '../../contexts/base64url-browser.ts'
import { sha256 } from '../../contexts/sha256-browser.ts'
import { utf8Length } from '../../contexts/utf8-length-browser.ts'

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 151) % 256)

describe('in a browser', () => {
  it('SHA-256 is the same, of bytes and of text', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 1000, 100_000]) {
      assert.deepEqual(sha256(bytesOf(length)), new Uint8Array(node.sha256(bytesOf(length))))
    }
    for (const text of ['', 'abc', 'é€😀', '\ud800', 'a\udc00b']) {
      assert.deepEqual(sha256(text), new Uint8Array(node.sha256(text)))
    }
  })

  it('base64url is written the same', () => {
    for (const length of [0, 1, 2, 3, 4, 255, 8191, 8192, 8193, 50_000]) {
      const bytes = bytesOf(length)
      const text = base64url.toBase64url(bytes)
      assert.equal(text, node.toBase64url(bytes))
      assert.deepEqual(base64url.fromBase64url(text), bytes)
      assert.deepEqual(new Uint8Array(node.fromBase64url(text) ?? []), bytes)
    }
  })

  for (const [what, text] of [
    ['padding', 'AA=='],
    ['unused bits', 'AB'],
    ['more unused bits', 'AAB'],
    ['a single character', 'A'],
    ['one character more than groups of four', 'AAAAA'],
    ['the characters of base64', '+/+/'],
    ['white space', 'AA AA'],
    ['a line break at the end', 'AAAA\n'],
    ['a character beyond ASCII', 'AAAé'],
  ] as const) {
    it(`base64url is refused the same with ${what}`, () => {
      assert.equal(base64url.fromBase64url(text), null)
      assert.equal(node.fromBase64url(text), null)
    })
  }

  it('the bytes of a text are counted the same, lone surrogates among them', () => {
    const units = ['a', '\x7f', '\x80', '\u07ff', '\u0800', '\uffff', '\ud83d', '\ude00', '😀']
    for (const first of units) {
      for (const second of units) {
        for (const third of units) {
          const text = first + second + third
          assert.equal(utf8Length(text), node.utf8Length(text), JSON.stringify(text))
        }
      }
    }
  })
})

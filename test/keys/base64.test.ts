import assert from 'node:assert/strict'
import { fromBase64, toBase64 } from '../../keys/timestamp/base64.ts'

describe('bytes in base64', () => {
  const written = ['', 'AA==', '+A==', '/w==', 'AAA=', '+/A=', 'A+A=', 'AAAA', '+/+/', 'AAAA+/8=']
  for (const text of written) {
    it(`are read from '${text}', and written so again`, () => {
      const bytes = fromBase64(text)
      assert.deepEqual(bytes, Uint8Array.from(Buffer.from(text, 'base64')))
      assert.equal(toBase64(bytes ?? Uint8Array.of(1)), text)
    })
  }

  const refused = ['A', 'AA', 'AAA', 'AA=', 'A===', '=', 'AAAA=', 'AA==AA==', ' AAAA', 'AAAA ']
  for (const text of [...refused, 'AAAA\n', '-_-_', 'A-==', 'AA_=', 'AA A', 'ÄAAA']) {
    it(`are none in ${JSON.stringify(text)}`, () => {
      assert.equal(fromBase64(text), null)
    })
  }
})

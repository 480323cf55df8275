import assert from 'node:assert/strict'
import fc from 'fast-check'
import { lineInput } from '../../../cli/bulk/line-input.ts'
import { linesOf } from '../../../cli/bulk/lines.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

async function lines(chunks: readonly (string | Uint8Array)[], most = 1000): Promise<string[]> {
  async function* source() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? encode(chunk) : chunk
  }
  const found: string[] = []
  for await (const line of linesOf(source(), most)) found.push(decode(line))
  return found
}

describe('the lines of a delivery', () => {
  it('end with a line feed, with or without a return before it, the last one with nothing', async () => {
    assert.deepEqual(await lines(['a\nb\r\nc']), ['a', 'b', 'c'])
    assert.deepEqual(await lines(['a\nb\n']), ['a', 'b'])
    assert.deepEqual(await lines(['a\n\n\r\nb\n']), ['a', '', '', 'b'])
    assert.deepEqual(await lines(['a\rb\r\r\n']), ['a\rb\r'])
    assert.deepEqual(await lines(['\n']), [''])
    assert.deepEqual(await lines(['', '']), [])
  })

  it('are the same however the bytes come', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'ä', '\n', '\r\n', '\r', '{"a":1}'), { maxLength: 20 }),
      fc.array(fc.nat({ max: 30 }), { maxLength: 5 }),
      async (parts, cuts) => {
        const bytes = encode(parts.join(''))
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b)]
        const chunks = places.map((place, index) => bytes.subarray(place, places[index + 1]))
        const expected = parts
          .join('')
          .split('\n')
          .map((line) => line.replace(/\r$/, ''))
        // What follows the last line feed is a line only if there is something.
        if (parts.join('').endsWith('\n') || parts.length === 0) expected.pop()
        assert.deepEqual(await lines(chunks), expected)
      },
    )
    await fc.assert(property)
  })

  it('are cut one byte after the most they may have, and the next one is whole', async () => {
    assert.deepEqual(await lines(['abcdefgh\nabc\n'], 3), ['abcd', 'abc'])
    assert.deepEqual(await lines(['ab', 'cd', 'efgh', '\nabc'], 3), ['abcd', 'abc'])
    assert.deepEqual(await lines(['abcdefgh'], 3), ['abcd'])
  })
})

describe('what a line holds', () => {
  const jwt = 'eyJhbGciOiJFZERTQSJ9.eyJhIjoxfQ.c2lnbmF0dXJl'

  it('is the compact JWT that it quotes', () => {
    for (const line of [`"${jwt}"`, ` "${jwt}"\t`]) {
      assert.equal(decode(lineInput(encode(line))), jwt)
    }
  })

  it('is anything else as it stands there', () => {
    for (const line of [
      jwt,
      '{"a":1}',
      '',
      ' ',
      '"',
      '""',
      '"hello"',
      `"${jwt}`,
      `"${jwt}" 1`,
      `"\\u0065${jwt.slice(1)}"`,
      `"${jwt}\\n"`,
      `["${jwt}"]`,
      '"{\\"a\\":1}"',
    ]) {
      assert.equal(decode(lineInput(encode(line))), line)
    }
  })
})

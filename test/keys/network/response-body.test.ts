import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { responseBody } from '../../../keys/network/response-body.ts'

const EXPECTED = { mediaTypes: ['application/json'], kind: 'JSON', maximumBytes: 4 }

function answering(
  statusCode: number,
  type: string | undefined,
  chunks: readonly string[] = ['{}'],
  more: Readonly<Record<string, string>> = {},
): IncomingMessage {
  const response = new IncomingMessage(new Socket())
  response.statusCode = statusCode
  response.headers = { ...(type === undefined ? {} : { 'content-type': type }), ...more }
  for (const chunk of chunks) response.push(chunk)
  response.push(null)
  return response
}
const JSON_TYPE = 'application/json'
const refusal = async (response: IncomingMessage) => {
  const body = await responseBody(response, EXPECTED)
  assert.equal(response.destroyed, true)
  return body.ok ? 'ok' : body.detail
}

describe('The body of an answer', () => {
  it('is what came, up to as many bytes as it may have', async () => {
    const body = await responseBody(answering(200, JSON_TYPE, ['{"', '"}']), EXPECTED)
    assert.deepEqual(body, { ok: true, bytes: new TextEncoder().encode('{""}') })
  })

  it('is not read beyond, and the connection ends', async () => {
    const endless = answering(200, JSON_TYPE, ['{"', '"}', ' '])
    assert.equal(await refusal(endless), 'expected at most 4 bytes, found more')
  })

  for (const type of [
    'application/json',
    'Application/JSON',
    ' application/json ',
    'application/json;charset=utf-8',
    'application/json ; charset=utf-8; profile=x',
  ]) {
    it(`is read of the type ${JSON.stringify(type)}`, async () => {
      assert.equal((await responseBody(answering(200, type), EXPECTED)).ok, true)
    })
  }

  for (const [type, shown] of [
    [undefined, ''],
    ['', ''],
    ['; application/json', ''],
    ['text/html; charset=utf-8', 'text/html'],
    ['application/jsonx', 'application/jsonx'],
    [`a/${'b'.repeat(200)}`, `a/${'b'.repeat(78)}`],
  ] as const) {
    it(`is not read of the type ${JSON.stringify(type)?.slice(0, 30)}`, async () => {
      const expected = `expected JSON, found the media type ${JSON.stringify(shown)}`
      assert.equal(await refusal(answering(200, type)), expected)
    })
  }

  for (const status of [300, 302, 399]) {
    it(`is not read with the redirect ${status}`, async () => {
      const expected = `a redirect (${status}), which is not followed`
      assert.equal(await refusal(answering(status, JSON_TYPE)), expected)
    })
  }

  for (const status of [201, 299, 400, 404, 500]) {
    it(`is not read with the status ${status}`, async () => {
      const expected = `expected status 200, found ${status}`
      assert.equal(await refusal(answering(status, JSON_TYPE)), expected)
    })
  }

  it('is not inflated', async () => {
    const coded = (name: string) => answering(200, JSON_TYPE, ['{}'], { 'content-encoding': name })
    assert.equal(await refusal(coded('gzip')), 'expected no content encoding')
    assert.equal((await responseBody(coded('identity'), EXPECTED)).ok, true)
  })
})

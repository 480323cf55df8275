import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { childrenOf, readDer } from '../../keys/timestamp/der.ts'
import { answerWith, stamp, type TestAuthority, type TokenChange } from './timestamp-authority.ts'

/** What a request for a timestamp asks for. */
export interface AskedTimestamp {
  readonly digest: Uint8Array
  readonly nonce: Uint8Array
}

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status?: number
  readonly mediaType?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** A timestamp authority on loopback, and what it was asked. */
export interface TimestampServer {
  readonly url: string
  readonly requests: readonly IncomingMessage[]
  /** Says how the next requests are answered. */
  answers(answer: (query: Uint8Array) => Promise<HttpAnswer> | HttpAnswer): void
  stop(): void
}

/** Reads a request of ours. */
export function askedTimestamp(query: Uint8Array): AskedTimestamp {
  const whole = readDer(query)
  assert.ok(whole !== null)
  const [, imprint, nonce] = childrenOf(whole)
  assert.ok(imprint !== undefined && nonce !== undefined)
  const [, digest] = childrenOf(imprint)
  assert.ok(digest !== undefined)
  return { digest: digest.content, nonce: nonce.content }
}

/** Answers honestly at an instant, but for what a test changes. */
export function stamping(authority: TestAuthority, time: string, change: TokenChange = {}) {
  return async (query: Uint8Array): Promise<HttpAnswer> => {
    const { digest, nonce } = askedTimestamp(query)
    return { body: answerWith(await stamp(authority, digest, { time, nonce, ...change })) }
  }
}

/** Serves timestamps over HTTP on loopback. */
export async function timestampServer(
  first: (query: Uint8Array) => Promise<HttpAnswer> | HttpAnswer,
): Promise<TimestampServer> {
  let answer = first
  const requests: IncomingMessage[] = []
  const server: Server = createServer(async (request, response) => {
    requests.push(request)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { status = 200, mediaType, headers, body } = await answer(Buffer.concat(chunks))
    const type = mediaType ?? 'application/timestamp-reply'
    response.writeHead(status, { 'content-type': type, ...headers }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return {
    url: `http://127.0.0.1:${address.port}/tsa`,
    requests,
    answers: (next) => {
      answer = next
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

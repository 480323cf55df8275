import type { IncomingMessage } from 'node:http'
import type { Fetched } from '../fetcher.ts'

/** What an answer must be. */
export interface ExpectedBody {
  readonly mediaTypes: readonly string[]
  /** What they are, as a message says it. */
  readonly kind: string
  readonly maximumBytes: number
}

/** The bytes of an answer of status 200, of an expected media type and size; anything else is refused. */
export async function responseBody(
  response: IncomingMessage,
  expected: ExpectedBody,
): Promise<Fetched> {
  const { maximumBytes } = expected
  const unusable = faultOf(response, expected)
  if (unusable !== null) {
    response.destroy()
    return { ok: false, detail: unusable }
  }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    length += chunk.length
    // Who leaves the loop ends the connection.
    if (length > maximumBytes) {
      return { ok: false, detail: `expected at most ${maximumBytes} bytes, found more` }
    }
    chunks.push(chunk)
  }
  return { ok: true, bytes: Uint8Array.from(Buffer.concat(chunks)) }
}

function faultOf(
  { statusCode: status = 0, headers }: IncomingMessage,
  { mediaTypes, kind }: ExpectedBody,
): string | null {
  if (status >= 300 && status < 400) return `a redirect (${status}), which is not followed`
  if (status !== 200) return `expected status 200, found ${status}`
  const mediaType = (headers['content-type'] ?? '').replace(/;.*/s, '').trim().toLowerCase()
  if (!mediaTypes.includes(mediaType)) {
    return `expected ${kind}, found the media type ${JSON.stringify(mediaType.slice(0, 80))}`
  }
  const encoding = headers['content-encoding'] ?? 'identity'
  return encoding === 'identity' ? null : 'expected no content encoding'
}

import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { TimestampSender } from '../timestamp/obtain-timestamp.ts'
import { MAX_TIMESTAMP_BYTES } from '../timestamp/timestamp-token.ts'
import { responseBody } from './response-body.ts'
import { reasonOf, withinTime } from './within-time.ts'

/** What a sender may be told. */
export interface TimestampSenderOptions {
  /** For everything together; default 10 s. */
  readonly timeoutMilliseconds?: number
  /** Certificate authorities of the connection instead of the built-in ones, in PEM. */
  readonly ca?: string
}

const LOOPBACK = /^(localhost|127(\.[0-9]{1,3}){3}|\[::1\])$/

const REPLY = {
  mediaTypes: ['application/timestamp-reply'],
  kind: 'a timestamp',
  maximumBytes: MAX_TIMESTAMP_BYTES,
} as const

/**
 * Whether timestamps may be asked for at an address: https, or http on this machine, without user
 * name and fragment. Without TLS everyone on the way would learn when something is signed.
 */
export function isTimestampUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
}

/**
 * Sends requests to timestamp authorities (RFC 3161 §3.4), whose addresses the asker itself chose:
 * no redirect, no byte beyond the ceiling, no wait beyond the timeout, no cookie and no credential.
 */
export function timestampSender(options: TimestampSenderOptions = {}): TimestampSender {
  const { timeoutMilliseconds = 10_000, ca } = options
  return {
    async send(url, query) {
      if (!isTimestampUrl(url)) {
        return { ok: false, detail: 'expected an https URL, or http on this machine' }
      }
      try {
        return await withinTime(timeoutMilliseconds, (signal) => post(url, query, { signal, ca }))
      } catch (error) {
        return { ok: false, detail: reasonOf(error) }
      }
    },
  }
}

async function post(
  url: string,
  query: Uint8Array,
  { signal, ca }: { readonly signal: AbortSignal; readonly ca: string | undefined },
) {
  const isPlain = new URL(url).protocol === 'http:'
  // An agent of its own: no connection is used twice, and no proxy of the environment is asked.
  const own = { keepAlive: false, maxSockets: 1 }
  const agent = isPlain ? new HttpAgent(own) : new HttpsAgent(own)
  const settings = {
    agent,
    signal,
    method: 'POST',
    headers: {
      accept: REPLY.mediaTypes.join(),
      'accept-encoding': 'identity',
      'content-type': 'application/timestamp-query',
      'content-length': query.length,
    },
    maxHeaderSize: 16 * 1024,
  } as const
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = isPlain
        ? httpRequest(url, settings, resolve)
        : httpsRequest(
            url,
            { ...settings, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
            resolve,
          )
      asked.on('error', reject)
      asked.end(query)
    })
    return await responseBody(response, REPLY)
  } finally {
    agent.destroy()
  }
}

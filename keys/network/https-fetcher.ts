import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { isIP } from 'node:net'
import type { Fetched, Fetcher } from '../fetcher.ts'
import { fixedLookup, type Lookup, lookupAll } from './lookup.ts'
import { isPublicAddress } from './public-address.ts'
import { Slots } from './slots.ts'

/** What a fetcher may be told; every default is the careful one. */
export interface HttpsFetcherOptions {
  /** The most bytes of an answer; default 64 KiB. */
  readonly maximumBytes?: number
  /** For everything together, the name included; default 3 s. */
  readonly timeoutMilliseconds?: number
  /** Connections at a time; default 4. */
  readonly atATime?: number
  /** Default: as the operating system resolves names. */
  readonly lookup?: Lookup
  /** Which addresses may be connected to; default `isPublicAddress`. */
  readonly allows?: (address: string) => boolean
  /** Certificate authorities instead of the built-in ones, in PEM. */
  readonly ca?: string
}

const MEDIA_TYPES: readonly string[] = [
  'application/json',
  'application/did',
  'application/did+json',
  'application/did+ld+json',
  'application/ld+json',
]

/** How many may wait for a connection. */
const MOST_WAITING = 256

/**
 * A `Fetcher` for addresses that strangers choose: https alone, no redirect, no address that is not
 * public, no byte beyond the ceiling, no wait beyond the timeout, no cookie and no credential. The
 * name is resolved once, every address it has is checked, and the connection goes to those.
 *
 * @example
 * ```ts
 * const fetched = await httpsFetcher().fetch('https://body.example/.well-known/did.json')
 * ```
 */
export function httpsFetcher(options: HttpsFetcherOptions = {}): Fetcher {
  const { atATime = 4, timeoutMilliseconds = 3000 } = options
  const slots = new Slots(atATime, MOST_WAITING)
  return {
    async fetch(text) {
      const url = usableUrl(text)
      if (url === null) return refuse('expected an https URL without user name and fragment')
      if (!(await slots.take())) return refuse('too many documents are waited for')
      try {
        return await withinTime(timeoutMilliseconds, (signal) => get(url, options, signal))
      } catch (error) {
        return refuse(reasonOf(error))
      } finally {
        slots.release()
      }
    },
  }
}

function usableUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  const isUsable =
    url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === ''
  return isUsable ? url : null
}

/** A name server or a host that hangs is waited for no longer than this, whatever it hangs in. */
async function withinTime(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Fetched>,
): Promise<Fetched> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Fetched>((resolve) => {
    timer = setTimeout(() => {
      resolve(refuse(`no whole answer within ${milliseconds} ms`))
      controller.abort()
    }, milliseconds)
  })
  const working = work(controller.signal)
  // Whatever it says after the end of its time, nobody waits for it.
  working.catch(() => undefined)
  try {
    return await Promise.race([working, late])
  } finally {
    clearTimeout(timer)
  }
}

async function get(url: URL, options: HttpsFetcherOptions, signal: AbortSignal): Promise<Fetched> {
  const { lookup = lookupAll, allows = isPublicAddress, ca, maximumBytes = 64 * 1024 } = options
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const addresses = isIP(host) === 0 ? await lookup(host) : [host]
  if (addresses.length === 0) return refuse(`${host} has no address`)
  const refused = addresses.find((address) => !allows(address))
  if (refused !== undefined) return refuse(`${host} is at ${refused}, which is not public`)
  if (signal.aborted) return refuse('too late')
  // An agent of its own: no connection is used twice, and no proxy of the environment is asked.
  const agent = new Agent({ keepAlive: false, maxSockets: 1 })
  try {
    const response = await responseOf(url, {
      agent,
      signal,
      method: 'GET',
      headers: { accept: MEDIA_TYPES.join(', '), 'accept-encoding': 'identity' },
      lookup: fixedLookup(addresses),
      servername: isIP(host) === 0 ? host : '',
      minVersion: 'TLSv1.2',
      maxHeaderSize: 16 * 1024,
      ...(ca === undefined ? {} : { ca }),
    })
    const { socket } = response
    if (!addresses.includes(socket.remoteAddress ?? '')) {
      response.destroy()
      return refuse(`connected to ${socket.remoteAddress}, which was not looked at`)
    }
    return await bodyOf(response, maximumBytes)
  } finally {
    agent.destroy()
  }
}

function responseOf(url: URL, options: Parameters<typeof request>[1]): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, resolve)
    asked.on('error', reject)
    asked.end()
  })
}

async function bodyOf(response: IncomingMessage, maximumBytes: number): Promise<Fetched> {
  const { statusCode = 0, headers } = response
  const unusable = faultOf(statusCode, headers)
  if (unusable !== null) {
    response.destroy()
    return refuse(unusable)
  }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    length += chunk.length
    if (length > maximumBytes) {
      response.destroy()
      return refuse(`expected at most ${maximumBytes} bytes, found more`)
    }
    chunks.push(chunk)
  }
  return { ok: true, bytes: Uint8Array.from(Buffer.concat(chunks)) }
}

function faultOf(status: number, headers: IncomingMessage['headers']): string | null {
  if (status >= 300 && status < 400) return `a redirect (${status}), which is not followed`
  if (status !== 200) return `expected status 200, found ${status}`
  const mediaType = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!MEDIA_TYPES.includes(mediaType)) {
    return `expected JSON, found the media type ${JSON.stringify(mediaType.slice(0, 80))}`
  }
  const encoding = headers['content-encoding'] ?? 'identity'
  return encoding === 'identity' ? null : 'expected no content encoding'
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  return 'code' in error ? `the connection failed: ${String(error.code)}` : 'the connection failed'
}

function refuse(detail: string): Fetched {
  return { ok: false, detail }
}

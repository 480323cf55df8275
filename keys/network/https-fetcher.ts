import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { isIP } from 'node:net'
import type { Fetched, Fetcher } from '../fetcher.ts'
import { fixedLookup, type Lookup, lookupAll } from './lookup.ts'
import { isPublicAddress } from './public-address.ts'
import { responseBody } from './response-body.ts'
import { Slots } from './slots.ts'
import { reasonOf, withinTime } from './within-time.ts'

/** What a fetcher may be told; every default is the careful one. */
export interface HttpsFetcherOptions {
  /** The most bytes of an answer; default 64 KiB. */
  readonly maximumBytes?: number
  /** For everything together, the wait for its turn and the name included; default 3 s. */
  readonly timeoutMilliseconds?: number
  /** Connections, and names looked up, at a time; default 3. */
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
  // One fewer than the threads of libuv: names that hang must not keep every file waiting too.
  const { atATime = 3, timeoutMilliseconds = 3000 } = options
  const slots = new Slots(atATime, MOST_WAITING)
  return {
    async fetch(text) {
      const url = usableUrl(text)
      if (url === null) return refuse('expected an https URL without user name and fragment')
      const inTurn = async (signal: AbortSignal) => {
        if (!(await slots.take(signal))) return refuse('too many documents are waited for')
        try {
          return await get(url, options, signal)
        } finally {
          // A look-up cannot be stopped: its slot is free once it has ended, whoever waits for it.
          slots.release()
        }
      }
      try {
        return await withinTime(timeoutMilliseconds, inTurn)
      } catch (error) {
        return refuse(reasonOf(error))
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
    return await responseBody(response, { mediaTypes: MEDIA_TYPES, kind: 'JSON', maximumBytes })
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

function refuse(detail: string): Fetched {
  return { ok: false, detail }
}

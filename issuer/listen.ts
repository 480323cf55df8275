import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemCode } from '@battery-passport/keys/files'
import { StartError } from './start-error.ts'

/** A slow client must not hold a connection for long, nor many of them all. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
} as const
/** Nothing bounds how long an answer takes: who does not read it would hold the connection for good. */
const STALLED_MILLISECONDS = 60_000
const MOST_CONNECTIONS = 512
/** How long requests under way may take once the service is told to stop. */
const GRACE_MILLISECONDS = 10_000

const LOOPBACK = /^(localhost|127(\.[0-9]{1,3}){3}|::1)$/

/** A listening server. */
export interface Listening {
  readonly host: string
  readonly port: number
  /** Takes no new connection, lets requests under way finish, then resolves. */
  close(): Promise<void>
}

/**
 * Refuses to be reached from other machines by accident.
 *
 * @throws {StartError} HOST_REMOTE
 */
export function checkHost(host: string, allowRemote: boolean): void {
  if (allowRemote || LOOPBACK.test(host)) return
  throw new StartError(
    'HOST_REMOTE',
    `host ${host}: expected a loopback address, found one that other machines may reach. The service speaks plain HTTP: put a TLS proxy in front of it, or set allowRemote to true if you mean it.`,
  )
}

/**
 * Listens. The error of a taken port comes as an event, and is thrown here before anything is said.
 *
 * @throws {StartError} PORT_TAKEN, HOST_UNAVAILABLE
 */
export async function listen(
  handler: RequestListener,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer({ ...TIMEOUTS, maxHeaderSize: 16 * 1024 }, handler)
  server.timeout = STALLED_MILLISECONDS
  server.maxConnections = MOST_CONNECTIONS
  const answering = new Set<ServerResponse>()
  let closing = false
  let come = 0
  server.on('connection', () => come++)
  server.on('request', (_, response) => {
    come++
    answering.add(response)
    if (closing) response.shouldKeepAlive = false
    response.on('close', () => {
      answering.delete(response)
      // A kept connection is of no use to a service that stops: it would wait for its timeout.
      if (closing) setImmediate(() => server.closeIdleConnections())
    })
  })
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, resolve)
    })
  } catch (error) {
    throw refusedToListen(error, host, port)
  }
  const address = server.address()
  return {
    host,
    port: isAddress(address) ? address.port : port,
    async close() {
      closing = true
      // Whoever is told so sends no further request on a connection that is about to end.
      for (const response of answering) response.shouldKeepAlive = false
      await readWhatHasCome(() => come)
      await close(server)
    },
  }
}

/**
 * Makes sure that `listen` will succeed, as far as can be known before.
 *
 * @throws {StartError} PORT_TAKEN, HOST_UNAVAILABLE
 */
export async function assertPortFree(place: {
  readonly host: string
  readonly port: number
}): Promise<void> {
  const listening = await listen((_, response) => response.destroy(), place)
  await listening.close()
}

function refusedToListen(error: unknown, host: string, port: number): unknown {
  const code = systemCode(error)
  if (code === 'EADDRINUSE') {
    return new StartError(
      'PORT_TAKEN',
      `port ${port} of ${host}: expected a free port, found that another program listens there. Stop it, or set another port.`,
    )
  }
  if (code === null) return error
  return new StartError(
    'HOST_UNAVAILABLE',
    `port ${port} of ${host}: expected an address to listen at, found ${code}. Correct host or port.`,
  )
}

/**
 * Lets the event loop turn until no connection and no request comes any more: one that the system
 * has taken and nobody has read counts as idle, and would be cut off unanswered. A turn takes one
 * connection, and reads it in the next.
 *
 * @param come how many have come so far
 */
async function readWhatHasCome(come: () => number): Promise<void> {
  let quiet = 0
  for (let turns = 0; quiet < 3 && turns < 2 * MOST_CONNECTIONS; turns++) {
    const before = come()
    await new Promise((resolve) => setImmediate(resolve))
    quiet = come() === before ? quiet + 1 : 0
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const end = setTimeout(() => server.closeAllConnections(), GRACE_MILLISECONDS)
    server.close(() => {
      clearTimeout(end)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function isAddress(address: ReturnType<Server['address']>): address is AddressInfo {
  return address !== null && typeof address === 'object'
}

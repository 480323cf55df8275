import { type CommandError, usageError } from '../errors.ts'
import { problemError, type RequestOrigin } from './problem.ts'

/** What a service answered when it did what was asked. */
export interface ServiceAnswer {
  readonly status: number
  readonly body: string
  /** The `Location` header. */
  readonly location?: string
}

/** What is sent. */
export interface ServiceRequest {
  readonly body: string
  readonly mediaType: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A client of one issuer service. */
export interface ServiceClient {
  /**
   * @param path below the address of the service
   * @throws {CommandError} refused, with every fault and finding of the service; usage: it cannot
   *   be reached, does not know the token, or fails
   */
  post(path: string, request: ServiceRequest, origin?: RequestOrigin): Promise<ServiceAnswer>
  get(path: string, accept: string): Promise<ServiceAnswer>
}

const TIMEOUT_MILLISECONDS = 60_000
/** Room for the largest presentation, and some. */
const MAXIMUM_BYTES = 16 * 1024 * 1024

/** Talks to the service under a URL that ends with a slash. */
export function createServiceClient(service: {
  readonly url: URL
  readonly token: string
}): ServiceClient {
  const send = async (path: string, init: RequestInit, origin?: RequestOrigin) => {
    const url = new URL(path.replace(/^\//, ''), service.url)
    const response = await reach(url, {
      ...init,
      // A redirect could lead the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    })
    const body = await readBody(response, url)
    if (!response.ok) throw problemError({ url, status: response.status, body }, origin)
    const location = response.headers.get('location')
    return { status: response.status, body, ...(location === null ? {} : { location }) }
  }
  const authorization = `Bearer ${service.token}`
  return {
    post: (path, { body, mediaType, headers = {} }, origin) =>
      send(
        path,
        {
          method: 'POST',
          body,
          headers: { ...headers, authorization, 'content-type': mediaType },
        },
        origin,
      ),
    get: (path, accept) => send(path, { headers: { authorization, accept } }),
  }
}

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw unreachable(url, reasonOf(error))
  }
}

async function readBody(response: Response, url: URL): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      length += chunk.length
      if (length > MAXIMUM_BYTES) break
    }
  } catch (error) {
    throw unreachable(url, reasonOf(error))
  }
  if (length > MAXIMUM_BYTES)
    throw unreachable(url, `an answer of more than ${MAXIMUM_BYTES} bytes`)
  return Buffer.concat(chunks).toString('utf8')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error'
  if (error.name === 'TimeoutError')
    return `no answer within ${TIMEOUT_MILLISECONDS / 1000} seconds`
  const { cause } = error
  if (cause instanceof Error && 'code' in cause)
    return `${String(cause.code)} ${cause.message}`.trim()
  return cause instanceof Error ? cause.message : error.message
}

function unreachable(url: URL, found: string): CommandError {
  return usageError({
    what: 'The service did not answer.',
    where: url.href,
    expected: 'an issuer service',
    found,
    remedy:
      'Start it with "battery-passport serve", or correct --service. What was sent may be sent again.',
  })
}

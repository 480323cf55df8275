import { randomUUID } from 'node:crypto'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import type { Authoriser } from './auth.ts'
import type { Log } from './log.ts'
import type { Answer, Call, Operation } from './operation.ts'
import { HttpError, problemOf } from './problems.ts'

/** What the HTTP layer needs: what it can do, who may, and where it tells. */
export interface AppDeps {
  readonly operations: readonly Operation[]
  readonly authoriser: Authoriser
  readonly log: Log
  /** Told of every error that is not a refusal, such as a store that failed. */
  readonly failed: (error: unknown) => void
}

/** Documents are data; the one page loads nothing and is framed by nobody. */
const SECURITY_HEADERS = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  // Passports and lists are public and read by programs on other origins.
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  // TLS ends in front of the service: that is where this header belongs.
  strictTransportSecurity: false,
})

/** The Express application of a list of operations. It never listens. */
export function createApp(deps: AppDeps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  app.set('case sensitive routing', true)
  app.set('strict routing', true)
  app.use(identify(deps.log))
  app.use(SECURITY_HEADERS)
  for (const [path, operations] of byPath(deps.operations)) {
    const route = app.route(path.replaceAll(/\{(\w+)\}/g, ':$1'))
    for (const operation of operations) {
      const steps = [
        admit(operation, deps.authoriser),
        ...bodyReader(operation),
        perform(operation),
      ]
      if (operation.method === 'get') route.get(...steps)
      else route.post(...steps)
    }
    route.all(refuseMethod(operations))
  }
  app.use(() => {
    throw new HttpError('NOT_FOUND', 'Look at /openapi.json for what is here.')
  })
  app.use(answerError(deps))
  return app
}

function byPath(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const paths = new Map<string, Operation[]>()
  for (const each of operations) paths.set(each.path, [...(paths.get(each.path) ?? []), each])
  return paths
}

/** Gives the request an id of our own, and logs it when it is answered. */
function identify(log: Log) {
  return (request: Request, response: Response, next: NextFunction) => {
    const id = randomUUID()
    const start = performance.now()
    response.locals.requestId = id
    response.setHeader('X-Request-Id', id)
    response.on('finish', () => {
      log({
        level: 'info',
        event: 'request',
        id,
        method: request.method,
        path: request.path.slice(0, 200),
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - start),
      })
    })
    next()
  }
}

/** What is decided before a byte of the body is read. */
function admit(operation: Operation, authoriser: Authoriser) {
  return (request: Request, _: Response, next: NextFunction) => {
    if (operation.access === 'token') authoriser.check(request.headers.authorization)
    for (const { name, pattern } of operation.params ?? []) {
      if (new RegExp(pattern).test(String(request.params[name] ?? ''))) continue
      throw new HttpError('NOT_FOUND', 'No id of this form is ever given here.')
    }
    if (operation.body !== undefined) checkMediaType(request, operation.body.mediaTypes)
    next()
  }
}

/** A browser form can send only other media types, so this also stops forged form posts. */
function checkMediaType(request: Request, allowed: readonly string[]): void {
  const header = request.headers['content-type'] ?? ''
  const [mediaType = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase())
  const refuse = (expected: string, found: string) => {
    throw new HttpError(
      'MEDIA_TYPE_UNSUPPORTED',
      `Content-Type: expected ${expected}, found ${found}.`,
      {
        headers: { 'Accept-Post': allowed.join(', ') },
      },
    )
  }
  if (!allowed.includes(mediaType)) refuse(allowed.join(' or '), mediaType.slice(0, 80) || 'none')
  const charset = parameters.find((each) => each.startsWith('charset='))?.slice('charset='.length)
  if (charset !== undefined && !['utf-8', '"utf-8"'].includes(charset)) {
    refuse('charset utf-8', charset.slice(0, 40))
  }
}

function bodyReader({ body }: Operation) {
  // Not inflated: a small compressed body must not become a large one here.
  return body === undefined
    ? []
    : [express.raw({ type: () => true, limit: body.limit, inflate: false })]
}

function perform(operation: Operation) {
  return async (request: Request, response: Response) => {
    send(response, await operation.handle(callOf(request, operation)))
  }
}

function callOf(request: Request, operation: Operation): Call {
  const body: unknown = request.body
  return {
    params: Object.fromEntries(
      (operation.params ?? []).map(({ name }) => [name, String(request.params[name] ?? '')]),
    ),
    query: queryOf(request, operation),
    body: body instanceof Uint8Array ? body : new Uint8Array(),
    header: (name) => request.get(name),
    accepts: (mediaTypes) => request.accepts([...mediaTypes]) || null,
  }
}

function queryOf(request: Request, { query = [] }: Operation): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.query)) {
    const parameter = query.find((each) => each.name === name)
    if (
      parameter !== undefined &&
      typeof value === 'string' &&
      new RegExp(parameter.pattern).test(value)
    ) {
      found[name] = value
      continue
    }
    const known = query.map((each) => each.name).join(', ') || 'no parameter'
    throw new HttpError('QUERY_INVALID', `Query: expected ${known}, each once and of its form.`, {
      faults: [
        {
          pointer: '',
          expected: parameter === undefined ? known : `${name} matching ${parameter.pattern}, once`,
          found: JSON.stringify({ [name.slice(0, 40)]: value }).slice(0, 80),
        },
      ],
    })
  }
  return found
}

function refuseMethod(operations: readonly Operation[]) {
  const methods = operations.flatMap(({ method }) =>
    method === 'get' ? ['GET', 'HEAD'] : ['POST'],
  )
  const allow = methods.join(', ')
  return () => {
    throw new HttpError('METHOD_NOT_ALLOWED', `Use ${allow}.`, { headers: { Allow: allow } })
  }
}

function send(response: Response, { status, headers = {}, mediaType, body }: Answer): void {
  response.status(status)
  if (mediaType !== undefined) response.setHeader('Content-Type', mediaType)
  if (headers['Cache-Control'] === undefined) response.setHeader('Cache-Control', 'no-store')
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.end(body === undefined ? undefined : Buffer.from(body, 'utf8'))
}

function answerError({ log, failed }: AppDeps) {
  return (error: unknown, _: Request, response: Response, next: NextFunction) => {
    const id = String(response.locals.requestId ?? randomUUID())
    const problem = problemOf(error, id)
    if (problem.status >= 500) {
      log({ level: 'error', event: 'failure', id, code: problem.code, error: describe(error) })
      failed(error)
    }
    if (response.headersSent) {
      next(error)
      return
    }
    const headers = error instanceof HttpError ? error.headers : {}
    const body = JSON.stringify(problem)
    send(response, { status: problem.status, headers, mediaType: 'application/problem+json', body })
  }
}

/** For the log alone: nothing of it is ever sent. */
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).slice(0, 4000) : String(error)
}

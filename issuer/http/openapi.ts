import type { Operation, Parameter } from './operation.ts'
import { PROBLEMS, type ProblemCode } from './problems.ts'
import { SCHEMAS, SHARED_SCHEMAS } from './schemas.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Codes any operation may answer with, whatever it does. */
const ALWAYS: readonly ProblemCode[] = ['INTERNAL', 'UNAVAILABLE']
const WITH_TOKEN: readonly ProblemCode[] = ['TOKEN_REQUIRED', 'TOKEN_WRONG', 'READ_ONLY']
const WITH_BODY: readonly ProblemCode[] = [
  'MEDIA_TYPE_UNSUPPORTED',
  'ENCODING_UNSUPPORTED',
  'BODY_TOO_LARGE',
  'BODY_INCOMPLETE',
  'JSON_INVALID',
  'JSON_DUPLICATE_KEY',
  'LIMIT_EXCEEDED',
]

/**
 * The OpenAPI 3.1 description of the operations, from the very schemas that validate their bodies.
 *
 * @param server where the service is found
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export function openApiDocument(operations: readonly Operation[], server: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Battery Passport issuer',
      version: '1',
      description:
        'Issues battery passports as W3C Verifiable Credentials. Bodies are strict JSON: UTF-8, no key twice, no null, no number with a fraction. Refusals are problem documents (RFC 9457) with a stable code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    paths,
    components: {
      schemas: components(),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  }
}

/** The codes an operation may answer with. */
export function problemsOf({ access, body, problems }: Operation): readonly ProblemCode[] {
  return [
    ...problems,
    ...(access === 'token' ? WITH_TOKEN : []),
    ...(body === undefined ? [] : WITH_BODY),
    ...ALWAYS,
  ]
}

function describe(operation: Operation): Json {
  const {
    id,
    summary,
    description,
    access,
    body,
    params = [],
    query = [],
    headers = [],
  } = operation
  const parameters = [
    ...params.map((each) => parameter(each, 'path')),
    ...query.map((each) => parameter(each, 'query')),
    ...headers.map((each) => parameter(each, 'header')),
  ]
  return {
    operationId: id,
    summary,
    description,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(access === 'token' ? { security: [{ token: [] }] } : {}),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: content(body.mediaTypes, body.schema) } }),
    responses: { ...answersOf(operation), ...refusalsOf(operation) },
  }
}

function parameter(
  { name, description, pattern }: Parameter,
  place: 'path' | 'query' | 'header',
): Json {
  const required = place !== 'query'
  return { name, in: place, required, description, schema: { type: 'string', pattern } }
}

function answersOf({ answers }: Operation): Record<string, Json> {
  const described = answers.map(({ status, description, mediaTypes, schema, headers }) => [
    String(status),
    {
      description,
      ...(headers === undefined
        ? {}
        : {
            headers: Object.fromEntries(
              Object.entries(headers).map(([name, text]) => [
                name,
                { description: text, schema: { type: 'string' } },
              ]),
            ),
          }),
      ...(mediaTypes === undefined || schema === undefined
        ? {}
        : { content: content(mediaTypes, schema) }),
    },
  ])
  return Object.fromEntries(described)
}

function refusalsOf(operation: Operation): Record<string, Json> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of problemsOf(operation)) {
    const { status } = PROBLEMS[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${PROBLEMS[code].title}`).join('. '),
        content: content(['application/problem+json'], 'Problem'),
      },
    ]),
  )
}

/** A JWT is text; whatever else is sent is JSON of the schema. */
function content(mediaTypes: readonly string[], schema: string): Json {
  return Object.fromEntries(
    mediaTypes.map((mediaType) => [
      mediaType,
      {
        schema: mediaType.endsWith('+jwt')
          ? { type: 'string', description: 'A compact JWT (VC-JOSE-COSE).' }
          : { $ref: reference(schema) },
      },
    ]),
  )
}

function reference(name: string): string {
  return `#/components/schemas/${name}`
}

/** Every schema an operation names, and those they share, each once. */
function components(): Json {
  const names = new Map<string, string>()
  for (const [name, schema] of Object.entries({ ...SHARED_SCHEMAS, ...SCHEMAS })) {
    if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) continue
    const text = JSON.stringify(schema)
    if (text.length > 50) names.set(text, name)
  }
  const schemas: Record<string, Json> = {}
  const add = (name: string, text: string) => {
    if (Object.hasOwn(schemas, name)) return
    schemas[name] = {}
    schemas[name] = withReferences(JSON.parse(text), true)
  }
  const withReferences = (schema: Json, isRoot = false): Json => {
    if (schema === null || typeof schema !== 'object') return schema
    const text = JSON.stringify(schema)
    const name = isRoot ? undefined : names.get(text)
    if (name !== undefined) {
      add(name, text)
      return { $ref: reference(name) }
    }
    if (Array.isArray(schema)) return schema.map((item: Json) => withReferences(item))
    return Object.fromEntries(
      Object.entries(schema).map(([key, value]) => [key, withReferences(value)]),
    )
  }
  for (const [name, schema] of Object.entries(SCHEMAS)) add(name, JSON.stringify(schema))
  return schemas
}

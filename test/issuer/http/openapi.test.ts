import assert from 'node:assert/strict'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type supertest from 'supertest'
import { issuerOperations } from '../../../issuer/http/operations.ts'
import { PROBLEMS } from '../../../issuer/http/problems.ts'
import { clockAt, presentationOf } from '../../support/consortium.ts'
import {
  AUTHORIZED,
  evidenceOf,
  order,
  post,
  read,
  requestOf,
  served,
  submit,
} from './service-under-test.ts'

interface Described {
  readonly operationId: string
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
}

describe('/openapi.json', () => {
  const its = served('all')
  let document: {
    readonly openapi: string
    readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
    readonly components: { readonly schemas: Readonly<Record<string, object>> }
  }
  let ajv: Ajv2020

  before(async () => {
    document = JSON.parse((await read(its.under.app, '/openapi.json')).body)
    ajv = new Ajv2020({ strict: false, discriminator: false })
    ajv.addSchema({ $id: 'openapi', ...document })
  })

  const validator = (schema: object): ValidateFunction =>
    ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')),
    )

  it('describes every operation of the service, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${operationId} ${method} ${path}`,
      ),
    )
    const there = issuerOperations(its.under.service, clockAt()).map(
      ({ id, method, path }) => `${id} ${method} ${path}`,
    )
    assert.equal(document.openapi, '3.1.0')
    assert.deepEqual(described.sort(), [...there].sort())
    assert.equal(new Set(there.map((each) => each.split(' ')[0])).size, there.length)
  })

  it('refers only to schemas it has, and has none that nothing refers to', () => {
    const text = JSON.stringify(document)
    const referred = new Set(
      [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name),
    )
    assert.deepEqual([...referred].sort(), Object.keys(document.components.schemas).sort())
  })

  it('has schemas that compile', () => {
    for (const name of Object.keys(document.components.schemas)) {
      validator({ $ref: `#/components/schemas/${name}` })
    }
  })

  /** Checks an answer against what is described for its operation, status and media type. */
  const conforms = (method: string, path: string, answer: supertest.Response) => {
    const mediaType = String(answer.headers['content-type'])
    const described = document.paths[path]?.[method]?.responses[String(answer.status)]
    const schema = described?.content?.[mediaType]?.schema
    assert.ok(schema, `${method} ${path} ${answer.status} ${mediaType} is described`)
    const validate = validator(schema)
    const body: unknown = JSON.parse(
      Buffer.isBuffer(answer.body) ? answer.body.toString() : answer.text,
    )
    assert.ok(validate(body), `${method} ${path}: ${JSON.stringify(validate.errors?.slice(0, 3))}`)
  }

  it('tells the truth about answers', async () => {
    conforms('post', '/attestations', await submit(its.under.app, await evidenceOf(its.consortium)))
    const accreditation = await its.consortium.custodyAccreditation()
    const custody = await its.consortium.custody(accreditation)
    const assured = presentationOf([custody, accreditation])
    conforms('post', '/attestations', await submit(its.under.app, assured))
    const issued = await order(its.under.app, requestOf(its.consortium))
    conforms('post', '/passports', issued)
    const path = String(issued.headers.location)
    conforms('get', '/passports/{id}', await read(its.under.app, path))
    conforms(
      'get',
      '/passports/{id}/presentation',
      await read(its.under.app, `${path}/presentation`),
    )
    conforms('get', '/passports', await read(its.under.app, '/passports', AUTHORIZED))
    conforms('get', '/attestations', await read(its.under.app, '/attestations', AUTHORIZED))
    const suspended = await post(its.under.app, `${path}/status`, {
      status: 'suspended',
      reason: 'x',
    })
    conforms('post', '/passports/{id}/status', suspended)
    const told = await post(its.under.app, `${path}/status`, {
      status: 'suspended',
      reason: 'x',
      notice: { reason: 'error' },
    })
    conforms('post', '/passports/{id}/status', told)
    conforms('get', '/passports/{id}/notice', await read(its.under.app, `${path}/notice`))
    conforms('get', '/status-lists/{id}', await read(its.under.app, '/status-lists/revocation-1'))
    const [list] = await its.consortium.board.lists(its.consortium.parties.climateBody)
    assert.ok(list)
    conforms(
      'post',
      '/status-lists',
      await post(its.under.app, '/status-lists', list.bytes, 'application/vc'),
    )
    conforms('get', '/did', await read(its.under.app, '/did'))
    conforms('get', '/healthz', await read(its.under.app, '/healthz'))
    conforms('get', '/openapi.json', await read(its.under.app, '/openapi.json'))
  })

  it('tells the truth about refusals', async () => {
    const request = requestOf(its.consortium)
    conforms('post', '/passports', await order(its.under.app, '{', 'key-json-bad'))
    conforms('post', '/passports', await order(its.under.app, {}, 'key-schema-bad'))
    conforms(
      'post',
      '/passports',
      await order(its.under.app, { ...request, attestations: ['urn:x:y'] }, 'key-unknown-1'),
    )
    conforms('get', '/passports', await read(its.under.app, '/passports'))
    conforms(
      'get',
      '/passports/{id}',
      await read(its.under.app, '/passports/AAAAAAAAAAAAAAAAAAAAAA'),
    )
    const [first] = its.consortium.attestations
    assert.ok(first)
    const stale = await submit(
      its.under.app,
      new TextEncoder().encode('{"verifiableCredential":[{}]}'),
    )
    conforms('post', '/attestations', stale)
  })

  it('takes by its schema what the service takes, and no other', () => {
    const schema =
      document.paths['/passports']?.post?.requestBody?.content['application/json']?.schema
    assert.ok(schema)
    const validate = validator(schema)
    assert.ok(validate(requestOf(its.consortium)), JSON.stringify(validate.errors))
    assert.ok(!validate({ ...requestOf(its.consortium), score: {} }))
  })

  it('names only codes that problems have', () => {
    for (const operation of issuerOperations(its.under.service, clockAt())) {
      for (const code of operation.problems) assert.ok(Object.hasOwn(PROBLEMS, code), code)
    }
  })
})

describe('the page about the service', () => {
  const its = served('all')

  it('shows every operation, loads nothing and runs nothing', async () => {
    const { body, headers } = await read(its.under.app, '/')
    const html = body.toString()
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    for (const { path } of issuerOperations(its.under.service, clockAt()))
      assert.ok(html.includes(path), path)
    assert.doesNotMatch(html, /<script|<link|<img|src=|url\(|https?:\/\/(?!www\.w3)/)
    const [, policy] = /style-src '([^']+)'/.exec(String(headers['content-security-policy'])) ?? []
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(html) ?? []
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
    assert.equal(policy, `sha256-${Buffer.from(hash).toString('base64')}`)
  })
})

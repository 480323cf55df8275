import assert from 'node:assert/strict'
import { didDocument } from '@battery-passport/keys'
import supertest from 'supertest'
import { createApp } from '../../../issuer/http/app.ts'
import { bearerToken } from '../../../issuer/http/auth.ts'
import type { LogLine } from '../../../issuer/http/log.ts'
import { jsonLog } from '../../../issuer/http/log.ts'
import type { Operation } from '../../../issuer/http/operation.ts'
import type { Store } from '../../../issuer/store/store.ts'
import { StoreError } from '../../../issuer/store/store-error.ts'
import { Consortium } from '../../support/consortium.ts'
import {
  evidenceOf,
  order,
  post,
  read,
  requestOf,
  served,
  serviceUnderTest,
  submit,
  TOKEN,
} from './service-under-test.ts'

describe('the HTTP service', () => {
  const its = served('all')

  it('answers problems as RFC 9457 has them, with a stable code and an id that the log knows', async () => {
    const { status, headers, body } = await read(its.under.app, '/nothing')
    const problem = JSON.parse(body)
    assert.equal(status, 404)
    assert.equal(headers['content-type'], 'application/problem+json')
    assert.equal(problem.type, 'https://battery-passport.example/problems/not-found')
    assert.deepEqual([problem.code, problem.status], ['NOT_FOUND', 404])
    assert.equal(problem.instance, `urn:uuid:${headers['x-request-id']}`)
    assert.ok(its.under.log.some(({ id }) => id === headers['x-request-id']))
  })

  it('names the methods of an address when another is used', async () => {
    for (const [method, path, allow] of [
      ['delete', '/passports', 'POST, GET, HEAD'],
      ['put', '/status-lists/revocation-1', 'GET, HEAD'],
      ['get', '/status-lists', 'POST'],
      ['post', '/did', 'GET, HEAD'],
      ['options', '/did', 'GET, HEAD'],
    ] as const) {
      const { status, headers } = await supertest(its.under.app)[method](path)
      assert.deepEqual([status, headers.allow], [405, allow], `${method} ${path}`)
    }
  })

  it('answers HEAD like GET, without the body', async () => {
    const { status, headers, text } = await supertest(its.under.app).head('/did')
    assert.deepEqual([status, text ?? ''], [200, ''])
    assert.equal(headers['content-type'], 'application/did+ld+json')
  })

  it('says nothing of what it is built with, and lets no page do anything with its answers', async () => {
    for (const path of ['/did', '/nothing', '/']) {
      const { headers } = await read(its.under.app, path)
      assert.equal(headers['x-powered-by'], undefined)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.match(String(headers['content-security-policy']), /^default-src 'none'/)
    }
  })

  it('takes no request id from outside', async () => {
    const { headers } = await read(its.under.app, '/did', { 'X-Request-Id': 'forged' })
    assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/)
  })

  it('refuses an address that cannot be decoded', async () => {
    const { status, body } = await read(its.under.app, '/passports/%E0%A4%A')
    assert.deepEqual([status, JSON.parse(body).code], [400, 'URL_INVALID'])
  })

  it('publishes the DID document its key resolves to', async () => {
    const { body } = await read(its.under.app, '/did')
    assert.deepEqual(
      JSON.parse(body),
      didDocument(its.consortium.parties.packMaker.signer.publicKey),
    )
  })

  it('has no address that takes a private key', async () => {
    for (const path of ['/keys', '/attest', '/credentials/issue', '/accreditations']) {
      assert.equal((await post(its.under.app, path, {})).status, 404)
    }
    const { body } = await read(its.under.app, '/openapi.json')
    assert.doesNotMatch(body.toString(), /passphrase|privateKey|"jwk"|secretKey/i)
  })

  it('keeps the token out of answers and the log', async () => {
    await submit(its.under.app, await evidenceOf(its.consortium))
    await order(its.under.app, '{}')
    assert.ok(its.under.log.length > 3)
    assert.doesNotMatch(JSON.stringify(its.under.log), new RegExp(TOKEN))
  })

  it('writes one line of JSON for a line of the log, whatever a text holds', () => {
    const lines: string[] = []
    const log = jsonLog(
      (text) => lines.push(text),
      () => '2026-11-23T12:00:00Z',
    )
    log({ level: 'info', event: 'request', path: '/x\n{"level":"error"}' })
    assert.equal(lines.join('').split('\n').length, 2)
  })

  it('is healthy while its store is', async () => {
    const { status, body } = await read(its.under.app, '/healthz')
    assert.deepEqual([status, JSON.parse(body)], [200, { status: 'ok' }])
  })

  it('is read-only without a token', async () => {
    const other = await serviceUnderTest(its.consortium, { token: null })
    const answer = await submit(other.app, await evidenceOf(its.consortium))
    assert.deepEqual([answer.status, answer.body.code], [403, 'READ_ONLY'])
    assert.equal((await read(other.app, '/did')).status, 200)
    await other.dispose()
  })
})

describe('the HTTP service when its store fails', () => {
  it('takes nothing more, says so, and reports the failure', async () => {
    const consortium = await Consortium.assemble()
    let failed: StoreError | null = null
    const wrap = (store: Store): Store => ({
      ...store,
      failure: () => failed,
      commit(changes, reason, durability) {
        if (reason.action !== 'passport-issued' && failed === null) {
          return store.commit(changes, reason, durability)
        }
        failed ??= new StoreError('STORE_FAILED', 'store: a write failed. ENOSPC /secret/path')
        return Promise.reject(failed)
      },
    })
    const under = await serviceUnderTest(consortium, { wrap })
    await submit(under.app, await evidenceOf(consortium))
    const answer = await order(under.app, requestOf(consortium))
    assert.deepEqual([answer.status, answer.body.code], [503, 'UNAVAILABLE'])
    assert.doesNotMatch(answer.text, /secret|ENOSPC/)
    assert.deepEqual(under.failures, [failed])
    assert.equal((await read(under.app, '/healthz')).status, 503)
    assert.equal((await read(under.app, '/passports/AAAAAAAAAAAAAAAAAAAAAA')).status, 404)
    await under.dispose()
  })
})

describe('the HTTP layer', () => {
  const appOf = (handle: Operation['handle'], log: LogLine[] = []) =>
    createApp({
      operations: [
        {
          method: 'get',
          path: '/x',
          id: 'x',
          summary: '',
          description: '',
          access: 'public',
          answers: [],
          problems: [],
          handle,
        },
      ],
      authoriser: bearerToken(null),
      log: (line) => log.push(line),
      failed: () => undefined,
    })

  it('tells nothing of an unforeseen error but its id; the log has it', async () => {
    const log: LogLine[] = []
    const failing = appOf(async () => {
      throw new Error('secret at /home/operator')
    }, log)
    const { status, body, headers } = await read(failing, '/x')
    assert.equal(status, 500)
    assert.doesNotMatch(body.toString(), /secret|home|Error/)
    assert.equal(JSON.parse(body).code, 'INTERNAL')
    const line = log.find(({ event }) => event === 'failure')
    assert.equal(line?.id, headers['x-request-id'])
    assert.match(String(line?.error), /secret at/)
  })

  it('is never kept by a cache unless the answer says so', async () => {
    const app = appOf(async () => ({ status: 200, body: '{}' }))
    assert.equal((await read(app, '/x')).headers['cache-control'], 'no-store')
  })
})

import assert from 'node:assert/strict'
import { digestMultibase } from '@battery-passport/contexts'
import { decodeInput, isOfType } from '@battery-passport/verifier'
import { statusIndexId } from '../../../issuer/service/list-name.ts'
import { writing } from '../../../issuer/service/record-types.ts'
import { NOW } from '../../support/consortium.ts'
import { evidenceOf, order, post, read, requestOf, served, submit } from './service-under-test.ts'

/** An hour after the passport was issued, and half of it. */
const HOUR = '2026-10-01T01:00:00Z'
const HALF = '2026-10-01T00:30:00Z'

describe('notices of our own passports', () => {
  let location: string
  const its = served('each', {
    async ready({ under, consortium }) {
      await submit(under.app, await evidenceOf(consortium))
      location = String((await order(under.app, requestOf(consortium))).headers.location)
      under.advance(3600)
    },
  })

  const change = (status: string, notice?: object, where = location) =>
    post(its.under.app, `${where}/status`, {
      status,
      reason: 'kept here',
      ...(notice === undefined ? {} : { notice }),
    })
  const list = async (name: string) => {
    const { body } = await read(its.under.app, `/status-lists/${name}`)
    return JSON.parse(body).credentialSubject
  }
  /** The verdict on the presentation, as of an instant. */
  const verdict = async (at: string) => {
    const { body } = await read(its.under.app, `${location}/presentation`)
    return its.consortium.verifier({}, HOUR).verifyPassport(body, { at })
  }
  const codes = async (at: string) =>
    (await verdict(at)).findings
      .filter(({ severity }) => severity === 'error' || severity === 'unknown')
      .map(({ code }) => code)

  it('say why and since when, in the list and in the presentation', async () => {
    const notice = { reason: 'ceased', description: 'Recycled.', effectiveFrom: HALF }
    const answer = await change('revoked', notice)
    assert.equal(answer.status, 200, answer.text)
    const { notices } = await list('revocation-1')
    assert.deepEqual(
      notices.map(({ id }: { id: string }) => id),
      [answer.body.notice],
    )
    assert.equal((await list('suspension-1')).notices, undefined)
    const after = await verdict(HOUR)
    assert.deepEqual(await codes(HOUR), ['REVOKED'])
    const [revoked] = after.findings.filter(({ code }) => code === 'REVOKED')
    assert.match(revoked?.detail ?? '', /says ceased/)
    assert.deepEqual(await codes('2026-10-01T00:29:00Z'), [])
    assert.ok((await verdict(HOUR)).chain.some(({ type }) => type === 'WithdrawalNotice'))
  })

  it('are served by themselves, signed and about the passport', async () => {
    const none = await read(its.under.app, `${location}/notice`)
    assert.equal(none.status, 404)
    assert.equal(JSON.parse(none.body).code, 'NOTICE_UNKNOWN')
    await change('revoked', { reason: 'misstatement', voidFrom: NOW })
    const { body: bytes, headers, status } = await read(its.under.app, `${location}/notice`)
    const body = String(bytes)
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'application/vc')
    const [document] = decodeInput(new TextEncoder().encode(body)).documents
    assert.ok(document?.ok && isOfType(document.secured, 'WithdrawalNotice'))
    const passport = String((await read(its.under.app, location)).body)
    const { credentialSubject } = document.secured.credential
    assert.equal(credentialSubject.id, JSON.parse(passport).id)
    assert.equal(credentialSubject.digestMultibase, digestMultibase(passport))
    assert.equal(credentialSubject.voidFrom, NOW)
    assert.doesNotMatch(body, /kept here/)
    const genuine = await its.consortium.verifier({}, HOUR).verifyCredential(bytes)
    assert.equal(genuine.outcome, 'accepted')
    const tag = { 'If-None-Match': String(headers.etag) }
    assert.equal((await read(its.under.app, `${location}/notice`, tag)).status, 304)
    const unknown = await read(its.under.app, '/passports/AAAAAAAAAAAAAAAAAAAAAA/notice')
    assert.equal(JSON.parse(unknown.body).code, 'PASSPORT_UNKNOWN')
  })

  it('are named in every later edition, also after a restart', async () => {
    await change('revoked', { reason: 'ceased' })
    await its.restart()
    assert.equal((await list('revocation-1')).notices.length, 1)
    its.under.advance(60_000)
    assert.equal((await list('revocation-1')).notices.length, 1)
    assert.equal((await read(its.under.app, `${location}/notice`)).status, 200)
  })

  it('go with a suspension, and end with it', async () => {
    const first = await change('suspended', { reason: 'error' })
    assert.equal((await list('suspension-1')).notices.length, 1)
    // Another notice takes the place of the first.
    const second = await change('suspended', { reason: 'misstatement' })
    assert.notEqual(second.body.notice, first.body.notice)
    const { notices } = await list('suspension-1')
    assert.deepEqual(
      notices.map(({ id }: { id: string }) => id),
      [second.body.notice],
    )
    await change('active')
    assert.equal((await list('suspension-1')).notices, undefined)
    assert.equal((await read(its.under.app, `${location}/notice`)).status, 404)
    assert.deepEqual(await codes(HOUR), [])
    await change('suspended', { reason: 'error' })
    await change('revoked')
    assert.equal((await list('suspension-1')).notices, undefined)
    assert.equal((await list('revocation-1')).notices, undefined)
  })

  it('change nothing once the passport is revoked', async () => {
    await change('revoked')
    const late = await change('revoked', { reason: 'ceased' })
    assert.deepEqual([late.status, late.body.code], [409, 'STATUS_FINAL'])
    assert.equal((await list('revocation-1')).notices, undefined)
    assert.equal((await change('revoked')).status, 200)
  })

  it('are refused where they withdraw nothing, and then nothing changes', async () => {
    for (const [status, notice, code, pointer] of [
      ['active', { reason: 'error' }, 'REQUEST_INVALID', '/notice'],
      ['revoked', { reason: 'bored' }, 'REQUEST_INVALID', '/notice/reason'],
      [
        'revoked',
        { reason: 'error', indicators: ['x.y'] },
        'REQUEST_INVALID',
        '/notice/indicators',
      ],
      [
        'revoked',
        { reason: 'error', effectiveFrom: '2026-10-01T01:00:01Z' },
        'NOTICE_REFUSED',
        '/notice/effectiveFrom',
      ],
      [
        'revoked',
        { reason: 'error', effectiveFrom: HALF, voidFrom: HALF },
        'NOTICE_REFUSED',
        '/notice',
      ],
    ] as const) {
      const { body } = await change(status, notice)
      assert.equal(body.code, code)
      assert.equal(body.errors[0].pointer, pointer)
    }
    assert.deepEqual(await codes(HOUR), [])
  })

  it('fill a list: then new passports stand in another, and an old one is revoked without', async () => {
    const text = String((await read(its.under.app, location)).body)
    const full = Array.from({ length: 256 }, (_, index) => {
      const passport = `full${String(index).padStart(18, '0')}`
      const place = { generation: 1, index: 131_071 - index }
      const notice = { id: `urn:example:${index}`, digestMultibase: digestMultibase(text), text }
      const record = { place, status: 'revoked', reason: 'x', changedAt: NOW, notice } as const
      return [
        writing('create', 'status-index', statusIndexId(place), { passport }),
        writing('create', 'status', passport, record),
      ]
    }).flat()
    const reason = { action: 'status-changed', subject: 'all', at: NOW } as const
    await its.under.store.commit(full, reason)
    await its.restart()
    const refused = await change('revoked', { reason: 'ceased' })
    assert.deepEqual([refused.status, refused.body.code], [409, 'NOTICES_FULL'])
    assert.equal((await change('revoked')).status, 200)
    its.under.advance(60_000)
    assert.equal((await list('revocation-1')).notices.length, 256)
    const sent = requestOf(its.consortium, '2')
    const next = await order(its.under.app, sent, 'key-after-the-list-is-full')
    const passport = JSON.parse((await read(its.under.app, String(next.headers.location))).body)
    assert.match(passport.credentialStatus[0].statusListCredential, /revocation-2$/)
  })
})

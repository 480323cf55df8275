import assert from 'node:assert/strict'
import { generateSigner } from '@battery-passport/keys'
import { Consortium, NOW, presentationOf, type Signed } from '../../support/consortium.ts'
import {
  BASE_URL,
  evidenceOf,
  order,
  post,
  read,
  requestOf,
  served,
  serviceUnderTest,
  submit,
} from './service-under-test.ts'

describe('status lists of others', () => {
  const its = served('each', {
    ready: async ({ under, consortium }) => submit(under.app, await evidenceOf(consortium)),
  })

  /** The revocation list of the climate body, signed at an instant. */
  const revocationList = async (created: string, revoked: readonly string[] = []) => {
    const { climateBody } = its.consortium.parties
    const change = { created, credential: { validFrom: created } }
    const [list] = await its.consortium.board.lists(climateBody, { revoked }, change)
    assert.ok(list)
    return list
  }
  const send = (list: Signed) => post(its.under.app, '/status-lists', list.bytes, 'application/vc')
  const submitList = (body: Uint8Array) =>
    post(its.under.app, '/status-lists', body, 'application/vp')
  const byClimate = () => {
    const found = its.consortium.attestations.find(
      ({ secured }) => secured.issuer === its.consortium.parties.climateBody.did,
    )
    assert.ok(found)
    return found
  }

  it('are replaced by a newer edition, which then counts', async () => {
    const answer = await send(await revocationList('2026-09-30T23:00:00Z', [byClimate().id]))
    assert.equal(answer.status, 200, answer.text)
    const refused = await order(its.under.app, requestOf(its.consortium))
    assert.deepEqual([refused.status, refused.body.code], [422, 'PASSPORT_NOT_ACCEPTED'])
    assert.ok(refused.body.findings.some(({ code }: { code: string }) => code === 'REVOKED'))
  })

  it('still count after a restart', async () => {
    await send(await revocationList('2026-09-30T23:00:00Z', [byClimate().id]))
    await its.restart()
    assert.equal((await order(its.under.app, requestOf(its.consortium))).status, 422)
  })

  it('reach the presentations of passports issued before', async () => {
    const issued = await order(its.under.app, requestOf(its.consortium))
    await send(await revocationList('2026-09-30T23:00:00Z', [byClimate().id]))
    const shown = await read(its.under.app, `${issued.headers.location}/presentation`)
    const verdict = await its.consortium.verifier().verifyPassport(shown.body)
    assert.ok(verdict.findings.some(({ code }) => code === 'REVOKED'))
  })

  it('are not replaced by an older edition, or by another of the same second', async () => {
    const current = await revocationList('2026-09-30T23:00:00Z', [byClimate().id])
    await send(current)
    for (const created of ['2026-09-30T22:30:00Z', '2026-09-30T23:00:00Z']) {
      const answer = await send(await revocationList(created))
      assert.deepEqual([answer.status, answer.body.code], [409, 'LIST_NOT_NEWER'])
      assert.equal(answer.body.errors[0].pointer, '/proof/created')
    }
    const older = await submit(its.under.app, await evidenceOf(its.consortium))
    assert.equal(older.status, 422, 'the submission rests on what the newer list revokes')
    assert.equal((await order(its.under.app, requestOf(its.consortium))).status, 422)
  })

  it('are replaced by an edition of the same second that withdraws more', async () => {
    await send(await revocationList('2026-09-30T23:00:00Z'))
    const severer = await revocationList('2026-09-30T23:00:00Z', [byClimate().id])
    assert.equal((await send(severer)).status, 200)
    assert.equal(
      (await order(its.under.app, requestOf(its.consortium))).body.code,
      'PASSPORT_NOT_ACCEPTED',
    )
  })

  it('do not hide in a submission what another of the same second withdraws', async () => {
    const created = '2026-09-30T23:00:00Z'
    const other = its.consortium.attestations.find(
      (each) => each.secured.issuer === byClimate().secured.issuer && each !== byClimate(),
    )
    assert.ok(other)
    const milder = await revocationList(created)
    const severer = await revocationList(created, [other.id])
    for (const lists of [
      [milder, severer],
      [severer, milder],
    ]) {
      const fresh = await serviceUnderTest(its.consortium)
      const parts = [
        ...its.consortium.accreditations.values(),
        ...its.consortium.identities.values(),
        ...(await its.consortium.statusLists()),
      ]
      const sent = await submit(fresh.app, presentationOf([byClimate(), ...parts, ...lists]))
      assert.equal(sent.status, 201, sent.text)
      const late = await submit(fresh.app, presentationOf([other]))
      await fresh.dispose()
      assert.equal(late.status, 422)
      assert.ok(late.body.findings.some(({ code }: { code: string }) => code === 'REVOKED'))
    }
  })

  it('are taken with the notices they name, which then are at hand', async () => {
    const { climateBody } = its.consortium.parties
    const about = byClimate()
    const [result] = about.secured.credential.credentialSubject.results
    assert.ok(result !== undefined)
    const notice = await its.consortium.notice(climateBody, about, {
      subject: { withdraws: { kind: 'indicators', indicators: [result.indicator] } },
    })
    const change = { created: '2026-09-30T23:00:00Z' }
    const withdrawn = { revoked: [about.id], notices: [{ about: about.id, notice }] }
    const [list] = await its.consortium.board.lists(climateBody, withdrawn, change)
    assert.ok(list)
    const answer = await submitList(presentationOf([list, notice]))
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(answer.body.findings, [])
    await its.restart()
    const issued = await order(its.under.app, requestOf(its.consortium))
    assert.equal(issued.status, 201, issued.text)
    const shown = await read(its.under.app, `${issued.headers.location}/presentation`)
    const verdict = await its.consortium.verifier().verifyPassport(shown.body)
    assert.equal(verdict.outcome, 'accepted')
    assert.ok(verdict.findings.some(({ code }) => code === 'WITHDRAWN_IN_PART'))
  })

  it('leave a passport unissued where a notice they name is not at hand', async () => {
    const { climateBody } = its.consortium.parties
    const about = byClimate()
    const notice = await its.consortium.notice(climateBody, about)
    const withdrawn = { revoked: [about.id], notices: [{ about: about.id, notice }] }
    const change = { created: '2026-09-30T23:00:00Z' }
    const [list] = await its.consortium.board.lists(climateBody, withdrawn, change)
    assert.ok(list)
    assert.equal((await send(list)).status, 200)
    const refused = await order(its.under.app, requestOf(its.consortium))
    assert.ok(refused.body.findings.some(({ code }: { code: string }) => code === 'NOTICE_MISSING'))
    // The notice comes with the same edition.
    assert.equal((await submitList(presentationOf([list, notice]))).status, 200)
    const after = await order(its.under.app, requestOf(its.consortium), 'key-with-the-notice')
    assert.ok(after.body.findings.some(({ code }: { code: string }) => code === 'REVOKED'))
  })

  it('are refused with anything besides the notices they name', async () => {
    const { climateBody } = its.consortium.parties
    const about = byClimate()
    const notice = await its.consortium.notice(climateBody, about)
    const list = await revocationList('2026-09-30T23:00:00Z')
    for (const others of [[notice], [about], [list]]) {
      const { status, body } = await submitList(presentationOf([list, ...others]))
      assert.deepEqual([status, body.code], [422, 'LIST_REFUSED'])
      assert.equal(body.errors[0].pointer, '/verifiableCredential/1')
    }
    const { body } = await submitList(presentationOf([notice, list]))
    assert.equal(body.errors[0].pointer, '/verifiableCredential/0')
    // Named as a notice, and none.
    const { id, digestMultibase } = about.reference
    const misnamed = { ...notice, reference: { ...notice.reference, id, digestMultibase } }
    const [naming] = await its.consortium.board.lists(
      climateBody,
      { revoked: [about.id], notices: [{ about: about.id, notice: misnamed }] },
      { created: '2026-09-30T23:00:00Z' },
    )
    assert.ok(naming)
    const wrong = await submitList(presentationOf([naming, about]))
    assert.deepEqual([wrong.status, wrong.body.code], [422, 'LIST_REFUSED'])
  })

  it('are taken from a successor that a stored accreditation names', async () => {
    const { climateBody } = its.consortium.parties
    const successor = generateSigner()
    const [list] = await its.consortium.board.lists(
      climateBody,
      { revoked: [byClimate().id] },
      {
        credential: { issuer: successor.did },
        signer: successor,
        created: '2026-09-30T23:00:00Z',
      },
    )
    assert.ok(list)
    const early = await send(list)
    assert.deepEqual([early.status, early.body.code], [422, 'LIST_UNKNOWN'])
    const naming = await its.consortium.accreditation(climateBody, {
      credential: {
        id: 'https://accreditationbody.example/accreditations/succeeded',
        validFrom: '2026-09-30T00:00:00Z',
      },
      subject: { statusSuccessor: successor.did },
    })
    const ahead = presentationOf([naming, ...(await its.consortium.statusLists())])
    assert.equal((await submit(its.under.app, ahead)).status, 201)
    assert.equal((await send(list)).status, 200)
    const refused = await order(its.under.app, requestOf(its.consortium))
    assert.ok(refused.body.findings.some(({ code }: { code: string }) => code === 'REVOKED'))
  })

  it('are taken again as they are', async () => {
    const list = await revocationList('2026-09-30T23:00:00Z')
    assert.deepEqual([(await send(list)).status, (await send(list)).status], [200, 200])
  })

  it('are refused from an issuer of whom nothing is stored', async () => {
    const stranger = await Consortium.assemble()
    const [list] = await stranger.board.lists(stranger.parties.climateBody)
    assert.ok(list)
    const answer = await send(list)
    assert.deepEqual([answer.status, answer.body.code], [422, 'LIST_UNKNOWN'])
  })

  it('cannot be overwritten by another issuer under the same id', async () => {
    const { socialBody } = its.consortium.parties
    const honest = await revocationList('2026-09-30T23:00:00Z', [byClimate().id])
    await send(honest)
    const [forged] = await its.consortium.board.lists(
      socialBody,
      {},
      {
        created: '2026-09-30T23:30:00Z',
        credential: { id: honest.id },
      },
    )
    assert.ok(forged)
    await send(forged)
    const answer = await order(its.under.app, requestOf(its.consortium))
    assert.ok(
      answer.body.findings?.some(({ code }: { code: string }) => code === 'REVOKED'),
      answer.text,
    )
  })

  it('are refused when they were changed after signing', async () => {
    const list = await revocationList('2026-09-30T23:00:00Z')
    const text = new TextDecoder()
      .decode(list.bytes)
      .replace('T23:00:00Z","validUntil', 'T23:00:01Z","validUntil')
    const answer = await post(
      its.under.app,
      '/status-lists',
      new TextEncoder().encode(text),
      'application/vc',
    )
    assert.deepEqual([answer.status, answer.body.code], [422, 'LIST_REFUSED'])
    assert.ok(answer.body.findings.some(({ code }: { code: string }) => code === 'PROOF_INVALID'))
  })

  it('are refused where another credential is sent', async () => {
    const answer = await send(byClimate())
    assert.deepEqual([answer.status, answer.body.code], [422, 'LIST_REFUSED'])
  })
})

describe('our own status lists', () => {
  let location: string
  let seconds = 0
  const its = served('each', {
    statusListValiditySeconds: 3600,
    async ready({ under, consortium }) {
      seconds = 0
      await submit(under.app, await evidenceOf(consortium))
      location = String((await order(under.app, requestOf(consortium))).headers.location)
    },
  })

  const change = (status: string, reason = 'because the tests say so') =>
    post(its.under.app, `${location}/status`, { status, reason })
  const verdict = async () => {
    const { body } = await read(its.under.app, `${location}/presentation`)
    const found = await its.consortium.verifier({}, later()).verifyPassport(body)
    return [
      found.outcome,
      ...found.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    ]
  }
  const later = () => new Date(Date.parse(NOW) + seconds * 1000).toISOString().replace('.000Z', 'Z')
  it('are served where the passport says', async () => {
    const passport = JSON.parse((await read(its.under.app, location)).body)
    for (const { statusListCredential, statusPurpose } of passport.credentialStatus) {
      assert.ok(statusListCredential.startsWith(`${BASE_URL}/status-lists/`))
      const { body, headers } = await read(
        its.under.app,
        statusListCredential.slice(BASE_URL.length),
      )
      const list = JSON.parse(body)
      assert.equal(headers['content-type'], 'application/vc')
      assert.equal(list.id, statusListCredential)
      assert.equal(list.credentialSubject.statusPurpose, statusPurpose)
      assert.equal(list.issuer, its.consortium.parties.packMaker.did)
      const outcome = await its.consortium.verifier().verifyCredential(body)
      assert.equal(outcome.outcome, 'accepted')
    }
  })

  it('have a tag, may be kept for a short time, and are not sent twice', async () => {
    const path = '/status-lists/revocation-1'
    const { headers } = await read(its.under.app, path)
    assert.match(String(headers['cache-control']), /^public, max-age=60$/)
    const again = await read(its.under.app, path, { 'If-None-Match': String(headers.etag) })
    assert.deepEqual([again.status, again.body.length], [304, 0])
    assert.equal(again.headers.etag, headers.etag)
  })

  it('are signed anew before they grow stale, and only then', async () => {
    const path = '/status-lists/suspension-1'
    const first = await read(its.under.app, path)
    its.under.advance(1799)
    assert.equal((await read(its.under.app, path)).headers.etag, first.headers.etag)
    its.under.advance(1)
    const second = await read(its.under.app, path)
    assert.notEqual(second.headers.etag, first.headers.etag)
    assert.ok(JSON.parse(second.body).proof.created > JSON.parse(first.body).proof.created)
  })

  it('are there from the first list on, and no further', async () => {
    assert.equal((await read(its.under.app, '/status-lists/revocation-2')).status, 404)
    for (const name of ['revocation-0', 'revocation-01', 'x', '..%2f', 'revocation-1%00']) {
      assert.equal((await read(its.under.app, `/status-lists/${name}`)).status, 404, name)
    }
  })

  it('revoke at once, for good, and for everyone who looks', async () => {
    assert.deepEqual(await verdict(), ['accepted'])
    const before = await read(its.under.app, '/status-lists/revocation-1')
    const answer = await change('revoked')
    assert.deepEqual([answer.status, answer.body.status], [200, 'revoked'])
    assert.notEqual(
      (await read(its.under.app, '/status-lists/revocation-1')).headers.etag,
      before.headers.etag,
    )
    assert.deepEqual(await verdict(), ['rejected', 'REVOKED'])
    for (const status of ['active', 'suspended']) {
      const refused = await change(status)
      assert.deepEqual([refused.status, refused.body.code], [409, 'STATUS_FINAL'])
    }
    assert.equal((await change('revoked')).status, 200)
    await its.restart()
    assert.deepEqual(await verdict(), ['rejected', 'REVOKED'])
    its.under.advance(1800)
    seconds = 1800
    assert.deepEqual(await verdict(), ['rejected', 'REVOKED'], 'also in the next edition')
  })

  it('are dated later than the edition before, also within one second', async () => {
    const path = '/status-lists/revocation-1'
    const before = (await read(its.under.app, path)).body
    await change('revoked')
    const after = (await read(its.under.app, path)).body
    assert.ok(JSON.parse(after).proof.created > JSON.parse(before).proof.created)
    const passport = (await read(its.under.app, location)).body
    const shown = (await read(its.under.app, `${location}/presentation`)).body
    const found = await its.consortium
      .verifier()
      .verifyPassport(passport, { with: [before, shown] })
    assert.ok(found.findings.some(({ code }) => code === 'REVOKED'))
  })

  it('are never dated further ahead than verifiers allow', async () => {
    for (let i = 0; i < 35; i++) {
      await change('suspended')
      await change('active')
    }
    const { body } = await read(its.under.app, '/status-lists/suspension-1')
    const ahead = Date.parse(JSON.parse(body).proof.created) - Date.parse(NOW)
    assert.equal(ahead, 60_000)
    assert.deepEqual(await verdict(), ['accepted'])
  })

  it('suspend and reinstate', async () => {
    await change('suspended')
    assert.deepEqual(await verdict(), ['rejected', 'SUSPENDED'])
    await change('active')
    assert.deepEqual(await verdict(), ['accepted'])
    await change('suspended')
    await change('revoked')
    assert.deepEqual(await verdict(), ['rejected', 'REVOKED'])
  })

  it('keep every one of many simultaneous changes', async () => {
    const locations = [location]
    for (let i = 0; i < 9; i++) {
      const issued = await order(
        its.under.app,
        requestOf(its.consortium, `${i}`),
        `key-number-${i}`,
      )
      locations.push(String(issued.headers.location))
    }
    const revoking = locations
      .slice(0, 8)
      .map((each) => post(its.under.app, `${each}/status`, { status: 'revoked', reason: 'recall' }))
    assert.deepEqual(
      new Set((await Promise.all(revoking)).map(({ status }) => status)),
      new Set([200]),
    )
    await its.restart()
    for (const [index, each] of locations.entries()) {
      location = each
      assert.equal((await verdict())[0], index < 8 ? 'rejected' : 'accepted')
    }
  })

  it('keep who changed what and why in the audit log', async () => {
    await change('suspended', 'recall 2026-17')
    const entries = await its.under.store.audit({ after: 0, limit: 100 })
    assert.equal(entries.at(-1)?.action, 'status-changed')
    assert.equal(entries.at(-1)?.detail, 'suspended: recall 2026-17')
  })

  it('are not changed without the token, a reason, a known status or a passport', async () => {
    const { status } = await read(its.under.app, `${location}/status`)
    assert.equal(status, 405)
    const bad = await post(its.under.app, `${location}/status`, { status: 'gone' })
    assert.equal(bad.body.code, 'REQUEST_INVALID')
    assert.deepEqual(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort(), [
      '/reason',
      '/status',
    ])
    const none = await post(its.under.app, '/passports/AAAAAAAAAAAAAAAAAAAAAA/status', {
      status: 'revoked',
      reason: 'x',
    })
    assert.deepEqual([none.status, none.body.code], [404, 'PASSPORT_UNKNOWN'])
    assert.deepEqual(await verdict(), ['accepted'])
  })
})

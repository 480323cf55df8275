import assert from 'node:assert/strict'
import { digestMultibase } from '@battery-passport/contexts'
import type { Signer } from '@battery-passport/keys'
import { decodeInput } from '@battery-passport/verifier'
import type { OutputCheck } from '../../../issuer/service/output-check.ts'
import type { Store } from '../../../issuer/store/store.ts'
import { BATTERY_ID, Consortium, presentationOf } from '../../support/consortium.ts'
import {
  AUTHORIZED,
  BASE_URL,
  evidenceOf,
  order,
  read,
  requestOf,
  type ServiceOptions,
  type ServiceUnderTest,
  serviceUnderTest,
  submit,
} from './service-under-test.ts'

describe('POST /passports', () => {
  let consortium: Consortium
  let under: ServiceUnderTest

  const ready = async (options: ServiceOptions = {}, from = consortium) => {
    under = await serviceUnderTest(from, options)
    const submitted = await submit(under.app, await evidenceOf(from))
    assert.equal(submitted.status, 201, submitted.text)
  }
  const stored = async () => (await under.service.passports(undefined, 100)).length

  before(async () => {
    consortium = await Consortium.assemble()
  })
  afterEach(() => under.dispose())

  it('issues a passport that a stranger accepts with its presentation', async () => {
    await ready()
    const issued = await order(under.app, requestOf(consortium))
    assert.equal(issued.status, 201, issued.text)
    assert.equal(issued.headers['content-type'], 'application/vc')
    const shown = await read(under.app, `${issued.headers.location}/presentation`)
    const verdict = await consortium.verifier().verifyPassport(shown.body, {
      expectSubject: BATTERY_ID,
      expectIssuer: consortium.parties.packMaker.did,
    })
    assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings, null, 1))
  })

  it('gives the passport an id of its own that its address shows', async () => {
    await ready()
    const issued = await order(under.app, requestOf(consortium))
    const { id, validFrom, proof } = JSON.parse(issued.text)
    assert.equal(id, `${BASE_URL}${issued.headers.location}`)
    assert.match(id, /\/passports\/[A-Za-z0-9_-]{22}$/)
    assert.equal(validFrom, proof.created)
  })

  for (const form of ['eddsa-rdfc-2022', 'vc+jwt'] as const) {
    it(`issues as ${form} where the service is set to`, async () => {
      await ready({ form })
      const issued = await order(under.app, requestOf(consortium))
      assert.equal(issued.status, 201, issued.text)
      const shown = await read(under.app, `${issued.headers.location}/presentation`)
      const verdict = await consortium.verifier().verifyPassport(shown.body)
      assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
    })
  }

  it('issues with a key of P-256', async () => {
    const other = await Consortium.assemble({ algorithm: 'P-256' })
    await ready({}, other)
    const issued = await order(under.app, requestOf(other))
    assert.equal(issued.status, 201, issued.text)
    const shown = await read(under.app, `${issued.headers.location}/presentation`)
    assert.equal((await other.verifier().verifyPassport(shown.body)).outcome, 'accepted')
  })

  it('counts an attestation under another id of the facility that its operator’s identity names', async () => {
    const { mine } = consortium.facilities
    const spec = consortium.specs.find(({ facility }) => facility === mine)
    assert.ok(spec)
    const alias = 'https://register.example/facilities/salar'
    const aliased = await consortium.attestation(spec, {
      subject: { id: alias },
      credential: { id: 'https://climate.example/attestations/aliased' },
    })
    const identity = await consortium.identity(mine.operator, {
      subject: { facilities: [{ id: mine.id, aliases: [alias] }] },
      credential: { id: 'https://registrar.example/identities/miner-2' },
    })
    await ready()
    const sent = [aliased, identity, ...(await consortium.statusLists())]
    assert.equal((await submit(under.app, presentationOf(sent))).status, 201)
    const request = requestOf(consortium)
    const index = consortium.specs.indexOf(spec)
    const attestations = request.attestations.with(index, aliased.reference.digestMultibase)
    const issued = await order(under.app, { ...request, attestations })
    assert.equal(issued.status, 201, issued.text)
    const shown = await read(under.app, `${issued.headers.location}/presentation`)
    const verdict = await consortium.verifier().verifyPassport(shown.body)
    assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
  })

  describe('with an Idempotency-Key', () => {
    it('answers the same bytes to the same request, also after a restart', async () => {
      await ready()
      const first = await order(under.app, requestOf(consortium))
      const second = await order(under.app, requestOf(consortium))
      under = await under.restart()
      const third = await order(under.app, requestOf(consortium))
      assert.deepEqual([second.status, third.status], [201, 201])
      assert.deepEqual([second.text, third.text], [first.text, first.text])
      assert.equal(third.headers.location, first.headers.location)
      assert.equal(await stored(), 1)
    })

    it('refuses another body under the same key', async () => {
      await ready()
      await order(under.app, requestOf(consortium))
      const other = await order(under.app, requestOf(consortium, 'X'))
      assert.equal(other.status, 422)
      assert.equal(other.body.code, 'IDEMPOTENCY_KEY_REUSED')
      assert.equal(await stored(), 1)
    })

    it('issues one passport to fifty simultaneous requests', async () => {
      await ready()
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => order(under.app, requestOf(consortium))),
      )
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
      assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
      assert.equal(await stored(), 1)
    })

    it('refuses another body while the first is under way', async () => {
      await ready()
      const answers = await Promise.all([
        order(under.app, requestOf(consortium)),
        order(under.app, requestOf(consortium, 'X')),
      ])
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 422])
    })

    it('asks for the header, and for a usable one', async () => {
      await ready()
      const missing = await order(under.app, requestOf(consortium), '')
      assert.deepEqual([missing.status, missing.body.code], [400, 'IDEMPOTENCY_KEY_MISSING'])
      const short = await order(under.app, requestOf(consortium), 'short')
      assert.deepEqual([short.status, short.body.code], [400, 'IDEMPOTENCY_KEY_INVALID'])
    })

    it('is free again after a refusal', async () => {
      await ready()
      const request = requestOf(consortium)
      const refused = await order(under.app, { ...request, attestations: ['urn:example:none'] })
      assert.equal(refused.status, 422)
      assert.equal((await order(under.app, request)).status, 201)
    })
  })

  describe('when the process ends before the passport is stored', () => {
    /** Lets the commit of an action fail as if the process had ended there. */
    const endingAt = (action: string) => {
      let armed = true
      return (store: Store): Store => ({
        ...store,
        commit(changes, reason, durability) {
          if (!armed || reason.action !== action) return store.commit(changes, reason, durability)
          armed = false
          return Promise.reject(new Error('the process ended here'))
        },
      })
    }

    it('goes on from the recorded intent: same id, instant and status index', async () => {
      await ready({ wrap: endingAt('passport-issued') })
      const failed = await order(under.app, requestOf(consortium))
      assert.equal(failed.status, 500)
      const [intent] = await under.store.page('intent', { limit: 2 })
      const planned = JSON.parse(intent?.value ?? '{}')
      under.advance(60)
      under = await under.restart()
      const issued = await order(under.app, requestOf(consortium))
      assert.equal(issued.status, 201, issued.text)
      const { id, proof, credentialStatus } = JSON.parse(issued.text)
      assert.equal(id, `${BASE_URL}/passports/${planned.passport}`)
      assert.equal(proof.created, planned.created)
      assert.equal(credentialStatus[0].statusListIndex, String(planned.status.index))
      assert.deepEqual(await under.store.page('intent', { limit: 2 }), [])
      assert.equal(await stored(), 1)
    })

    it('refuses another request under the key of the intent', async () => {
      await ready({ wrap: endingAt('passport-issued') })
      await order(under.app, requestOf(consortium))
      under = await under.restart()
      const other = await order(under.app, requestOf(consortium, 'X'))
      assert.equal(other.body.code, 'IDEMPOTENCY_KEY_REUSED')
    })

    it('forgets the intent when the request is refused afterwards', async () => {
      await ready({ wrap: endingAt('passport-issued') })
      assert.equal((await order(under.app, requestOf(consortium))).status, 500)
      under = await under.restart()
      under.advance(30 * 86_400)
      const refused = await order(under.app, requestOf(consortium))
      assert.equal(refused.body.code, 'PASSPORT_NOT_ACCEPTED')
      for (const kind of ['intent', 'status-index'] as const) {
        assert.deepEqual(await under.store.page(kind, { limit: 1 }), [], kind)
      }
    })

    it('goes on from there as well when only the thread of its verifier ended', async () => {
      let armed = true
      const wrapCheck = (check: OutputCheck): OutputCheck => ({
        ...check,
        verify(passport) {
          const verdict = check.verify(passport)
          if (armed) void check.close()
          armed = false
          return verdict
        },
      })
      await ready({ onThread: true, wrapCheck })
      const serials = ['A', 'B', 'C']
      const orders = () =>
        Promise.all(
          serials.map((each) => order(under.app, requestOf(consortium, each), `key-${each}-0001`)),
        )
      const failed = (await orders()).filter(({ status }) => status !== 201)
      assert.ok(failed.length > 0)
      for (const { status, text } of failed) {
        assert.equal(status, 500)
        assert.equal(JSON.parse(text).code, 'INTERNAL')
      }
      assert.equal((await under.store.page('intent', { limit: 9 })).length, failed.length)
      for (const { status, text } of await orders()) assert.equal(status, 201, text)
      assert.deepEqual(await under.store.page('intent', { limit: 1 }), [])
      assert.equal(await stored(), serials.length)
    })

    it('leaves nothing behind when it ended before the intent', async () => {
      await ready({ wrap: endingAt('intent-recorded') })
      assert.equal((await order(under.app, requestOf(consortium))).status, 500)
      assert.deepEqual(await under.store.page('intent', { limit: 1 }), [])
      assert.equal((await order(under.app, requestOf(consortium))).status, 201)
    })
  })

  describe('refuses, with the place and nothing half done,', () => {
    beforeEach(() => ready())

    const refused = async (request: unknown) => {
      const answer = await order(under.app, request)
      assert.equal(answer.headers['content-type'], 'application/problem+json')
      assert.equal(await stored(), 0)
      assert.deepEqual(await under.store.page('intent', { limit: 1 }), [])
      assert.deepEqual(await under.store.page('status-index', { limit: 1 }), [])
      return { status: answer.status, ...JSON.parse(answer.text) }
    }
    const withBattery = (members: object) => {
      const request = requestOf(consortium)
      return { ...request, battery: { ...request.battery, ...members } }
    }

    it('an attestation that was never submitted', async () => {
      const { attestations, ...rest } = requestOf(consortium)
      const unknown = 'https://climate.example/attestations/never'
      const problem = await refused({ ...rest, attestations: [...attestations, unknown] })
      assert.deepEqual([problem.status, problem.code], [422, 'ATTESTATION_UNKNOWN'])
      assert.equal(problem.errors[0].pointer, `/attestations/${attestations.length}`)
      assert.equal(problem.errors[0].found, unknown)
    })

    it('a score', async () => {
      const problem = await refused(withBattery({ score: { value: 10000 } }))
      assert.deepEqual([problem.status, problem.code], [422, 'REQUEST_INVALID'])
      assert.equal(problem.errors[0].pointer, '/battery/score')
    })

    it('several misspelt and missing members at once', async () => {
      const { validUntil: _, ...rest } = requestOf(consortium)
      const problem = await refused({ ...rest, validUntill: 'x', battery: { granularity: 'item' } })
      const pointers = problem.errors.map(({ pointer }: { pointer: string }) => pointer)
      for (const pointer of ['/validUntil', '/validUntill', '/battery/id', '/battery/product']) {
        assert.ok(pointers.includes(pointer), `${pointer} in ${pointers}`)
      }
      const [misspelt] = problem.errors.filter(
        ({ pointer }: { pointer: string }) => pointer === '/validUntill',
      )
      assert.match(misspelt.expected, /^one of name, .*validUntil$/)
      assert.equal(misspelt.remedy, 'Did you mean "validUntil"?')
    })

    it('shares above 10000', async () => {
      const [first, ...rest] = consortium.supplyChain
      const extra = { ...first, facility: consortium.facilities.refinery.id, share: 1 }
      const problem = await refused(withBattery({ supplyChain: [first, ...rest, extra] }))
      assert.equal(problem.code, 'PASSPORT_REFUSED')
      const fault = problem.errors.find(({ code }: { code: string }) => code === 'SHARES_INVALID')
      assert.match(fault.pointer, /^\/battery\/supplyChain/)
    })

    it('the same facility twice in a stage and material', async () => {
      const [first, ...rest] = consortium.supplyChain
      const halves = [1, 2].map(() => ({ ...first, share: 5000 }))
      const problem = await refused(withBattery({ supplyChain: [...halves, ...rest] }))
      assert.ok(problem.errors.some(({ code }: { code: string }) => code === 'SHARES_INVALID'))
    })

    it('an unknown version of the method', async () => {
      const problem = await refused({
        ...requestOf(consortium),
        method: { key: consortium.method.method.key, version: '99.0.0' },
      })
      assert.deepEqual([problem.code, problem.errors[0].pointer], ['METHOD_UNKNOWN', '/method'])
    })

    it('a predecessor that is not one of its own', async () => {
      const problem = await refused(withBattery({ predecessor: `${BASE_URL}/passports/nothing` }))
      assert.deepEqual(
        [problem.code, problem.errors[0].pointer],
        ['PREDECESSOR_UNKNOWN', '/battery/predecessor'],
      )
    })

    it('a body that is no JSON, or not strict', async () => {
      const text = JSON.stringify(requestOf(consortium))
      for (const [body, code] of [
        ['{"battery":', 'JSON_INVALID'],
        ['', 'JSON_INVALID'],
        [`\ufeff${text}`, 'JSON_INVALID'],
        [text.replace('{', '{"validUntil":"2030-01-01T00:00:00Z",'), 'JSON_DUPLICATE_KEY'],
        [text.replace('{', '{"__proto__":{},'), 'JSON_INVALID'],
        [text.replace(':10000', ':10000.0'), 'JSON_INVALID'],
        [text.replace('{', '{"x":null,'), 'JSON_INVALID'],
      ] as const) {
        const problem = await refused(body)
        assert.deepEqual([problem.status, problem.code], [400, code], body.slice(0, 60))
      }
    })

    it('a body that is too large, saying how much may come and came', async () => {
      const problem = await refused(`{"x":"${'a'.repeat(200_000)}"}`)
      assert.deepEqual([problem.status, problem.code], [413, 'BODY_TOO_LARGE'])
      assert.match(problem.detail, /expected at most 196608 bytes, found 200008 bytes/)
    })

    it('an attestation that has ended since it was submitted', async () => {
      const [spec] = consortium.specs
      assert.ok(spec)
      const ending = await consortium.attestation(spec, {
        credential: { validUntil: '2026-10-02T00:00:00Z' },
      })
      await submit(under.app, await evidenceOf(consortium, [ending]))
      const [, ...others] = requestOf(consortium).attestations
      const request = {
        ...requestOf(consortium),
        attestations: [ending.reference.digestMultibase, ...others],
      }
      under.advance(2 * 86_400)
      const problem = await refused(request)
      assert.equal(problem.status, 422)
      const codes = [...(problem.errors ?? []), ...(problem.findings ?? [])].map(({ code }) => code)
      assert.ok(codes.includes('EXPIRED'), JSON.stringify(problem))
    })

    it('attestations whose status lists have grown stale', async () => {
      under.advance(30 * 86_400)
      const problem = await refused(requestOf(consortium))
      assert.deepEqual([problem.status, problem.code], [422, 'PASSPORT_NOT_ACCEPTED'])
      assert.ok(problem.findings.some(({ code }: { code: string }) => code === 'STATUS_STALE'))
      const actions = (await under.store.audit({ after: 0, limit: 100 })).map(
        ({ action }) => action,
      )
      assert.ok(!actions.includes('intent-recorded'), 'nothing was planned, let alone signed')
    })
  })

  it('does not release what the policy refuses after signing, and frees index and key', async () => {
    await ready({ policy: { minimums: { overall: { coverage: 1000, value: 10000 } } } })
    const problem = await order(under.app, requestOf(consortium))
    assert.deepEqual([problem.status, problem.body.code], [422, 'PASSPORT_NOT_ACCEPTED'])
    assert.deepEqual(
      problem.body.findings
        .map(({ code }: { code: string }) => code)
        .filter((code: string) => code === 'POLICY_MINIMUM'),
      ['POLICY_MINIMUM'],
    )
    for (const kind of ['passport', 'intent', 'reply', 'status-index'] as const) {
      assert.deepEqual(await under.store.page(kind, { limit: 1 }), [], kind)
    }
    const actions = (await under.store.audit({ after: 0, limit: 100 })).map(({ action }) => action)
    assert.deepEqual(actions.slice(-1), ['intent-dropped'])
  })

  it('tells the refusal even when the store cannot forget the intent', async () => {
    const wrap = (store: Store): Store => ({
      ...store,
      commit: (changes, reason, durability) =>
        reason.action === 'intent-dropped'
          ? Promise.reject(new Error('the disk is full'))
          : store.commit(changes, reason, durability),
    })
    const minimums = { overall: { coverage: 1000, value: 10000 } }
    await ready({ wrap, policy: { minimums } })
    const problem = await order(under.app, requestOf(consortium))
    assert.deepEqual([problem.status, problem.body.code], [422, 'PASSPORT_NOT_ACCEPTED'])
  })

  it('does not release what was revoked while it was signed', async () => {
    const [first] = consortium.attestations
    const [spec] = consortium.specs
    assert.ok(first && spec)
    const change = { created: '2026-09-30T23:59:00Z' }
    const lists = await consortium.board.lists(spec.by, { revoked: [first.id] }, change)
    const { signer } = consortium.parties.packMaker
    let arrived = false
    const slow: Signer = {
      ...signer,
      async sign(bytes) {
        if (!arrived) {
          arrived = true
          for (const list of lists) {
            const text = new TextEncoder().encode(JSON.stringify(list.document))
            await under.service.acceptList(text)
          }
        }
        return signer.sign(bytes)
      },
    }
    await ready({ signer: slow })
    const problem = await order(under.app, requestOf(consortium))
    assert.ok(arrived)
    assert.deepEqual([problem.status, problem.body.code], [422, 'PASSPORT_NOT_ACCEPTED'])
    const codes = problem.body.findings.map(({ code }: { code: string }) => code)
    assert.ok(codes.includes('REVOKED'), `${codes}`)
    assert.equal(await stored(), 0)
  })

  it('gives every passport an index of its own', async () => {
    await ready()
    const indexes = new Set<string>()
    for (let i = 0; i < 20; i++) {
      const issued = await order(under.app, requestOf(consortium, `${i}`), `key-number-${i}`)
      const [revocation, suspension] = JSON.parse(issued.text).credentialStatus
      assert.equal(revocation.statusListIndex, suspension.statusListIndex)
      indexes.add(revocation.statusListIndex)
    }
    assert.equal(indexes.size, 20)
  })

  it('revokes the predecessor in the batch that stores the successor', async () => {
    await ready()
    const first = await order(under.app, requestOf(consortium))
    const request = requestOf(consortium)
    const predecessor = JSON.parse(first.text).id
    const successor = await order(
      under.app,
      { ...request, battery: { ...request.battery, predecessor } },
      'key-successor',
    )
    assert.equal(successor.status, 201, successor.text)
    assert.deepEqual(JSON.parse(successor.text).credentialSubject.predecessor, {
      id: predecessor,
      type: 'BatteryPassport',
      digestMultibase: decodedDigest(first.text),
    })
    const old = await read(under.app, `${first.headers.location}/presentation`)
    const verdict = await consortium.verifier().verifyPassport(old.body)
    assert.deepEqual(
      verdict.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code),
      ['REVOKED'],
    )
    const entries = await under.store.audit({ after: 0, limit: 100 })
    assert.equal(entries.at(-1)?.action, 'passport-issued')
  })

  it('replaces a passport whose battery has another category now', async () => {
    await ready()
    const first = await order(under.app, requestOf(consortium))
    const { battery, ...request } = requestOf(consortium)
    const predecessor = JSON.parse(first.text).id
    const again = { ...request, battery: { ...battery, category: 'industrial', predecessor } }
    const successor = await order(under.app, again, 'key-successor')
    assert.equal(successor.status, 201, successor.text)
  })

  it('refuses to replace the passport of another battery, which stays as it is', async () => {
    await ready()
    const first = await order(under.app, requestOf(consortium))
    const { battery, ...request } = requestOf(consortium, 'X')
    const predecessor = JSON.parse(first.text).id
    const other = { ...request, battery: { ...battery, predecessor } }
    const refused = await order(under.app, other, 'key-successor')
    assert.deepEqual([refused.status, refused.body.code], [422, 'PREDECESSOR_UNKNOWN'])
    const [fault] = refused.body.errors
    assert.equal(fault.pointer, '/battery/predecessor')
    assert.match(fault.found, new RegExp(`item ${BATTERY_ID}$`))
    assert.match(fault.expected, new RegExp(`item ${BATTERY_ID}X$`))
    assert.deepEqual(
      (await under.service.passports(undefined, 9)).map(({ status }) => status),
      ['active'],
    )
  })

  it('lists what was issued to whoever has the token, page by page', async () => {
    await ready()
    for (let i = 0; i < 3; i++) {
      await order(under.app, requestOf(consortium, `${i}`), `key-number-${i}`)
    }
    const first = await read(under.app, '/passports?limit=2', AUTHORIZED)
    const page = JSON.parse(first.body)
    const next = await read(under.app, `/passports?limit=2&after=${page.next}`, AUTHORIZED)
    const rest = JSON.parse(next.body)
    assert.deepEqual([page.passports.length, rest.passports.length, rest.next], [2, 1, undefined])
    assert.equal(page.passports[0].status, 'active')
    assert.equal((await read(under.app, '/passports')).status, 401)
  })
})

describe('GET /passports/{id}', () => {
  let consortium: Consortium
  let under: ServiceUnderTest
  let location: string
  let text: string

  before(async () => {
    consortium = await Consortium.assemble()
    under = await serviceUnderTest(consortium)
    await submit(under.app, await evidenceOf(consortium))
    const issued = await order(under.app, requestOf(consortium))
    location = String(issued.headers.location)
    text = issued.text
  })
  after(() => under.dispose())

  it('answers the credential byte for byte', async () => {
    const shown = await read(under.app, location)
    assert.equal(shown.headers['content-type'], 'application/vc')
    assert.equal(shown.body.toString(), text)
  })

  it('answers 304 to whoever has it', async () => {
    const { headers } = await read(under.app, location)
    assert.equal(headers.etag, `"${decodedDigest(text)}"`)
    const again = await read(under.app, location, { 'If-None-Match': String(headers.etag) })
    assert.deepEqual([again.status, again.body.length], [304, 0])
    assert.equal((await read(under.app, location, { 'If-None-Match': '"other"' })).status, 200)
  })

  it('answers the presentation to whoever prefers one', async () => {
    const preferred = await read(under.app, location, { Accept: 'application/vp' })
    const own = await read(under.app, `${location}/presentation`)
    assert.equal(preferred.headers['content-type'], 'application/vp')
    assert.equal(preferred.headers.vary, 'Accept')
    assert.deepEqual(preferred.body, own.body)
    assert.equal(own.headers.etag, `"${digestMultibase(own.body)}"`)
  })

  it('answers 406 to whoever takes neither', async () => {
    const answer = await read(under.app, location, { Accept: 'text/html' })
    assert.deepEqual([answer.status, JSON.parse(answer.body).code], [406, 'NOT_ACCEPTABLE'])
  })

  it('answers 404 for other ids, whatever their form', async () => {
    for (const id of ['AAAAAAAAAAAAAAAAAAAAAA', 'x', '..%2f..%2fetc', '%00', 'a'.repeat(500)]) {
      const answer = await read(under.app, `/passports/${id}`)
      assert.equal(answer.status, 404, id)
    }
  })
})

function decodedDigest(text: string): string {
  const [document] = decodeInput(new TextEncoder().encode(text)).documents
  assert.ok(document?.ok)
  return document.secured.digestMultibase
}

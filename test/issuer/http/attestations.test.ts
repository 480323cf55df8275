import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import supertest from 'supertest'
import { Consortium, ENGAGEMENT, presentationOf } from '../../support/consortium.ts'
import {
  AUTHORIZED,
  evidenceOf,
  post,
  read,
  served,
  serviceUnderTest,
  submit,
  TOKEN,
} from './service-under-test.ts'

interface Found {
  readonly code: string
  readonly credential: string
}

describe('POST /attestations', () => {
  const its = served('each')

  const isEmpty = async () => {
    assert.deepEqual(await its.under.store.page('evidence', { limit: 1 }), [])
    assert.deepEqual(await its.under.store.page('foreign-list', { limit: 1 }), [])
  }

  it('stores what it verified, and says what', async () => {
    const answer = await submit(its.under.app, await evidenceOf(its.consortium))
    assert.equal(answer.status, 201)
    const stored = new Set(
      answer.body.stored.map(({ digestMultibase }: { digestMultibase: string }) => digestMultibase),
    )
    for (const { reference } of its.consortium.attestations) {
      assert.ok(stored.has(reference.digestMultibase))
    }
    assert.deepEqual(answer.body.known, [])
  })

  it('answers 200 to what it has, and stores nothing twice', async () => {
    const body = await evidenceOf(its.consortium)
    await submit(its.under.app, body)
    const { sequence } = its.under.store.head()
    const again = await submit(its.under.app, body)
    assert.equal(again.status, 200)
    assert.deepEqual(again.body.stored, [])
    assert.equal(its.under.store.head().sequence, sequence)
  })

  it('takes an attestation alone once what it rests on is known, also after a restart', async () => {
    const [first, ...others] = its.consortium.attestations
    assert.ok(first)
    await submit(its.under.app, await evidenceOf(its.consortium, others))
    await its.restart()
    const answer = await submit(its.under.app, presentationOf([first]))
    assert.equal(answer.status, 201, answer.text)
    assert.deepEqual(
      answer.body.stored.map(({ id }: { id: string }) => id),
      [first.id],
    )
  })

  it('takes the manufacturer’s identity ahead of attestations', async () => {
    const identity = its.consortium.identities.get('packMaker')
    assert.ok(identity)
    const answer = await submit(
      its.under.app,
      presentationOf([identity, ...(await its.consortium.statusLists())]),
    )
    assert.equal(answer.status, 201, answer.text)
    const types = answer.body.stored.map(({ type }: { type: string }) => type)
    assert.deepEqual(types, [
      'RegisteredIdentity',
      'BitstringStatusListCredential',
      'BitstringStatusListCredential',
    ])
  })

  it('leaves out, with the reason, an identity that does not hold by itself', async () => {
    const { packMaker, miner } = its.consortium.parties
    const forged = await its.consortium.identity(packMaker, {
      signer: miner.signer,
      credential: { issuer: miner.did },
    })
    const alone = await submit(its.under.app, presentationOf([forged]))
    assert.deepEqual([alone.status, alone.body.code], [422, 'EVIDENCE_REFUSED'])
    assert.ok(alone.body.findings.some(({ code }: Found) => code === 'ANCHOR_UNKNOWN'))
    await isEmpty()
  })

  describe('refuses with every finding, and stores nothing:', () => {
    const refused = async (body: Uint8Array): Promise<readonly Found[]> => {
      const answer = await submit(its.under.app, body)
      assert.equal(answer.status, 422, answer.text)
      assert.equal(answer.body.code, 'EVIDENCE_REFUSED')
      await isEmpty()
      return answer.body.findings
    }

    it('two bad attestations among good ones', async () => {
      const [first, second] = its.consortium.specs
      assert.ok(first && second)
      const adverse = await its.consortium.attestation(first, {
        subject: { engagement: { ...ENGAGEMENT, conclusion: 'adverse' } },
      })
      const foreign = await its.consortium.attestation(second, {
        signer: its.consortium.parties.miner.signer,
        credential: { issuer: its.consortium.parties.miner.did },
      })
      const others = its.consortium.attestations.slice(2)
      const findings = await refused(
        await evidenceOf(its.consortium, [adverse, foreign, ...others]),
      )
      const codes = findings.map(({ code }) => code)
      assert.ok(codes.includes('CONCLUSION_NOT_ACCEPTED'), `${codes}`)
      assert.ok(new Set(findings.map(({ credential }) => credential)).size > 1)
    })

    it('a changed attestation', async () => {
      const [first] = its.consortium.attestations
      assert.ok(first)
      const text = new TextDecoder().decode(await evidenceOf(its.consortium, [first]))
      const findings = await refused(
        new TextEncoder().encode(text.replace('"materiality":"5 %', '"materiality":"50 %')),
      )
      assert.ok(findings.some(({ code }) => code === 'PROOF_INVALID'))
    })

    it('a revoked attestation', async () => {
      const [first] = its.consortium.attestations
      assert.ok(first)
      const lists = await its.consortium.statusLists({ revoked: [first.id] })
      const parts = [
        first,
        ...its.consortium.accreditations.values(),
        ...its.consortium.identities.values(),
      ]
      const findings = await refused(presentationOf([...parts, ...lists]))
      assert.ok(findings.some(({ code }) => code === 'REVOKED'))
    })

    it('an attestation without its status list', async () => {
      const [first] = its.consortium.attestations
      assert.ok(first)
      const parts = [
        first,
        ...its.consortium.accreditations.values(),
        ...its.consortium.identities.values(),
      ]
      const findings = await refused(presentationOf(parts))
      assert.ok(findings.some(({ code }) => code === 'STATUS_UNREACHABLE'))
    })

    it('an attestation under an expired accreditation', async () => {
      const [spec] = its.consortium.specs
      assert.ok(spec)
      const expired = await Consortium.assemble()
      const accreditation = await expired.accreditation(expired.parties.climateBody, {
        credential: { validUntil: '2026-01-31T23:59:59Z' },
      })
      const attestation = await expired.attestation(
        { ...spec, by: expired.parties.climateBody },
        {
          alter: (honest) => ({
            ...honest,
            credentialSubject: {
              ...Object(honest.credentialSubject),
              accreditation: accreditation.reference,
            },
          }),
        },
      )
      const other = await serviceUnderTest(expired)
      const body = presentationOf([
        attestation,
        accreditation,
        ...expired.accreditations.values(),
        ...expired.identities.values(),
        ...(await expired.statusLists()),
      ])
      const answer = await submit(other.app, body)
      await other.dispose()
      assert.equal(answer.status, 422)
      assert.ok(
        answer.body.findings.some(({ code }: Found) => code === 'ACCREDITATION_TIME'),
        answer.text,
      )
    })

    it('an empty or foreign presentation', async () => {
      for (const body of [{ verifiableCredential: [] }, {}, []]) {
        await refused(new TextEncoder().encode(JSON.stringify(body)))
      }
    })
  })

  describe('refuses before it looks at the content:', () => {
    const check = async (answer: supertest.Test, status: number, code: string) => {
      const { status: found, text } = await answer
      assert.deepEqual([found, JSON.parse(text).code], [status, code])
      await isEmpty()
    }

    it('a body without the token, or with another', async () => {
      const send = (header: object) =>
        supertest(its.under.app)
          .post('/attestations')
          .set({ ...header })
          .type('application/vp')
          .send('{}')
      await check(send({}), 401, 'TOKEN_REQUIRED')
      await check(send({ Authorization: 'Basic YTpi' }), 401, 'TOKEN_REQUIRED')
      await check(send({ Authorization: `Bearer ${TOKEN}x` }), 401, 'TOKEN_WRONG')
      const { headers } = await send({})
      assert.equal(headers['www-authenticate'], 'Bearer')
    })

    it('another media type, such as a browser form sends', async () => {
      for (const type of [
        'application/x-www-form-urlencoded',
        'text/plain',
        'multipart/form-data',
      ]) {
        await check(post(its.under.app, '/attestations', {}, type), 415, 'MEDIA_TYPE_UNSUPPORTED')
      }
    })

    it('another charset', async () => {
      const type = 'application/json; charset=utf-16'
      await check(post(its.under.app, '/attestations', {}, type), 415, 'MEDIA_TYPE_UNSUPPORTED')
    })

    it('a compressed body', async () => {
      const body = gzipSync(await evidenceOf(its.consortium))
      const answer = post(its.under.app, '/attestations', new Uint8Array(body), 'application/vp')
      await check(answer.set('Content-Encoding', 'gzip'), 415, 'ENCODING_UNSUPPORTED')
    })

    it('bytes that are not UTF-8', async () => {
      const body = Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d])
      await check(submit(its.under.app, body), 400, 'JSON_INVALID')
    })

    it('text that is no JSON, with the place', async () => {
      const answer = await submit(its.under.app, new TextEncoder().encode('{"a":[1,}'))
      assert.deepEqual([answer.status, answer.body.code], [400, 'JSON_INVALID'])
      assert.equal(answer.body.errors[0].pointer, '/a/1')
    })

    it('more than four mebibytes', async () => {
      const body = new TextEncoder().encode(`{"a":"${'x'.repeat(4 * 1024 * 1024)}"}`)
      await check(submit(its.under.app, body), 413, 'BODY_TOO_LARGE')
      const [fault] = (await submit(its.under.app, body)).body.errors
      assert.equal(fault.expected, 'at most 4194304 bytes')
      assert.match(fault.remedy, /several submissions/)
    })

    it('nesting and arrays beyond the limits', async () => {
      const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`
      await check(submit(its.under.app, new TextEncoder().encode(deep)), 400, 'LIMIT_EXCEEDED')
    })
  })

  it('lists what a request can name, page by page, to whoever has the token', async () => {
    await submit(its.under.app, await evidenceOf(its.consortium))
    const names: string[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const after: string = next === '' ? '' : `&after=${next}`
      const page = JSON.parse(
        (await read(its.under.app, `/attestations?limit=2${after}`, AUTHORIZED)).body,
      )
      assert.ok(page.attestations.length <= 2)
      names.push(
        ...page.attestations.map(
          ({ digestMultibase }: { digestMultibase: string }) => digestMultibase,
        ),
      )
      next = page.next
    }
    assert.deepEqual(
      names,
      its.consortium.attestations.map(({ reference }) => reference.digestMultibase).sort(),
    )
    assert.equal((await read(its.under.app, '/attestations')).status, 401)
  })

  it('refuses unknown, repeated and malformed query parameters', async () => {
    for (const query of [
      'limit=0',
      'limit=101',
      'limit=1&limit=2',
      'after=x',
      'x=1',
      'limit[]=1',
    ]) {
      const answer = await read(its.under.app, `/attestations?${query}`, AUTHORIZED)
      assert.deepEqual([answer.status, JSON.parse(answer.body).code], [400, 'QUERY_INVALID'], query)
    }
  })
})

import assert from 'node:assert/strict'
import supertest from 'supertest'
import { Consortium } from '../../support/consortium.ts'
import {
  evidenceOf,
  order,
  requestOf,
  type ServiceUnderTest,
  serviceUnderTest,
  submit,
} from './service-under-test.ts'

describe('POST /passports', () => {
  let consortium: Consortium
  let under: ServiceUnderTest
  before(async () => {
    consortium = await Consortium.assemble()
  })
  beforeEach(async () => {
    under = await serviceUnderTest(consortium)
    const submitted = await submit(under.app, await evidenceOf(consortium))
    assert.equal(submitted.status, 201, submitted.text)
  })
  afterEach(() => under.dispose())

  it('issues a passport that a stranger accepts with its presentation', async () => {
    const issued = await order(under.app, requestOf(consortium))
    assert.equal(issued.status, 201, issued.text)
    const shown = await supertest(under.app)
      .get(`${issued.headers.location}/presentation`)
      .buffer(true)
      .parse(bytes)
    assert.equal(shown.status, 200)
    const verdict = await consortium.verifier().verifyPassport(shown.body)
    assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings, null, 1))
  })
})

function bytes(response: supertest.Response, done: (error: Error | null, body: Buffer) => void) {
  const chunks: Buffer[] = []
  const stream = response as unknown as NodeJS.ReadableStream
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.on('end', () => done(null, Buffer.concat(chunks)))
}

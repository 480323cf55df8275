import assert from 'node:assert/strict'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { digestMultibase } from '@battery-passport/contexts'
import {
  certificateBase64,
  fromBase64,
  type ObtainedTimestamp,
  obtainTimestamp,
  type TimestampAuthority,
} from '@battery-passport/keys'
import { isTimestampUrl, timestampSender } from '@battery-passport/keys/network'
import { certify, privateKeyPem } from '../support/certificates.ts'
import { hasOpenssl, opensslAuthority } from '../support/openssl-authority.ts'
import {
  answerWith,
  stamp,
  type TestAuthority,
  testAuthority,
} from '../support/timestamp-authority.ts'
import {
  askedTimestamp,
  stamping,
  type TimestampServer,
  timestampServer,
} from '../support/timestamp-server.ts'

const TIME = '2026-10-01T00:00:00Z'
const DIGEST = digestMultibase('what was signed')

describe('Asking for a timestamp', () => {
  let authority: TestAuthority
  let server: TimestampServer
  let roots: readonly TimestampAuthority[]
  before(async () => {
    authority = await testAuthority()
    roots = [{ certificate: authority.root.der, validFrom: null, validUntil: null }]
    server = await timestampServer(stamping(authority, TIME))
  })
  beforeEach(() => server.answers(stamping(authority, TIME)))
  after(() => server.stop())

  const clock = { now: () => Date.parse(TIME) / 1000 }
  const ask = (changes: Partial<Parameters<typeof obtainTimestamp>[1]> = {}) =>
    obtainTimestamp(DIGEST, {
      url: server.url,
      sender: timestampSender(),
      authorities: roots,
      clock,
      ...changes,
    })
  const refused = (obtained: ObtainedTimestamp, detail: RegExp, fault = 'refused') => {
    assert.ok(!obtained.ok)
    assert.match(obtained.detail, detail)
    assert.equal(obtained.fault, fault)
  }

  it('hands out the token of the authority, over the digest', async () => {
    const obtained = await ask()
    assert.ok(obtained.ok)
    assert.equal(obtained.token.digestMultibase, DIGEST)
    assert.equal(obtained.token.time, clock.now())
    const request = server.requests.at(-1)
    assert.equal(request?.method, 'POST')
    assert.equal(request.headers['content-type'], 'application/timestamp-query')
    assert.equal(request.headers.cookie, undefined)
  })

  it('takes one of an unnamed authority that holds by its own certificate', async () => {
    assert.ok((await ask({ authorities: [] })).ok)
    server.answers(
      stamping(authority, TIME, {
        alter: (signed) => {
          const [info] = signed.signerInfos
          if (info !== undefined) info.signature.valueBlock.valueHexView[20] = 0
        },
      }),
    )
    refused(await ask({ authorities: [] }), /signature does not hold|cannot be read/)
  })

  it('refuses one of another authority than those named', async () => {
    const other = await testAuthority()
    server.answers(stamping(other, TIME))
    refused(await ask(), /no trusted authority/)
  })

  it('refuses an answer to another question', async () => {
    const otherDigest = new Uint8Array(32)
    server.answers(stamping(authority, TIME, { imprint: otherDigest }))
    refused(await ask(), /another digest/)
    server.answers(stamping(authority, TIME, { nonce: Uint8Array.from([0x41, 1, 2]) }))
    refused(await ask(), /nonce/)
    server.answers(async (query) => {
      const { digest } = askedTimestamp(query)
      return { body: answerWith(await stamp(authority, digest, { time: TIME })) }
    })
    refused(await ask(), /nonce/)
  })

  it('refuses a time that is not now', async () => {
    for (const time of ['2026-09-30T23:54:00Z', '2026-10-01T00:06:00Z']) {
      server.answers(stamping(authority, time))
      refused(await ask(), /360 seconds from the clock here/)
    }
    server.answers(stamping(authority, '2026-10-01T00:04:00Z'))
    assert.ok((await ask()).ok)
  })

  it('tells what the authority refuses', async () => {
    server.answers(() => ({ body: answerWith(null, 2) }))
    refused(await ask(), /granted none \(status 2\)/)
    server.answers(() => ({ body: Buffer.from('no DER') }))
    refused(await ask(), /no RFC 3161 timestamp/)
  })

  it('takes nothing but status 200, its media type and a small body', async () => {
    const honest = stamping(authority, TIME)
    const changed = (change: object) => async (query: Uint8Array) => ({
      ...(await honest(query)),
      ...change,
    })
    server.answers(changed({ status: 302, headers: { location: server.url } }))
    refused(await ask(), /redirect \(302\)/, 'unreachable')
    server.answers(changed({ status: 503 }))
    refused(await ask(), /found 503/, 'unreachable')
    server.answers(changed({ mediaType: 'text/html' }))
    refused(await ask(), /expected a timestamp, found the media type "text\/html"/, 'unreachable')
    server.answers(changed({ body: new Uint8Array(16 * 1024 + 1) }))
    refused(await ask(), /at most 16384 bytes/, 'unreachable')
  })

  it('waits no longer than it is told to', async () => {
    server.answers(() => new Promise(() => {}))
    const sender = timestampSender({ timeoutMilliseconds: 50 })
    refused(await ask({ sender }), /no whole answer within 50 ms/, 'unreachable')
  })

  it('tells that nobody answers', async () => {
    const gone = await timestampServer(stamping(authority, TIME))
    gone.stop()
    refused(await ask({ url: gone.url }), /ECONNREFUSED/, 'unreachable')
  })

  it('sends nothing without TLS to another machine', async () => {
    for (const url of [
      'http://clock.example/',
      'http://127.0.0.1.clock.example/',
      'ftp://127.0.0.1/',
    ]) {
      assert.equal(isTimestampUrl(url), false, url)
      refused(await ask({ url }), /expected an https URL/, 'unreachable')
    }
    for (const url of ['https://user@clock.example/', 'https://clock.example/#x', 'clock']) {
      assert.equal(isTimestampUrl(url), false, url)
    }
    for (const url of ['https://clock.example/tsa', 'http://[::1]:1/', 'http://localhost:1/']) {
      assert.equal(isTimestampUrl(url), true, url)
    }
  })

  it('goes over TLS, to a host whose certificate holds alone', async () => {
    const certified = await certify({ subject: 'localhost', host: 'localhost', isAuthority: true })
    const key = await privateKeyPem(certified)
    const honest = stamping(authority, TIME)
    const https = createServer({ key, cert: certified.pem }, async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const { body } = await honest(Buffer.concat(chunks))
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(body)
    })
    await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve))
    try {
      const address: AddressInfo | string | null = https.address()
      assert.ok(typeof address === 'object' && address !== null)
      const url = `https://localhost:${address.port}/`
      assert.ok((await ask({ url, sender: timestampSender({ ca: certified.pem }) })).ok)
      refused(await ask({ url }), /the connection failed/, 'unreachable')
    } finally {
      https.closeAllConnections()
      https.close()
    }
  })

  it('is a mistake of the program for anything but a digest', async () => {
    const source = { url: server.url, sender: timestampSender(), authorities: roots, clock }
    await assert.rejects(obtainTimestamp('zQmNothing', source), TypeError)
  })

  it('is understood by openssl, and understands it', async function () {
    if (!hasOpenssl()) this.skip()
    this.timeout(60_000)
    const openssl = opensslAuthority()
    try {
      server.answers((query) => ({ body: openssl.answer(query) }))
      const certificate = fromBase64(certificateBase64(openssl.root))
      assert.ok(certificate !== null)
      const authorities = [{ certificate, validFrom: null, validUntil: null }]
      // openssl knows no clock but the real one.
      const real = { now: () => Math.floor(Date.now() / 1000) }
      const obtained = await ask({ authorities, clock: real })
      assert.ok(obtained.ok, JSON.stringify(obtained))
      assert.equal(obtained.token.digestMultibase, DIGEST)
    } finally {
      openssl.remove()
    }
  })
})

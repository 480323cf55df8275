import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import {
  type HttpsFetcherOptions,
  httpsFetcher,
  isPublicAddress,
} from '@battery-passport/keys/network'
import { Slots } from '../../keys/network/slots.ts'
import { type Certified, certify, privateKeyPem } from '../support/certificates.ts'

const HOST = 'body.example'

describe('Public addresses', () => {
  for (const address of [
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:4001::1',
    '2003::1',
  ]) {
    it(`have ${address} among them`, () => assert.equal(isPublicAddress(address), true))
  }

  for (const [what, addresses] of [
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1']],
    ['unspecified', ['0.0.0.0', '0.1.2.3', '::']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1']],
    ['unique local', ['fc00::1', 'fd12:3456::1']],
    [
      'link-local',
      ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'febf::1', '2606:4700::1111%eth0'],
    ],
    ['carrier-grade NAT', ['100.64.0.1', '100.127.255.255']],
    ['multicast', ['224.0.0.1', '239.255.255.255', 'ff02::1']],
    ['reserved', ['240.0.0.1', '255.255.255.255', '192.0.0.1', '198.18.0.1', '198.19.255.255']],
    ['documentation', ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1']],
    ['mapped from IPv4', ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1']],
    ['translated from IPv4', ['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '::127.0.0.1']],
    ['Teredo', ['2001::1', '2001:0:7f00:1::']],
    ['no address', ['', 'localhost', '127.1', '0x7f.1', '2130706433', '1.2.3.4.5', '8.8.8.8 ']],
  ] as const) {
    for (const address of addresses) {
      it(`have no ${what} ${JSON.stringify(address)}`, () => {
        assert.equal(isPublicAddress(address), false)
      })
    }
  }
})

describe('The https fetcher', () => {
  let certified: Certified
  let server: Server
  let port: number
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  const requests: IncomingMessage[] = []
  const names: (string | false | null)[] = []

  const json = (response: ServerResponse, body: string | Buffer = '{}') =>
    response.setHeader('content-type', 'application/json').end(body)

  before(async () => {
    certified = await certify({ subject: HOST, host: HOST, isAuthority: true })
    const key = await privateKeyPem(certified)
    server = createServer({ key, cert: certified.pem }, (request, response) => {
      requests.push(request)
      answer(request, response)
    })
    server.on('secureConnection', (socket) => names.push(socket.servername ?? null))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address: AddressInfo | string | null = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    port = address.port
  })

  beforeEach(() => {
    requests.length = 0
    names.length = 0
    answer = (_, response) => json(response)
  })

  after(() => {
    server.closeAllConnections()
    server.close()
  })

  /** A fetcher whose names all lead to the server here, which may be connected to. */
  const fetcher = (options: HttpsFetcherOptions = {}) =>
    httpsFetcher({
      ca: certified.pem,
      lookup: async () => ['127.0.0.1'],
      allows: (address) => address === '127.0.0.1',
      ...options,
    })
  const url = (path = '/did.json') => `https://${HOST}:${port}${path}`
  const refusal = async (options: HttpsFetcherOptions = {}, at = url()) => {
    const fetched = await fetcher(options).fetch(at)
    return fetched.ok ? 'fetched' : fetched.detail
  }

  it('gets a document, with the name it was asked for and nothing that tells who asks', async () => {
    answer = (_, response) =>
      response.setHeader('content-type', 'application/did+json; charset=utf-8').end('{"a":1}')
    const fetched = await fetcher().fetch(url('/a/did.json'))
    assert.ok(fetched.ok)
    assert.equal(new TextDecoder().decode(fetched.bytes), '{"a":1}')
    const [request] = requests
    assert.equal(request?.url, '/a/did.json')
    assert.equal(request?.headers.host, `${HOST}:${port}`)
    assert.deepEqual(names, [HOST])
    for (const header of ['cookie', 'authorization', 'user-agent', 'referer']) {
      assert.equal(request?.headers[header], undefined)
    }
  })

  it('asks for a name once, and connects to what was checked', async () => {
    let asked = 0
    const lookup = async () => {
      asked += 1
      // A second answer would lead to this machine without a look at it.
      return asked === 1 ? ['127.0.0.1'] : ['127.0.0.2']
    }
    assert.equal(await refusal({ lookup }), 'fetched')
    assert.equal(asked, 1)
  })

  for (const [what, addresses] of [
    ['this machine', ['127.0.0.1']],
    ['the network of a cloud', ['169.254.169.254']],
    ['an address mapped from IPv4', ['::ffff:127.0.0.1']],
    ['a public address and this machine', ['8.8.8.8', '127.0.0.1']],
    ['this machine and a public address', ['127.0.0.1', '8.8.8.8']],
  ] as const) {
    it(`sends nothing to a name that leads to ${what}`, async () => {
      const detail = await refusal({ lookup: async () => addresses, allows: isPublicAddress })
      assert.match(detail, /which is not public$/)
      assert.equal(requests.length, 0)
      assert.equal(names.length, 0)
    })
  }

  it('guards against addresses that are not public unless told otherwise', async () => {
    const guarded = httpsFetcher({ ca: certified.pem, lookup: async () => ['127.0.0.1'] })
    const fetched = await guarded.fetch(url())
    assert.ok(!fetched.ok && /not public/.test(fetched.detail))
  })

  for (const at of [
    'https://127.0.0.1',
    'https://2130706433',
    'https://127.1',
    'https://0x7f.1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
  ]) {
    it(`sends nothing to ${at}`, async () => {
      const where = `${at}:${port}/did.json`
      const lookup = async () => assert.fail('no name is asked for')
      assert.match(await refusal({ allows: isPublicAddress, lookup }, where), /not public/)
      assert.equal(names.length, 0)
    })
  }

  for (const at of [
    'http://body.example/did.json',
    'file:///etc/passwd',
    'https://a@body.example/',
    'https://a:b@body.example/',
    'https://body.example/#a',
    'body.example',
    '',
  ]) {
    it(`has no use for ${JSON.stringify(at)}`, async () => {
      assert.match(await refusal({}, at), /expected an https URL/)
    })
  }

  for (const status of [301, 302, 303, 307, 308]) {
    it(`follows no redirect with ${status}`, async () => {
      answer = (_, response) => response.writeHead(status, { location: url('/other') }).end()
      assert.match(await refusal(), /a redirect .* is not followed/)
      assert.equal(requests.length, 1)
    })
  }

  for (const status of [201, 204, 404, 500]) {
    it(`takes no answer with ${status}`, async () => {
      answer = (_, response) => {
        response.statusCode = status
        json(response)
      }
      assert.match(await refusal(), new RegExp(`found ${status}`))
    })
  }

  for (const type of [
    'text/html',
    'text/plain',
    '',
    'application/jsonp',
    'image/png, application/json',
  ]) {
    it(`takes no answer of the type ${JSON.stringify(type)}`, async () => {
      answer = (_, response) => response.setHeader('content-type', type).end('{}')
      assert.match(await refusal(), /expected JSON/)
    })
  }

  it('takes no answer that it would have to inflate', async () => {
    answer = (_, response) => json(response.setHeader('content-encoding', 'gzip'))
    assert.match(await refusal(), /no content encoding/)
  })

  it('takes as many bytes as it may, and none beyond', async () => {
    const body = Buffer.alloc(64 * 1024, ' ')
    answer = (_, response) => json(response, body)
    assert.equal(await refusal(), 'fetched')
    answer = (_, response) => json(response, Buffer.concat([body, Buffer.alloc(1, ' ')]))
    assert.match(await refusal(), /at most 65536 bytes/)
  })

  it('stops reading an endless answer at the ceiling', async () => {
    let written = 0
    answer = (request, response) => {
      response.setHeader('content-type', 'application/json')
      const chunk = Buffer.alloc(16 * 1024, ' ')
      const write = () => {
        while (!request.socket.destroyed && written < 200 * 1024 * 1024) {
          written += chunk.length
          if (!response.write(chunk)) break
        }
      }
      response.on('drain', write)
      write()
    }
    assert.match(await refusal(), /at most 65536 bytes/)
    assert.ok(written < 64 * 1024 * 1024, `${written} bytes were written`)
  })

  for (const [what, hang] of [
    ['before its answer', () => undefined],
    [
      'in its answer',
      (_: IncomingMessage, response: ServerResponse) => {
        response.setHeader('content-type', 'application/json').write('{')
      },
    ],
  ] as const) {
    it(`waits no longer than its timeout for a host that hangs ${what}`, async () => {
      answer = hang
      assert.match(await refusal({ timeoutMilliseconds: 150 }), /within 150 ms/)
    })

    it(`gives the turn of a host that hangs ${what} to the next`, async () => {
      answer = hang
      const one = fetcher({ atATime: 1, timeoutMilliseconds: 500 })
      assert.equal((await one.fetch(url())).ok, false)
      answer = (_request, response) => json(response)
      assert.equal((await one.fetch(url())).ok, true)
    })
  }

  it('waits no longer than its timeout for a name server that hangs', async () => {
    const lookup = () => new Promise<never>(() => undefined)
    assert.match(await refusal({ timeoutMilliseconds: 50, lookup }), /within 50 ms/)
  })

  it('waits three seconds unless told otherwise', async () => {
    // The timer is looked at instead of waited for.
    const { setTimeout: honest } = globalThis
    const waits: (number | undefined)[] = []
    const watched: typeof honest = Object.assign((work: () => void, milliseconds?: number) => {
      waits.push(milliseconds)
      return honest(work, milliseconds)
    }, honest)
    globalThis.setTimeout = watched
    try {
      await fetcher({ lookup: async () => [] }).fetch(url())
    } finally {
      globalThis.setTimeout = honest
    }
    assert.deepEqual(waits, [3000])
  })

  it('trusts no certificate for another name, and none that nobody vouches for', async () => {
    const other = `https://other.example:${port}/did.json`
    assert.match(await refusal({}, other), /ERR_TLS_CERT_ALTNAME_INVALID/)
    const stranger = await certify({ subject: HOST, host: HOST, isAuthority: true })
    assert.match(await refusal({ ca: stranger.pem }), /the connection failed/)
    assert.equal(requests.length, 0)
  })

  it('waits for its turn, and gives it back after every end', async () => {
    const one = fetcher({ atATime: 1 })
    const fetched = await Promise.all(
      [url(), 'https://[', url(), `https://${HOST}:1/`, url()].map(one.fetch),
    )
    assert.deepEqual(
      fetched.map(({ ok }) => ok),
      [true, false, true, false, true],
    )
  })

  it('asks for no name before the look-up of another has ended, even if nobody waits for it', async () => {
    const asked: (() => void)[] = []
    const lookup = () => new Promise<readonly string[]>((resolve) => asked.push(() => resolve([])))
    const one = fetcher({ atATime: 1, lookup, timeoutMilliseconds: 20 })
    const refusals = await Promise.all([one.fetch(url()), one.fetch(url())])
    for (const refused of refusals) {
      assert.ok(!refused.ok)
      assert.match(refused.detail, /within 20 ms/)
    }
    assert.equal(asked.length, 1)
    const third = one.fetch(url())
    asked[0]?.()
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(asked.length, 2)
    asked[1]?.()
    assert.deepEqual(await third, { ok: false, detail: `${HOST} has no address` })
  })

  it('says that a name is not known, or has no address', async () => {
    const unknown = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND secret.example'), { code: 'ENOTFOUND' })
    }
    assert.equal(await refusal({ lookup: unknown }), 'the connection failed: ENOTFOUND')
    assert.match(await refusal({ lookup: async () => [] }), /no address/)
  })
})

describe('The slots of a fetcher', () => {
  /** Whether a promise is settled by now, without waiting for anything. */
  const isSettled = async (promise: Promise<unknown>) => {
    const open = Symbol('open')
    return (await Promise.race([promise, Promise.resolve(open)])) !== open
  }

  it('let a few run at a time, the others in order, and refuse too many', async () => {
    const slots = new Slots(2, 2)
    assert.deepEqual(await Promise.all([slots.take(), slots.take()]), [true, true])
    const third = slots.take()
    const fourth = slots.take()
    assert.equal(await slots.take(), false)
    assert.deepEqual([await isSettled(third), await isSettled(fourth)], [false, false])
    slots.release()
    assert.equal(await third, true)
    assert.equal(await isSettled(fourth), false)
    slots.release()
    assert.equal(await fourth, true)
    slots.release()
    slots.release()
    assert.deepEqual([await slots.take(), await slots.take()], [true, true])
    assert.equal(await isSettled(slots.take()), false)
  })

  it('are not for those who wait no longer, and keep the place of nobody else', async () => {
    const slots = new Slots(1, 2)
    const stopping = new AbortController()
    const patient = new AbortController()
    assert.equal(await slots.take(patient.signal), true)
    const first = slots.take(stopping.signal)
    const second = slots.take(patient.signal)
    stopping.abort()
    assert.equal(await first, false)
    assert.equal(await slots.take(stopping.signal), false)
    const third = slots.take()
    slots.release()
    assert.equal(await second, true)
    patient.abort()
    slots.release()
    assert.equal(await third, true)
    slots.release()
    assert.equal(await slots.take(), true)
    assert.equal(await isSettled(slots.take()), false)
  })
})

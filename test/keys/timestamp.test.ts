import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { digestMultibase, parseInstant, sha256 } from '@battery-passport/contexts'
import {
  certificateBase64,
  checkTimestamp,
  fromBase64,
  readDer,
  readTimestamp,
  readX509,
  type TimestampAuthority,
  timestampRequest,
  toBase64,
} from '@battery-passport/keys'
import { Integer, Null } from 'asn1js'
import { AlgorithmIdentifier, TimeStampReq } from 'pkijs'
import { childrenOf } from '../../keys/timestamp/der.ts'
import { type Certified, certify, extension, pemOf } from '../support/certificates.ts'
import { hasOpenssl, opensslAuthority } from '../support/openssl-authority.ts'
import {
  answerWith,
  FOR_TIMESTAMPS,
  stamp,
  type TestAuthority,
  type TokenChange,
  testAuthority,
} from '../support/timestamp-authority.ts'

const STAMPED = new TextEncoder().encode('what was stamped')
const DIGEST = Uint8Array.from(sha256(STAMPED))
const TIME = '2026-10-01T00:00:00Z'

const trust = (
  { der }: Pick<Certified, 'der'>,
  window: Partial<TimestampAuthority> = {},
): TimestampAuthority => ({ certificate: der, validFrom: null, validUntil: null, ...window })

/** `ok`, or why a token cannot be read or does not hold. */
async function judged(
  bytes: Uint8Array,
  authorities: readonly TimestampAuthority[],
): Promise<string> {
  const reading = readTimestamp(bytes)
  if (!reading.ok) return reading.detail
  const check = await checkTimestamp(reading.token, authorities)
  return check.ok ? 'ok' : check.detail
}

describe('A timestamp', () => {
  let authority: TestAuthority
  let trusted: readonly TimestampAuthority[]

  before(async () => {
    authority = await testAuthority()
    trusted = [trust(authority.root)]
  })

  const outcome = async (
    change: TokenChange,
    by: TestAuthority = authority,
    under: readonly TimestampAuthority[] = trusted,
  ) => judged(await stamp(by, DIGEST, change), under)

  it('says when what had which digest', async () => {
    const reading = readTimestamp(await stamp(authority, DIGEST))
    assert.ok(reading.ok)
    assert.equal(reading.token.digestMultibase, digestMultibase(STAMPED))
    assert.equal(reading.token.time, parseInstant(TIME))
    assert.equal(reading.token.nonce, null)
    assert.deepEqual(await checkTimestamp(reading.token, trusted), { ok: true })
  })

  it('may come in the answer of the authority', async () => {
    const token = await stamp(authority, DIGEST)
    const reading = readTimestamp(answerWith(token))
    assert.ok(reading.ok)
    assert.deepEqual(reading.token.bytes, token)
    assert.equal(await judged(answerWith(token, 1), trusted), 'ok')
    assert.match(await judged(answerWith(token, 2), trusted), /granted none \(status 2\)/)
    assert.match(await judged(answerWith(null, 2), trusted), /granted none/)
    assert.match(await judged(answerWith(null), trusted), /without a token/)
  })

  describe('counts', () => {
    it('by a root, by the authority itself, and by one of several', async () => {
      const other = trust((await testAuthority()).root)
      assert.equal(await outcome({}, authority, [trust(authority.signer)]), 'ok')
      assert.equal(await outcome({}, authority, [other, ...trusted]), 'ok')
    })

    it('where its own certificate is trusted and does not come with it', async () => {
      assert.equal(await outcome({ certificates: [] }, authority, [trust(authority.signer)]), 'ok')
    })

    it('with one authority between, in any order', async () => {
      const between = await certify({
        subject: 'Clock Sub (fictional)',
        issuer: authority.root,
        isAuthority: true,
        pathLength: 0,
      })
      const below = await testAuthority({}, between)
      for (const certificates of [
        [below.signer, between],
        [between, authority.root, below.signer],
      ]) {
        assert.equal(await outcome({ certificates }, below), 'ok')
      }
      assert.match(await outcome({}, below), /no trusted authority/)
    })

    for (const hash of ['SHA-256', 'SHA-384'] as const) {
      it(`with ${hash} under RSA and ECDSA`, async () => {
        for (const algorithm of ['RSA', 'ECDSA'] as const) {
          const other = await testAuthority({ algorithm })
          assert.equal(await outcome({ hash }, other, [trust(other.root)]), 'ok')
        }
      })
    }

    it('with its certificate named by another hash', async () => {
      assert.equal(await outcome({ signingCertificateHash: 'SHA-384' }), 'ok')
    })

    it('in the first second of a certificate and of a trust, and in the last', async () => {
      const short = await testAuthority({ validFrom: TIME, validUntil: TIME })
      const instant = parseInstant(TIME)
      assert.equal(await outcome({}, short, [trust(short.root)]), 'ok')
      const window = { validFrom: instant, validUntil: instant }
      assert.equal(await outcome({}, authority, [trust(authority.root, window)]), 'ok')
    })
  })

  describe('is later by its accuracy, and never earlier than written', () => {
    const timeOf = async (change: TokenChange) => {
      const reading = readTimestamp(await stamp(authority, DIGEST, change))
      return reading.ok ? reading.token.time - (parseInstant(TIME) ?? 0) : reading.detail
    }
    for (const [what, change, later] of [
      ['whole seconds', { accuracy: { seconds: 5 } }, 5],
      ['milliseconds', { accuracy: { millis: 1 } }, 1],
      ['microseconds', { accuracy: { seconds: 1, micros: 1 } }, 2],
      ['a fraction of a second', { writtenTime: '20261001000000.25Z' }, 1],
    ] as const) {
      it(`in ${what}`, async () => assert.equal(await timeOf(change), later))
    }
  })

  describe('does not count', () => {
    it('of a day or an hour that there is not: some readers take it for the next', async () => {
      for (const writtenTime of ['20260230000000Z', '20260931000000Z', '20260930240000Z']) {
        const reading = readTimestamp(await stamp(authority, DIGEST, { writtenTime }))
        assert.deepEqual(reading, { ok: false, detail: 'its time cannot be read' })
      }
    })

    it('under a certificate that names one algorithm outside of what is signed, another inside', () => {
      const { der } = authority.root
      assert.ok(readX509(der).ok)
      // ecdsa-with-SHA256, where it stands first: inside.
      const own = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]
      const at = der.findIndex((_, start) =>
        own.every((byte, index) => der[start + index] === byte),
      )
      assert.ok(at > 0)
      const altered = Uint8Array.from(der)
      altered[at + own.length - 1] = 0x03
      const reading = readX509(altered)
      assert.match(reading.ok ? 'read' : reading.detail, /two signature algorithms/)
    })

    it('of an authority that is not trusted', async () => {
      const stranger = await testAuthority()
      assert.match(await outcome({}, stranger), /no trusted authority/)
      assert.match(await outcome({}, authority, []), /no authority is trusted/)
      const certificates = [stranger.signer, stranger.root]
      assert.match(await outcome({ certificates }, stranger), /no trusted authority/)
    })

    it('of an authority that was trusted before or after', async () => {
      const instant = parseInstant(TIME) ?? 0
      for (const window of [{ validFrom: instant + 1 }, { validUntil: instant - 1 }]) {
        const under = [trust(authority.root, window)]
        assert.match(await outcome({}, authority, under), /no authority is trusted for its time/)
      }
    })

    it('of a certificate that was not in force, at whatever place of the path', async () => {
      const ended = { validUntil: '2026-09-30T23:59:59Z' }
      const future = { validFrom: '2026-10-01T00:00:01Z' }
      for (const change of [ended, future]) {
        const other = await testAuthority(change)
        assert.match(await outcome({}, other, [trust(other.root)]), /no trusted authority/)
        assert.match(await outcome({}, other, [trust(other.signer)]), /no trusted authority/)
        const root = await certify({ subject: 'Old Root', isAuthority: true, ...change })
        const below = await testAuthority({}, root)
        assert.match(await outcome({}, below, [trust(root)]), /no trusted authority/)
      }
    })

    for (const [what, purposes] of [
      ['no purpose', undefined],
      ['another purpose', { purposes: ['1.3.6.1.5.5.7.3.1'], critical: true }],
      ['more purposes', { purposes: ['1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.1'], critical: true }],
      ['a purpose that is not critical', { purposes: ['1.3.6.1.5.5.7.3.8'], critical: false }],
    ] as const) {
      it(`of a certificate with ${what}`, async () => {
        const parts = { subject: 'Clock', issuer: authority.root, serial: 7 }
        const signer = await certify({
          ...parts,
          ...(purposes === undefined ? {} : { extendedKeyUsage: purposes }),
        })
        const other = { root: authority.root, signer }
        assert.match(await outcome({}, other), /not certified for timestamps alone/)
        assert.match(
          await outcome({}, other, [trust(signer)]),
          /not certified for timestamps alone/,
        )
      })
    }

    it('of a certificate that is for certifying or encrypting as well', async () => {
      for (const keyUsage of [0x04, 0x84, 0xa0, 0x00]) {
        const other = await testAuthority({ keyUsage }, authority.root)
        assert.match(await outcome({}, other), /not certified for timestamps alone/)
      }
      for (const keyUsage of [0x80, 0x40, 0xc0]) {
        assert.equal(await outcome({}, await testAuthority({ keyUsage }, authority.root)), 'ok')
      }
    })

    it('of a certificate with something critical that is not understood, or twice', async () => {
      const odd = extension('1.2.3.4', true, new Null())
      const other = await testAuthority({ extensions: [odd] }, authority.root)
      assert.match(await outcome({}, other), /not at hand, or cannot be read/)
      const fine = extension('1.2.3.4', false, new Null())
      const noted = await testAuthority({ extensions: [fine] }, authority.root)
      assert.equal(await outcome({}, noted), 'ok')
      const twice = await testAuthority({ extensions: [fine, fine] }, authority.root)
      assert.match(await outcome({}, twice), /not at hand, or cannot be read/)
    })

    it('of one that somebody certified who may not', async () => {
      const leaf = await certify({ subject: 'Nobody', issuer: authority.root, serial: 8 })
      const no = await certify({
        subject: 'No',
        issuer: authority.root,
        serial: 9,
        isAuthority: true,
        keyUsage: 0x80,
      })
      const denied = await certify({
        subject: 'Denied',
        issuer: authority.root,
        serial: 10,
        isAuthority: false,
      })
      for (const issuer of [leaf, no, denied]) {
        const below = await testAuthority({}, issuer)
        const certificates = [below.signer, issuer]
        assert.match(await outcome({ certificates }, below), /no trusted authority/)
        assert.match(await outcome({}, below, [trust(issuer)]), /no trusted authority/)
      }
    })

    it('of one further down than its root allows', async () => {
      const root = await certify({ subject: 'Short Root', isAuthority: true, pathLength: 0 })
      const between = await certify({ subject: 'Between', issuer: root, isAuthority: true })
      const below = await testAuthority({}, between)
      const certificates = [below.signer, between]
      assert.match(await outcome({ certificates }, below, [trust(root)]), /no trusted authority/)
      assert.equal(await outcome({ certificates }, below, [trust(between)]), 'ok')
    })

    it('of one further down than anybody above it allows', async () => {
      const certifier = (subject: string, issuer?: Certified, pathLength?: number) =>
        certify({
          subject,
          isAuthority: true,
          ...(issuer === undefined ? {} : { issuer }),
          ...(pathLength === undefined ? {} : { pathLength }),
        })
      for (const [ofRoot, ofFirst, expected] of [
        [1, undefined, /no trusted authority/],
        [undefined, 0, /no trusted authority/],
        [2, 1, /^ok$/],
      ] as const) {
        const root = await certifier('Root (fictional)', undefined, ofRoot)
        const first = await certifier('First (fictional)', root, ofFirst)
        const second = await certifier('Second (fictional)', first)
        const below = await testAuthority({}, second)
        const certificates = [below.signer, second, first]
        assert.match(await outcome({ certificates }, below, [trust(root)]), expected)
      }
    })

    it('of a longer path than four steps', async () => {
      const path = [authority.root]
      for (let index = 0; index < 4; index += 1) {
        const issuer = path.at(-1)
        assert.ok(issuer !== undefined)
        path.push(await certify({ subject: `Step ${index}`, issuer, isAuthority: true }))
        const above = path.at(-1)
        const below = await testAuthority({}, above)
        const certificates = [below.signer, ...path.slice(1)]
        const expected = index < 3 ? /^ok$/ : /no trusted authority/
        assert.match(await outcome({ certificates }, below), expected)
      }
    })

    it('of a certificate whose issuer has another name than the key that signed it', async () => {
      const { keys } = authority.root
      const renamed = await certify({ subject: 'Another Name', keys, isAuthority: true })
      const below = await testAuthority({}, renamed)
      assert.match(await outcome({}, below), /no trusted authority/)
    })

    it('of a certificate whose signature is not its issuer’s', async () => {
      const impostor = await certify({ subject: 'Clock Root (fictional)', isAuthority: true })
      const below = await testAuthority({}, impostor)
      const certificates = [below.signer, impostor]
      assert.match(await outcome({ certificates }, below), /no trusted authority/)
    })

    it('of a certificate signed with SHA-1, or with a short RSA key', async () => {
      const old = await testAuthority({ hash: 'SHA-1' })
      assert.match(await outcome({}, old, [trust(old.root)]), /no trusted authority/)
      // Who trusts the certificate itself trusts it whoever signed it.
      assert.equal(await outcome({}, old, [trust(old.signer)]), 'ok')
      const keys = await globalThis.crypto.subtle.generateKey(
        {
          name: 'RSASSA-PKCS1-v1_5',
          modulusLength: 1024,
          publicExponent: Uint8Array.from([1, 0, 1]),
          hash: 'SHA-256',
        },
        true,
        ['sign', 'verify'],
      )
      const short = await testAuthority({ keys })
      assert.match(await outcome({}, short, [trust(short.root)]), /signature does not hold/)
    })

    for (const [what, change, reason] of [
      ['changed in its statement', { messageDigest: randomBytes(32) }, /statement was changed/],
      ['without the digest of it', { messageDigest: null }, /not sign its statement/],
      ['with SHA-1', { hash: 'SHA-1' }, /hash function/],
      [
        'with attributes of another content',
        { signedContentType: '1.2.840.113549.1.7.1' },
        /another content/,
      ],
      ['that signs no attributes', { noAttributes: true }, /signs no attributes/],
      ['that signs one twice', { attributeTwice: true }, /attribute twice/],
      ['that does not name its certificate', { signingCertificate: null }, /which certificate/],
      ['that names it by SHA-1', { signingCertificateHash: 'SHA-1' }, /which certificate/],
      ['that names another', { signingCertificate: randomBytes(32) }, /not at hand/],
      ['of a digest by SHA-384', { imprintHash: 'SHA-384', imprint: randomBytes(48) }, /SHA-256/],
      ['of a digest that is cut', { imprint: randomBytes(31) }, /32 bytes/],
      ['of another version', { version: 2 }, /version 1/],
      [
        'with something critical',
        { extensions: [extension('1.2.3.4', true, new Null())] },
        /critical/,
      ],
      ['of another content', { contentType: '1.2.840.113549.1.7.1' }, /no timestamp/],
      ['with two signatures', { signatures: 2 }, /one signature, found more/],
      ['with none', { signatures: 0 }, /one signature, found none/],
      ['in local time', { writtenTime: '20261001000000' }, /time cannot be read/],
      ['with an offset', { writtenTime: '20261001000000+0100' }, /time cannot be read/],
      ['at an hour that is none', { writtenTime: '20261001250000Z' }, /time cannot be read/],
      [
        'with a zero at the end of its fraction',
        { writtenTime: '20261001000000.50Z' },
        /time cannot be read/,
      ],
      ['with a comma', { writtenTime: '20261001000000,5Z' }, /time cannot be read/],
      ['without seconds', { writtenTime: '202610010000Z' }, /time cannot be read/],
    ] as const) {
      it(what, async () => assert.match(await outcome(change), reason))
    }

    it('that names another serial number than its certificate has', async () => {
      const other = await testAuthority({ serial: 8 }, authority.root)
      const certificates = [authority.signer, other.signer]
      assert.match(await outcome({ serialOf: other.signer, certificates }), /not at hand/)
    })

    it('with one bit changed anywhere', async () => {
      const token = await stamp(authority, DIGEST)
      const honest = readTimestamp(token)
      assert.ok(honest.ok)
      for (let index = 0; index < token.length; index += 1) {
        const changed = Uint8Array.from(token)
        changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8))
        const reading = readTimestamp(changed)
        if (!reading.ok || !(await checkTimestamp(reading.token, trusted)).ok) continue
        // What nobody signed may change; what the token says may not.
        assert.equal(reading.token.time, honest.token.time, `byte ${index}`)
        assert.equal(reading.token.digestMultibase, honest.token.digestMultibase)
      }
    }).timeout(60_000)
  })

  describe('is not read', () => {
    it('from bytes that are none', async () => {
      for (const bytes of [
        new Uint8Array(),
        Uint8Array.from([0x30]),
        Uint8Array.from([0x30, 0x80, 0, 0]),
        Uint8Array.from([0x30, 0x00]),
        Uint8Array.from([0x04, 0x01, 0x00]),
        new TextEncoder().encode('{"a":1}'),
        randomBytes(500),
        authority.signer.der,
      ]) {
        assert.equal(readTimestamp(bytes).ok, false)
      }
    })

    it('with anything behind its end, or cut', async () => {
      const token = await stamp(authority, DIGEST)
      assert.match(await judged(Uint8Array.from([...token, 0]), trusted), /not DER/)
      assert.match(await judged(token.subarray(0, -1), trusted), /not DER/)
    })

    it('beyond its size, or with more certificates than it needs', async () => {
      assert.match(await judged(new Uint8Array(16 * 1024 + 1), trusted), /16384 bytes/)
      const certificates = Array.from({ length: 9 }, () => authority.signer)
      assert.match(await outcome({ certificates }), /at most 8 certificates/)
    })
  })

  describe('of openssl, made once', () => {
    const file = (name: string) => readFile(new URL(`timestamps/${name}`, import.meta.url))

    for (const key of ['ec', 'rsa'] as const) {
      it(`counts with ${key} by the root, and by the authority itself`, async () => {
        const reading = readTimestamp(new Uint8Array(await file(`${key}.tsr`)))
        assert.ok(reading.ok, JSON.stringify(reading))
        const { token } = reading
        const stamped = new Uint8Array(await file('stamped.txt'))
        assert.equal(token.digestMultibase, digestMultibase(stamped))
        for (const name of ['root', 'own']) {
          const der = fromBase64(certificateBase64(String(await file(`${key}.${name}.pem`))))
          assert.ok(der !== null)
          assert.deepEqual(await checkTimestamp(token, [trust({ der })]), { ok: true })
        }
        assert.equal((await checkTimestamp(token, trusted)).ok, false)
      })
    }
  })

  describe('of openssl', () => {
    before(function () {
      if (!hasOpenssl()) this.skip()
    })

    for (const key of ['EC', 'RSA'] as const) {
      it(`counts with ${key}, asked for by us and by openssl`, async () => {
        const openssl = opensslAuthority(key)
        try {
          const root = fromBase64(certificateBase64(openssl.root))
          const own = fromBase64(certificateBase64(openssl.own))
          assert.ok(root !== null && own !== null)
          const request = timestampRequest(DIGEST)
          const answer = openssl.answer(request.bytes)
          const reading = readTimestamp(answer)
          assert.ok(reading.ok, JSON.stringify(reading))
          assert.equal(reading.token.nonce, request.nonce)
          assert.equal(reading.token.digestMultibase, digestMultibase(STAMPED))
          for (const der of [root, own]) {
            const check = await checkTimestamp(reading.token, [trust({ der })])
            assert.deepEqual(check, { ok: true })
          }
          const stranger = await checkTimestamp(reading.token, trusted)
          assert.equal(stranger.ok, false)
          const theirs = readTimestamp(openssl.answer(openssl.request(DIGEST)))
          assert.ok(theirs.ok)
          assert.deepEqual(await checkTimestamp(theirs.token, [trust({ der: root })]), { ok: true })
        } finally {
          openssl.remove()
        }
      })
    }
  })
})

describe('A request for a timestamp', () => {
  it('asks for the digest, a number of its own, and the certificates', async () => {
    const { bytes, nonce } = timestampRequest(DIGEST)
    const request = TimeStampReq.fromBER(Uint8Array.from(bytes))
    assert.equal(request.version, 1)
    assert.equal(request.certReq, true)
    const { hashAlgorithm, hashedMessage } = request.messageImprint
    assert.ok(hashAlgorithm instanceof AlgorithmIdentifier)
    assert.equal(hashAlgorithm.algorithmId, '2.16.840.1.101.3.4.2.1')
    assert.deepEqual(new Uint8Array(hashedMessage.valueBlock.valueHexView), DIGEST)
    assert.ok(request.nonce instanceof Integer)
    assert.equal(Buffer.from(request.nonce.valueBlock.valueHexView).toString('hex'), nonce)
    assert.notEqual(timestampRequest(DIGEST).nonce, nonce)
  })

  it('is made for 32 bytes alone', async () => {
    assert.throws(() => timestampRequest(DIGEST.subarray(1)), TypeError)
  })
})

describe('A certificate', () => {
  it('is read from PEM, or from base64', async () => {
    const { pem, der } = await certify({ subject: 'Clock', ...FOR_TIMESTAMPS })
    const text = Buffer.from(der).toString('base64')
    const [first = '', ...rest] = pem.trim().split('\n')
    const spaced = [`\n${first}`, '', ...rest].join('\n \n').trim()
    const lines = [pem, pem.trim(), spaced, pem.replaceAll('\n', '\r\n'), `${pem}\r\n`]
    for (const written of [...lines, text, ` ${text}\n`]) {
      assert.deepEqual(fromBase64(certificateBase64(written)), der)
    }
    assert.equal(toBase64(der), text)
    const others = [pem + pem, pem.replaceAll('CERTIFICATE', 'KEY'), `x${pem}`, `${pem}x`]
    for (const written of [...others, pem.replace('\n--', '!\n--'), `${text}!`, 'A']) {
      assert.equal(fromBase64(certificateBase64(written)), null)
    }
  })

  it('is in base64 with every letter of it, and with its end filled up', () => {
    for (const bytes of [[], [0xfb], [0xff], [0xfb, 0xef], [0xff, 0xff], [0xfb, 0xef, 0xbe]]) {
      const text = Buffer.from(bytes).toString('base64')
      assert.equal(toBase64(Uint8Array.from(bytes)), text)
      assert.deepEqual(fromBase64(text), Uint8Array.from(bytes))
    }
    for (const text of ['A', '-w==', '_w==', '+w=', '+w', '++8', '+w===', '=', '+-8=', 'AA A']) {
      assert.equal(fromBase64(text), null, text)
    }
  })

  it('is none in other DER', async () => {
    const other = Uint8Array.from([0x30, 0x03, 0x02, 0x01, 0x01])
    assert.equal(readX509(other).ok, false)
    assert.equal(readX509(new Uint8Array(9000)).ok, false)
    assert.match(pemOf('CERTIFICATE', other), /BEGIN CERTIFICATE/)
  })
})

describe('DER', () => {
  const of = (...bytes: number[]) => readDer(Uint8Array.from(bytes)) !== null
  for (const [what, isIt, bytes] of [
    ['a number', true, [0x02, 0x01, 0x05]],
    ['a sequence', true, [0x30, 0x03, 0x02, 0x01, 0x05]],
    ['a length of two bytes', true, [0x04, 0x81, 0x80, ...new Array<number>(128).fill(0)]],
    ['truth', true, [0x01, 0x01, 0xff]],
    ['half a truth', false, [0x01, 0x01, 0x01]],
    ['truth of two bytes', false, [0x01, 0x02, 0xff, 0xff]],
    ['an endless sequence', false, [0x30, 0x80, 0x00, 0x00]],
    ['a length that could be shorter', false, [0x04, 0x81, 0x01, 0x00]],
    [
      'a length with a zero before it',
      false,
      [0x04, 0x82, 0x00, 0x80, ...new Array<number>(128).fill(0)],
    ],
    ['a length of four bytes', false, [0x04, 0x84, 0x01, 0x00, 0x00, 0x00]],
    ['a tag of two bytes', false, [0x1f, 0x81, 0x01, 0x00]],
    ['a string in pieces', false, [0x24, 0x03, 0x04, 0x01, 0x00]],
    ['a sequence in one piece', false, [0x10, 0x01, 0x00]],
    ['more inside than there is', false, [0x30, 0x03, 0x02, 0x02, 0x05]],
    ['untruth', true, [0x01, 0x01, 0x00]],
    ['a length of three bytes', true, [0x04, 0x83, 1, 0, 0, ...new Array<number>(65_536).fill(0)]],
    ['a length of 127 bytes', false, [0x04, 0xff, ...new Array<number>(127).fill(1)]],
    ['128 bytes of endless length', false, [0x04, 0x80, ...new Array<number>(128).fill(0)]],
    ['a length that is cut off', false, [0x30, 0x03, 0x04, 0x82, 0x01]],
    ['a tag of two bytes with a length', false, [0x1f, 0x01, 0x00]],
    ['a tag of two bytes alone', false, [0x1f]],
    // What is refused within must not be read again from another place, where it could be read.
    ['untruth of no byte, though it ends like a number', false, [0x30, 0x02, 0x01, 0x00]],
    ['endless, though it ends like bits', false, [0x30, 0x03, 0x02, 0x80, 0x00]],
    ['too long, though it ends like bits', false, [0x30, 0x03, 0x02, 0x05, 0x00]],
    [
      'a set in one piece, though it ends like a text',
      false,
      [0x30, 0x12, 0x11, 0x10, ...new Array<number>(16).fill(0)],
    ],
    [
      'a tag of two bytes, though it ends like an application’s own',
      false,
      [0x30, 0x60, 0x5f, 0x04, 0x5d, ...new Array<number>(93).fill(0)],
    ],
    [
      'a sequence with a text in pieces, though it ends like a set',
      false,
      [0x30, 0x31, 0x30, 0x04, 0x2e, ...new Array<number>(46).fill(0)],
    ],
    ['no content', false, [0x02]],
    ['nothing', false, []],
  ] as const) {
    it(`is ${isIt ? '' : 'not '}${what}`, () => assert.equal(of(...bytes), isIt))
  }

  it('is not nested without end, nor of very many elements', () => {
    const nested = (depth: number): number[] => {
      const inner = depth === 0 ? [] : nested(depth - 1)
      return [0x30, inner.length, ...inner]
    }
    assert.equal(of(...nested(24)), true)
    assert.equal(of(...nested(25)), false)
    const many = (count: number) => {
      const all = new Array<number>(count).fill(0x05).flatMap((tag) => [tag, 0x00])
      return [0x30, 0x82, all.length >> 8, all.length & 0xff, ...all]
    }
    assert.equal(of(...many(4095)), true)
    assert.equal(of(...many(4096)), false)
  })

  it('has elements within a constructed one alone', () => {
    const within = (...bytes: number[]) => {
      const element = readDer(Uint8Array.from(bytes))
      assert.ok(element !== null)
      return childrenOf(element).map(({ tag, content }) => [tag, ...content])
    }
    assert.deepEqual(within(0x04, 0x02, 0x05, 0x00), [])
    assert.deepEqual(within(0x30, 0x05, 0x05, 0x00, 0x02, 0x01, 0x07), [[0x05], [0x02, 0x07]])
    assert.deepEqual(within(0xa3, 0x02, 0x05, 0x00), [[0x05]])
  })
})

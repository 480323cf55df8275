import assert from 'node:assert/strict'
import { createHmac, createPublicKey } from 'node:crypto'
import { CONTEXTS, jcs, parseInstant } from '@battery-passport/contexts'
import {
  checkJose,
  decodeJose,
  generatePrivateJwk,
  generateSigner,
  MAX_JWT_LENGTH,
  SecuringError,
  type Signer,
  secureWithJose,
  signerFromJwk,
} from '@battery-passport/keys'
import { CompactSign, compactVerify, importJWK, jwtVerify } from 'jose'
import { CREATED, sampleCredential } from './sample.ts'

const ISSUED_AT = parseInstant(CREATED) ?? 0
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** A JWT with any header, whose signature is good. */
async function signed(signer: Signer, header: unknown, payload: unknown): Promise<string> {
  const input = `${encode(header)}.${encode(payload)}`
  const signature = await signer.sign(Buffer.from(input))
  return `${input}.${Buffer.from(signature).toString('base64url')}`
}

for (const [type, alg] of [
  ['Ed25519', 'EdDSA'],
  ['P-256', 'ES256'],
] as const) {
  describe(`A credential in a vc+jwt signed with ${alg}`, () => {
    const signer = generateSigner(type)
    const { publicKey, verificationMethod: kid } = signer
    const unsecured = sampleCredential(signer)
    const header = { alg, cty: 'vc', kid, typ: 'vc+jwt' }
    const codeOf = async (compact: string) => {
      const check = await checkJose(compact, { publicKey })
      return check.ok ? 'ok' : check.code
    }
    let compact = ''

    before(async () => {
      compact = await secureWithJose(unsecured, { signer, issuedAt: ISSUED_AT })
    })

    it('verifies and gives back the credential with iat', async () => {
      const check = await checkJose(compact, { publicKey })
      assert.ok(check.ok)
      assert.equal(check.header.alg, alg)
      assert.equal(check.header.typ, 'vc+jwt')
      assert.equal(check.header.cty, 'vc')
      assert.equal(check.header.kid.url, kid)
      assert.equal(check.header.kid.did, signer.did)
      const payload = new TextDecoder().decode(check.payload)
      assert.equal(payload, jcs({ ...unsecured, iat: ISSUED_AT }))
    })

    it('verifies with jose alone', async () => {
      const key = await importJWK({ ...publicKey.jwk }, alg)
      const { payload } = await jwtVerify(compact, key, { typ: 'vc+jwt', algorithms: [alg] })
      assert.equal(payload.iat, ISSUED_AT)
    })

    it('verifies when jose alone has signed it', async () => {
      const jwk = generatePrivateJwk(type)
      const other = signerFromJwk(jwk)
      const theirs = await new CompactSign(Buffer.from(JSON.stringify(unsecured)))
        .setProtectedHeader({ alg, typ: 'vc+jwt', kid: other.verificationMethod })
        .sign(await importJWK({ ...jwk }, alg))
      const check = await checkJose(theirs, { publicKey: other.publicKey })
      assert.ok(check.ok)
      assert.equal('cty' in check.header, false)
    })

    it('does not verify under another key, nor under one of the other type', async () => {
      for (const other of ['Ed25519', 'P-256'] as const) {
        const check = await checkJose(compact, { publicKey: generateSigner(other).publicKey })
        assert.ok(!check.ok && check.code === 'PROOF_INVALID')
      }
    })

    it('does not verify when any one character is changed', async () => {
      for (let index = 0; index < compact.length; index += 7) {
        const flipped = compact[index] === 'A' ? 'B' : 'A'
        if (compact[index] === '.') continue
        const changed = compact.slice(0, index) + flipped + compact.slice(index + 1)
        assert.notEqual(await codeOf(changed), 'ok', `character ${index}`)
      }
    })

    it('does not verify with the parts of two tokens', async () => {
      const other = await secureWithJose(
        { ...unsecured, id: 'urn:uuid:2' },
        {
          signer,
          issuedAt: ISSUED_AT,
        },
      )
      const [head, , signature] = compact.split('.')
      const [, payload] = other.split('.')
      assert.equal(await codeOf(`${head}.${payload}.${signature}`), 'PROOF_INVALID')
    })

    const strangers: readonly (readonly [string, object])[] = [
      ['an embedded key', { jwk: publicKey.jwk }],
      ['a key URL', { jku: 'https://evil.example/keys' }],
      ['a certificate URL', { x5u: 'https://evil.example/cert' }],
      ['a certificate', { x5c: ['AAAA'] }],
      ['a certificate thumbprint', { x5t: 'AAAA' }],
      ['crit', { crit: ['exp'], exp: 1 }],
      ['an empty crit', { crit: [] }],
      ['an unencoded payload', { b64: false, crit: ['b64'] }],
      ['b64 without crit', { b64: false }],
      ['a compression', { zip: 'DEF' }],
      ['a member of its own', { iss: signer.did }],
      ['__proto__', JSON.parse('{"__proto__":{"alg":"none"}}')],
    ]
    for (const [title, members] of strangers) {
      it(`does not verify with ${title} in the header, whatever the signature`, async () => {
        const jwt = await signed(signer, { ...header, ...members }, unsecured)
        assert.equal(await codeOf(jwt), 'PROOF_INVALID')
      })
    }

    for (const [title, members] of [
      ['alg none', { alg: 'none' }],
      ['alg nOnE', { alg: 'nOnE' }],
      ['alg HS256', { alg: 'HS256' }],
      ['alg Ed25519', { alg: 'Ed25519' }],
      ['the alg of the other key type', { alg: alg === 'EdDSA' ? 'ES256' : 'EdDSA' }],
      ['a list of alg', { alg: [alg] }],
      ['typ JWT', { typ: 'JWT' }],
      ['typ vp+jwt', { typ: 'vp+jwt' }],
      ['typ in capitals', { typ: 'VC+JWT' }],
      ['another cty', { cty: 'vp' }],
      ['a relative kid', { kid: '#key' }],
      ['a number as kid', { kid: 1 }],
    ] as const) {
      it(`does not verify with ${title}`, async () => {
        const jwt = await signed(signer, { ...header, ...members }, unsecured)
        assert.equal(await codeOf(jwt), 'PROOF_INVALID')
      })
    }

    for (const name of ['alg', 'typ', 'kid'] as const) {
      it(`does not verify without ${name}`, async () => {
        const { [name]: _, ...rest } = header
        assert.equal(await codeOf(await signed(signer, rest, unsecured)), 'PROOF_INVALID')
      })
    }

    it('does not verify as a MAC made with the public key', async () => {
      const input = `${encode({ ...header, alg: 'HS256' })}.${encode(unsecured)}`
      for (const secret of [
        publicKey.raw(),
        createPublicKey({ key: { ...publicKey.jwk }, format: 'jwk' }).export({
          format: 'pem',
          type: 'spki',
        }),
      ]) {
        const mac = createHmac('sha256', secret).update(input).digest('base64url')
        assert.notEqual(await codeOf(`${input}.${mac}`), 'ok')
      }
    })

    it('does not verify without a signature', async () => {
      const input = `${encode({ ...header, alg: 'none' })}.${encode(unsecured)}`
      assert.equal(await codeOf(`${input}.`), 'PROOF_ENCODING')
      assert.equal(await codeOf(input), 'PROOF_ENCODING')
      const zeros = Buffer.alloc(64).toString('base64url')
      assert.equal(await codeOf(`${encode(header)}.${encode(unsecured)}.${zeros}`), 'PROOF_INVALID')
    })

    it('does not verify with a repeated member in the header', async () => {
      const twice = `{"alg":"none",${JSON.stringify(header).slice(1)}`
      const jwt = await signed(signer, twice, unsecured)
      assert.equal(await codeOf(jwt), 'PROOF_ENCODING')
      // jose takes the last of them.
      await compactVerify(jwt, publicKey.jwk, { algorithms: [alg] })
    })

    it('does not verify with white space or escapes in the header', async () => {
      for (const text of [
        JSON.stringify(header, null, 1),
        JSON.stringify(header).replace('vc+jwt', 'vc\\u002bjwt'),
      ]) {
        assert.equal(await codeOf(await signed(signer, text, unsecured)), 'PROOF_ENCODING')
      }
    })

    it('does not verify with a header longer than a key needs, however deep', async () => {
      for (const text of [
        JSON.stringify({ ...header, kid: `did:key:${'z'.repeat(1000)}#a` }),
        // JSON.parse reads it, and JSON.stringify of what it read exhausts the stack.
        `{"kid":${'['.repeat(23_000)}${']'.repeat(23_000)}}`,
      ]) {
        const jwt = await signed(signer, text, unsecured)
        assert.deepEqual(decodeJose(jwt), {
          ok: false,
          code: 'PROOF_ENCODING',
          detail: `header: expected at most 1024 bytes, found ${text.length}`,
        })
      }
    })

    it('does not verify with a byte order mark before the header', async () => {
      const jwt = await signed(signer, `\ufeff${JSON.stringify(header)}`, unsecured)
      assert.equal(await codeOf(jwt), 'PROOF_ENCODING')
      // jose does not see it.
      await compactVerify(jwt, publicKey.jwk, { algorithms: [alg] })
    })

    it('does not verify in another text of the same bytes', async () => {
      const [head = '', payload = '', signature = ''] = compact.split('.')
      // 64 bytes leave four bits of the last character unused.
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      const last = alphabet.indexOf(signature.at(-1) ?? '')
      const sameBytes = signature.slice(0, -1) + alphabet[last + 1]
      assert.deepEqual(Buffer.from(sameBytes, 'base64url'), Buffer.from(signature, 'base64url'))
      for (const text of [
        `${head}.${payload}.${sameBytes}`,
        `${head}.${payload}.${signature}==`,
        `${head}.${payload}.${signature}\n`,
        `${head}.${payload}.${signature.slice(0, 40)}\n${signature.slice(40)}`,
        ` ${compact}`,
        `${compact}.`,
        `${compact}.${signature}`,
        `.${payload}.${signature}`,
        `${head}..${signature}`,
        compact.replaceAll('-', '+').replaceAll('_', '/').replace('.', '+.'),
      ]) {
        assert.equal(await codeOf(text), 'PROOF_ENCODING', text.slice(-20))
      }
    })

    it('is not read when it is longer than it may be', async () => {
      const check = await checkJose(compact, { publicKey, maxLength: compact.length - 1 })
      assert.ok(!check.ok && check.code === 'PROOF_ENCODING')
      assert.ok((await checkJose(compact, { publicKey, maxLength: compact.length })).ok)
      assert.ok(!decodeJose('A'.repeat(MAX_JWT_LENGTH + 1)).ok)
    })

    it('refuses to sign for an issuer whose key it does not hold', async () => {
      const foreign = { ...unsecured, issuer: generateSigner().did }
      await assert.rejects(
        secureWithJose(foreign, { signer, issuedAt: ISSUED_AT }),
        (error: unknown) => error instanceof SecuringError && error.code === 'ISSUER_MISMATCH',
      )
    })

    it('is not released when the signer answers with the signature of another key', async () => {
      const broken: Signer = { ...signer, sign: generateSigner(type).sign }
      await assert.rejects(
        secureWithJose(unsecured, { signer: broken, issuedAt: ISSUED_AT }),
        (error: unknown) => error instanceof SecuringError && error.code === 'SIGNER_FAULT',
      )
    })

    for (const issuedAt of [Number.NaN, 1.5, Number.POSITIVE_INFINITY]) {
      it(`is not signed at ${issuedAt}`, async () => {
        await assert.rejects(
          secureWithJose(unsecured, { signer, issuedAt }),
          (error: unknown) => error instanceof SecuringError && error.code === 'CREATED_INVALID',
        )
      })
    }
  })
}

describe('A compact JWT', () => {
  it('is taken apart without a key, and nothing is believed of it', async () => {
    const signer = generateSigner()
    const credential = { '@context': CONTEXTS, issuer: signer.did }
    const compact = await secureWithJose(credential, { signer, issuedAt: ISSUED_AT })
    const zeros = Buffer.alloc(64).toString('base64url')
    const unsigned = compact.replace(/[^.]+$/, zeros)
    const decoded = decodeJose(unsigned)
    assert.ok(decoded.ok)
    assert.equal(decoded.header.kid.did, signer.did)
    assert.equal((await checkJose(unsigned, { publicKey: signer.publicKey })).ok, false)
  })

  for (const alg of ['none', 'HS256', 'RS256', 'ES384', 'Ed25519', '', null]) {
    it(`is not read with alg ${alg}`, async () => {
      const signer = generateSigner()
      const header = { alg, kid: signer.verificationMethod, typ: 'vc+jwt' }
      const decoded = decodeJose(await signed(signer, header, {}))
      assert.ok(!decoded.ok && decoded.code === 'PROOF_INVALID')
    })
  }

  for (const length of [1, 63, 65, 70]) {
    it(`is not read with a signature of ${length} bytes`, async () => {
      const signer = generateSigner()
      const options = { signer, issuedAt: ISSUED_AT }
      const compact = await secureWithJose(sampleCredential(signer), options)
      const signature = Buffer.alloc(length, 7).toString('base64url')
      const decoded = decodeJose(compact.replace(/[^.]+$/, signature))
      assert.ok(!decoded.ok && decoded.code === 'PROOF_ENCODING')
    })
  }

  it('says which member of its header is strange, and no more of it than a line holds', async () => {
    const signer = generateSigner()
    const header = { alg: 'EdDSA', kid: signer.verificationMethod, typ: 'vc+jwt' }
    const strange = 'j'.repeat(60)
    const decoded = decodeJose(await signed(signer, { ...header, [strange]: 1 }, {}))
    const found = JSON.stringify('j'.repeat(40))
    assert.deepEqual(
      decoded.ok || decoded.detail,
      `header: expected alg, typ, kid and cty only, found ${found}`,
    )
  })

  for (const header of ['[]', '["alg"]', 'null', '7', '"{}"', 'true', '{', '']) {
    it(`is not read with the header ${header || 'of nothing'}`, async () => {
      const decoded = decodeJose(await signed(generateSigner(), header, {}))
      assert.ok(!decoded.ok && decoded.code === 'PROOF_ENCODING')
    })
  }

  for (const text of [
    '',
    '.',
    '..',
    '...',
    'a.b.c',
    'AAAA',
    'eyJ.eyJ.eyJ',
    `${'.'.repeat(1000)}`,
  ]) {
    it(`is not read from ${JSON.stringify(text.slice(0, 20))}`, () => {
      const decoded = decodeJose(text)
      assert.ok(!decoded.ok && decoded.code === 'PROOF_ENCODING')
    })
  }
})

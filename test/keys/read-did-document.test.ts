import assert from 'node:assert/strict'
import {
  type Did,
  encodeMultikey,
  generatePrivateJwk,
  generateSigner,
  parseDid,
  readDidDocument,
} from '@battery-passport/keys'

const DID = didOf('did:web:body.example')
const ed = generateSigner('Ed25519').publicKey
const ec = generateSigner('P-256').publicKey

function didOf(text: string): Did {
  const did = parseDid(text)
  assert.ok(did !== null)
  return did
}

function method(members: object, fragment = 'key-1'): object {
  return { id: `${DID}#${fragment}`, type: 'Multikey', controller: DID, ...members }
}

function documentOf(methods: readonly unknown[], more: object = {}): object {
  const assertionMethod = methods.map((each) => Reflect.get(Object(each), 'id'))
  return { id: DID, verificationMethod: methods, assertionMethod, ...more }
}

function read(document: unknown) {
  const reading = readDidDocument(document, DID)
  assert.ok(reading.ok, JSON.stringify(reading))
  return reading.document
}

/** Why the one method of a document is not usable. */
function unusable(members: object): string {
  const { verificationMethod, unusable: [only] = [] } = read(documentOf([method(members)]))
  assert.deepEqual(verificationMethod, [])
  assert.ok(only !== undefined)
  return `${only.isWeak ? 'weak: ' : ''}${only.detail}`
}

describe('A DID document', () => {
  describe('has its key', () => {
    const jwk = { type: 'JsonWebKey', publicKeyJwk: ed.jwk }
    for (const [form, members, key] of [
      ['a Multikey', { publicKeyMultibase: ed.multibase }, ed],
      ['a Multikey of P-256', { publicKeyMultibase: ec.multibase }, ec],
      [
        'an Ed25519VerificationKey2020',
        { type: 'Ed25519VerificationKey2020', publicKeyMultibase: ed.multibase },
        ed,
      ],
      ['a JsonWebKey', jwk, ed],
      ['a JsonWebKey2020', { type: 'JsonWebKey2020', publicKeyJwk: ec.jwk }, ec],
      [
        'a JsonWebKey with its use',
        {
          type: 'JsonWebKey',
          publicKeyJwk: { ...ed.jwk, use: 'sig', alg: 'EdDSA', key_ops: ['verify'], kid: 'x' },
        },
        ed,
      ],
    ] as const) {
      it(`from ${form}`, () => {
        const { verificationMethod, assertionMethod } = read(documentOf([method(members)]))
        assert.equal(verificationMethod[0]?.publicKey.multibase, key.multibase)
        assert.deepEqual(assertionMethod, [`${DID}#key-1`])
      })
    }

    it('from a method that stands in assertionMethod itself', () => {
      const embedded = method({ publicKeyMultibase: ed.multibase })
      const { verificationMethod, assertionMethod } = read({ id: DID, assertionMethod: [embedded] })
      assert.equal(verificationMethod[0]?.publicKey.multibase, ed.multibase)
      assert.deepEqual(assertionMethod, [`${DID}#key-1`])
    })

    it('beside keys of other kinds and purposes', () => {
      const { verificationMethod, unusable: others } = read(
        documentOf([
          method({ type: 'X25519KeyAgreementKey2020', publicKeyMultibase: 'z6LS' }, 'agree'),
          method({ publicKeyMultibase: ed.multibase }),
        ]),
      )
      assert.equal(verificationMethod.length, 1)
      assert.deepEqual(
        others?.map(({ id }) => id),
        [`${DID}#agree`],
      )
    })
  })

  it('says which keys answer for it, and lends none of them to its claims', () => {
    const key = method({ publicKeyMultibase: ed.multibase })
    const login = method({ publicKeyMultibase: ec.multibase }, 'login')
    const document = documentOf([key], { authentication: [login, `${DID}#key-1`, 7, null] })
    const { verificationMethod, assertionMethod, authentication } = read(document)
    assert.deepEqual(
      verificationMethod.map(({ id }) => id),
      [`${DID}#key-1`, `${DID}#login`],
    )
    assert.deepEqual(assertionMethod, [`${DID}#key-1`])
    assert.deepEqual(authentication, [`${DID}#login`, `${DID}#key-1`])
  })

  it('answers with none where it does not say which', () => {
    const key = method({ publicKeyMultibase: ed.multibase })
    assert.deepEqual(read(documentOf([key])).authentication, [])
    assert.deepEqual(read(documentOf([key], { authentication: 'key-1' })).authentication, [])
    const twice = documentOf([key], { authentication: [key] })
    assert.equal(read(twice).verificationMethod.length, 1)
  })

  describe('has no key that can be used', () => {
    const order2 = Uint8Array.from([236, ...new Array<number>(30).fill(255), 127])
    const x25519 = ed.multibase.replace(/^z6Mk/, 'z6LS')
    const { d } = generatePrivateJwk('Ed25519')
    const jwkOf = (members: object) => ({ type: 'JsonWebKey', publicKeyJwk: members })
    for (const [what, members, reason] of [
      [
        'a key of small order',
        { publicKeyMultibase: encodeMultikey('Ed25519', order2) },
        /^weak: /,
      ],
      ['a private key', jwkOf({ ...ed.jwk, d }), /^weak: .*private part/],
      ...['secretKeyMultibase', 'secretKeyJwk', 'privateKeyMultibase', 'privateKeyBase58'].map(
        (member) =>
          [
            `a key beside its ${member}`,
            { publicKeyMultibase: ed.multibase, [member]: 'z3u2' },
            /^weak: .*private part/,
          ] as const,
      ),
      ['another multicodec header', { publicKeyMultibase: x25519 }, /multicodec|base58/],
      [
        '31 bytes',
        { publicKeyMultibase: encodeMultikey('Ed25519', ed.raw().slice(1)) },
        /32 bytes/,
      ],
      ['100,000 characters', { publicKeyMultibase: `z${'1'.repeat(100_000)}` }, /characters/],
      ['a coordinate with padding', jwkOf({ ...ed.jwk, x: `${ed.jwk.x}=` }), /JWK/],
      ['a point off the curve', jwkOf({ ...ec.jwk, y: ed.jwk.x }), /P-256/],
      ['a key for encryption', jwkOf({ ...ed.jwk, use: 'enc' }), /not for signing/],
      ['a key for signing alone', jwkOf({ ...ed.jwk, key_ops: ['sign'] }), /not for verifying/],
      ['another algorithm', jwkOf({ ...ec.jwk, alg: 'HS256' }), /alg/],
      ['another curve', jwkOf({ kty: 'EC', crv: 'secp256k1', x: ed.jwk.x, y: ed.jwk.x }), /JWK/],
      ['no JWK', jwkOf([]), /JSON object/],
      [
        'two keys in one method',
        { publicKeyMultibase: ed.multibase, publicKeyJwk: ed.jwk },
        /writes its key twice/,
      ],
      ['a type that is not known', { type: 'Key', publicKeyMultibase: ed.multibase }, /Multikey/],
      [
        'a P-256 key under a type of Ed25519',
        { type: 'Ed25519VerificationKey2020', publicKeyMultibase: ec.multibase },
        /no such keys/,
      ],
      [
        'the controller of another DID',
        { publicKeyMultibase: ed.multibase, controller: 'did:web:other.example' },
        /controller/,
      ],
      ['no controller', { publicKeyMultibase: ed.multibase, controller: undefined }, /controller/],
    ] as const) {
      it(`in ${what}`, () => assert.match(unusable(members), reason))
    }

    it('of another subject, or without a name of its own', () => {
      const key = { publicKeyMultibase: ed.multibase }
      const { verificationMethod, unusable: others } = read(
        documentOf(
          [
            { ...method(key), id: 'did:web:other.example#key-1' },
            { ...method(key), id: '#key-2' },
            { ...method(key), id: 7 },
          ],
          { assertionMethod: [] },
        ),
      )
      assert.deepEqual([verificationMethod, others], [[], []])
    })
  })

  describe('is refused', () => {
    const key = method({ publicKeyMultibase: ed.multibase })
    for (const [what, document, pointer] of [
      ['for another DID', { ...documentOf([key]), id: 'did:web:other.example' }, '/id'],
      ['without an id', { ...documentOf([key]), id: undefined }, '/id'],
      ['that is a list', [documentOf([key])], ''],
      ['that is nothing', null, ''],
      [
        'whose methods are no list',
        documentOf([key], { verificationMethod: key }),
        '/verificationMethod',
      ],
      [
        'whose assertionMethod is no list',
        documentOf([key], { assertionMethod: `${DID}#key-1` }),
        '/assertionMethod',
      ],
      [
        'with one name for two keys',
        documentOf([key, method({ publicKeyMultibase: ec.multibase })]),
        '/verificationMethod',
      ],
      ['with a method that is text', documentOf([key, 'text']), '/verificationMethod'],
      ['with too many methods', documentOf(new Array(65).fill(key)), '/verificationMethod'],
    ] as const) {
      it(what, () => {
        const reading = readDidDocument(document, DID)
        assert.equal(reading.ok ? 'read' : reading.pointer, pointer)
      })
    }
  })

  it('says when a key was revoked or has expired, and what cannot be read is never a pardon', () => {
    const of = (members: object) => {
      const { verificationMethod } = read(
        documentOf([method({ publicKeyMultibase: ed.multibase, ...members })]),
      )
      const { revoked, expires } = verificationMethod[0] ?? {}
      return [revoked, expires]
    }
    const instant = '2026-03-01T00:00:00Z'
    assert.deepEqual(of({ revoked: instant }), [instant, undefined])
    assert.deepEqual(of({ expires: instant }), [undefined, instant])
    // Date.parse would take the first for a far future, and the second for midnight somewhere.
    for (const odd of [
      '12345',
      '2026-03-01',
      // For some readers the second of March, for others no day.
      '2026-02-30T00:00:00Z',
      '2026-03-01T00:00:00+15:00',
      'soon',
      7,
      null,
      true,
    ]) {
      assert.deepEqual(of({ revoked: odd }), ['unreadable', undefined])
    }
  })

  it('cannot be changed by who has it', () => {
    const document = read(documentOf([method({ publicKeyMultibase: ed.multibase })]))
    assert.ok(Object.isFrozen(document))
    assert.ok(Object.isFrozen(document.verificationMethod))
    assert.ok(Object.isFrozen(document.verificationMethod[0]))
    assert.ok(Object.isFrozen(document.assertionMethod))
  })
})

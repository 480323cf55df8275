import assert from 'node:assert/strict'
import { CONTEXTS, digestMultibase, jcs, VC_CONTEXT } from '@battery-passport/contexts'
import { type DecodedInput, decodeInput, type Finding, LIMITS } from '@battery-passport/verifier'
import { decodeDocument } from '../../verifier/reading/decode.ts'
import {
  compactJwt,
  decodeEnvelope,
  decodeJwt,
  isJwt,
  JWT_PREFIX,
} from '../../verifier/reading/decode-jwt.ts'
import { type DecodedDocument, placedAt } from '../../verifier/reading/decoded-document.ts'
import { type JsonObject, readJson } from '../../verifier/reading/json.ts'
import { RememberedDocuments } from '../../verifier/reading/remembered-documents.ts'
import { Consortium, presentationOf, type Signed } from '../support/consortium.ts'

const encode = (text: string) => new TextEncoder().encode(text)

/** Where and why each was found. */
const told = (findings: readonly Finding[]) =>
  findings.map(({ code, credential, pointer, expected, found }) => ({
    code,
    credential,
    pointer,
    expected,
    found,
  }))
const secured = (document: DecodedDocument | undefined) => {
  assert.ok(document?.ok)
  return document.secured
}
const refusal = (document: DecodedDocument | undefined) => {
  assert.ok(document !== undefined && !document.ok)
  return document
}

describe('what stands in an input', () => {
  let passport: Signed<'BatteryPassport'>
  let identity: Signed
  let text: string

  before(async () => {
    const consortium = await Consortium.assemble()
    passport = await consortium.passport()
    const [first] = consortium.identities.values()
    assert.ok(first)
    identity = first
    text = new TextDecoder().decode(passport.bytes)
  })

  /** All of an input but its documents. */
  const frame = ({ kind, documents, findings, timestamps }: DecodedInput) => ({
    kind,
    documents: documents.length,
    findings: told(findings),
    timestamps,
  })
  const refused = (kind: DecodedInput['kind'], finding: Partial<Finding>) => ({
    kind,
    documents: 0,
    findings: [{ code: 'SCHEMA', credential: '', pointer: '/with/0', ...finding }],
    timestamps: [],
  })
  const read = (input: string | Uint8Array, limits = LIMITS) =>
    decodeInput(typeof input === 'string' ? encode(input) : input, limits, '/with/0')

  it('is a credential', () => {
    const input = read(passport.bytes)
    const whole = { kind: 'credential', documents: 1, findings: [], timestamps: [] }
    assert.deepEqual(frame(input), whole)
    const { securing, pointer, document, digestMultibase: digest } = secured(input.documents[0])
    assert.equal(pointer, '/with/0')
    assert.deepEqual(document, passport.document)
    assert.equal(digest, digestMultibase(jcs(passport.document)))
    assert.ok(securing.form === 'data-integrity')
    const unsecured = Object.entries(passport.document).filter(([key]) => key !== 'proof')
    assert.equal(securing.unsecuredJcs, jcs(Object.fromEntries(unsecured)))
  })

  it('is a presentation of several', () => {
    const input = read(presentationOf([passport, identity]))
    const whole = { kind: 'presentation', documents: 2, findings: [], timestamps: [] }
    assert.deepEqual(frame(input), whole)
    assert.deepEqual(
      input.documents.map((each) => secured(each).pointer),
      ['/with/0/verifiableCredential/0', '/with/0/verifiableCredential/1'],
    )
  })

  it('is nothing that is no object', () => {
    assert.deepEqual(
      frame(read('[1]')),
      refused('credential', { expected: 'a JSON object or a compact vc+jwt', found: '[1]' }),
    )
  })

  it('is no JSON that is not strict', () => {
    for (const [faulty, code, detail, pointer] of [
      ['{"a":null}', 'JSON_INVALID', 'The text is not strict JSON.', '/a'],
      [
        '{"a":1,"a":2}',
        'JSON_DUPLICATE_KEY',
        'A key stands twice: two readers may see two values.',
        '/a',
      ],
      [
        '{"a":[[[[[[[[[[[[1]]]]]]]]]]]]}',
        'LIMIT_EXCEEDED',
        'A size limit is exceeded.',
        '/a/0/0/0/0/0/0/0/0/0/0/0',
      ],
    ] as const) {
      const { kind, documents, findings, timestamps } = read(faulty)
      assert.deepEqual([kind, documents, timestamps], ['credential', [], []])
      assert.deepEqual(
        findings.map((each) => [each.code, each.credential, each.pointer, each.detail]),
        [[code, '', `/with/0${pointer}`, detail]],
      )
    }
  })

  it('is no presentation without its form', () => {
    const { kind, documents, findings, timestamps } = read('{"verifiableCredential":[]}')
    assert.deepEqual([kind, documents, timestamps], ['presentation', [], []])
    assert.deepEqual(
      findings.map(({ code, credential, pointer }) => `${code} ${credential}${pointer}`).sort(),
      ['/@context', '/type', '/verifiableCredential'].map((each) => `SCHEMA /with/0${each}`),
    )
    for (const { detail } of findings) {
      assert.equal(detail, 'The presentation does not have its form.')
    }
  })

  it('is a timestamp, alone or beside credentials', () => {
    const bytes = Uint8Array.of(0x30, 0x81, 0x84, 0x04, 0x81, 0x81, ...new Uint8Array(129))
    assert.deepEqual(frame(read(bytes)), {
      kind: 'credential',
      documents: 0,
      findings: [],
      timestamps: [{ pointer: '/with/0', digestMultibase: null, bytes }],
    })
    const document = JSON.parse(new TextDecoder().decode(presentationOf([passport])))
    const digest = passport.reference.digestMultibase
    const rfc3161 = Buffer.from(bytes).toString('base64')
    Object.assign(document, { '@context': CONTEXTS })
    Object.assign(document, { timestamps: [{ digestMultibase: digest, rfc3161 }] })
    assert.deepEqual(frame(read(JSON.stringify(document))), {
      kind: 'presentation',
      documents: 1,
      findings: [],
      timestamps: [{ pointer: '/with/0/timestamps/0', digestMultibase: digest, bytes }],
    })
  })

  it('is as large as it may be, in the bytes as they came', () => {
    const spaced = text.replace('{', `{${' '.repeat(100)}`)
    const { length } = encode(spaced)
    const asked = (passportBytes: number) =>
      decodeDocument(
        { value: object(text), pointer: '/x', text: '', bytes: length, members: null, known: null },
        '/with/0',
        { ...LIMITS, passportBytes, credentialBytes: 10 },
      )
    assert.equal(secured(asked(length)).pointer, '/with/0/x')
    const { findings, ...document } = refusal(asked(length - 1))
    assert.deepEqual(told(findings), [
      {
        code: 'LIMIT_EXCEEDED',
        credential: passport.id,
        pointer: '',
        expected: `at most ${length - 1} bytes`,
        found: `${length} bytes`,
      },
    ])
    assert.deepEqual(document, {
      ok: false,
      pointer: '/with/0/x',
      id: passport.id,
      type: 'BatteryPassport',
      digestMultibase: passport.reference.digestMultibase,
    })
    const other = { ...LIMITS, passportBytes: 10, credentialBytes: identity.bytes.length }
    assert.ok(decodeInput(identity.bytes, other).documents[0]?.ok)
    const less = { ...other, credentialBytes: identity.bytes.length - 1 }
    assert.equal(decodeInput(identity.bytes, less).documents[0]?.ok, false)
  })

  const object = (text: string): JsonObject => {
    const read = readJson(encode(text), LIMITS)
    assert.ok(read.ok && typeof read.value === 'object' && !Array.isArray(read.value))
    return Object.fromEntries(Object.entries(read.value))
  }

  it('is put back into canonical order before its digest is taken', () => {
    const members = Object.entries(passport.document).reverse()
    const turned = JSON.stringify(Object.fromEntries(members), null, 1)
    assert.equal(
      secured(read(turned).documents[0]).digestMultibase,
      passport.reference.digestMultibase,
    )
  })

  it('is no credential that is another value', () => {
    const presentation = `{"@context":["${VC_CONTEXT}"],"type":["VerifiablePresentation"],"verifiableCredential":[{},`
    const { documents } = read(`${presentation}${text}]}`)
    const { findings, ...document } = refusal(documents[0])
    assert.deepEqual(document, {
      ok: false,
      pointer: '/with/0/verifiableCredential/0',
      id: '',
      type: '',
      digestMultibase: digestMultibase('{}'),
    })
    assert.ok(findings.length > 0)
    for (const { pointer } of findings) assert.ok(pointer.startsWith(document.pointer))
    const item = { pointer: '/x', text: '', bytes: 1, members: null, known: null }
    const other = refusal(decodeDocument({ ...item, value: 'text' }, '/with/0', LIMITS))
    assert.deepEqual([other.id, other.type, other.pointer], ['', '', '/with/0/x'])
    assert.deepEqual(told(other.findings), [
      {
        code: 'SCHEMA',
        credential: '',
        pointer: '/with/0/x',
        expected: 'a JSON object',
        found: '"text"',
      },
    ])
  })

  it('is put in its place where it was read before', () => {
    const remembered = new RememberedDocuments()
    const bundle = presentationOf([identity, identity])
    const again = (at: string) => decodeInput(bundle, LIMITS, at, remembered).documents
    again('')
    const [known] = again('')
    const [there] = again('/with/3')
    assert.equal(secured(there).pointer, '/with/3/verifiableCredential/0')
    assert.equal(secured(there).credential, secured(again('')[0]).credential)
    assert.ok(known?.ok)
    assert.equal(placedAt(known, known.secured.pointer), known)
    const faulty = refusal(decodeInput(encode('{}')).documents[0])
    assert.equal(placedAt(faulty, '/elsewhere'), faulty)
    const elsewhere = secured(placedAt(known, '/elsewhere'))
    assert.deepEqual(elsewhere, { ...known.secured, pointer: '/elsewhere' })
    assert.ok(Object.isFrozen(elsewhere))
  })
})

describe('a credential that a JWT secures', () => {
  let compact: string
  let passport: Signed<'BatteryPassport'>

  before(async () => {
    const consortium = await Consortium.assemble()
    passport = await consortium.passport({ form: 'vc+jwt' })
    compact = new TextDecoder().decode(passport.bytes)
  })

  const base64url = (text: string) => Buffer.from(text).toString('base64url')
  /** The JWT with another payload; nobody looks at its signature here. */
  const withPayload = (payload: string) => {
    const [header, , signature] = compact.split('.')
    return `${header}.${base64url(payload)}.${signature}`
  }
  const changed = (change: object) => {
    const payload = Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString()
    return withPayload(JSON.stringify({ ...JSON.parse(payload), ...change }))
  }
  const read = (text: string, limits = LIMITS) => decodeJwt(text, '/x', limits)

  it('is known by the first letters of its header', () => {
    assert.ok(isJwt(encode('eyJ')))
    for (const other of ['', 'e', 'ey', 'AyJ', 'eAJ', 'eyA', 'Aye'])
      assert.ok(!isJwt(encode(other)))
  })

  it('is compact text of three parts, with white space after it at most', () => {
    assert.equal(compactJwt(encode('eyJh.b-_.c')), 'eyJh.b-_.c')
    assert.equal(compactJwt(encode('eyJh.b.c \r\n')), 'eyJh.b.c')
    for (const other of [
      'abc.d.e',
      'eyJ a.b.c',
      'eyJ.a.b c',
      'eyJ.a.b.c',
      'eyJ.a',
      'eyJ.a.b\u00e9',
      'eyJ..b',
    ]) {
      assert.equal(compactJwt(encode(other)), null, other)
    }
    // It is not read as one either, but refused as what it is: no JSON.
    const { kind, documents, findings } = decodeInput(encode('eyJ a.b.c'))
    assert.deepEqual([kind, documents, findings[0]?.code], ['credential', [], 'JSON_INVALID'])
  })

  it('stands alone or in an envelope', () => {
    const { kind, documents, findings, timestamps } = decodeInput(
      encode(`${compact}\n`),
      LIMITS,
      '/y',
    )
    assert.deepEqual([kind, findings, timestamps], ['credential', [], []])
    const alone = secured(documents[0])
    assert.deepEqual(alone.document, passport.document)
    assert.equal(alone.pointer, '/y')
    assert.equal(alone.digestMultibase, digestMultibase(compact))
    const { securing } = alone
    assert.ok(securing.form === 'vc+jwt')
    assert.equal(securing.compact, compact)
    const envelope = envelopeOf({})
    const enveloped = secured(decodeEnvelope(envelope, '/z', LIMITS))
    assert.equal(enveloped.document, envelope)
    assert.equal(enveloped.pointer, '/z')
    const presented = decodeInput(presentationOf([passport])).documents
    assert.equal(secured(presented[0]).pointer, '/verifiableCredential/0')
  })

  const envelopeOf = (change: JsonObject): JsonObject => ({
    '@context': VC_CONTEXT,
    id: `${JWT_PREFIX}${compact}`,
    type: 'EnvelopedVerifiableCredential',
    ...change,
  })

  it('is nothing in an envelope of another form', () => {
    for (const change of [
      { name: 'more' },
      { '@context': 'https://www.w3.org/ns/credentials/v1' },
      { id: 7 },
      { id: `data:application/jwt,${compact}` },
    ]) {
      const envelope = envelopeOf(change)
      const { findings, ...document } = refusal(decodeEnvelope(envelope, '/z', LIMITS))
      assert.deepEqual(told(findings), [
        {
          code: 'SCHEMA',
          credential: '',
          pointer: '/z',
          expected: 'exactly @context, type and an id of data:application/vc+jwt,…',
          found: JSON.stringify(Object.keys(envelope)),
        },
      ])
      assert.deepEqual(document, {
        ok: false,
        pointer: '/z',
        id: '',
        type: '',
        digestMultibase: digestMultibase(jcs(envelope)),
      })
    }
  })

  it('is refused without its parts, by the digest of its text', () => {
    const broken = compact.slice(0, -1)
    const { findings, digestMultibase: digest, pointer } = refusal(read(broken))
    assert.equal(digest, digestMultibase(broken))
    assert.equal(pointer, '/x')
    assert.deepEqual(
      findings.map(({ code, pointer, expected }) => [code, pointer, expected]),
      [['PROOF_ENCODING', '/x', 'a compact JWT as the profile has it']],
    )
  })

  it('is refused with a payload that is no strict JSON, or no object', () => {
    const duplicate = refusal(read(withPayload('{"a":1,"a":2}')))
    assert.deepEqual(told(duplicate.findings), [
      {
        code: 'JSON_DUPLICATE_KEY',
        credential: '',
        pointer: '/x/a',
        expected: 'each key once',
        found: '"a" again',
      },
    ])
    const array = refusal(read(withPayload('[1]')))
    assert.deepEqual(told(array.findings), [
      { code: 'SCHEMA', credential: '', pointer: '/x', expected: 'a JSON object', found: '[1]' },
    ])
  })

  it('is signed at a whole second of a year with four digits', () => {
    for (const iat of [0, 1, 253_402_300_799])
      assert.equal(secured(read(changed({ iat }))).created, iat)
    for (const [iat, found] of [
      [-1, '-1'],
      [253_402_300_800, '253402300800'],
      ['1', '"1"'],
      [undefined, 'nothing'],
    ] as const) {
      assert.deepEqual(told(refusal(read(changed({ iat }))).findings), [
        {
          code: 'PROOF_TIME',
          credential: passport.id,
          pointer: '/iat',
          expected: 'whole seconds since the epoch',
          found,
        },
      ])
    }
  })

  it('has no proof inside, and the shape of its type', () => {
    const twice = refusal(read(changed({ proof: {} })))
    assert.deepEqual(told(twice.findings), [
      {
        code: 'PROOF_COUNT',
        credential: passport.id,
        pointer: '/proof',
        expected: 'no proof inside the JWT',
        found: '{}',
      },
    ])
    const shapeless = refusal(read(changed({ validFrom: 'soon' })))
    assert.deepEqual(
      shapeless.findings.map(({ code, pointer }) => [code, pointer]),
      [['SCHEMA', '/validFrom']],
    )
  })

  it('is as long as its type may be', async () => {
    const { length } = compact
    const narrow = { ...LIMITS, envelopedCredentialBytes: 10 }
    secured(read(compact, { ...narrow, envelopedPassportBytes: length }))
    const long = refusal(read(compact, { ...narrow, envelopedPassportBytes: length - 1 }))
    const [first] = long.findings
    assert.equal(first.code, 'PROOF_ENCODING')
    assert.match(first.detail, new RegExp(`expected at most ${length - 1} characters`))
    const bytes = encode(compact)
    const most = { ...LIMITS, envelopedPassportBytes: bytes.length }
    assert.ok(decodeInput(bytes, most).documents[0]?.ok)
    const tooLong = { ...LIMITS, envelopedPassportBytes: bytes.length - 1 }
    const { kind, documents, findings, timestamps } = decodeInput(bytes, tooLong, '/y')
    assert.deepEqual([kind, documents, timestamps], ['credential', [], []])
    assert.deepEqual(told(findings), [
      {
        code: 'LIMIT_EXCEEDED',
        credential: '',
        pointer: '/y',
        expected: `a JWT of at most ${bytes.length - 1} bytes`,
        found: `${bytes.length}`,
      },
    ])
    const consortium = await Consortium.assemble()
    const identity = await consortium.identity(consortium.parties.miner, { form: 'vc+jwt' })
    const other = new TextDecoder().decode(identity.bytes)
    secured(read(other, { ...LIMITS, envelopedCredentialBytes: other.length }))
    const larger = refusal(read(other, { ...LIMITS, envelopedCredentialBytes: other.length - 1 }))
    assert.deepEqual(told(larger.findings), [
      {
        code: 'LIMIT_EXCEEDED',
        credential: identity.id,
        pointer: '',
        expected: `at most ${other.length - 1} bytes`,
        found: `${other.length} bytes`,
      },
    ])
  })
})

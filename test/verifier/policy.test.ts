import assert from 'node:assert/strict'
import { digestOfDocument } from '@battery-passport/contexts'
import { didDocument, generateSigner } from '@battery-passport/keys'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import { LIMITS, parsePolicy, pinFault, pinnedFiles, readPolicy } from '@battery-passport/verifier'
import type { JsonObject } from '../../verifier/reading/json.ts'

const [method] = SHIPPED_METHODS
assert.ok(method !== undefined)
const minimal = {
  anchors: [
    {
      did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      role: 'scheme-owner',
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2030-01-01T00:00:00Z',
    },
  ],
  passportIssuers: 'registered',
  methods: [
    { key: method.key, version: method.version, digestMultibase: digestOfDocument(method) },
  ],
  statusMaximumAgeSeconds: 86_400,
}

function faultsOf(document: unknown) {
  const parsed = parsePolicy(document)
  assert.ok(!parsed.ok, 'the policy was accepted')
  return parsed.faults
}

describe('a policy', () => {
  it('has its defaults written out', () => {
    const parsed = parsePolicy(minimal)
    assert.ok(parsed.ok)
    assert.equal(parsed.policy.allowIllustrative, false)
    assert.equal(parsed.policy.clockSkew, 60)
    assert.equal(parsed.policy.uncountedAttestation, 'reject')
    assert.equal(parsed.policy.acceptSelfAssertedTime, false)
    assert.deepEqual(
      [...parsed.policy.proofForms],
      ['eddsa-jcs-2022', 'eddsa-rdfc-2022', 'ecdsa-rdfc-2019', 'vc+jwt'],
    )
  })

  it('asks nothing that it does not say', () => {
    const parsed = parsePolicy(minimal)
    assert.ok(parsed.ok)
    const { policy } = parsed
    assert.deepEqual(
      [policy.distrust, policy.didDocuments, policy.timestampAuthorities],
      [[], [], []],
    )
    assert.deepEqual([policy.overall, policy.rulebookMinimums], [{}, new Map()])
    assert.equal(policy.minimumShareAssurance, 'none')
    assert.equal(policy.requireProvenIndependence, false)
    assert.equal(policy.requireCurrent, false)
    assert.equal(policy.custodyModels, null)
    assert.deepEqual(policy.limits, LIMITS)
    assert.deepEqual([...policy.methodsUntil.values()], [null])
    assert.deepEqual(pinnedFiles(policy), [])
  })

  it('asks all that it says', () => {
    const [method] = minimal.methods
    const [anchor] = minimal.anchors
    assert.ok(method !== undefined && anchor !== undefined)
    const { digestMultibase } = method
    const parsed = parsePolicy({
      ...minimal,
      passportIssuers: [anchor.did],
      methods: [{ ...method, until: '1970-01-01T00:00:09Z' }],
      distrust: [
        { did: anchor.did, reason: 'bankrupt', since: '1970-01-01T00:00:07Z' },
        { key: digestMultibase, reason: 'stolen' },
        { credential: 'urn:x:1', reason: 'forged' },
      ],
      allowIllustrative: true,
      minimums: { overall: { value: 5 }, rulebooks: { nickel: { coverage: 6 } } },
      minimumShareAssurance: 'limited',
      requireProvenIndependence: true,
      requireCurrent: true,
      acceptSelfAssertedTime: true,
      custodyModels: ['segregated'],
      uncountedAttestation: 'rescore',
      cryptosuites: ['vc+jwt'],
      clockSkewSeconds: 0,
      limits: { presentationBytes: 1000, presentationCredentials: 10, chainDepth: 2 },
    })
    assert.ok(parsed.ok, JSON.stringify(parsed))
    const { policy } = parsed
    const ever = Number.NEGATIVE_INFINITY
    assert.deepEqual(policy.distrust, [
      { kind: 'did', value: anchor.did, reason: 'bankrupt', since: 7 },
      { kind: 'key', value: digestMultibase, reason: 'stolen', since: ever },
      { kind: 'credential', value: 'urn:x:1', reason: 'forged', since: ever },
    ])
    assert.deepEqual(policy.passportIssuers, new Set([anchor.did]))
    assert.deepEqual(policy.methodsUntil, new Map([[digestMultibase, 9]]))
    assert.deepEqual(policy.rulebookMinimums, new Map([['nickel', { coverage: 6 }]]))
    assert.deepEqual(policy.overall, { value: 5 })
    assert.equal(policy.minimumShareAssurance, 'limited')
    assert.deepEqual(policy.custodyModels, new Set(['segregated']))
    assert.equal(policy.uncountedAttestation, 'rescore')
    assert.deepEqual(policy.proofForms, new Set(['vc+jwt']))
    assert.equal(policy.clockSkew, 0)
    assert.ok(policy.allowIllustrative && policy.requireProvenIndependence)
    assert.ok(policy.requireCurrent && policy.acceptSelfAssertedTime)
    assert.deepEqual(policy.limits, {
      ...LIMITS,
      presentationBytes: 1000,
      presentationCredentials: 10,
      chainDepth: 2,
    })
  })

  it('names its files with their pins, each by its place', () => {
    const [method] = minimal.methods
    assert.ok(method !== undefined)
    const { digestMultibase } = method
    const did = 'did:web:body.example'
    const file = (name: string) => ({ file: name, digestMultibase })
    const parsed = parsePolicy({
      ...minimal,
      methods: [{ ...method, file: 'method.json' }],
      rulebooks: [{ digestMultibase }, file('nickel.json')],
      didDocuments: [{ did, ...file('body.json') }],
    })
    assert.ok(parsed.ok, JSON.stringify(parsed))
    assert.equal(parsed.policy.didDocuments[0]?.document, null)
    assert.deepEqual(pinnedFiles(parsed.policy), [
      { kind: 'method', pointer: '/methods/0', ...file('method.json') },
      { kind: 'rulebook', pointer: '/rulebooks/1', ...file('nickel.json') },
      { kind: 'did-document', pointer: '/didDocuments/0', did, ...file('body.json') },
    ])
  })

  it('names no file where a DID document stands in it, with its digest or without', () => {
    const signer = generateSigner('Ed25519', 'did:web:body.example')
    const { did, verificationMethod: url, publicKey } = signer
    const document = didDocument(publicKey, { did, url })
    const digestMultibase = digestOfDocument(document)
    for (const pin of [
      { did, document },
      { did, document, digestMultibase },
    ]) {
      const parsed = parsePolicy({ ...minimal, didDocuments: [pin] })
      assert.ok(parsed.ok, JSON.stringify(parsed))
      const bounds = { validFrom: null, validUntil: null }
      assert.deepEqual(parsed.policy.didDocuments, [{ did, document, digestMultibase, ...bounds }])
      assert.deepEqual(pinnedFiles(parsed.policy), [])
    }
  })

  it('may be longer than any credential', () => {
    const [anchor] = minimal.anchors
    const anchors = Array.from({ length: 256 }, () => ({ ...anchor, $comment: 'x'.repeat(300) }))
    const text = JSON.stringify({ ...minimal, anchors })
    assert.ok(text.length > LIMITS.credentialBytes)
    assert.ok(readPolicy(new TextEncoder().encode(text)).ok)
    const swollen = readPolicy(new TextEncoder().encode(text.padEnd(1024 * 1024 + 1)))
    assert.ok(!swollen.ok && swollen.faults.length === 1)
    assert.ok(readPolicy(new TextEncoder().encode(text.padEnd(1024 * 1024))).ok)
  })

  it('may have an anchor for one second', () => {
    const [anchor] = minimal.anchors
    assert.ok(anchor !== undefined)
    const validUntil = anchor.validFrom
    assert.ok(parsePolicy({ ...minimal, anchors: [{ ...anchor, validUntil }] }).ok)
  })

  it('stays what was checked, whatever becomes of the document', () => {
    const document = structuredClone(minimal)
    const parsed = parsePolicy(document)
    assert.ok(parsed.ok)
    document.methods.length = 0
    for (const anchor of document.anchors) anchor.did = 'did:example:another'
    assert.deepEqual(parsed.policy.source, minimal)
    assert.equal(digestOfDocument(parsed.policy.source), parsed.policy.digestMultibase)
  })

  it('may have comments anywhere', () => {
    assert.ok(
      parsePolicy({
        ...minimal,
        $comment: 'ours',
        anchors: minimal.anchors.map((anchor) => ({ ...anchor, $comment: 'the scheme' })),
        minimums: { $comment: 'what we ask', overall: { $comment: 'of all', coverage: 8000 } },
      }).ok,
    )
  })

  it('names a misspelt field', () => {
    const [fault] = faultsOf({ ...minimal, allowIlustrative: true })
    assert.equal(fault?.pointer, '/allowIlustrative')
    assert.match(fault.expected, /^one of .*\ballowIllustrative\b/)
    assert.equal(fault.meant, 'allowIllustrative')
  })

  it('names every fault at once', () => {
    const pointers = faultsOf({
      ...minimal,
      anchors: [{ ...minimal.anchors[0], role: 'king' }],
      statusMaximumAgeSeconds: '1 day',
      extra: 1,
    }).map(({ pointer }) => pointer)
    assert.deepEqual(pointers.sort(), ['/anchors/0/role', '/extra', '/statusMaximumAgeSeconds'])
  })

  for (const [what, change] of [
    ['no anchors: that is never "any"', { anchors: [] }],
    ['no methods', { methods: [] }],
    ['no issuers', { passportIssuers: [] }],
    ['an unknown word for issuers', { passportIssuers: 'everyone' }],
    ['a skew of an hour', { clockSkewSeconds: 3600 }],
    ['a limit above that of the profile', { limits: { chainDepth: 9 } }],
    ['a cryptosuite nobody knows', { cryptosuites: ['none'] }],
    ['a distrust of nothing', { distrust: [{ reason: 'just so' }] }],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.notEqual(faultsOf({ ...minimal, ...change }).length, 0)
    })
  }

  it('is refused with an anchor that ends before it begins', () => {
    const [anchor] = minimal.anchors
    const [fault] = faultsOf({
      ...minimal,
      anchors: [{ ...anchor, validUntil: '2025-01-01T00:00:00Z' }],
    })
    assert.equal(fault?.pointer, '/anchors/0/validUntil')
  })

  it('is refused when it names a method twice, with two instants until which it counts', () => {
    const [method] = minimal.methods
    const methods = [method, { ...method, until: '2026-01-01T00:00:00Z' }]
    assert.equal(faultsOf({ ...minimal, methods })[0]?.pointer, '/methods/1/digestMultibase')
  })

  it('is read from bytes as strictly as a credential', () => {
    const text = JSON.stringify(minimal)
    assert.ok(readPolicy(new TextEncoder().encode(text)).ok)
    const twice = text.replace('{', '{"passportIssuers":"any",')
    const parsed = readPolicy(new TextEncoder().encode(twice))
    assert.ok(!parsed.ok && parsed.faults[0]?.pointer === '/passportIssuers')
  })
})

describe('a file that a policy pins', () => {
  const {
    did,
    verificationMethod: url,
    publicKey,
  } = generateSigner('Ed25519', 'did:web:body.example')
  const document: JsonObject = JSON.parse(JSON.stringify(didDocument(publicKey, { did, url })))
  const pin = (content: JsonObject, members: { readonly did?: string } = {}) =>
    ({
      kind: members.did === undefined ? 'rulebook' : 'did-document',
      pointer: '/pins/0',
      file: 'content.json',
      digestMultibase: digestOfDocument(content),
      ...members,
    }) as const

  it('is the content with the very digest', () => {
    assert.equal(pinFault(pin({ a: 1 }), { a: 1 }), null)
    assert.deepEqual(pinFault(pin({ a: 1 }), { a: 2 }), {
      pointer: '/pins/0/digestMultibase',
      expected: digestOfDocument({ a: 1 }),
      found: digestOfDocument({ a: 2 }),
    })
  })

  it('of a DID is its document, and one with a key for claims', () => {
    assert.equal(pinFault(pin(document, { did }), document), null)
    for (const [content, at] of [
      [{ ...document, id: 'did:web:other.example' }, '/id'],
      [{ ...document, assertionMethod: [] }, '/assertionMethod'],
    ] as const) {
      const fault = pinFault(pin(content, { did }), content)
      assert.equal(fault?.pointer, '/pins/0/file')
      assert.match(fault.expected, /^a file with the DID document of did:web:body\.example/)
      assert.ok(fault.found.endsWith(`(${at})`), fault.found)
    }
  })
})

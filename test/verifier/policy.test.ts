import assert from 'node:assert/strict'
import { digestOfDocument } from '@battery-passport/contexts'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import { parsePolicy, readPolicy } from '@battery-passport/verifier'

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

import assert from 'node:assert/strict'
import { generateSigner } from '@battery-passport/keys'
import {
  createVerifier,
  impact,
  MethodDocumentError,
  parsePolicy,
  readPolicy,
  verifySecuredDocument,
} from '@battery-passport/verifier'
import { checkReceipt, issueReceipt } from '@battery-passport/verifier/receipts'
import {
  assertBytes,
  assertEffective,
  assertNoExpectations,
  secondsOf,
} from '../../verifier/policy/caller-faults.ts'
import { Consortium, clockAt } from '../support/consortium.ts'

/** What a program without types may hand in. */
const untyped = (value: unknown) => JSON.parse(JSON.stringify({ value })).value

describe('what a program hands in by mistake', () => {
  let consortium: Consortium
  let bytes: Uint8Array

  const effective = () => {
    const read = parsePolicy(consortium.policyDocument())
    assert.ok(read.ok)
    return read.policy
  }

  before(async () => {
    consortium = await Consortium.assemble()
    bytes = await consortium.presentation()
  })

  it('is no rejection of the passport: text and objects instead of bytes throw', async () => {
    const verifier = consortium.verifier()
    const text = new TextDecoder().decode(bytes)
    await assert.rejects(
      verifier.verifyPassport(untyped(text)),
      /^TypeError: bytes: expected a Uint8Array, the bytes as they came, found text$/,
    )
    await assert.rejects(
      verifier.verifyPassport(untyped({})),
      /^TypeError: .*found another object$/,
    )
    await assert.rejects(verifier.verifyPassport(untyped(null)), /^TypeError: .*found nothing$/)
    for (const view of [new Uint16Array(4), new DataView(new ArrayBuffer(4))]) {
      // @ts-expect-error: a view of something else than bytes
      await assert.rejects(verifier.verifyPassport(view), /^TypeError: .*found another object$/)
    }
    assert.throws(
      () => verifier.prepare([untyped(text)]),
      /^TypeError: with: expected a Uint8Array/,
    )
    assert.throws(() => readPolicy(untyped('{}')), /^TypeError: policy: expected a Uint8Array/)
    assert.equal((await verifier.verifyPassport(bytes)).outcome, 'accepted')
  })

  it('is named: a policy that was parsed only, or the whole answer of readPolicy', () => {
    const policy = effective()
    const clock = { now: () => 0 }
    for (const wrong of [consortium.policyDocument(), { ok: true, policy }]) {
      assert.throws(
        () => createVerifier({ policy: untyped(wrong), clock }),
        /^TypeError: policy: expected the policy that readPolicy answers, .* found another object$/,
      )
    }
    assert.throws(() => assertEffective(untyped(null)), /found nothing$/)
    assert.doesNotThrow(() => createVerifier({ policy, clock }))
  })

  it('is told before any passport: a method with faults', () => {
    const { method } = consortium.method
    const options = { policy: effective(), clock: clockAt(), rulebooks: consortium.rulebooks }
    assert.throws(
      () => createVerifier({ ...options, methods: [{ ...method, chemistries: {} }] }),
      MethodDocumentError,
    )
    assert.doesNotThrow(() => createVerifier({ ...options, methods: [method] }))
  })

  it('is no expiry of everything: a clock that counts milliseconds throws, and none at all', async () => {
    const policy = effective()
    for (const [now, found] of [
      [1_790_000_000_000, '1790000000000'],
      [1_790_000_000.5, '1790000000.5'],
      [-1, '-1'],
    ] as const) {
      const verifier = createVerifier({ policy, clock: { now: () => now } })
      await assert.rejects(verifier.verifyPassport(bytes), {
        name: 'TypeError',
        message: `clock: expected whole seconds since 1970 (not milliseconds), found ${found}`,
      })
    }
    const without = createVerifier({ policy, clock: untyped(null) })
    await assert.rejects(without.verifyPassport(bytes), /^TypeError: clock: .*found nothing$/)
    const last = createVerifier({ policy, clock: { now: () => 253_402_300_799 } })
    assert.notEqual((await last.verifyPassport(bytes)).outcome, 'accepted')
  })

  it('is no instant that a credential could have: only whole seconds from 1970 to 9999 are', () => {
    for (const good of [0, 1, 253_402_300_799]) assert.equal(secondsOf({ now: () => good }), good)
    for (const now of [
      -1,
      0.5,
      253_402_300_800,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      untyped('1'),
    ]) {
      assert.throws(() => secondsOf({ now: () => now }), TypeError, String(now))
    }
    assert.throws(() => secondsOf(untyped(null)), /^TypeError: clock: /)
  })

  it('is an expectation that nobody would look at, named as it was given', () => {
    assert.doesNotThrow(() => assertNoExpectations({ at: '2026-10-01T00:00:00Z' }))
    assert.throws(
      () => assertNoExpectations({ expectIssuer: 'did:x:1' }),
      /^TypeError: expectIssuer:/,
    )
    assert.throws(
      () => assertNoExpectations({ expectSubject: 'urn:x:1' }),
      /^TypeError: expectSubject:/,
    )
  })

  it('is nothing where there is nothing, in whichever way', () => {
    for (const nothing of [untyped(null), untyped(undefined)]) {
      assert.throws(() => assertBytes(nothing, 'bytes'), /found nothing$/)
    }
    assert.doesNotThrow(() => assertBytes(bytes, 'bytes'))
  })

  it('is named wherever a policy, a clock or bytes are taken', async () => {
    const policy = effective()
    const clock = clockAt()
    const inMilliseconds = { now: () => clock.now() * 1000 }
    const raw = untyped(consortium.policyDocument())
    const text = untyped('{}')
    const expectIssuer = 'did:example:1'
    const verification = await consortium.verifier().verifyDelivery(bytes)
    const request = { id: 'urn:x:1', verification, policy, clock, signer: generateSigner() }
    const next = (of: typeof policy) =>
      impact({ did: 'did:example:1' }, [bytes], of, { clock }).next()
    for (const [mistake, name] of [
      [() => checkReceipt(text, { clock, expectIssuer }), 'bytes'],
      [() => checkReceipt(bytes, { clock: inMilliseconds, expectIssuer }), 'clock'],
      [() => checkReceipt(bytes, { clock, policy: raw, expectIssuer }), 'policy'],
      [() => issueReceipt({ ...request, clock: inMilliseconds }), 'clock'],
      [() => issueReceipt({ ...request, policy: raw }), 'policy'],
      [() => verifySecuredDocument(text, { clock }), 'bytes'],
      [() => verifySecuredDocument(bytes, { clock: inMilliseconds }), 'clock'],
      [() => next(raw), 'policy'],
    ] as const) {
      const message = new RegExp(`^TypeError: ${name}: expected .*, found `)
      await assert.rejects(async () => mistake(), message)
    }
    await assert.doesNotReject(issueReceipt(request))
    await assert.doesNotReject(checkReceipt(bytes, { clock, policy, expectIssuer }))
  })
})

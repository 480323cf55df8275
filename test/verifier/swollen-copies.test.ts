import assert from 'node:assert/strict'
import type { PassportVerdict } from '@battery-passport/verifier'
import { Consortium, type Signed } from '../support/consortium.ts'

const text = new TextDecoder()

function codes({ findings }: PassportVerdict, severities: readonly string[]): string[] {
  const found = findings.filter(({ severity }) => severities.includes(severity))
  return [...new Set(found.map(({ code }) => code))].sort()
}

const grave = (verdict: PassportVerdict) => codes(verdict, ['error', 'unknown'])

/** The same credential with more white space than its size allows: not read, with the same digest. */
function swollen({ bytes }: Signed): string {
  return text.decode(bytes).replace('{', `{${' '.repeat(64 * 1024)}`)
}

/** A presentation with more items, as they are written, behind the passport or at the end. */
function withItems(presentation: Uint8Array, items: readonly string[], end: 'first' | 'last') {
  const document: { verifiableCredential: unknown[] } = JSON.parse(text.decode(presentation))
  const { verifiableCredential: credentials } = document
  const marks = items.map((_, index) => `mark ${index}`)
  credentials.splice(end === 'first' ? 1 : credentials.length, 0, ...marks)
  const marked = JSON.stringify(document)
  const whole = items.reduce(
    (written, item, index) => written.replace(`"mark ${index}"`, () => item),
    marked,
  )
  return new TextEncoder().encode(whole)
}

/** Whoever presents credentials must not be able to take away what the caller adds. */
describe('A copy of a credential that is too large to be read', () => {
  let consortium: Consortium
  let honest: Uint8Array

  before(async () => {
    consortium = await Consortium.assemble()
    honest = await consortium.presentation()
  })

  it('does not hide the newer status list that the caller adds', async () => {
    const [attestation] = consortium.attestations
    assert.ok(attestation !== undefined)
    const newer = await consortium.board.lists(
      consortium.parties.climateBody,
      { revoked: [attestation.id] },
      { created: '2026-09-30T23:00:00Z' },
    )
    const added = newer.map(({ bytes }) => bytes)
    const verify = (bytes: Uint8Array) =>
      consortium.verifier().verifyPassport(bytes, { with: added })
    assert.deepEqual(grave(await verify(honest)), ['REVOKED'])
    for (const end of ['first', 'last'] as const) {
      const hiding = withItems(honest, newer.map(swollen), end)
      assert.deepEqual(grave(await verify(hiding)), ['REVOKED'], end)
    }
  })

  it('is refused where something rests on it, and is nothing where the credential is there', async () => {
    const [attestation] = consortium.attestations
    assert.ok(attestation !== undefined)
    const copy = swollen(attestation)
    const verify = (bytes: Uint8Array) => consortium.verifier().verifyPassport(bytes)
    const instead = await consortium.presentation({ omit: (each) => each === attestation })
    for (const end of ['first', 'last'] as const) {
      const alone = withItems(instead, [copy], end)
      assert.deepEqual(grave(await verify(alone)), ['LIMIT_EXCEEDED'], end)
      assert.deepEqual(grave(await verify(withItems(honest, [copy], end))), [], end)
      // The caller adds what can be read.
      const verdict = await consortium
        .verifier()
        .verifyPassport(alone, { with: [attestation.bytes] })
      assert.deepEqual(grave(verdict), [], end)
    }
  })

  it('hides no identity', async () => {
    const copies = [...consortium.identities.values()].map(swollen)
    const plain = await consortium.verifier().verifyPassport(honest)
    for (const end of ['first', 'last'] as const) {
      const verdict = await consortium.verifier().verifyPassport(withItems(honest, copies, end))
      assert.equal(verdict.outcome, 'accepted')
      assert.deepEqual(verdict.findings, plain.findings, end)
    }
  })

  it('hides no renewal of an accreditation, and is none itself', async () => {
    const { climateBody } = consortium.parties
    const ended = await consortium.accreditation(climateBody, {
      credential: { validUntil: '2026-09-25T00:00:00Z' },
    })
    const renewal = await consortium.accreditation(climateBody, {
      credential: { id: 'https://accreditationbody.example/accreditations/renewed' },
    })
    const attestations = await Promise.all(
      consortium.specs.map(async (spec, index) => {
        const [first] = consortium.attestations
        assert.ok(first !== undefined)
        return spec.by === climateBody
          ? consortium.attestation(spec, { subject: { accreditation: ended.reference } })
          : (consortium.attestations[index] ?? first)
      }),
    )
    const accreditations = [...consortium.accreditations.values()].map((each) =>
      each.id === ended.id ? ended : each,
    )
    const passport = await consortium.passport({}, { attestations })
    const parts = { passport, attestations, accreditations }
    const bare = await consortium.presentation(parts)
    const renewed = await consortium.presentation({ ...parts, add: [renewal] })
    const verify = (bytes: Uint8Array) => consortium.verifier().verifyPassport(bytes)
    for (const end of ['first', 'last'] as const) {
      const copy = [swollen(renewal)]
      assert.deepEqual(grave(await verify(withItems(renewed, copy, end))), [], end)
      assert.deepEqual(grave(await verify(withItems(bare, copy, end))), ['TIME_UNPROVEN'], end)
    }
  })
})

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
    assert.deepEqual(grave(await verify(withItems(instead, [copy], 'last'))), ['LIMIT_EXCEEDED'])
    assert.deepEqual(grave(await verify(withItems(honest, [copy], 'last'))), [])
  })
})

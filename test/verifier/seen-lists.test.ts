import assert from 'node:assert/strict'
import { parseInstant } from '@battery-passport/contexts'
import { generateSigner } from '@battery-passport/keys'
import {
  createVerifier,
  listsSeen,
  type PassportVerdict,
  type SeenLists,
  verifyPassport,
} from '@battery-passport/verifier'
import { Consortium, clockAt, DATES, listId, type Signed } from '../support/consortium.ts'

function grave({ findings }: PassportVerdict): string[] {
  const found = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(found.map(({ code }) => code))].sort()
}

/** A memory of lists in the simplest form. */
class Seen implements SeenLists {
  readonly known = new Map<string, number>()

  newest({ issuer, id }: { readonly issuer: string; readonly id: string }): number | null {
    return this.known.get(`${issuer} ${id}`) ?? null
  }

  take(verdict: PassportVerdict): void {
    for (const { issuer, id, created } of listsSeen(verdict)) {
      const key = `${issuer} ${id}`
      this.known.set(key, Math.max(created, this.known.get(key) ?? created))
    }
  }
}

describe('a verifier that is told which status lists were seen before', () => {
  let consortium: Consortium
  let honest: Uint8Array
  const signed = parseInstant(DATES.lists.created) ?? 0

  before(async () => {
    consortium = await Consortium.assemble()
    honest = await consortium.presentation()
  })

  const verifier = (seen: SeenLists) =>
    createVerifier({
      policy: consortium.policy(),
      clock: clockAt(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
      seen,
    })
  /** A newer edition of the lists of the climate body, with nothing withdrawn or something. */
  const newer = (revoked: readonly string[] = []) =>
    consortium.board.lists(
      consortium.parties.climateBody,
      { revoked },
      { created: '2026-09-30T23:00:00Z' },
    )
  const climateKey = () => {
    const { climateBody } = consortium.parties
    return `${climateBody.did} ${listId(climateBody, 'revocation')}`
  }

  it('takes lists that nobody has seen, and those that were seen themselves', async () => {
    const seen = new Seen()
    const first = await verifier(seen).verifyPassport(honest)
    assert.equal(first.outcome, 'accepted')
    seen.take(first)
    assert.equal(seen.known.get(climateKey()), signed)
    assert.equal((await verifier(seen).verifyPassport(honest)).outcome, 'accepted')
  })

  it('leaves open what rests on an older edition', async () => {
    const seen = new Seen()
    seen.known.set(climateKey(), signed + 1)
    const verdict = await verifier(seen).verifyPassport(honest)
    assert.deepEqual(grave(verdict), ['STATUS_STALE'])
    assert.equal(verdict.outcome, 'indeterminate')
    const [stale] = verdict.findings.filter(({ code }) => code === 'STATUS_STALE')
    assert.equal(stale?.expected, 'not signed before 2026-09-30T22:00:01Z')
    // Nor is the older edition remembered as seen.
    const list = listId(consortium.parties.climateBody, 'revocation')
    assert.ok(listsSeen(verdict).every(({ id }) => id !== list))
  })

  it('asks again each time, also of what it has accepted before', async () => {
    const seen = new Seen()
    const kept = verifier(seen)
    assert.equal((await kept.verifyPassport(honest)).outcome, 'accepted')
    const [attestation] = consortium.attestations
    assert.ok(attestation !== undefined)
    const revoking = (await newer([attestation.id])).map(({ bytes }) => bytes)
    const revoked = await kept.verifyPassport(honest, { with: revoking })
    assert.deepEqual(grave(revoked), ['REVOKED'])
    seen.take(revoked)
    assert.deepEqual(grave(await kept.verifyPassport(honest)), ['STATUS_STALE'])
    assert.deepEqual(grave(await kept.verifyPassport(honest)), ['STATUS_STALE'])
  })

  it('is not misled by a stranger’s newer list of the same id', async () => {
    const stranger = generateSigner()
    const { climateBody } = consortium.parties
    const [list] = await consortium.board.lists(
      climateBody,
      {},
      {
        credential: { issuer: stranger.did },
        signer: stranger,
        created: '2026-09-30T23:00:00Z',
      },
    )
    assert.ok(list !== undefined)
    const seen = new Seen()
    const bytes = await consortium.presentation({ add: [list] })
    seen.take(await verifier(seen).verifyPassport(bytes))
    seen.known.set(`${stranger.did} ${list.id}`, signed + 3600)
    assert.equal((await verifier(seen).verifyPassport(honest)).outcome, 'accepted')
  })

  it('knows an edition of the successor as newer than one of the body', async () => {
    const { climateBody } = consortium.parties
    const successor = generateSigner()
    const named: Signed = await consortium.accreditation(climateBody, {
      credential: { id: 'https://accreditationbody.example/accreditations/succeeded' },
      subject: { statusSuccessor: successor.did },
    })
    const bytes = await consortium.presentation({ add: [named] })
    const list = listId(climateBody, 'revocation')
    for (const [own, after] of [
      [signed, signed + 1],
      [signed + 1, signed],
    ] as const) {
      const seen = new Seen()
      seen.known.set(`${climateBody.did} ${list}`, own)
      seen.known.set(`${successor.did} ${list}`, after)
      assert.deepEqual(grave(await verifier(seen).verifyPassport(bytes)), ['STATUS_STALE'])
    }
  })

  it('refuses an answer that is no instant: no list would be older than that', async () => {
    const seen = { newest: () => Number.NaN }
    await assert.rejects(verifier(seen).verifyPassport(honest), TypeError)
  })

  it('may be asked once', async () => {
    const seen = new Seen()
    seen.known.set(climateKey(), signed + 1)
    const verdict = await verifyPassport(honest, consortium.policy(), {
      clock: clockAt(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
      seen,
    })
    assert.deepEqual(grave(verdict), ['STATUS_STALE'])
  })
})

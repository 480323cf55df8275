import assert from 'node:assert/strict'
import { valueAt } from '@battery-passport/contexts'
import type { ExplainedIndicator, Explanation } from '@battery-passport/rulebooks'
import { decodeInput } from '@battery-passport/verifier'
import { Consortium } from '../support/consortium.ts'

/** Every answer a score comes from, with the rulebook that asks. */
function answersOf({ rulebooks }: Explanation): ExplainedIndicator[] {
  return rulebooks.flatMap(({ stages }) =>
    stages.flatMap(({ materials }) =>
      materials.flatMap(({ facilities }) => facilities.flatMap(({ indicators }) => indicators)),
    ),
  )
}

describe('explainPassport', () => {
  let consortium: Consortium

  before(async () => {
    consortium = await Consortium.assemble()
  })

  it('gives the verdict of verifyPassport, and the derivation of its score', async () => {
    const bytes = await consortium.presentation()
    const { verdict, explanation } = await consortium.verifier().explainPassport(bytes)
    assert.deepEqual(verdict, await consortium.verifier().verifyPassport(bytes))
    assert.equal(verdict.outcome, 'accepted')
    assert.deepEqual(
      [explanation?.value, explanation?.upper, explanation?.grade],
      [verdict.score?.value, verdict.score?.upper, verdict.score?.grade],
    )
  })

  it('leads from every answer to the place where it was signed', async () => {
    const bytes = await consortium.presentation()
    const { explanation } = await consortium.verifier().explainPassport(bytes)
    assert.ok(explanation !== null)
    const { documents } = decodeInput(bytes)
    const signed = new Map(
      documents.flatMap((each) => (each.ok ? [[each.secured.id, each.secured.credential]] : [])),
    )
    const sources = answersOf(explanation).flatMap(({ source }) =>
      source === null ? [] : [source],
    )
    assert.ok(sources.length > 10)
    for (const { credential, pointer, answered } of sources) {
      assert.deepEqual(valueAt(signed.get(credential), pointer), answered)
    }
    for (const { stages } of explanation.rulebooks) {
      for (const { stage, materials } of stages) {
        for (const { material, facilities } of materials) {
          for (const { row, facility } of facilities) {
            if (row === null) continue
            const { share: _, custodyModel: __, ...place } = consortium.supplyChain[row] ?? {}
            const expected = { facility, stage, ...(material === null ? {} : { material }) }
            assert.deepEqual(place, expected)
          }
        }
      }
    }
  })

  it('derives the score that counts now, without what was withdrawn', async () => {
    const [first] = consortium.attestations
    assert.ok(first)
    const lists = await consortium.statusLists({ revoked: [first.id] })
    const verifier = consortium.verifier({ uncountedAttestation: 'rescore' })
    const { verdict, explanation } = await verifier.explainPassport(
      await consortium.presentation({ lists }),
    )
    assert.ok(verdict.outcome === 'accepted' && explanation !== null)
    assert.equal(explanation.value, verdict.score.value)
    const withdrawn = answersOf(explanation).filter(({ source }) => source?.credential === first.id)
    assert.ok(withdrawn.length > 0)
    for (const each of withdrawn) {
      assert.deepEqual([each.status, 'reason' in each && each.reason], ['unknown', 'withdrawn'])
    }
  })

  it('derives nothing from a score that is not accepted, rejected or open', async () => {
    const [first] = consortium.attestations
    assert.ok(first)
    const lists = await consortium.statusLists({ revoked: [first.id] })
    const verifier = consortium.verifier()
    for (const [outcome, bytes] of [
      ['rejected', await consortium.presentation({ lists })],
      ['indeterminate', (await consortium.passport()).bytes],
      ['rejected', new TextEncoder().encode('{}')],
    ] as const) {
      const { verdict, explanation } = await verifier.explainPassport(bytes)
      assert.equal(verdict.outcome, outcome)
      assert.equal(explanation, null)
    }
  })
})

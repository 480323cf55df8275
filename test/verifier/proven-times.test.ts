import assert from 'node:assert/strict'
import { digestMultibase } from '@battery-passport/contexts'
import type { EffectivePolicy } from '@battery-passport/verifier'
import { createMemory } from '../../verifier/memory/memory.ts'
import { type JudgedTimestamp, provenTimes } from '../../verifier/proof/trusted-time.ts'
import { indexDocuments } from '../../verifier/reading/documents.ts'
import { LIMITS } from '../../verifier/reading/limits.ts'
import { Consortium, type Signed } from '../support/consortium.ts'
import { testAuthority } from '../support/timestamp-authority.ts'

const NOW = Date.parse('2026-09-30T12:00:00Z') / 1000

describe('What timestamps prove', () => {
  let consortium: Consortium
  let policy: EffectivePolicy
  let passport: Signed<'BatteryPassport'>
  let attestation: Signed<'RulebookAttestation'>

  before(async () => {
    consortium = await Consortium.assemble()
    const { root } = await testAuthority()
    policy = consortium.policy({ timestampAuthorities: [{ certificate: root.pem }] })
    passport = await consortium.passport()
    attestation = consortium.attestations[0] ?? assert.fail()
  })

  interface Shown {
    /** What it is said to stamp; null: it comes by itself. */
    readonly named?: string | null
    /** What it stamps, and when; not given: it is none at all. */
    readonly of?: string
    readonly time?: number
  }

  /** Judges timestamps that were looked at before, so that none has to be signed. */
  async function prove(shown: readonly Shown[]) {
    const memory = createMemory()
    const presented = shown.map(({ named = null, of, time = NOW - 100 }, index) => {
      const bytes = Uint8Array.of(index)
      const judged: JudgedTimestamp = { ok: true, digestMultibase: of ?? '', time }
      if (of !== undefined) memory.timestamps.set(digestMultibase(bytes), judged)
      return { pointer: `/timestamps/${index}`, digestMultibase: named, bytes }
    })
    const all = [passport, ...consortium.attestations].map(({ secured }) => ({
      ok: true as const,
      secured,
    }))
    const documents = indexDocuments(all, LIMITS)
    const { times, findings } = await provenTimes(presented, {
      policy,
      memory,
      now: NOW,
      documents,
    })
    const earliest = ({ secured }: Signed) => {
      const proven = [NOW - 300, NOW - 200, NOW - 100, NOW + 60].filter((instant) =>
        times.proveBy(secured.digestMultibase, instant),
      )
      for (const instant of proven) {
        if (instant === proven[0]) {
          assert.equal(times.proveBy(secured.digestMultibase, instant - 1), false)
        }
      }
      return proven[0] === undefined ? null : proven[0] - NOW
    }
    return {
      of: earliest,
      unused: findings.map(({ pointer, expected, found }) => `${pointer}: ${expected}; ${found}`),
    }
  }

  const digest = ({ secured }: Signed) => secured.digestMultibase
  const NOT_AT_HAND = 'the credential with this digest, with its signature'

  it('is when a credential existed at the latest, to the second', async () => {
    const found = await prove([{ named: digest(attestation), of: digest(attestation) }])
    assert.equal(found.of(attestation), -100)
    assert.equal(found.of(passport), null)
    assert.deepEqual(found.unused, [])
  })

  it('is the earliest of several, of itself or of what names it, in any order', async () => {
    const orders: readonly (readonly [number, number])[] = [
      [-300, -200],
      [-200, -300],
    ]
    for (const [own, above] of orders) {
      const shown = [
        { of: digest(attestation), time: NOW + own },
        { of: digest(passport), time: NOW + above },
        { of: digest(passport), time: NOW - 100 },
      ]
      for (const each of [shown, [...shown].reverse()]) {
        const found = await prove(each)
        assert.equal(found.of(attestation), -300)
        assert.equal(found.of(passport), above)
      }
    }
  })

  it('is nothing by one of something that is not at hand, or is named otherwise', async () => {
    const [own, other] = [digest(attestation), digest(passport)]
    const found = await prove([
      { of: 'zQmElsewhere' },
      { named: 'zQmElsewhere', of: own },
      { named: other, of: own },
      { named: own },
    ])
    assert.equal(found.of(attestation), null)
    assert.equal(found.of(passport), null)
    assert.deepEqual(found.unused.slice(0, 3), [
      `/timestamps/0: ${NOT_AT_HAND}; zQmElsewhere`,
      `/timestamps/1: ${NOT_AT_HAND}; zQmElsewhere`,
      `/timestamps/2: ${other}; ${own}`,
    ])
    assert.ok(found.unused[3]?.startsWith('/timestamps/3: an RFC 3161 timestamp of an authority'))
    assert.equal(found.unused.length, 4)
  })

  it('is nothing by one of a time that has not come, beyond the skew', async () => {
    const of = digest(attestation)
    const { clockSkew } = policy
    assert.equal((await prove([{ of, time: NOW + clockSkew }])).of(attestation), clockSkew)
    const late = await prove([{ of, time: NOW + clockSkew + 1 }])
    assert.equal(late.of(attestation), null)
    assert.deepEqual(late.unused, [
      '/timestamps/0: not later than 2026-09-30T12:01:00Z; 2026-09-30T12:01:01Z',
    ])
  })

  it('is nothing by the fifth of one credential; those that come by themselves are not counted', async () => {
    const named = digest(attestation)
    const bad = { named, of: digest(passport) }
    const good = { named, of: named }
    assert.equal((await prove([bad, bad, bad, good])).of(attestation), -100)
    const fifth = await prove([bad, bad, bad, bad, good])
    assert.equal(fifth.of(attestation), null)
    assert.equal(fifth.unused[4], '/timestamps/4: at most 4; 5')
    const alone = { of: named }
    const elsewhere = { of: 'zQmElsewhere' }
    const found = await prove([elsewhere, elsewhere, elsewhere, elsewhere, alone])
    assert.equal(found.of(attestation), -100)
    assert.equal(found.unused.length, 4)
  })

  it('is looked at once and remembered', async () => {
    const memory = createMemory()
    const bytes = Uint8Array.of(1)
    const documents = indexDocuments([{ ok: true, secured: passport.secured }], LIMITS)
    const presented = [{ pointer: '/with/0', digestMultibase: null, bytes }]
    const first = await provenTimes(presented, { policy, memory, now: NOW, documents })
    assert.equal(memory.timestamps.get(digestMultibase(bytes))?.ok, false)
    const again = await provenTimes(presented, { policy, memory, now: NOW, documents })
    assert.deepEqual(again.findings, first.findings)
    assert.equal(again.findings.length, 1)
  })
})

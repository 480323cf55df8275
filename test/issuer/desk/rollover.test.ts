import assert from 'node:assert/strict'
import { digestMultibase } from '@battery-passport/contexts'
import { listValidity } from '@battery-passport/issuer'
import type { ProofForm } from '@battery-passport/keys'
import { currentLists } from '../../../issuer/desk/current-lists.ts'
import type { DeskFile, Noticed } from '../../../issuer/desk/entries.ts'
import { checkNoticeRoom } from '../../../issuer/desk/notice-room.ts'
import { planIssue } from '../../../issuer/desk/plan-issue.ts'
import { DeskState } from '../../../issuer/desk/state.ts'
import { CREATED, identityDraft } from './desk-room.ts'

const did = 'did:web:registrar.example'
const deskFile: DeskFile = {
  version: 1,
  did,
  statusBase: 'urn:example:registrar',
  entries: 131_072,
}

/** A desk at which so many credentials were begun and abandoned. */
function stateWith(taken: number): DeskState {
  const state = new DeskState()
  for (let index = 0; index < taken; index++) {
    const place = { id: `urn:example:${index}`, generation: 1, index }
    state.apply({ kind: 'intended', type: 'RegisteredIdentity', created: CREATED, ...place })
    state.apply({ kind: 'abandoned', ...place })
  }
  return state
}

/** The notice of a credential. */
function noticeOf(index: number): Noticed {
  const uuid = `7b6f1c62-3f2c-4b44-8c9a-${String(index).padStart(12, '0')}`
  return {
    id: `urn:uuid:${uuid}`,
    digestMultibase: digestMultibase(uuid),
    file: `${uuid}.json`,
    sha256: '0'.repeat(64),
    signed: CREATED,
    since: CREATED,
  }
}

/** A desk that withdrew so many credentials, each with a notice. */
function stateWithNotices(count: number): DeskState {
  const state = new DeskState()
  for (let index = 0; index < count; index++) {
    const id = `urn:example:${index}`
    const place = { id, generation: 1, index }
    state.apply({ kind: 'intended', type: 'RegisteredIdentity', created: CREATED, ...place })
    const file = `${index}.json`
    const digest = digestMultibase(id)
    const sha256 = '0'.repeat(64)
    state.apply({ kind: 'issued', id, digestMultibase: digest, file, sha256 })
    state.apply({ kind: 'revoked', id, at: CREATED, notice: noticeOf(index) })
  }
  return state
}

/** A seeded generator: the same numbers in each run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

describe('the lists of a desk', () => {
  it('name 256 notices; then what is issued stands in others', () => {
    const draft = [identityDraft(did, 1)]
    for (const [notices, generation] of [
      [255, 1],
      [256, 2],
    ] as const) {
      const state = stateWithNotices(notices)
      const [planned] = planIssue('RegisteredIdentity', draft, { state, deskFile })
      assert.equal(planned?.place.generation, generation)
      const [list] = currentLists({ state, deskFile }, listValidity(CREATED, 60))
      assert.equal(list?.unsecured.credentialSubject.notices?.length, notices)
    }
  })

  it('have no room for one notice more, but for another in the place of one', () => {
    const check = (named: number, index: number, form: ProofForm = 'eddsa-jcs-2022') =>
      checkNoticeRoom(
        { state: stateWithNotices(named), deskFile, form },
        { id: 'urn:example:next', generation: 1, index },
        'revocation',
        noticeOf(index),
      )
    assert.doesNotThrow(() => check(255, 255))
    assert.throws(() => check(256, 256), { code: 'NOTICES_FULL' })
    assert.doesNotThrow(() => check(256, 255))
  })

  it('have room for fewer where many bits are set, above all in a JWT', () => {
    const check = (named: number, bits: number, form: ProofForm) => {
      const state = stateWithNotices(named)
      const random = randomOf(7)
      for (let each = 0; each < bits; each++) {
        const index = 1000 + random(130_000)
        state.apply({ kind: 'abandoned', id: 'urn:example:lost', generation: 1, index })
      }
      const record = { id: 'urn:example:next', generation: 1, index: named }
      checkNoticeRoom({ state, deskFile, form }, record, 'revocation', noticeOf(named))
    }
    assert.doesNotThrow(() => check(200, 6000, 'vc+jwt'))
    assert.throws(() => check(250, 6000, 'vc+jwt'), { code: 'NOTICES_FULL' })
    assert.doesNotThrow(() => check(250, 6000, 'eddsa-jcs-2022'))
    assert.throws(() => check(250, 60_000, 'eddsa-jcs-2022'), { code: 'NOTICES_FULL' })
  })

  it('roll over when half of them is taken, in the midst of one act', () => {
    const drafts = [1, 2, 3].map((number) => identityDraft(did, number))
    const planned = planIssue('RegisteredIdentity', drafts, { state: stateWith(65_534), deskFile })
    assert.deepEqual(
      planned.map(({ place }) => place.generation),
      [1, 1, 2],
    )
    assert.equal(
      planned[2]?.unsecured.credentialStatus[0].statusListCredential,
      'urn:example:registrar:revocation-2',
    )
    assert.equal(planned[2]?.unsecured.credentialStatus[0].statusPurpose, 'revocation')
    for (const { place } of planned.slice(0, 2)) assert.ok(place.index >= 65_534)
  })

  it('are all published, the full ones with what was withdrawn there', () => {
    const state = stateWith(65_536)
    const place = { id: 'urn:example:next', generation: 2, index: 7 }
    state.apply({ kind: 'intended', type: 'RegisteredIdentity', created: CREATED, ...place })
    const lists = currentLists({ state, deskFile }, listValidity(CREATED, 60))
    assert.deepEqual(
      lists.map(({ name }) => name),
      ['revocation-1', 'suspension-1', 'revocation-2', 'suspension-2'],
    )
    assert.deepEqual(
      lists.map(({ unsecured }) => unsecured.id),
      lists.map(({ name }) => `urn:example:registrar:${name}`),
    )
    assert.equal(state.setBits(1).revocation.length, 65_536)
    assert.deepEqual(state.setBits(2), { revocation: [], suspension: [] })
  })
})

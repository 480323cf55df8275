import assert from 'node:assert/strict'
import { listValidity } from '@battery-passport/issuer'
import { currentLists } from '../../../issuer/desk/current-lists.ts'
import type { DeskFile } from '../../../issuer/desk/entries.ts'
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

describe('the lists of a desk', () => {
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

import assert from 'node:assert/strict'
import { generateSigner } from '@battery-passport/keys'
import { Consortium, listId, type Signed } from '../support/consortium.ts'

describe('What is wrong with a status list', () => {
  let consortium: Consortium
  let attestation: Signed<'RulebookAttestation'>

  before(async () => {
    consortium = await Consortium.assemble()
    const { did } = consortium.parties.climateBody
    attestation =
      consortium.attestations.find(({ secured }) => secured.issuer === did) ?? assert.fail()
  })

  /** What is found where others stand in the place of the lists of the climate body. */
  async function findings(instead: readonly Signed[], add: readonly Signed[] = []) {
    const { did } = consortium.parties.climateBody
    const honest = await consortium.statusLists()
    const lists = honest.filter(({ secured }) => secured.issuer !== did)
    const bytes = await consortium.presentation({ lists, add: [...instead, ...add] })
    const { findings: found } = await consortium.verifier().verifyPassport(bytes)
    const told = found
      .filter(({ code }) => code.startsWith('STATUS') || code === 'REVOKED')
      .map(({ code, pointer, expected, found: came }) =>
        [code, pointer, expected, came].join(' | '),
      )
    return [...new Set(told)].sort()
  }

  it('is told where it is of another, though he accredited the body', async () => {
    const { climateBody, accreditationBody } = consortium.parties
    const lists = await consortium.board.lists(
      climateBody,
      {},
      { credential: { issuer: accreditationBody.did }, signer: accreditationBody.signer },
    )
    assert.deepEqual(await findings(lists), [
      `STATUS_LIST_INVALID | /issuer | ${climateBody.did} | ${accreditationBody.did}`,
    ])
  })

  it('is told where a successor signs it before it may', async () => {
    const { climateBody } = consortium.parties
    const successor = generateSigner()
    const named = await consortium.accreditation(climateBody, {
      created: '2026-09-30T22:30:00Z',
      credential: {
        id: 'https://accreditationbody.example/accreditations/succeeded',
        validFrom: '2026-09-30T22:30:00Z',
      },
      subject: { statusSuccessor: successor.did },
    })
    const early = { credential: { issuer: successor.did }, signer: successor }
    const lists = await consortium.board.lists(climateBody, {}, early)
    const found = await findings(lists, [named])
    const time = '/proof/created | not before 2026-09-30T22:30:00Z | 2026-09-30T22:00:00Z'
    assert.deepEqual(found, [`STATUS_LIST_INVALID | ${time}`])
  })

  it('is told where something else has its id', async () => {
    const { climateBody } = consortium.parties
    const [, suspension] = await consortium.board.lists(climateBody)
    const other = await consortium.notice(climateBody, attestation, {
      credential: { id: listId(climateBody, 'revocation') },
    })
    assert.deepEqual(await findings([suspension ?? assert.fail(), other]), [
      'STATUS_LIST_INVALID | /type | BitstringStatusListCredential | WithdrawalNotice',
    ])
  })

  it('says by which list something is revoked, and by whose notice it is not narrowed', async () => {
    const lists = await consortium.board.lists(consortium.parties.climateBody, {
      revoked: [attestation.id],
    })
    const honest = await consortium.statusLists()
    const { did } = consortium.parties.climateBody
    const bytes = await consortium.presentation({
      lists: [...honest.filter(({ secured }) => secured.issuer !== did), ...lists],
    })
    const { findings: found } = await consortium.verifier().verifyPassport(bytes)
    const revoked = found.find(({ code }) => code === 'REVOKED')
    const said = 'the list of 2026-09-30T22:00:00Z says so, without a notice that counts'
    assert.equal(revoked?.detail, `It is revoked: ${said}.`)
  })

  it('is nothing to a list that has no status itself', async () => {
    const [list] = await consortium.board.lists(consortium.parties.climateBody)
    const { bytes } = list ?? assert.fail()
    const { outcome, findings: found } = await consortium.verifier().verifyCredential(bytes)
    assert.equal(outcome, 'accepted')
    assert.ok(found.every(({ severity }) => severity !== 'error' && severity !== 'unknown'))
  })
})

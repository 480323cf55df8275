import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDesk, type Desk, IssuanceError, openDesk } from '@battery-passport/issuer'
import { checkDataIntegrity } from '@battery-passport/keys'
import { decodeBitstring, type StatusList } from '@battery-passport/verifier'
import { bitAt } from '../../../verifier/reading/bitstring.ts'
import { Consortium, type Signed } from '../../support/consortium.ts'
import { CREATED, type DeskRoom, deskRoom, identityDraft, identityId } from './desk-room.ts'

const LATER = '2026-10-01T09:00:00Z'

/** Whether the bit of an index is set in a list. */
function isSet({ credential }: StatusList, index: string): boolean {
  const decoded = decodeBitstring(credential.credentialSubject.encodedList)
  assert.ok(decoded.ok)
  return bitAt(decoded.bits, Number(index)) === true
}

describe('a desk that writes withdrawal notices', () => {
  let room: DeskRoom
  let desk: Desk
  beforeEach(async () => {
    room = await deskRoom()
    desk = await room.open()
  })
  afterEach(() => room.clear())

  const issue = (number: number) =>
    desk.issue('RegisteredIdentity', identityDraft(room.signer.did, number), { created: CREATED })
  const revoke = (notice: Parameters<Desk['revoke']>[3], number = 1) =>
    desk.revoke(identityId(number), CREATED, 'kept here', notice)

  it('names the notice in the list, signed and about exactly these bytes', async () => {
    const issued = await issue(1)
    await revoke({ reason: 'misstatement', description: 'Two meters were exchanged.' })
    const [revocation, suspension] = await desk.publishLists(LATER, 3600)
    assert.ok(revocation !== undefined && suspension !== undefined)
    const [entry] = issued.credential.credentialStatus
    assert.ok(isSet(revocation, entry.statusListIndex))
    const [notice, ...others] = await desk.notices()
    assert.ok(notice !== undefined)
    assert.deepEqual(others, [])
    const { id, digestMultibase } = notice
    assert.deepEqual(revocation.credential.credentialSubject.notices, [
      { index: Number(entry.statusListIndex), id, type: 'WithdrawalNotice', digestMultibase },
    ])
    assert.equal(suspension.credential.credentialSubject.notices, undefined)
    assert.deepEqual(notice.credential.credentialSubject, {
      id: issued.id,
      type: 'WithdrawnCredential',
      digestMultibase: issued.digestMultibase,
      reason: 'misstatement',
      description: 'Two meters were exchanged.',
      withdraws: { kind: 'whole' },
      effectiveFrom: CREATED,
    })
    const { publicKey } = room.signer
    assert.deepEqual(await checkDataIntegrity(notice.document, { publicKey }), { ok: true })
    assert.doesNotMatch(JSON.stringify(notice.document), /kept here/)
  })

  it('remembers them when it is opened anew, and keeps them for its owner alone', async () => {
    await issue(1)
    await revoke({ reason: 'ceased', effectiveFrom: '2026-09-01T00:00:00Z' })
    const before = await desk.notices()
    await desk.close()
    desk = await room.open()
    const [record] = desk.records
    assert.equal(record?.status, 'revoked')
    assert.equal(record?.notice?.since, '2026-09-01T00:00:00Z')
    assert.deepEqual(
      (await desk.notices()).map(({ digestMultibase }) => digestMultibase),
      before.map(({ digestMultibase }) => digestMultibase),
    )
    const [list] = await desk.publishLists(LATER, 3600)
    assert.equal(list?.credential.credentialSubject.notices?.length, 1)
  })

  it('refuses a notice that withdraws nothing, without a trace', async () => {
    await issue(1)
    const log = await readFile(join(room.folder, 'log.ndjson'), 'utf8')
    for (const [notice, fault] of [
      [{ reason: 'error', effectiveFrom: LATER }, '/credentialSubject/effectiveFrom'],
      [{ reason: 'error', voidFrom: LATER }, '/credentialSubject/voidFrom'],
      [{ reason: 'error', indicators: ['ghg.intensity'] }, '/credentialSubject/withdraws/kind'],
      [{ reason: 'error', effectiveFrom: CREATED, voidFrom: CREATED }, '/credentialSubject'],
    ] as const) {
      await assert.rejects(revoke(notice), (error) => {
        assert.ok(error instanceof IssuanceError)
        assert.equal(error.code, 'NOTICE_REFUSED')
        assert.equal(error.faults[0].pointer, fault)
        return true
      })
    }
    assert.equal(await readFile(join(room.folder, 'log.ndjson'), 'utf8'), log)
    assert.deepEqual(await readdir(join(room.folder, 'notices')), [])
    assert.equal(desk.records[0]?.status, 'active')
  })

  it('lets a later notice withdraw more, and never less', async () => {
    await issue(1)
    await revoke({ reason: 'ceased', effectiveFrom: '2026-09-01T00:00:00Z' })
    for (const milder of [
      { reason: 'ceased', effectiveFrom: '2026-09-01T00:00:01Z' },
      { reason: 'ceased' },
    ] as const) {
      await assert.rejects(revoke(milder), { code: 'REVOKED_FOR_GOOD' })
    }
    await revoke({ reason: 'misstatement', voidFrom: '2026-01-01T00:00:00Z' })
    const [notice, ...others] = await desk.notices()
    assert.deepEqual(others, [])
    assert.equal(notice?.credential.credentialSubject.voidFrom, '2026-01-01T00:00:00Z')
    await desk.revoke(identityId(1), CREATED)
    assert.equal((await desk.notices()).length, 1)
  })

  it('never adds a notice to what was withdrawn from the beginning', async () => {
    await issue(1)
    await revoke(undefined)
    await assert.rejects(revoke({ reason: 'error' }), { code: 'REVOKED_FOR_GOOD' })
    assert.deepEqual(await desk.notices(), [])
  })

  it('says why it suspends, until it reinstates', async () => {
    await issue(1)
    await desk.suspend(identityId(1), CREATED, undefined, { reason: 'error' })
    const [first, second] = await desk.publishLists(LATER, 3600)
    assert.equal(first?.credential.credentialSubject.notices, undefined)
    assert.equal(second?.credential.credentialSubject.notices?.length, 1)
    await desk.reinstate(identityId(1), LATER)
    const [, third] = await desk.publishLists('2026-10-01T10:00:00Z', 3600)
    assert.equal(third?.credential.credentialSubject.notices, undefined)
    assert.deepEqual(await desk.notices(), [])
    const part = { reason: 'error', indicators: ['ghg.intensity'] } as const
    await assert.rejects(desk.suspend(identityId(1), LATER, undefined, part), TypeError)
  })

  it('dates no list before a notice it names', async () => {
    await issue(1)
    await desk.revoke(identityId(1), '2026-10-01T08:00:30Z', undefined, { reason: 'error' })
    const [list] = await desk.publishLists(CREATED, 3600)
    assert.equal(list?.credential.validFrom, '2026-10-01T08:00:30Z')
    await issue(2)
    await desk.revoke(identityId(2), LATER, undefined, { reason: 'error' })
    const tooEarly = desk.publishLists('2026-10-01T08:58:00Z', 3600)
    await assert.rejects(tooEarly, { code: 'DESK_CLOCK' })
  })

  it('makes the folder of the notices where an older desk has none', async () => {
    await issue(1)
    await desk.close()
    await rm(join(room.folder, 'notices'), { recursive: true })
    desk = await room.open()
    await revoke({ reason: 'error' })
    assert.equal((await desk.notices()).length, 1)
  })
})

describe('an attestation that is withdrawn in part at a desk', () => {
  let consortium: Consortium
  let attestation: Signed<'RulebookAttestation'>
  let folder: string
  let desk: Desk

  before(async () => {
    consortium = await Consortium.assemble()
    const { climateBody } = consortium.parties
    const own = consortium.attestations.find(({ secured }) => secured.issuer === climateBody.did)
    assert.ok(own !== undefined)
    attestation = own
  })
  beforeEach(async () => {
    const { signer } = consortium.parties.climateBody
    folder = join(await mkdtemp(join(tmpdir(), 'battery-passport-notices-')), 'desk')
    await createDesk({ folder, did: signer.did, statusBase: 'urn:example:climate' })
    desk = await openDesk({ folder, signer })
    await desk.issue(
      'RulebookAttestation',
      (credentialStatus) => ({ ...attestation.secured.credential, credentialStatus }),
      { created: CREATED },
    )
  })
  afterEach(async () => {
    await desk.close()
    await rm(join(folder, '..'), { recursive: true })
  })

  const indicators = () =>
    attestation.secured.credential.credentialSubject.results.map(({ indicator }) => indicator)
  const withdraw = (some: readonly string[], effectiveFrom = '2026-09-01T00:00:00Z') =>
    desk.revoke(attestation.id, CREATED, undefined, {
      reason: 'misstatement',
      indicators: some,
      effectiveFrom,
    })

  it('has its bit set, and is not revoked', async () => {
    const [first = ''] = indicators()
    await withdraw([first])
    assert.equal(desk.records[0]?.status, 'active')
    assert.deepEqual(desk.records[0]?.notice?.indicators, [first])
    const [list] = await desk.publishLists(LATER, 3600)
    const index = String(desk.records[0]?.index)
    assert.ok(list !== undefined && isSet(list, index))
    const [notice] = await desk.notices()
    assert.deepEqual(notice?.credential.credentialSubject.withdraws, {
      kind: 'indicators',
      indicators: [first],
    })
    await assert.rejects(withdraw(['small.nothing']), { code: 'REVOKED_FOR_GOOD' })
    await assert.rejects(withdraw([first, 'small.nothing']), { code: 'NOTICE_REFUSED' })
  })

  it('may be suspended and reinstated meanwhile, and stays withdrawn in part', async () => {
    const [first = ''] = indicators()
    await withdraw([first])
    await desk.suspend(attestation.id, CREATED, undefined, { reason: 'error' })
    assert.equal((await desk.notices()).length, 2)
    await desk.reinstate(attestation.id, CREATED)
    assert.deepEqual(desk.records[0]?.notice?.indicators, [first])
    await assert.rejects(desk.reinstate(attestation.id, CREATED), { code: 'REVOKED_FOR_GOOD' })
  })

  it('may be withdrawn further, and as a whole, and no less', async () => {
    const [first = '', second = ''] = indicators()
    await withdraw([first])
    await assert.rejects(withdraw([second]), { code: 'REVOKED_FOR_GOOD' })
    await assert.rejects(withdraw([first], '2026-09-01T00:00:01Z'), { code: 'REVOKED_FOR_GOOD' })
    await withdraw([first, second], '2026-08-01T00:00:00Z')
    const whole = { reason: 'misstatement' } as const
    const late = desk.revoke(attestation.id, CREATED, undefined, whole)
    await assert.rejects(late, { code: 'REVOKED_FOR_GOOD' })
    await desk.revoke(attestation.id, CREATED)
    assert.equal(desk.records[0]?.status, 'revoked')
    assert.deepEqual(await desk.notices(), [])
  })

  it('never stands for a whole that was withdrawn', async () => {
    const [first = ''] = indicators()
    const whole = { reason: 'misstatement', effectiveFrom: '2026-09-01T00:00:00Z' } as const
    await desk.revoke(attestation.id, CREATED, undefined, whole)
    const less = withdraw([first], '2026-08-01T00:00:00Z')
    await assert.rejects(less, { code: 'REVOKED_FOR_GOOD' })
  })
})

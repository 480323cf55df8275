import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createDesk, type Desk, openDesk } from '@battery-passport/issuer'
import { checkDataIntegrity, generateSigner, type Signer } from '@battery-passport/keys'
import { decodeBitstring } from '@battery-passport/verifier'
import {
  CREATED,
  type DeskRoom,
  deskRoom,
  identityDraft,
  identityId,
  STATUS_BASE,
} from './desk-room.ts'

describe('a desk', () => {
  let room: DeskRoom
  let desk: Desk
  beforeEach(async () => {
    room = await deskRoom()
    desk = await room.open()
  })
  afterEach(() => room.clear())

  const issue = (number: number) =>
    desk.issue('RegisteredIdentity', identityDraft(room.signer.did, number), { created: CREATED })

  /** The indexes that are set in the published lists of a purpose. */
  const published = async (purpose: 'revocation' | 'suspension', now = '2026-10-01T09:00:00Z') => {
    const lists = await desk.publishLists(now, 86_400)
    return lists
      .filter(({ credential }) => credential.credentialSubject.statusPurpose === purpose)
      .flatMap(({ credential }) => setIndexes(credential.credentialSubject.encodedList))
  }

  it('issues a credential that is signed by its key and lies in its folder', async () => {
    const issued = await issue(1)
    const check = await checkDataIntegrity(issued.document, { publicKey: room.signer.publicKey })
    assert.deepEqual(check, { ok: true })
    assert.equal((await desk.issued(identityId(1))).digestMultibase, issued.digestMultibase)
    const files = await readdir(join(room.folder, 'issued'))
    assert.equal(files.length, 1)
    assert.deepEqual(
      JSON.parse(await readFile(join(room.folder, 'issued', files[0] ?? ''), 'utf8')),
      issued.document,
    )
  })

  it('gives every credential one random index in both of its lists', async () => {
    const indexes = new Set<string>()
    for (let number = 1; number <= 20; number++) {
      const [revocation, suspension] = (await issue(number)).credential.credentialStatus
      assert.equal(revocation.statusListCredential, `${STATUS_BASE}/revocation-1`)
      assert.equal(suspension.statusListCredential, `${STATUS_BASE}/suspension-1`)
      assert.equal(revocation.statusListIndex, suspension.statusListIndex)
      indexes.add(revocation.statusListIndex)
    }
    assert.equal(indexes.size, 20)
    const order = [...indexes].map(Number)
    assert.notDeepEqual(
      order,
      order.toSorted((a, b) => a - b),
      'the order must tell nothing',
    )
  })

  it('gives concurrent callers different indexes', async () => {
    const issued = await Promise.all(Array.from({ length: 50 }, (_, at) => issue(at)))
    const indexes = issued.map(({ credential }) => credential.credentialStatus[0].statusListIndex)
    assert.equal(new Set(indexes).size, 50)
  })

  it('issues all of several drafts, or none', async () => {
    const drafts = [1, 2, 3].map((number) => identityDraft(room.signer.did, number))
    const issued = await desk.issueAll('RegisteredIdentity', drafts, { created: CREATED })
    assert.deepEqual(
      issued.map(({ id }) => id),
      [1, 2, 3].map(identityId),
    )
    const twice = [4, 4].map((number) => identityDraft(room.signer.did, number))
    await assert.rejects(desk.issueAll('RegisteredIdentity', twice, { created: CREATED }), {
      code: 'ID_TAKEN',
    })
    assert.deepEqual(
      desk.records.map(({ id }) => id),
      [1, 2, 3].map(identityId),
    )
  })

  it('leaves no trace of a draft that refuses', async () => {
    const before = await readFile(join(room.folder, 'log.ndjson'), 'utf8')
    const draft = () => {
      throw new RangeError('the draft refuses')
    }
    await assert.rejects(
      desk.issue('RegisteredIdentity', draft, { created: CREATED }),
      /the draft refuses/,
    )
    assert.equal(await readFile(join(room.folder, 'log.ndjson'), 'utf8'), before)
    await issue(1)
  })

  it('refuses an id it has issued before, also after it was opened anew', async () => {
    await issue(1)
    await assert.rejects(issue(1), { code: 'ID_TAKEN' })
    await desk.close()
    desk = await room.open()
    await assert.rejects(issue(1), { code: 'ID_TAKEN' })
  })

  it('refuses a draft of another issuer, and one that ignores the status it was given', async () => {
    const other = identityDraft(generateSigner().did, 1)
    await assert.rejects(desk.issue('RegisteredIdentity', other, { created: CREATED }), {
      code: 'ISSUER_MISMATCH',
    })
    const [first] = await Promise.all([issue(1)])
    const stolen = identityDraft(room.signer.did, 2)
    await assert.rejects(
      desk.issue('RegisteredIdentity', () => stolen(first.credential.credentialStatus), {
        created: CREATED,
      }),
      TypeError,
    )
  })

  it('withdraws the index of a credential whose signature the signer could not make', async () => {
    await desk.close()
    const flaky: Signer = {
      ...room.signer,
      sign: () => Promise.reject(new Error('the token was pulled out')),
    }
    desk = await room.open({ signer: flaky })
    await assert.rejects(issue(1), /pulled out/)
    await desk.close()
    desk = await room.open()
    const issued = await issue(1)
    const set = await published('revocation')
    assert.equal(set.length, 1)
    assert.notEqual(String(set[0]), issued.credential.credentialStatus[0].statusListIndex)
  })

  it('does not release what its signer signed wrongly', async () => {
    await desk.close()
    const wrong: Signer = { ...room.signer, sign: (bytes) => generateSigner().sign(bytes) }
    desk = await room.open({ signer: wrong })
    await assert.rejects(issue(1), /signature does not hold/)
    assert.deepEqual(await readdir(join(room.folder, 'issued')), [])
    assert.deepEqual(desk.records, [])
  })

  it('publishes lists of both purposes with no bit set at first', async () => {
    await issue(1)
    const lists = await desk.publishLists('2026-10-01T09:00:00Z', 3600)
    assert.deepEqual(
      lists.map(({ id, credential }) => [
        id,
        credential.validFrom,
        credential.validUntil,
        credential.credentialSubject.statusPurpose,
        setIndexes(credential.credentialSubject.encodedList).length,
      ]),
      [
        [
          `${STATUS_BASE}/revocation-1`,
          '2026-10-01T09:00:00Z',
          '2026-10-01T10:00:00Z',
          'revocation',
          0,
        ],
        [
          `${STATUS_BASE}/suspension-1`,
          '2026-10-01T09:00:00Z',
          '2026-10-01T10:00:00Z',
          'suspension',
          0,
        ],
      ],
    )
    assert.deepEqual(
      (await desk.lists()).map(({ digestMultibase }) => digestMultibase),
      lists.map(({ digestMultibase }) => digestMultibase),
    )
  })

  it('sets the bit of what was revoked, and only that', async () => {
    const [first] = [await issue(1), await issue(2)]
    await desk.revoke(identityId(1), CREATED)
    const index = Number(first.credential.credentialStatus[0].statusListIndex)
    assert.deepEqual(await published('revocation'), [index])
    assert.deepEqual(await published('suspension'), [])
  })

  it('suspends and reinstates, and remembers it when opened anew', async () => {
    const issued = await issue(1)
    const index = Number(issued.credential.credentialStatus[1].statusListIndex)
    await desk.suspend(identityId(1), CREATED)
    assert.deepEqual(await published('suspension'), [index])
    await desk.close()
    desk = await room.open()
    assert.equal(desk.records[0]?.status, 'suspended')
    await desk.reinstate(identityId(1), CREATED)
    assert.deepEqual(await published('suspension', '2026-10-01T10:00:00Z'), [])
  })

  it('never takes a revocation back', async () => {
    await issue(1)
    await desk.suspend(identityId(1), CREATED)
    await desk.revoke(identityId(1), CREATED)
    await assert.rejects(desk.reinstate(identityId(1), CREATED), { code: 'REVOKED_FOR_GOOD' })
    await assert.rejects(desk.suspend(identityId(1), CREATED), { code: 'REVOKED_FOR_GOOD' })
    await desk.revoke(identityId(1), CREATED)
    assert.equal((await published('revocation')).length, 1)
  })

  it('keeps the reason of a change in its log alone', async () => {
    await issue(1)
    await desk.revoke(identityId(1), CREATED, 'the certificate was forged')
    await desk.close()
    const log = await readFile(join(room.folder, 'log.ndjson'), 'utf8')
    assert.match(log, /the certificate was forged/)
    desk = await room.open()
    const [list] = await desk.publishLists('2026-10-01T09:00:00Z', 86_400)
    assert.doesNotMatch(JSON.stringify(list?.document), /forged/)
  })

  it('refuses a reason that its log could not hold', async () => {
    await issue(1)
    for (const reason of ['', 'two\nlines', 'x'.repeat(501), '\ud800']) {
      await assert.rejects(desk.revoke(identityId(1), CREATED, reason), TypeError)
    }
    assert.equal(desk.records[0]?.status, 'active')
  })

  it('refuses to withdraw what it has not issued', async () => {
    await assert.rejects(desk.revoke(identityId(7), CREATED), { code: 'NOT_ISSUED' })
    await assert.rejects(desk.issued(identityId(7)), { code: 'NOT_ISSUED' })
  })

  it('never publishes two editions of one second, nor an edition before the last', async () => {
    await issue(1)
    const now = '2026-10-01T09:00:00Z'
    const [first] = await desk.publishLists(now, 3600)
    await desk.revoke(identityId(1), now)
    const [second] = await desk.publishLists(now, 3600)
    assert.equal((second?.created ?? 0) - (first?.created ?? 0), 1)
    await assert.rejects(desk.publishLists('2026-10-01T08:00:00Z', 3600), { code: 'DESK_CLOCK' })
  })

  it('keeps everything for its owner alone, and no key', async () => {
    await issue(1)
    await desk.publishLists('2026-10-01T09:00:00Z', 3600)
    const names = await readdir(room.folder, { recursive: true })
    for (const name of names) {
      const entry = await stat(join(room.folder, name))
      assert.equal(entry.mode & 0o077, 0, name)
      if (entry.isFile()) {
        const text = await readFile(join(room.folder, name), 'utf8')
        assert.ok(!/"d"\s*:/.test(text), `${name} holds a private key`)
      }
    }
  })

  it('does nothing more when it is closed', async () => {
    await desk.close()
    await desk.close()
    await assert.rejects(issue(1), { code: 'DESK_CLOSED' })
  })

  it('issues vc+jwt and ecdsa-rdfc-2019 where that is asked for', async () => {
    const jwt = await desk.issue('RegisteredIdentity', identityDraft(room.signer.did, 1), {
      created: CREATED,
      form: 'vc+jwt',
    })
    assert.equal(jwt.securing.form, 'vc+jwt')
    assert.equal((await desk.issued(identityId(1))).digestMultibase, jwt.digestMultibase)
    const other = await deskRoom('P-256')
    try {
      const issued = await (await other.open()).issue(
        'RegisteredIdentity',
        identityDraft(other.signer.did, 1),
        { created: CREATED },
      )
      assert.equal(
        issued.securing.form === 'data-integrity' && issued.securing.proof.cryptosuite,
        'ecdsa-rdfc-2019',
      )
    } finally {
      await other.clear()
    }
  })
})

describe('making and opening a desk', () => {
  let room: DeskRoom
  beforeEach(async () => {
    room = await deskRoom()
  })
  afterEach(() => room.clear())

  it('never makes one where something is', async () => {
    const { folder, signer } = room
    await assert.rejects(createDesk({ folder, did: signer.did, statusBase: STATUS_BASE }), {
      code: 'DESK_EXISTS',
    })
    await room.open()
  })

  it('names the DID or URL that is none', async () => {
    const folder = `${room.folder}-2`
    const { did } = room.signer
    await assert.rejects(createDesk({ folder, did: 'nobody', statusBase: STATUS_BASE }), /\/did/)
    await assert.rejects(createDesk({ folder, did, statusBase: 'ftp://x' }), /\/statusBase/)
    await assert.rejects(stat(folder), { code: 'ENOENT' })
  })

  it('opens none where none is', async () => {
    const { signer } = room
    await assert.rejects(openDesk({ folder: `${room.folder}-2`, signer }), { code: 'DESK_MISSING' })
    await assert.rejects(openDesk({ folder: join(room.folder, '..'), signer }), {
      code: 'DESK_MISSING',
    })
  })

  it('opens only with the key of its DID, and lets the folder go when it refuses', async () => {
    await assert.rejects(room.open({ signer: generateSigner() }), { code: 'ISSUER_MISMATCH' })
    await room.open()
  })
})

/** The indexes that are set in an encoded list. */
function setIndexes(encodedList: string): number[] {
  const decoded = decodeBitstring(encodedList)
  assert.ok(decoded.ok)
  return [...decoded.bits].flatMap((byte, at) =>
    Array.from({ length: 8 }, (_, bit) => bit)
      .filter((bit) => (byte & (0x80 >> bit)) !== 0)
      .map((bit) => at * 8 + bit),
  )
}

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { DESK_STEPS, type Desk, type DeskStep } from '@battery-passport/issuer'
import { decodeBitstring } from '@battery-passport/verifier'
import { CREATED, type DeskRoom, deskRoom, identityDraft, identityId } from './desk-room.ts'

const LATER = '2026-10-01T09:00:00Z'

describe('a desk that is cut off', () => {
  let room: DeskRoom
  beforeEach(async () => {
    room = await deskRoom()
  })
  afterEach(() => room.clear())

  const issue = (desk: Desk, number: number) =>
    desk.issue('RegisteredIdentity', identityDraft(room.signer.did, number), { created: CREATED })

  /** Does one of everything at a desk that ends at a step, as if the power had gone. */
  async function endAt(step: DeskStep) {
    const desk = await room.open({
      onStep: (done) => {
        if (armed && done === step) throw new Error(`cut off after ${done}`)
      },
    })
    let armed = false
    const first = await issue(desk, 1)
    await desk.publishLists(CREATED, 86_400)
    armed = true
    const second = await issue(desk, 2).catch(() => null)
    const revoked = await desk.revoke(identityId(1), LATER, undefined, { reason: 'error' }).then(
      () => true,
      () => false,
    )
    const lists = await desk.publishLists(LATER, 86_400).catch(() => null)
    await assert.rejects(issue(desk, 3), { code: 'DESK_FAILED' })
    await desk.close()
    return { first, second, revoked, lists }
  }

  for (const step of DESK_STEPS) {
    it(`after "${step}" loses nothing it released and gives no index out twice`, async () => {
      const before = await endAt(step)
      const desk = await room.open()
      const ids = desk.records.map(({ id }) => id)
      assert.ok(ids.includes(before.first.id))
      if (before.second !== null) assert.ok(ids.includes(before.second.id), 'it was released')
      for (const id of ids) await desk.issued(id)
      if (before.revoked) assert.equal(desk.records[0]?.status, 'revoked')
      const notices = await desk.notices()
      assert.equal(notices.length, desk.records[0]?.status === 'revoked' ? 1 : 0)
      const lists = await desk.lists()
      assert.equal(lists.length, 2)
      if (before.lists !== null) {
        assert.deepEqual(
          lists.map(({ digestMultibase }) => digestMultibase),
          before.lists.map(({ digestMultibase }) => digestMultibase),
        )
      }
      // What was not released can be issued now, and everything has an index of its own.
      const again = ids.includes(identityId(2)) ? null : await issue(desk, 2)
      const third = await issue(desk, 3)
      const issued = [before.first, again ?? (await desk.issued(identityId(2))), third]
      const indexes = issued.map(({ credential }) =>
        'credentialStatus' in credential ? credential.credentialStatus[0].statusListIndex : '',
      )
      assert.equal(new Set(indexes).size, 3)
      const [revocations] = await desk.publishLists('2026-10-01T10:00:00Z', 86_400)
      const set = setCount(revocations?.credential.credentialSubject.encodedList ?? '')
      const withdrawn = desk.records.filter(({ status }) => status === 'revoked').length
      const abandoned = again === null ? 0 : 1
      assert.equal(set, withdrawn + abandoned, 'what may have been signed is withdrawn')
      const files = await readdir(room.folder, { recursive: true })
      assert.deepEqual(
        files.filter((name) => /\.(new|next)$/.test(name)),
        [],
      )
      assert.equal(files.filter((name) => name.startsWith('issued/')).length, 3)
      const kept = files.filter((name) => name.startsWith('notices/'))
      assert.equal(kept.length, notices.length)
    })
  }

  it('is killed by the system itself, too, and opens again', async () => {
    const steps = [
      'intent-recorded',
      'files-written',
      'notice-written',
      'lists-written',
      'lists-recorded',
    ] as const
    await Promise.all(
      steps.map(async (step) => {
        const own = await deskRoom()
        try {
          await killedAt(own, step)
          const desk = await own.open()
          for (const { id } of desk.records) await desk.issued(id)
          const draft = identityDraft(own.signer.did, 9)
          await desk.issue('RegisteredIdentity', draft, { created: CREATED })
        } finally {
          await own.clear()
        }
      }),
    )
  }).timeout(60_000)
})

/** Runs a desk in a process of its own that kills itself, without any cleaning up, after a step. */
async function killedAt(room: DeskRoom, step: DeskStep): Promise<void> {
  const script = fileURLToPath(new URL('./killed-desk.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, room.folder, step], {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  child.stdin.end(JSON.stringify(room.privateJwk))
  const signal = await new Promise((resolve) => child.on('exit', (_code, ended) => resolve(ended)))
  assert.equal(signal, 'SIGKILL', `the process ends at ${step}`)
}

function setCount(encodedList: string): number {
  const decoded = decodeBitstring(encodedList)
  assert.ok(decoded.ok)
  return decoded.bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
}

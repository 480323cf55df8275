import assert from 'node:assert/strict'
import {
  appendFile,
  chmod,
  cp,
  readdir,
  readFile,
  rename,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { type Desk, type DeskError, openDesk } from '@battery-passport/issuer'
import type { Signer } from '@battery-passport/keys'
import { CREATED, type DeskRoom, deskRoom, identityDraft, identityId } from './desk-room.ts'

describe('a desk whose files were touched', () => {
  let room: DeskRoom
  let signer: Signer
  const at = (...names: string[]) => join(room.folder, ...names)

  beforeEach(async () => {
    room = await deskRoom()
    signer = room.signer
    const desk = await room.open()
    await issue(desk, 1)
    await issue(desk, 2)
    await desk.revoke(identityId(1), CREATED, undefined, { reason: 'error' })
    await desk.publishLists(CREATED, 86_400)
    await desk.close()
  })
  afterEach(() => room.clear())

  const issue = (desk: Desk, number: number) =>
    desk.issue('RegisteredIdentity', identityDraft(signer.did, number), { created: CREATED })

  /** Fails unless opening refuses, naming the file and what to do; and lets the lock go. */
  const refuses = async (path: string) => {
    for (let time = 1; time <= 2; time++) {
      await assert.rejects(openDesk({ folder: room.folder, signer }), (error: DeskError) => {
        assert.equal(error.code, 'DESK_DAMAGED', String(error))
        assert.ok(error.message.includes(path), error.message)
        assert.ok(error.message.includes('Restore the whole desk folder'))
        return true
      })
    }
  }
  const files = async () =>
    (await readdir(room.folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))

  it('notices one changed byte in any file, wherever it stands', async () => {
    for (const path of await files()) {
      const before = await readFile(path)
      const places = Array.from({ length: 12 }, (_, step) =>
        Math.floor((before.length - 1) * (step / 11)),
      )
      for (const place of new Set(places)) {
        const changed = Buffer.from(before)
        changed[place] = (changed[place] ?? 0) ^ 1
        await writeFile(path, changed)
        await assert.rejects(
          openDesk({ folder: room.folder, signer }),
          { code: 'DESK_DAMAGED' },
          `${path} at ${place}`,
        )
      }
      await writeFile(path, before)
    }
    await room.open()
  })

  it('notices any file that is missing or cut short', async () => {
    for (const path of await files()) {
      const before = await readFile(path)
      await unlink(path)
      await assert.rejects(openDesk({ folder: room.folder, signer }), { code: 'DESK_DAMAGED' })
      for (const length of [0, 1, before.length - 1]) {
        await writeFile(path, before.subarray(0, length))
        await assert.rejects(
          openDesk({ folder: room.folder, signer }),
          { code: 'DESK_DAMAGED' },
          `${path} cut to ${length}`,
        )
      }
      await writeFile(path, before, { mode: 0o600 })
    }
    await room.open()
  })

  it('notices a line taken out of the log, and two that were exchanged', async () => {
    const path = at('log.ndjson')
    const text = await readFile(path, 'utf8')
    const lines = text.trimEnd().split('\n')
    for (let line = 0; line < lines.length; line++) {
      await writeFile(path, `${lines.toSpliced(line, 1).join('\n')}\n`)
      await refuses(path)
    }
    await writeFile(path, `${[lines[1], lines[0], ...lines.slice(2)].join('\n')}\n`)
    await refuses(path)
    await writeFile(path, text)
    await room.open()
  })

  it('notices a log from an older copy: it would give indexes out again', async () => {
    const older = at('log.older')
    await cp(at('log.ndjson'), older)
    const desk = await room.open()
    await issue(desk, 3)
    await desk.close()
    await rename(older, at('log.ndjson'))
    await refuses(at('log.ndjson'))
  })

  it('cuts off a line that a crash tore, and goes on', async () => {
    for (const torn of ['{"sequence":99,"ev', '\0\0\0\0\0\0', '{"sequence":99}\n', 'nonsense\n']) {
      const before = await readFile(at('log.ndjson'), 'utf8')
      await appendFile(at('log.ndjson'), torn)
      await (await room.open()).close()
      assert.equal(await readFile(at('log.ndjson'), 'utf8'), before)
    }
  })

  it('reads a line that was written before a crash kept the head from following', async () => {
    const head = await readFile(at('head'), 'utf8')
    const desk = await room.open()
    await desk.suspend(identityId(2), CREATED)
    await desk.close()
    await writeFile(at('head'), head)
    const again = await room.open()
    assert.equal(again.records[1]?.status, 'suspended')
    await again.close()
    assert.notEqual(await readFile(at('head'), 'utf8'), head)
  })

  it('leaves files alone that are not its own', async () => {
    await writeFile(at('notes.txt'), 'ours')
    await (await room.open()).close()
    assert.equal(await readFile(at('notes.txt'), 'utf8'), 'ours')
  })

  it('does not open where others may read', async function () {
    if (process.platform === 'win32') this.skip()
    await chmod(room.folder, 0o750)
    await assert.rejects(openDesk({ folder: room.folder, signer }), (error: DeskError) => {
      assert.equal(error.code, 'DESK_PERMISSIONS')
      assert.ok(error.message.includes('chmod 700'))
      return true
    })
    await chmod(room.folder, 0o700)
    await room.open()
  })

  it('does nothing more after a write that failed, until it is opened anew', async () => {
    const desk = await room.open()
    await rename(at('issued'), at('issued.away'))
    await assert.rejects(issue(desk, 3), { code: 'DESK_FAILED' })
    await rename(at('issued.away'), at('issued'))
    await assert.rejects(issue(desk, 4), { code: 'DESK_FAILED' })
    await assert.rejects(desk.publishLists('2026-10-02T00:00:00Z', 60), { code: 'DESK_FAILED' })
    await desk.close()
    const again = await room.open()
    assert.deepEqual(
      again.records.map(({ id }) => id),
      [identityId(1), identityId(2)],
    )
    await issue(again, 3)
  })

  it('finds the log cut to nothing, with its head', async () => {
    await truncate(at('log.ndjson'), 0)
    await refuses(at('log.ndjson'))
  })
})

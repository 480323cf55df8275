import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DeskError, openDesk } from '@battery-passport/issuer'
import { CREATED, type DeskRoom, deskRoom, identityDraft } from './desk-room.ts'

describe('the lock of a desk', () => {
  let room: DeskRoom
  const children: ChildProcess[] = []
  beforeEach(async () => {
    room = await deskRoom()
  })
  afterEach(async () => {
    await Promise.all(children.splice(0).map(ended))
    await room.clear()
  })

  const lockFile = () => join(room.folder, 'lock')
  /** A lock as a process wrote it that has this number, start and machine. */
  const writeLock = (pid: number, start: string, host = hostname()) =>
    writeFile(lockFile(), `${pid} ${start} ${host} 1b4e28ba-2fa1-11d2-883f-0016d3cca427\n`)

  it('keeps a second opening out, in one process', async () => {
    await room.open()
    await assert.rejects(room.open(), (error: DeskError) => {
      assert.equal(error.code, 'DESK_LOCKED')
      assert.ok(error.message.includes(`process ${process.pid} has it open`))
      assert.ok(error.message.includes(lockFile()))
      return true
    })
  })

  it('keeps another process out, and names it', async () => {
    const holder = await holding(room)
    children.push(holder)
    await assert.rejects(room.open(), (error: DeskError) => {
      assert.equal(error.code, 'DESK_LOCKED')
      assert.ok(error.message.includes(`process ${holder.pid} has it open`))
      return true
    })
    await ended(holder)
    const desk = await room.open()
    await desk.issue('RegisteredIdentity', identityDraft(room.signer.did, 1), { created: CREATED })
  })

  it('is gone when the desk is closed', async () => {
    await (await room.open()).close()
    await assert.rejects(readFile(lockFile()), { code: 'ENOENT' })
    await room.open()
  })

  it('is taken over from a process that was killed', async () => {
    const holder = await holding(room)
    holder.kill('SIGKILL')
    await new Promise((resolve) => holder.on('exit', resolve))
    assert.ok((await readFile(lockFile(), 'utf8')).startsWith(`${holder.pid} `))
    await room.open()
    assert.ok((await readFile(lockFile(), 'utf8')).startsWith(`${process.pid} `))
  })

  it('is taken over when another process has the number now', async function () {
    if (process.platform !== 'linux') this.skip()
    await writeLock(process.pid, '1')
    await room.open()
  })

  it('is never taken from a process that runs', async () => {
    await writeLock(process.ppid, '')
    await assert.rejects(room.open(), { code: 'DESK_LOCKED' })
  })

  it('is never taken from a process on another machine', async () => {
    await writeLock(2 ** 30, '1', 'another-host')
    await assert.rejects(room.open(), (error: DeskError) => {
      assert.equal(error.code, 'DESK_LOCKED')
      assert.ok(error.message.includes('on another-host'))
      return true
    })
  })

  it('is never taken when it cannot be read, and says what to delete', async () => {
    await writeFile(lockFile(), 'torn')
    await assert.rejects(room.open(), (error: DeskError) => {
      assert.equal(error.code, 'DESK_LOCKED')
      assert.ok(error.message.includes(`delete ${lockFile()}`))
      return true
    })
  })

  it('goes to one of many that find it stale at once', async () => {
    await writeLock(2 ** 30, '1')
    const { folder, signer } = room
    const opened = await Promise.allSettled(
      Array.from({ length: 20 }, () => openDesk({ folder, signer })),
    )
    const won = opened.filter((each) => each.status === 'fulfilled')
    assert.equal(won.length, 1)
    for (const each of opened) {
      if (each.status === 'rejected') assert.equal(each.reason.code, 'DESK_LOCKED')
      else await each.value.close()
    }
    await room.open()
  })

  it('waits while another takes it over', async () => {
    await writeLock(2 ** 30, '1')
    await writeFile(join(room.folder, 'lock.takeover'), 'someone')
    await assert.rejects(room.open(), (error: DeskError) => {
      assert.equal(error.code, 'DESK_LOCKED')
      assert.ok(error.message.includes('lock.takeover'))
      return true
    })
  })

  it('lets two processes issue by turns without one index twice', async () => {
    const runs = await Promise.all([1, 2].map((base) => issuing(room, base * 100, 10)))
    assert.deepEqual(runs, [0, 0])
    const desk = await room.open()
    assert.equal(desk.records.length, 20)
    assert.equal(new Set(desk.records.map(({ index }) => index)).size, 20)
  }).timeout(60_000)
})

const script = fileURLToPath(new URL('./other-process.ts', import.meta.url))

function start(room: DeskRoom, ...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', script, room.folder, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin?.write(`${JSON.stringify(room.privateJwk)}\n`)
  return child
}

/** Another process that has the desk open until its stdin ends. */
async function holding(room: DeskRoom): Promise<ChildProcess> {
  const child = start(room, 'hold')
  await new Promise((resolve, reject) => {
    child.stdout?.once('data', resolve)
    child.once('exit', () => reject(new Error('the other process ended')))
  })
  return child
}

/** Another process that opens the desk for each credential anew; its exit code. */
function issuing(room: DeskRoom, first: number, count: number): Promise<number | null> {
  const child = start(room, 'issue', String(first), String(count))
  child.stdin?.end()
  return new Promise((resolve) => child.on('exit', resolve))
}

function ended(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  const exit = new Promise((resolve) => child.on('exit', resolve))
  child.stdin?.end()
  return exit
}

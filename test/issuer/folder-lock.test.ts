import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { holderOfFolder } from '@battery-passport/issuer/service'
import { type FolderHolder, lockFolder } from '../../issuer/folder-lock.ts'

class Held extends Error {
  readonly holder: FolderHolder

  constructor(holder: FolderHolder) {
    super(holder.found)
    this.holder = holder
  }
}

describe('The lock of a folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-lock-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const lock = () => lockFolder(folder, (holder) => new Held(holder))
  const file = () => join(folder, 'lock')
  const left = (pid: number, start = '', host = hostname()) =>
    writeFile(file(), `${pid} ${start} ${host} 1b4e28ba-2fa1-11d2-883f-0016d3cca427\n`)

  it('refuses with the error of whose folder it is, and says who has it', async () => {
    const mine = await lock()
    const holder = { file: file(), found: `that process ${process.pid} has it open` }
    await assert.rejects(lock(), (error) => {
      assert.ok(error instanceof Held)
      assert.deepEqual(error.holder, holder)
      return true
    })
    assert.deepEqual(await holderOfFolder(folder), holder)
    await mine.release()
    assert.equal(await holderOfFolder(folder), null)
    assert.deepEqual(await readdir(folder), [])
  })

  it('holds nothing when its process has ended', async () => {
    await left(2 ** 30)
    assert.equal(await holderOfFolder(folder), null)
    await (await lock()).release()
  })

  it('holds when its process is on another machine, or nobody knows which it is', async () => {
    await left(2 ** 30, '1', 'another-host')
    assert.match((await holderOfFolder(folder))?.found ?? '', /on another-host/)
    await assert.rejects(lock(), Held)
    await writeFile(file(), 'torn')
    assert.equal((await holderOfFolder(folder))?.found, 'a lock that cannot be read')
    await assert.rejects(lock(), Held)
  })

  it('holds nothing when its process is dead and only waits for its parent to look', async function () {
    if (process.platform !== 'linux') this.skip()
    // The shell becomes a program that never asks after its child, which lives as long as its stdin.
    const parent = spawn('sh', ['-c', 'exec 3<&0; cat <&3 & echo $!; exec sleep 60'])
    try {
      const [line] = await once(createInterface(parent.stdout), 'line')
      const pid = Number(line)
      await told(`/proc/${parent.pid}/comm`, /^sleep$/m)
      await left(pid)
      await assert.rejects(lock(), Held)
      parent.stdin.end()
      await told(`/proc/${pid}/stat`, /\) Z /)
      assert.equal(await holderOfFolder(folder), null)
      await (await lock()).release()
    } finally {
      parent.kill('SIGKILL')
      await once(parent, 'exit')
    }
  })
})

async function told(path: string, what: RegExp): Promise<void> {
  while (!what.test(await readFile(path, 'utf8'))) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Level } from 'level'
import { initLevelStore, openLevelStore } from '../../../issuer/store/level.ts'
import type { StoreError } from '../../../issuer/store/store-error.ts'
import { type StorePlace, storeContract } from '../../contracts/store-contract.ts'

const at = '2026-11-23T12:00:00Z'
const reason = { action: 'passport-issued', subject: 'urn:example:passport', at } as const
const change = (id: string) => ({ type: 'create', kind: 'passport', id, value: '{"a":1}' }) as const

async function newFolder(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'battery-passport-store-')), 'data')
}

async function newPlace(): Promise<StorePlace & { folder: string }> {
  const folder = await newFolder()
  await initLevelStore(folder, { at })
  return {
    folder,
    open: () => openLevelStore(folder),
    dispose: () => rm(join(folder, '..'), { recursive: true }),
  }
}

storeContract('level', newPlace)

describe('the level store', () => {
  let place: StorePlace & { folder: string }
  beforeEach(async () => {
    place = await newPlace()
  })
  afterEach(() => place.dispose())

  /** Changes the database behind the store's back. */
  async function tamper(change: (db: Level<string, Uint8Array>) => Promise<void>): Promise<void> {
    const db = new Level<string, Uint8Array>(join(place.folder, 'level'), { valueEncoding: 'view' })
    await db.open()
    await change(db)
    await db.close()
  }

  async function withRecords(): Promise<void> {
    const store = await place.open()
    await store.commit([change('p1')], reason)
    await store.commit([change('p2')], reason)
    await store.close()
  }

  it('is created by init only: opening an empty or missing folder refuses', async () => {
    const folder = await newFolder()
    await assert.rejects(openLevelStore(folder), { code: 'STORE_MISSING' })
    assert.deepEqual(await readdir(join(folder, '..')), [])
    await rm(join(folder, '..'), { recursive: true })
    await rm(join(place.folder, 'level', 'CURRENT'))
    await assert.rejects(place.open(), { code: 'STORE_MISSING' })
  })

  it('is never created over something', async () => {
    await assert.rejects(initLevelStore(place.folder, { at }), { code: 'STORE_EXISTS' })
  })

  it('is readable by its owner only, and refuses a folder that others may read', async () => {
    assert.equal((await stat(place.folder)).mode & 0o777, 0o700)
    await chmod(place.folder, 0o750)
    await assert.rejects(place.open(), { code: 'STORE_PERMISSIONS', message: /0750/ })
  })

  it('refuses a second opening in the same process, and the first goes on', async () => {
    const store = await place.open()
    await assert.rejects(place.open(), {
      code: 'STORE_LOCKED',
      message: new RegExp(`${process.pid}`),
    })
    await store.commit([change('p1')], reason)
    await store.close()
    await (await place.open()).close()
  })

  it('refuses a folder that another process holds, and names the process', async () => {
    const child = holdFolder(place.folder)
    try {
      await once(createInterface(child.stdout), 'line')
      await assert.rejects(place.open(), {
        code: 'STORE_LOCKED',
        message: new RegExp(`process ${child.pid} `),
      })
    } finally {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const store = await place.open()
    assert.equal(store.failure(), null)
    await store.close()
  })

  it('takes over the lock of a process that ended, or whose number another has now', async () => {
    for (const holder of [`${2 ** 30} 1`, `${process.ppid} 1`]) {
      await writeFile(join(place.folder, 'lock'), `${holder} ${hostname()} some-id\n`)
      await (await place.open()).close()
    }
  })

  it('is never taken from a process of another machine, and says which file to delete', async () => {
    await writeFile(join(place.folder, 'lock'), `${2 ** 30} 1 another-host some-id\n`)
    await assert.rejects(place.open(), {
      code: 'STORE_LOCKED',
      message: /on another-host has it open.*delete \/.*\/lock\.$/,
    })
  })

  it('tells what the system does not let it read from what is damaged or gone', async () => {
    await withRecords()
    await (await place.open()).close()
    const level = await readdir(join(place.folder, 'level'))
    const read = level.filter((name) => /^(CURRENT|MANIFEST-.*|.*\.ldb)$/.test(name))
    assert.ok(read.length >= 3, `${level}`)
    for (const name of ['high-water', ...read.map((name) => join('level', name))]) {
      const path = join(place.folder, name)
      await rename(path, `${path}.kept`)
      await symlink(path, path)
      await assert.rejects(place.open(), (error: StoreError) => {
        assert.equal(error.code, 'STORE_UNREADABLE')
        assert.ok(error.message.startsWith(`${path}: `), error.message)
        assert.match(error.message, /found ELOOP\..*nothing was changed/)
        return true
      })
      await rename(`${path}.kept`, path)
    }
    const loop = join(place.folder, 'level', 'loop')
    await symlink(loop, loop)
    await assert.rejects(openLevelStore(loop), { code: 'STORE_UNREADABLE' })
    await (await place.open()).close()
  })

  it('passes on what the system says to the database', async () => {
    const lock = join(place.folder, 'level', 'LOCK')
    await rm(lock)
    await mkdir(lock)
    await assert.rejects(place.open(), { code: 'STORE_UNREADABLE', message: /Is a directory/ })
    await rmdir(lock)
    await (await place.open()).close()
  })

  it('answers a flipped bit with an error, never with a value', async () => {
    await withRecords()
    await tamper(async (db) => {
      const sealed = Uint8Array.from((await db.get('passport/p1')) ?? [])
      const last = sealed.length - 1
      sealed[last] = (sealed[last] ?? 0) ^ 1
      await db.put('passport/p1', sealed)
    })
    const store = await place.open()
    await assert.rejects(store.read('passport', 'p1'), { code: 'STORE_CORRUPT' })
    await assert.rejects(store.page('passport', { limit: 9 }), { code: 'STORE_CORRUPT' })
    assert.equal(await store.read('passport', 'p2'), '{"a":1}')
    await store.close()
  })

  it('answers a value in the place of another with an error', async () => {
    await withRecords()
    await tamper(async (db) => {
      await db.put('passport/p1', (await db.get('passport/p2')) ?? new Uint8Array())
    })
    const store = await place.open()
    await assert.rejects(store.read('passport', 'p1'), { code: 'STORE_CORRUPT' })
    await store.close()
  })

  it('refuses to open when an entry of the audit log is missing or the log lost its end', async () => {
    await withRecords()
    await tamper((db) => db.del('audit/000000000000002'))
    await assert.rejects(place.open(), { code: 'STORE_CORRUPT', message: /entry 2/ })
    await tamper((db) => db.del('audit/000000000000003'))
    await assert.rejects(place.open(), { code: 'STORE_CORRUPT', message: /reach entry 3/ })
  })

  it('refuses a folder of another format', async () => {
    await tamper((db) => db.del('meta/format'))
    await assert.rejects(place.open(), { code: 'STORE_FORMAT' })
  })

  it('loses nothing it acknowledged when the process is killed', async function () {
    this.timeout(60_000)
    for (let round = 1; round <= 3; round++) {
      const child = holdFolder(place.folder, `r${round}x`)
      const ended = once(child, 'exit')
      let acknowledged = ''
      for await (const line of createInterface(child.stdout)) {
        acknowledged = line
        if (line.endsWith(`x${round * 40}`)) child.kill('SIGKILL')
      }
      await ended
      const store = await place.open()
      const last = Number(acknowledged.split('x')[1])
      assert.ok(last >= round * 40)
      for (let i = 1; i <= last; i++) {
        assert.notEqual(await store.read('passport', `r${round}x${i}`), null)
        assert.notEqual(await store.read('status-index', `r${round}x${i}`), null)
      }
      await store.close()
    }
  })
})

/** A process that opens the folder and, given a prefix, commits and acknowledges until it is killed. */
function holdFolder(folder: string, prefix = '') {
  const program = fileURLToPath(new URL('hold-folder.ts', import.meta.url))
  return spawn(process.execPath, ['--import', 'tsx', program, folder, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

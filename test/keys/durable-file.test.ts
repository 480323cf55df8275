import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  stageFile,
  syncFolder,
  systemCode,
  writeDurably,
  writeSynced,
} from '@battery-passport/keys/files'

describe('A file that outlasts a crash', () => {
  let folder: string
  const at = (name: string) => join(folder, name)
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-durable-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('takes the place of the one before, and leaves nothing else', async () => {
    await writeDurably(at('head'), 'one')
    await writeDurably(at('head'), 'two')
    assert.equal(await readFile(at('head'), 'utf8'), 'two')
    assert.deepEqual(await readdir(folder), ['head'])
  })

  it('is of its owner alone, unless told otherwise', async () => {
    await writeDurably(at('a'), '')
    await writeSynced(at('b'), '', 'w')
    assert.equal(await modeOf(at('a')), 0o600)
    assert.equal(await modeOf(at('b')), 0o600)
    assert.equal(await modeOf(await stageFile(at('c'), '')), 0o600)
    assert.equal((await modeOf(await stageFile(at('c'), '', 0o644))) & 0o600, 0o600)
  })

  it('is appended to, or refused when there is one', async () => {
    await writeSynced(at('log'), 'one ', 'a')
    await writeSynced(at('log'), 'two', 'a')
    assert.equal(await readFile(at('log'), 'utf8'), 'one two')
    await assert.rejects(writeSynced(at('log'), '', 'wx'), { code: 'EEXIST' })
  })

  it('is made beside its place, under a name of its own each time', async () => {
    const names = [await stageFile(at('x'), '1'), await stageFile(at('x'), '2')]
    assert.equal(new Set(names).size, 2)
    assert.deepEqual(await Promise.all(names.map((name) => readFile(name, 'utf8'))), ['1', '2'])
    await assert.rejects(stageFile(at('nowhere/x'), ''), { code: 'ENOENT' })
  })

  it('has a name that lasts; on Windows no folder is opened for it', async () => {
    await syncFolder(folder)
    await assert.rejects(syncFolder(at('nowhere')), { code: 'ENOENT' })
    const platform = Object.getOwnPropertyDescriptor(process, 'platform')
    assert.ok(platform !== undefined)
    Object.defineProperty(process, 'platform', { ...platform, value: 'win32' })
    try {
      await syncFolder(at('nowhere'))
    } finally {
      Object.defineProperty(process, 'platform', platform)
    }
  })
})

describe('The code of a system error', () => {
  it('is told apart from errors of programs', async () => {
    const error = await readFile('/nowhere/at-all').catch((reason: unknown) => reason)
    assert.equal(systemCode(error), 'ENOENT')
    assert.equal(systemCode(new TypeError('no code')), null)
    assert.equal(systemCode(Object.assign(new Error('numbered'), { code: 7 })), null)
    assert.equal(systemCode({ code: 'ENOENT' }), null)
  })
})

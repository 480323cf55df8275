import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readPrivateLine } from '@battery-passport/keys/files'

describe('A secret on one line', () => {
  let folder: string
  const at = (name: string) => join(folder, name)
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-line-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is read without the line end after it', async () => {
    for (const text of ['secret', 'secret\n', 'secret\r\n']) {
      await writeFile(at('token'), text, { mode: 0o600 })
      assert.deepEqual(await readPrivateLine(at('token'), 64), { ok: true, text: 'secret' })
    }
  })

  it('is not read when others may, and the mode is told', async () => {
    await writeFile(at('token'), 'secret', { mode: 0o600 })
    for (const mode of ['0604', '0640', '0777', '0601']) {
      await chmod(at('token'), Number.parseInt(mode, 8))
      assert.deepEqual(await readPrivateLine(at('token'), 64), { ok: false, mode })
    }
    await chmod(at('token'), 0o400)
    assert.ok((await readPrivateLine(at('token'), 64)).ok)
  })

  it('is read one byte beyond the limit at most', async () => {
    await writeFile(at('token'), 'x'.repeat(100_000), { mode: 0o600 })
    assert.deepEqual(await readPrivateLine(at('token'), 8), { ok: true, text: 'x'.repeat(9) })
  })

  it('comes from a pipe as well', async function () {
    if (process.platform === 'win32') this.skip()
    await promisify(execFile)('mkfifo', ['-m', '600', at('pipe')])
    const [line] = await Promise.all([
      readPrivateLine(at('pipe'), 64),
      writeFile(at('pipe'), 'secret\n'),
    ])
    assert.deepEqual(line, { ok: true, text: 'secret' })
  })

  it('is missed with what the system says', async () => {
    await assert.rejects(readPrivateLine(at('nowhere'), 8), { code: 'ENOENT' })
    await chmod(folder, 0o700)
    await assert.rejects(readPrivateLine(folder, 8), { code: 'EISDIR' })
  })
})

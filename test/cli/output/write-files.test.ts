import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandError } from '../../../cli/errors.ts'
import { writeFiles } from '../../../cli/output/write-files.ts'

describe('writing outputs', () => {
  let folder: string
  const at = (name: string) => join(folder, name)
  const write = (names: readonly string[], force = false) =>
    writeFiles(
      names.map((name) => ({ path: at(name), text: `new ${name}` })),
      { force },
    )
  const refused = async (work: Promise<void>) => {
    try {
      await work
    } catch (error) {
      assert.ok(error instanceof CommandError)
      assert.equal(error.exitCode, 64)
      return error.complaints
    }
    return assert.fail('it was written')
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-output-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('writes every file and makes the folders they need', async () => {
    await write(['a', 'sub/b'])
    assert.deepEqual(await readdir(folder), ['a', 'sub'])
    assert.equal(await readFile(at('sub/b'), 'utf8'), 'new sub/b')
  })

  it('writes none when one name is taken, and names all that are', async () => {
    await writeFile(at('b'), 'old')
    await symlink(at('nowhere'), at('c'))
    const complaints = await refused(write(['a', 'b', 'c']))
    assert.deepEqual(
      complaints.map(({ where }) => where),
      [at('b'), at('c')],
    )
    assert.deepEqual(await readdir(folder), ['b', 'c'])
    assert.equal(await readFile(at('b'), 'utf8'), 'old')
  })

  it('writes none when two would have the same name', async () => {
    const [complaint] = await refused(write(['a', 'a']))
    assert.match(complaint?.what ?? '', /same name/)
    assert.deepEqual(await readdir(folder), [])
  })

  it('takes away what it wrote when a later file cannot be written', async () => {
    await writeFile(at('file'), 'x')
    const [complaint] = await refused(write(['a', 'file/b']))
    assert.equal(complaint?.where, at('file/b'))
    assert.deepEqual(await readdir(folder), ['file'])
  })

  it('replaces files only when told to, and then leaves nothing else behind', async () => {
    await writeFile(at('a'), 'old')
    await write(['a'], true)
    assert.equal(await readFile(at('a'), 'utf8'), 'new a')
    assert.deepEqual(await readdir(folder), ['a'])
  })

  it('does not replace a folder even when told to', async () => {
    await mkdir(at('a'))
    await refused(write(['a'], true))
    assert.deepEqual(await readdir(folder), ['a'])
    assert.deepEqual(await readdir(at('a')), [])
  })
})

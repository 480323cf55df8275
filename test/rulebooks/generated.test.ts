import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { generatedFiles } from '../../rulebooks/generate.ts'

describe('The validators and JSON Schemas of rulebooks and methods', () => {
  it('are what the generator writes', async () => {
    const files = Object.entries(await generatedFiles())
    assert.equal(files.length, 4)
    for (const [path, content] of files) assert.equal(await readFile(path, 'utf8'), content, path)
  })
})

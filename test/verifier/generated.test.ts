import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatedFiles } from '../../verifier/generate.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the generated files of the verifier', () => {
  it('are what `npm run generate` would write', async () => {
    const files = Object.entries(await generatedFiles())
    assert.equal(files.length, 7)
    for (const [path, content] of files) {
      assert.ok(readFileSync(path, 'utf8') === content, `${relative(root, path)} is out of date`)
    }
  })
})

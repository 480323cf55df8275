import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatedFiles as ofCli } from '../../cli/generate.ts'
import { generatedFiles as ofContexts } from '../../contexts/generate.ts'
import { generatedFiles as ofIssuer } from '../../issuer/generate.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the generated files', () => {
  for (const [room, generate] of [
    ['contexts', ofContexts],
    ['issuer', ofIssuer],
    ['cli', ofCli],
  ] as const) {
    it(`of ${room} are what \`npm run generate\` would write`, async () => {
      for (const [path, content] of Object.entries(await generate())) {
        assert.ok(readFileSync(path, 'utf8') === content, `${relative(root, path)} is out of date`)
      }
    })
  }
})

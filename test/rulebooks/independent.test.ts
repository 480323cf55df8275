import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EvaluationInput, evaluate } from '@battery-passport/rulebooks'
import { presentationOf } from './support/presentation.ts'
import { randomCase } from './support/random-case.ts'

const PROGRAM = fileURLToPath(new URL('./independent/score.py', import.meta.url))
const CASES = 150

function scoreOf(input: EvaluationInput) {
  const result = evaluate(input)
  assert.equal(result.outcome, 'evaluated')
  return result.score
}

describe('An independent program in another language (python3)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'battery-passport-independent-'))
  after(() => rmSync(folder, { recursive: true }))

  it(`computes the same score from the documents alone, byte for byte, in ${CASES} cases`, function () {
    if (spawnSync('python3', ['--version']).status !== 0) this.skip()
    const inputs = Array.from({ length: CASES }, (_, seed) => randomCase(seed))
    const rulebooks = join(folder, 'rulebooks')
    mkdirSync(rulebooks)
    const paths = inputs.map((input, seed) => {
      const documents = [input.method.method, ...input.method.rulebooks.map((r) => r.rulebook)]
      for (const [i, document] of documents.entries()) {
        writeFileSync(join(rulebooks, `${seed}-${i}.json`), JSON.stringify(document))
      }
      const path = join(folder, `${seed}.json`)
      writeFileSync(path, JSON.stringify(presentationOf(input)))
      return path
    })
    const run = spawnSync('python3', [PROGRAM, rulebooks, ...paths], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    assert.equal(run.status, 0, run.stderr)
    const lines = run.stdout.trimEnd().split('\n')
    assert.equal(lines.length, CASES)
    for (const [seed, input] of inputs.entries()) {
      const theirs: unknown = JSON.parse(lines[seed] ?? '')
      assert.deepEqual(scoreOf(input), theirs, `seed ${seed}`)
      assert.equal(JSON.stringify(scoreOf(input)), lines[seed], `seed ${seed}: order of fields`)
    }
  })
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { codeFile, compiledProgram } from '../../cli/compiled-program.ts'

describe('a program with what was compiled of it', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'compiled-'))
    file = join(folder, 'program.cjs')
    write('exports.answer = () => 42', 10)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (text: string, secondsAgo: number) => {
    writeFileSync(file, text)
    ageOf(file, secondsAgo)
  }
  const ageOf = (path: string, secondsAgo: number) => {
    const made = new Date(Date.UTC(2026, 0, 1) - secondsAgo * 1000)
    utimesSync(path, made, made)
  }
  const keepCode = (secondsAgo: number) => {
    const { script, run } = compiledProgram(file)
    answerOf(run())
    writeFileSync(codeFile(file), script.createCachedData())
    ageOf(codeFile(file), secondsAgo)
  }
  const answerOf = (exported: unknown): unknown => {
    const { answer }: { readonly answer?: () => unknown } = Object(exported)
    return answer?.()
  }

  it('runs with it, and without', () => {
    assert.equal(compiledProgram(file).script.cachedDataRejected, undefined)
    assert.equal(answerOf(compiledProgram(file).run()), 42)
    keepCode(9)
    const compiled = compiledProgram(file)
    assert.equal(compiled.script.cachedDataRejected, false)
    assert.equal(answerOf(compiled.run()), 42)
  })

  it('never runs what was compiled of a program before it was changed', () => {
    keepCode(9)
    write('exports.answer = () => 43', 8)
    const changed = compiledProgram(file)
    assert.equal(changed.script.cachedDataRejected, undefined)
    assert.equal(answerOf(changed.run()), 43)
  })

  it('compiles where another V8 made the code, or nobody', () => {
    writeFileSync(codeFile(file), 'no code')
    ageOf(codeFile(file), 9)
    const compiled = compiledProgram(file)
    assert.equal(compiled.script.cachedDataRejected, true)
    assert.equal(answerOf(compiled.run()), 42)
  })

  it('knows where it is, and finds modules of both kinds from there', async () => {
    writeFileSync(join(folder, 'beside.cjs'), 'exports.found = "beside"')
    writeFileSync(join(folder, 'lazy.mjs'), 'export const found = "lazy"')
    write(
      'exports.answer = async () => [url, require("./beside.cjs").found, (await import("./lazy.mjs")).found]',
      10,
    )
    const answer = await answerOf(compiledProgram(file).run())
    assert.deepEqual(answer, [pathToFileURL(file).href, 'beside', 'lazy'])
  })

  it('is what the build keeps, for this version of Node', () => {
    const built = fileURLToPath(new URL('../../cli/dist/bundle/start.cjs', import.meta.url))
    assert.equal(compiledProgram(built).script.cachedDataRejected, false)
  })
})

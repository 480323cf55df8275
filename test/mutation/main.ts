import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chosenFiles, filesOf, isFirst, testsOf } from './chosen.ts'
import { explainedIn } from './explained.ts'
import { mutantName } from './mutant.ts'
import { counted, shareOfSample, table } from './report.ts'
import { runMutants } from './run-mutants.ts'

/**
 * Takes guards out of verifier/ and keys/, one after the other, and says which no test misses
 * (`npm run mutate`):
 *
 *   npm run mutate -- [--only FILE|FOLDER …] [--line N] [--sample N [--seed S]] [--budget SECONDS]
 *                     [--minutes N] [--json]
 *
 * With `--minutes`, or when it is interrupted, it ends with what was tried until then. With
 * `--sample` it tries so many, drawn at random, and says between which shares the true one lies.
 *
 * Exit codes: 0 every mutant was noticed or is explained, 1 some were not, 64 wrong usage.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    line: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    budget: { type: 'string', default: '5' },
    minutes: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: false,
})
const root = fileURLToPath(new URL('../..', import.meta.url))
const budget = Number(values.budget) * 1000
if (!(budget > 0)) refuse(`--budget: expected seconds, found ${values.budget}`)
const line = values.line === undefined ? null : Number(values.line)
const missing = values.only.find((file) => !existsSync(join(root, file)))
if (missing !== undefined) refuse(`--only: there is no file or folder ${missing}`)
const files =
  values.only.length === 0
    ? chosenFiles(root)
    : [...new Set(values.only.flatMap((path) => filesOf(root, path)))]
const size = values.sample === undefined ? null : Number(values.sample)
if (size !== null && !(Number.isSafeInteger(size) && size > 0)) {
  refuse(`--sample: expected a whole number from 1 on, found ${values.sample}`)
}
const seed = Number(values.seed)
if (!Number.isSafeInteger(seed)) refuse(`--seed: expected a whole number, found ${values.seed}`)

const explained = explainedIn(readFileSync(join(root, 'docs/mutation-survivors.md'), 'utf8'))
// One folder a process, so that two can run side by side.
const work = join(root, 'build/mutation', `${process.pid}`)
mkdirSync(work, { recursive: true })
const begun = performance.now()
const minutes = values.minutes === undefined ? Number.POSITIVE_INFINITY : Number(values.minutes)
if (!(minutes > 0)) refuse(`--minutes: expected a number, found ${values.minutes}`)
let isInterrupted = false
process.once('SIGINT', () => {
  isInterrupted = true
})
const tried = await runMutants({
  root,
  files,
  tests: testsOf(root, files),
  work,
  budget,
  isExplained: (mutant) => explained.some((one) => one.is(mutant)),
  isChosen: (mutant) => line === null || mutant.line === line,
  isFirst,
  ...(size === null ? {} : { sample: { size, seed } }),
  isOver: () => isInterrupted || performance.now() - begun > minutes * 60_000,
  onRehearsed: (tests, mutants) => tell(`${tests} tests, ${mutants} mutants`),
  onTried({ mutant, fate }, done, all) {
    if (fate === 'survived' || fate === 'not reached') tell(`${fate}: ${mutantName(mutant)}`)
    else if (done % 25 === 0) tell(`${done} of ${all}`)
  },
})
writeFileSync(join(work, 'results.json'), JSON.stringify(tried, null, 1))
console.log(values.json ? JSON.stringify(tried) : table(tried))
if (size !== null) tell(shareOfSample(tried))
const { survived, 'not reached': unreached } = counted(tried)
process.exitCode = survived + unreached > 0 ? 1 : 0

function tell(text: string): void {
  console.error(`${((performance.now() - begun) / 1000).toFixed(0)} s: ${text}`)
}

function refuse(text: string): never {
  console.error(text)
  process.exit(64)
}

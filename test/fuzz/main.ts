import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { assembleWorld } from './bases.ts'
import { writeFound } from './found.ts'
import { type FuzzReport, fuzz, issuedIn } from './fuzz.ts'
import { newJudge } from './judge.ts'

/**
 * Looks for a changed presentation that is accepted and says something else (`npm run fuzz`):
 *
 *   npm run fuzz -- [--minutes N | --mutants N] [--seed S] [--out DIR] [--json]
 *
 * Exit codes: 0 nothing was found, 1 something was, and stands in a folder as a vector, 64 wrong usage.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    mutants: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    out: {
      type: 'string',
      default: fileURLToPath(new URL('../conformance/vectors/found', import.meta.url)),
    },
    json: { type: 'boolean', default: false },
  },
})
const minutes = values.minutes === undefined ? null : number('minutes', values.minutes)
const mutants = minutes === null ? number('mutants', values.mutants) : Number.POSITIVE_INFINITY
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : number('seed', values.seed)

const begun = performance.now()
const seconds = () => (performance.now() - begun) / 1000
const world = await assembleWorld()
let told = seconds()
const report = await fuzz({
  world,
  issued: await issuedIn(world, newJudge(world)),
  judge: () => newJudge(world),
  seed,
  mutants,
  isOver: () => minutes !== null && seconds() > minutes * 60,
  onProgress(soFar) {
    if (values.json || seconds() < told + 10) return
    told = seconds()
    console.error(`${told.toFixed(0)} s: ${summary(soFar)}`)
  },
})
const found = report.hole === null ? null : writeFound(values.out, world, report.hole)
const { hole, codes, ...counts } = report
if (values.json) {
  const fault = hole?.fault ?? null
  console.log(
    JSON.stringify({
      seed,
      seconds: seconds(),
      ...counts,
      codes: Object.fromEntries(codes),
      fault,
      found,
    }),
  )
} else {
  console.log(`seed ${seed}, ${seconds().toFixed(0)} s: ${summary(report)}`)
  for (const [code, count] of [...codes].sort(([, a], [, b]) => b - a)) {
    console.log(`  ${String(count).padStart(7)} ${code}`)
  }
  if (hole !== null) console.log(`FOUND: ${hole.fault}\n  ${found}`)
}
process.exitCode = hole === null ? 0 : 1

function summary({ mutants: count, outcomes, slowest }: Omit<FuzzReport, 'hole'>): string {
  const { accepted, rejected, indeterminate } = outcomes
  return `${count} mutants, ${rejected} rejected, ${indeterminate} indeterminate, ${accepted} accepted with the same view, slowest ${slowest.toFixed(0)} ms`
}

/** A whole number of an option. */
function number(option: string, text: string): number {
  if (/^\d{1,10}(\.\d+)?$/.test(text)) return Number(text)
  console.error(`--${option}: expected a number, found ${text}`)
  process.exit(64)
}

#!/usr/bin/env node
/**
 * Runs the corpus through a command and compares its answers. It imports nothing of this
 * repository: any program with the same contract can be judged by it.
 *
 *   node test/conformance/run.mjs [--command 'battery-passport'] [--vectors DIR] [--only TEXT]
 *                                 [--every N] [--jobs N] [--codes-only]
 *
 * The command is called as `COMMAND verify INPUT --policy FILE [--with FILE]… --at INSTANT
 * [--expect-subject ID] [--expect-issuer DID] --json`. It answers with exit code 0 (accepted),
 * 1 (rejected) or 2 (indeterminate) and prints one JSON verdict: `outcome`, `findings` with `code`
 * and `severity`, and, where it accepts, `score`.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const here = fileURLToPath(new URL('.', import.meta.url))
const USAGE =
  "usage: node run.mjs [--command 'PROGRAM WORD…'] [--vectors DIR] [--only TEXT] [--every N] [--jobs N] [--codes-only]"

/** Ends with a message instead of the place in this file where it happened. */
function stop(message) {
  console.error(message)
  process.exit(64)
}

/** What the options say; a wrong one is told with those there are. */
function optionsOf(config) {
  try {
    return parseArgs(config)
  } catch (error) {
    return stop(`${error.message}\n${USAGE}`)
  }
}

const { values } = optionsOf({
  options: {
    help: { type: 'boolean', default: false },
    command: {
      type: 'string',
      default: `${process.execPath} ${join(here, '../../cli/bin/battery-passport.js')}`,
    },
    vectors: { type: 'string', default: join(here, 'vectors') },
    only: { type: 'string', default: '' },
    every: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    'codes-only': { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
for (const name of ['every', 'jobs']) {
  if (!/^[1-9]\d*$/.test(values[name])) {
    stop(`--${name}: expected a whole number from 1, found ${values[name]}`)
  }
}
if (!existsSync(values.vectors)) stop(`--vectors: expected a folder, found none: ${values.vectors}`)
const EXIT = { accepted: 0, rejected: 1, indeterminate: 2 }
const [program, ...leading] = values.command.split(' ')

/** One call of the command. */
function call(args) {
  return new Promise((resolve) => {
    const child = spawn(program, [...leading, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const out = []
    const err = []
    child.stdout.on('data', (chunk) => out.push(chunk))
    child.stderr.on('data', (chunk) => err.push(chunk))
    child.on('error', ({ message }) => stop(`--command: ${program} cannot be started: ${message}`))
    child.on('close', (code) =>
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    )
  })
}

/** Everything in which the answer differs from what is expected; empty where it is right. */
async function faultsOf(name) {
  const folder = join(values.vectors, name)
  const expected = JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8'))
  const input = readdirSync(folder).find((file) => file.startsWith('input.'))
  const beside = join(folder, 'with')
  const added = existsSync(beside) ? readdirSync(beside).sort() : []
  const { code, out, err } = await call([
    'verify',
    join(folder, input),
    ...['--policy', join(folder, 'policy.json'), '--at', expected.at],
    ...added.flatMap((file) => ['--with', join(beside, file)]),
    ...(expected.expectSubject === undefined ? [] : ['--expect-subject', expected.expectSubject]),
    ...(expected.expectIssuer === undefined ? [] : ['--expect-issuer', expected.expectIssuer]),
    '--json',
  ])
  const faults = []
  const compare = (what, found, wanted) => {
    const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
    if (a !== b) faults.push(`${what}: expected ${b}, found ${a}`)
  }
  compare('exit code', code, EXIT[expected.outcome])
  let verdict
  try {
    verdict = JSON.parse(out)
  } catch {
    return [...faults, `standard output is no JSON document; standard error: ${err.slice(0, 200)}`]
  }
  compare('outcome', verdict.outcome, expected.outcome)
  const codes = (...severities) => [
    ...new Set(
      verdict.findings
        .filter(({ severity }) => severities.includes(severity))
        .map((finding) => finding.code),
    ),
  ]
  compare('codes', codes('error', 'unknown').sort(), expected.codes)
  if (values['codes-only']) return faults
  const others = codes('warning', 'note')
  for (const also of expected.also ?? []) {
    if (!others.includes(also)) faults.push(`missing among warnings and notes: ${also}`)
  }
  const { value, upper, coverage } = verdict.score ?? {}
  compare('score', verdict.score === null ? undefined : { value, upper, coverage }, expected.score)
  return faults
}

const names = readdirSync(values.vectors)
  .sort()
  .flatMap((family) =>
    readdirSync(join(values.vectors, family))
      .sort()
      .map((name) => `${family}/${name}`),
  )
  .filter((name) => name.includes(values.only))
  .filter((_, index) => index % Number(values.every) === 0)
if (names.length === 0) stop(`no vector is called *${values.only}*: a name is family/vector`)
const failed = []
const waiting = [...names]
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const faults = await faultsOf(name)
      if (faults.length === 0) continue
      failed.push(name)
      console.log(`${name}\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    }
  }),
)
const right = names.length - failed.length
console.log(`conformance: ${names.length} vectors, ${right} as expected, ${failed.length} not`)
process.exitCode = failed.length === 0 ? 0 : 1

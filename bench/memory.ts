import { verifyMany } from '@battery-passport/verifier'
import { VerifierThreads } from '@battery-passport/verifier/threads'
import { presentationOf } from '../test/support/consortium.ts'
import { type Chain, signedChain } from './chain.ts'
import { machineLine } from './machine.ts'

/**
 * What a delivery of many passports needs: each is signed when it is asked for, verified, and let
 * go. Memory must not grow with their number, nor the time that each takes.
 */
interface Row {
  readonly passports: number
  readonly way: 'one core' | 'two threads'
  /** MiB of the JavaScript heap of this thread: the most at a time, and what is held at the end. */
  readonly heapPeak: number
  readonly heapHeld: number
  /** MiB of the whole process, threads included: the most at a time. */
  readonly residentPeak: number
  /** Milliseconds a passport by the clock, without the time to sign it. */
  readonly each: number
}

const LONG = [1000, 10_000, 100_000]
const USUAL = LONG.slice(0, 2)

const words = process.argv.slice(2)
const given = words.filter((word) => !word.startsWith('--')).map(Number)
const counts = given.length > 0 ? given : words.includes('--long') ? LONG : USUAL
const tell = (line: string) => process.stderr.write(`${line}\n`)

const chain = await signedChain('eddsa-jcs-2022', 1)
const rows: Row[] = []
for (const passports of counts) {
  for (const way of ['one core', 'two threads'] as const) {
    tell(`${passports} passports, ${way}…`)
    rows.push(await measured(chain, passports, way))
  }
}
process.stdout.write(words.includes('--json') ? `${JSON.stringify(rows, null, 2)}\n` : text(rows))

async function measured(chain: Chain, passports: number, way: Row['way']): Promise<Row> {
  const peak = { heap: 0, resident: 0 }
  let signing = 0
  async function* inputs() {
    for (let number = 0; number < passports; number++) {
      const start = performance.now()
      const { bytes } = await chain.passportOf(number)
      signing += performance.now() - start
      yield bytes
    }
  }
  const start = performance.now()
  let answered = 0
  for await (const { outcome } of answersTo(inputs(), chain, way)) {
    if (outcome !== 'accepted') throw new Error(`the verifier refused what is right: ${outcome}`)
    if (answered++ % 100 !== 0) continue
    const { heapUsed, rss } = process.memoryUsage()
    peak.heap = Math.max(peak.heap, heapUsed)
    peak.resident = Math.max(peak.resident, rss)
  }
  const elapsed = performance.now() - start
  if (answered !== passports) throw new Error(`${answered} answers for ${passports} passports`)
  globalThis.gc?.()
  const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20)
  return {
    passports,
    way,
    heapPeak: mebibytes(peak.heap),
    heapHeld: mebibytes(process.memoryUsage().heapUsed),
    residentPeak: mebibytes(peak.resident),
    each: Math.round(((elapsed - signing) / passports) * 1000) / 1000,
  }
}

async function* answersTo(
  inputs: AsyncIterable<Uint8Array>,
  { shared, policy, clock }: Chain,
  way: Row['way'],
): AsyncGenerator<{ readonly outcome: string }> {
  const asked = { clock, with: [presentationOf(shared)] }
  if (way === 'one core') {
    yield* verifyMany(inputs, policy, asked)
    return
  }
  const threads = new VerifierThreads({ policy, methods: [], rulebooks: [] }, 2)
  try {
    yield* threads.verify(inputs, { ...asked, form: 'text' })
  } finally {
    await threads.close()
  }
}

function text(rows: readonly Row[]): string {
  const cells = rows.map(({ passports, way, heapPeak, heapHeld, residentPeak, each }) => [
    passports.toLocaleString('en'),
    way,
    `${heapPeak} MiB`,
    `${heapHeld} MiB`,
    `${residentPeak} MiB`,
    `${each.toFixed(2)} ms`,
  ])
  const titles = ['passports', 'way', 'heap at most', 'held at the end', 'process at most', 'each']
  const widths = titles.map((title, index) =>
    Math.max(title.length, ...cells.map((row) => row[index]?.length ?? 0)),
  )
  const line = (values: readonly string[]) =>
    values.map((value, index) => value.padStart(widths[index] ?? 0)).join('  ')
  return [machineLine(), '', line(titles), ...cells.map(line), ''].join('\n')
}

import {
  createVerifier,
  type VerifierOptions,
  verifySecuredDocument,
} from '@battery-passport/verifier'
import { median } from '../measure.ts'
import { type HostileInput, SMALL } from './hostile-input.ts'

/**
 * Milliseconds of a processor that an answer may take: to what is no larger than 64 KiB, and to
 * anything else. A document that is no passport is as slow as the JSON-LD processor it needs.
 */
const CEILINGS = { small: 50, large: 2000 } as const

/** What the answer to one hostile input took. */
export interface WorstCase {
  readonly name: string
  readonly door: HostileInput['door']
  readonly bytes: number
  readonly outcome: string
  /** The code that stands first among the errors, and how many findings there are. */
  readonly code: string
  readonly findings: number
  /** Milliseconds of all threads, each time by a new verifier. */
  readonly median: number
  readonly worst: number
  readonly times: number
  readonly ceiling: number
}

interface Answer {
  readonly outcome: string
  readonly codes: readonly string[]
}

/** Brings an input to its door so many times, each time to a verifier that remembers nothing. */
export async function worstCase(
  input: HostileInput,
  setting: VerifierOptions,
  times: number,
): Promise<WorstCase> {
  const { name, door, bytes } = input
  const costs: number[] = []
  let answer: Answer = { outcome: '', codes: [] }
  // The first time warms up the code and does not count.
  for (let time = 0; time <= times; time++) {
    globalThis.gc?.()
    const before = process.cpuUsage()
    answer = await answerTo(input, setting)
    const { user, system } = process.cpuUsage(before)
    if (time > 0) costs.push((user + system) / 1000)
    if (answer.outcome !== input.outcome) {
      const found = `${answer.outcome} (${answer.codes.slice(0, 8).join(', ')})`
      throw new Error(`${name}, ${door}: expected ${input.outcome}, found ${found}`)
    }
  }
  return {
    name,
    door,
    bytes: bytes.length,
    outcome: answer.outcome,
    code: answer.codes[0] ?? '',
    findings: answer.codes.length,
    median: median(costs),
    worst: Math.max(...costs),
    times,
    ceiling: bytes.length <= SMALL && !input.isJsonLd ? CEILINGS.small : CEILINGS.large,
  }
}

async function answerTo(input: HostileInput, setting: VerifierOptions): Promise<Answer> {
  const { door, bytes } = input
  if (door === 'document') {
    const { outcome, errors, proofs, credentials } = await verifySecuredDocument(bytes, setting)
    const all = [{ errors, proofs }, ...credentials].flatMap((each) => [
      ...each.errors,
      ...each.proofs.flatMap((proof) => proof.errors),
    ])
    return { outcome, codes: all.map(({ title }) => title) }
  }
  const verifier = createVerifier(setting)
  const { outcome, findings } =
    door === 'passport'
      ? await verifier.verifyPassport(bytes)
      : await verifier.verifyAttestations(bytes)
  const order = ['error', 'unknown', 'warning', 'note']
  const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  return { outcome, codes: sorted.map(({ code }) => code) }
}

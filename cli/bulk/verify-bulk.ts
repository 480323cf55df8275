import {
  type AnswerForm,
  answerOf,
  createVerifier,
  type DeliveryAnswer,
  type DeliveryOptions,
  type VerifierOptions,
  verifyDeliveries,
} from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import { MAXIMUM_BYTES, readChunks } from '../input/read-file.ts'
import { styleOf } from '../report/style.ts'
import { type ComparedList, deliveryReport } from './delivery-report.ts'
import { DeliveryTally } from './delivery-tally.ts'
import { readExpectedItems } from './expected-items.ts'
import { lineInput } from './line-input.ts'
import { lineReport } from './line-report.ts'
import { linesOf } from './lines.ts'
import { progressOf } from './progress.ts'

/** A delivery to verify: one input a line. */
export interface BulkQuestion {
  /** The file of the delivery; `-` for standard input. */
  readonly file: string
  /** The file with the batteries it should have. */
  readonly expectList: string | undefined
  readonly threads: number
  readonly json: boolean
  readonly verification: VerifierOptions
  /** What is asked of every line. */
  readonly asked: DeliveryOptions
}

/**
 * Verifies every line of a delivery in order, and compares what it names with a list. A line that is
 * no credential is rejected like any other; the delivery is read to its end.
 *
 * @throws {CommandError} usage: the delivery or its list cannot be read
 */
export async function verifyBulk(question: BulkQuestion, deps: CommandDeps): Promise<void> {
  const { expectList, json } = question
  const list = expectList === undefined ? null : await readExpectedItems(expectList)
  const tally = new DeliveryTally()
  const progress = progressOf(deps)
  const style = styleOf(deps.colour)
  for await (const answer of answersTo(question, deps)) {
    tally.add(answer)
    if (answer.text !== null) deps.out(`${answer.text}\n`)
    else if (answer.outcome !== 'accepted') {
      progress.end()
      deps.out(lineReport(tally.lines, answer, style))
    }
    await deps.drained?.()
    progress.tell(tally)
  }
  progress.end()
  const compared = list === null ? null : { list, ...tally.differenceFrom(list.ids) }
  if (json) deps.err(deliveryReport(tally, compared, styleOf(false)))
  else {
    const hasOthers = tally.lines > tally.outcomes.accepted
    deps.out(`${hasOthers ? '\n' : ''}${deliveryReport(tally, compared, style)}`)
  }
  deps.exitWith(exitOf(tally, compared))
}

/** The answers in the order of the lines, from this thread or from several. */
async function* answersTo(
  { file, threads, json, verification, asked }: BulkQuestion,
  deps: CommandDeps,
): AsyncGenerator<DeliveryAnswer, void, undefined> {
  const form: AnswerForm = json ? 'text' : 'brief'
  const inputs = inputsOf(file, deps)
  if (threads === 1) {
    const { policy, ...others } = verification
    for await (const each of verifyDeliveries(inputs, policy, { ...others, ...asked })) {
      yield answerOf(each, form)
    }
    return
  }
  // Says what is wrong with a method or rulebook, before any thread would.
  createVerifier(verification)
  const { VerifierThreads } = await import('@battery-passport/verifier/threads')
  const { policy, methods = [], rulebooks = [], didDocuments = [], clock } = verification
  const pool = new VerifierThreads({ policy, methods, rulebooks, didDocuments }, threads)
  try {
    yield* pool.verify(inputs, { ...asked, clock, form })
  } finally {
    await pool.close()
  }
}

async function* inputsOf(
  file: string,
  deps: Pick<CommandDeps, 'stdin'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const line of linesOf(readChunks(file, deps), MAXIMUM_BYTES)) yield lineInput(line)
}

/** Accepted is a delivery of which every line is, and which fits its list; an empty one is not. */
function exitOf(
  { outcomes, lines, repeated }: DeliveryTally,
  compared: ComparedList | null,
): ExitCode {
  const isOther =
    compared !== null &&
    (compared.missing.length > 0 || compared.unexpected.length > 0 || repeated.length > 0)
  if (outcomes.rejected > 0 || isOther || lines === 0) return EXIT.refused
  return outcomes.indeterminate > 0 ? EXIT.indeterminate : EXIT.done
}

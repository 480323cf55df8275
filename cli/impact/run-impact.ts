import { impact, UnknownKeyError } from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { EXIT, type ExitCode, usageError } from '../errors.ts'
import { styleOf } from '../report/style.ts'
import type { VerifierInput } from '../verifying/verifier-options.ts'
import { type CorpusFlags, type CorpusItem, readCorpus } from './corpus.ts'
import { type ImpactEntry, impactEntry } from './impact-entry.ts'
import { impactHead, impactRow, impactSummary } from './impact-report.ts'
import { ImpactTally } from './impact-tally.ts'
import { Sightings } from './sightings.ts'
import type { Target } from './target.ts'

/** What is supposed to be withdrawn, and of which passports it is asked. */
export interface ImpactQuestion {
  readonly target: Target
  readonly corpus: CorpusFlags
  readonly input: VerifierInput
  readonly at: string | undefined
  readonly json: boolean
}

/**
 * Answers for each passport what would become of it. Of a delivery each answer is printed as it
 * comes; of files all of them at the end, so that a wrong question leaves standard output empty.
 *
 * @throws {CommandError} usage
 */
export async function runImpact(question: ImpactQuestion, deps: CommandDeps): Promise<void> {
  const { target, corpus, json } = question
  const style = styleOf(deps.colour)
  const isDelivery = corpus.bulk !== undefined
  const tally = new ImpactTally()
  const kept: ImpactEntry[] = []
  if (isDelivery && !json) deps.out(impactHead(target, style))
  for await (const entry of answers(question, tally, deps)) {
    if (!isDelivery) kept.push(entry)
    else if (json) deps.out(`${JSON.stringify(entry)}\n`)
    // Of a hundred thousand those that fall must be seen.
    else if (entry.effect !== 'untouched') deps.out(impactRow(entry, style))
    await deps.drained?.()
  }
  if (!isDelivery && json) deps.out(`${JSON.stringify(document(question, kept, tally), null, 2)}\n`)
  if (!isDelivery && !json) {
    deps.out(impactHead(target, style) + kept.map((entry) => impactRow(entry, style)).join(''))
  }
  if (!json) deps.out(`\n${impactSummary(tally, style)}`)
  else if (isDelivery) deps.err(impactSummary(tally, styleOf(false)))
  deps.exitWith(exitOf(tally))
}

async function* answers(
  { target, corpus, input, at }: ImpactQuestion,
  tally: ImpactTally,
  deps: CommandDeps,
): AsyncGenerator<ImpactEntry, void, undefined> {
  const { policy, ...verification } = input.options
  const added = input.added.map(({ bytes }) => bytes)
  const asked = { ...verification, with: added, ...(at === undefined ? {} : { at }) }
  const sightings = new Sightings(target)
  let item: CorpusItem | undefined
  async function* inputs() {
    for await (item of readCorpus(corpus, deps)) yield item.bytes
  }
  try {
    for await (const each of impact(target.withdrawn, inputs(), policy, asked)) {
      // An input is taken when the answer to the one before has been.
      if (item === undefined) throw new Error('impact: an answer before its input')
      sightings.add(each, [item.bytes, ...added])
      tally.add(each)
      yield impactEntry(item.place, each)
    }
  } catch (error) {
    throw error instanceof UnknownKeyError ? unknownKey(error) : error
  }
  if (tally.passports === 0) throw nothingToAsk(corpus)
  sightings.assertSeen()
}

function document(
  { target }: ImpactQuestion,
  passports: readonly ImpactEntry[],
  { effects, undecided }: ImpactTally,
) {
  const { falls, changes, untouched, 'not-accepted': notAccepted } = effects
  const summary = { passports: passports.length, falls, changes, untouched, notAccepted, undecided }
  return { withdrawn: target.withdrawn, passports, summary }
}

/** What falls is no; what could not be checked could have fallen, too. */
function exitOf({ effects, undecided }: ImpactTally): ExitCode {
  if (effects.falls > 0) return EXIT.refused
  return undecided > 0 ? EXIT.indeterminate : EXIT.done
}

function unknownKey({ key, message }: UnknownKeyError) {
  return usageError({
    what: 'This key cannot be found.',
    where: '--of',
    expected: 'a DID with the name of a key in its document, or the thumbprint of a key',
    found: message,
    remedy: key.startsWith('did:web:')
      ? 'Pin the document in the policy, ask for it with --resolve-web, or name the thumbprint.'
      : 'Copy the verificationMethod of a proof that it made.',
  })
}

function nothingToAsk({ paths, bulk }: CorpusFlags) {
  return usageError({
    what: 'There is no passport to ask about.',
    where: bulk ?? paths.join(', '),
    expected: 'at least one passport, or presentation that begins with one',
    found: 'none',
    remedy: 'Name the presentations that you hold.',
  })
}

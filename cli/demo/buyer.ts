import type { PrintedVerdict } from '@battery-passport/verifier/schemas'
import { refusal } from '../errors.ts'
import * as generated from '../generated/typed-read-validators.ts'
import { parsed } from '../service/json-members.ts'
import type { World } from './world.ts'

/** What the buyer is given, and has besides. */
export interface Offer {
  readonly file: string
  /** The id on the battery that the passport must be about. */
  readonly subject?: string
  readonly with?: readonly string[]
}

/** A verdict as the command printed it. */
export interface Answer {
  readonly exitCode: number
  readonly verdict: PrintedVerdict
  readonly text: string
}

/** Asks `verify --json`, in a process of its own, with the buyer's policy. */
export async function askVerifier(
  { calls, places }: Pick<World, 'calls' | 'places'>,
  { file, subject, with: added = [] }: Offer,
): Promise<Answer> {
  const args = ['verify', file, '--policy', places.policy, '--json']
  if (subject !== undefined) args.push('--expect-subject', subject)
  for (const path of added) args.push('--with', path)
  const { exitCode, stdout, stderr } = await calls.call(args)
  const document = parsed(stdout)
  if (generated.PassportVerdict(document)) return { exitCode, verdict: document, text: stdout }
  throw refusal({
    what: 'The verifier printed no verdict.',
    where: args.join(' '),
    expected: 'one JSON verdict on standard output',
    found: `exit code ${exitCode}\n${stderr.slice(0, 2000)}`,
  })
}

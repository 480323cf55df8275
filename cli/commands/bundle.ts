import { bundle, IssuanceError, type Timestamp } from '@battery-passport/issuer'
import type { SecuredCredential } from '@battery-passport/verifier'
import { Command } from 'commander'
import { type MissingPart, missingParts } from '../bundling/missing-parts.ts'
import type { CommandDeps } from '../command-deps.ts'
import { type Complaint, refusal } from '../errors.ts'
import { readCredentialFiles } from '../input/credential-files.ts'
import { readSecured } from '../input/read-secured.ts'
import { issuanceComplaint } from '../issuance-complaints.ts'
import { writeFiles } from '../output/write-files.ts'
import { plain } from '../report/plain.ts'
import { example, repeated } from './options.ts'

interface Flags {
  readonly with: readonly string[]
  readonly out: string
  readonly partial?: true
  readonly force?: true
  readonly json?: true
}

/** `bundle`: a passport with everything a verifier needs, in one presentation. */
export function bundleCommand(deps: CommandDeps): Command {
  return new Command('bundle')
    .description(
      'Make a presentation of a passport with its whole chain: attestations, accreditations, identities, the newest status lists and timestamps. What does not belong to it is left out.',
    )
    .argument('<passport>', 'the passport, alone or in a presentation')
    .option('--with <file|dir>', 'credentials at hand; may be repeated', repeated, [])
    .requiredOption('--out <file>', 'where the presentation goes')
    .option('--partial', 'write it even if something is missing')
    .option('--force', 'replace an output that exists')
    .option('--json', 'print what it holds and what is missing as one JSON document')
    .addHelpText(
      'after',
      example(
        'battery-passport bundle passport/passport.json --with passport --with status --out fresh.presentation.json',
      ),
    )
    .action(async (file: string, flags: Flags) => {
      const passport = await readSecured(file, 'BatteryPassport')
      const { credentials, timestamps } = await readCredentialFiles([file, ...flags.with], deps)
      const presentation = bundled(passport, credentials, timestamps)
      const documents = new Set<unknown>(presentation.verifiableCredential)
      const chosen = credentials.filter(({ document }) => documents.has(document))
      const missing = missingParts([passport, ...chosen])
      if (missing.length > 0 && !flags.partial) throw incomplete(missing)
      const text = `${JSON.stringify(presentation)}\n`
      await writeFiles([{ path: flags.out, text }], { force: flags.force === true })
      const count = presentation.verifiableCredential.length
      const leftOut = credentials.length - count
      const stamped = presentation.timestamps?.length ?? 0
      if (flags.json) {
        const summary = {
          file: flags.out,
          passport: passport.id,
          credentials: count,
          timestamps: stamped,
          leftOut,
          missing,
        }
        deps.out(`${JSON.stringify(summary, null, 2)}\n`)
        return
      }
      deps.out(`Wrote ${plain(flags.out)}: ${count} credentials.\n`)
      if (stamped > 0)
        deps.out(`With ${stamped === 1 ? '1 timestamp' : `${stamped} timestamps`}.\n`)
      if (leftOut > 0) deps.out(`${leftOut} credentials at hand do not belong to it.\n`)
      for (const part of missing) deps.out(`Missing: ${plain(partText(part))}\n`)
    })
}

function bundled(
  passport: SecuredCredential,
  credentials: readonly SecuredCredential[],
  timestamps: readonly Timestamp[],
) {
  const others = credentials.filter((each) => each.digestMultibase !== passport.digestMultibase)
  try {
    return bundle(passport, others, timestamps)
  } catch (error) {
    if (!(error instanceof IssuanceError)) throw error
    throw refusal(...error.faults.map((fault) => issuanceComplaint(fault, (pointer) => pointer)))
  }
}

function incomplete(missing: readonly MissingPart[]) {
  return refusal(
    ...missing.map(
      ({ what, id, digestMultibase, neededBy }): Complaint => ({
        what: `A part of the chain is missing: ${what} ${id}`,
        where: neededBy,
        ...(digestMultibase === undefined ? {} : { expected: `digest ${digestMultibase}` }),
        found: 'nothing',
        remedy: 'Add it with --with, or write the presentation without it: --partial.',
      }),
    ),
  )
}

function partText({ what, id, neededBy }: MissingPart): string {
  return `${what} ${id}, needed by ${neededBy}`
}

import type { CredentialType } from '@battery-passport/contexts'
import { type Desk, type Draft, type IssuedType, textOfSecured } from '@battery-passport/issuer'
import type { ProofForm, Signer } from '@battery-passport/keys'
import type { SecuredCredential } from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { CommandError, refusal } from '../errors.ts'
import { issuanceComplaint, issuanceFaults, type Origin, signing } from '../issuance-complaints.ts'
import { assertFree } from '../output/assert-free.ts'
import { assertWritable } from '../output/assert-writable.ts'
import { writeFiles } from '../output/write-files.ts'
import { labelled } from '../report/labelled.ts'
import { plain } from '../report/plain.ts'
import type { DeskFlags } from './desk-options.ts'
import { PLACEHOLDER_STATUS } from './placeholder-status.ts'
import { withDesk } from './with-desk.ts'

/** A credential that is to be issued, where its parts came from, and where it goes. */
export interface Job<T extends IssuedType> {
  readonly draft: Draft<T>
  readonly origin: Origin
  readonly output: string
}

/** How the jobs of one call are done. */
export interface SigningOptions extends DeskFlags {
  readonly signer: Signer
  readonly created: string
  readonly form?: ProofForm
  readonly force: boolean
  /** Looks at what the desk issued before, and throws when the jobs must not be done. */
  readonly before?: (desk: Desk) => Promise<void>
}

/**
 * Issues every credential of a call and writes it, or none: all are checked, and all outputs are
 * known to be free, before the desk is opened or made.
 *
 * @throws {CommandError} refused, with every fault of every job; usage, for desk and outputs
 */
export async function signForms<T extends IssuedType>(
  type: T,
  jobs: readonly Job<T>[],
  options: SigningOptions,
): Promise<readonly SecuredCredential<T>[]> {
  const complaints = jobs.flatMap(({ draft, origin }) =>
    issuanceFaults(() => draft(PLACEHOLDER_STATUS)).map((fault) =>
      issuanceComplaint(fault, origin),
    ),
  )
  if (complaints.length > 0) throw refusal(...complaints)
  const { signer, created, form, force, before } = options
  const outputs = jobs.map(({ output }) => output)
  if (!force) await assertFree(outputs)
  await assertWritable(outputs)
  const drafts = jobs.map(({ draft }) => draft)
  const issued = await withDesk(options, signer, async (desk) => {
    await before?.(desk)
    return signing(() =>
      desk.issueAll(type, drafts, { created, ...(form === undefined ? {} : { form }) }),
    )
  })
  await writeIssued(issued, jobs, options)
  return issued
}

/** The desk keeps what it issued, so nothing is lost when the copies cannot be written. */
async function writeIssued(
  issued: readonly SecuredCredential[],
  jobs: readonly { readonly output: string }[],
  { desk, force }: SigningOptions,
): Promise<void> {
  try {
    const files = issued.map((each, index) => ({
      path: jobs[index]?.output ?? '',
      text: `${textOfSecured(each)}\n`,
    }))
    await writeFiles(files, { force })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    const [first, ...others] = error.complaints
    throw new CommandError(error.exitCode, [
      {
        what: 'The credentials were issued, but the copies could not be written.',
        where: `${desk}/issued`,
        remedy: 'Take them from the folder of the desk; do not issue them again.',
      },
      ...(first === undefined ? [] : [first]),
      ...others,
    ])
  }
}

/** What is told of each credential that was issued. */
export interface IssuedLine {
  readonly type: CredentialType
  readonly id: string
  readonly digestMultibase: string
  readonly subject: string
  readonly file: string
}

/** A line of each issued credential for a program that reads on. */
export function issuedLines(
  issued: readonly SecuredCredential<IssuedType>[],
  jobs: readonly { readonly output: string }[],
): readonly IssuedLine[] {
  return issued.map(({ type, id, digestMultibase, credential }, index) => ({
    type,
    id,
    digestMultibase,
    subject: credential.credentialSubject.id,
    file: jobs[index]?.output ?? '',
  }))
}

/** Prints what was issued. */
export function printIssued(
  lines: readonly IssuedLine[],
  flags: { readonly json?: true; readonly desk: string },
  { out }: Pick<CommandDeps, 'out'>,
): void {
  if (flags.json) {
    out(`${JSON.stringify({ issued: lines }, null, 2)}\n`)
    return
  }
  for (const { type, id, subject, digestMultibase, file } of lines) {
    out(
      `Signed: ${type}\n${labelled([
        ['subject', plain(subject)],
        ['id', plain(id)],
        ['digest', digestMultibase],
        ['file', plain(file)],
      ])}\n`,
    )
  }
}

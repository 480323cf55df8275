import { obtainTimestamp, type TimestampSource } from '@battery-passport/keys'
import type { SecuredCredential } from '@battery-passport/verifier'
import { atMost } from '../at-most.ts'
import { CommandError, type Complaint, EXIT, type ExitCode } from '../errors.ts'
import { assertFree } from '../output/assert-free.ts'
import { writeFiles } from '../output/write-files.ts'

/** A signed credential and the file it is in. */
export interface SignedFile {
  readonly secured: Pick<SecuredCredential, 'digestMultibase'>
  readonly file: string
}

/** What became of asking for timestamps. */
export interface StampedFiles {
  /** The file of each timestamp in the order of the credentials; null: there is none. */
  readonly timestamps: readonly (string | null)[]
  /** Why some are missing; to be thrown once it was told what there is. */
  readonly error: CommandError | null
}

/** Where nobody asked for timestamps. */
export const NOT_STAMPED: StampedFiles = { timestamps: [], error: null }

/** Requests under way at a time. */
const AT_A_TIME = 4

/** Where the timestamp of a credential stands: beside it, so that whoever takes the folder has both. */
export function timestampFile(file: string): string {
  return `${file}.tsr`
}

/**
 * Makes sure, before anything is signed, that each timestamp will find its place free.
 *
 * @throws {CommandError} usage, naming every name that is taken
 */
export async function assertTimestampsFree(
  source: TimestampSource | null,
  files: readonly string[],
  { force }: { readonly force: boolean },
): Promise<void> {
  if (source !== null && !force) await assertFree(files.map(timestampFile))
}

/**
 * Gets a timestamp for each credential and writes it beside it. What fails is told and stops none of
 * the others: the credentials are signed already, and a timestamp can be asked for again.
 */
export async function stampFiles(
  signed: readonly SignedFile[],
  source: TimestampSource | null,
  options: { readonly force: boolean },
): Promise<StampedFiles> {
  if (source === null) return NOT_STAMPED
  const complaints: Complaint[] = []
  const exitCodes: ExitCode[] = []
  const timestamps = await atMost(AT_A_TIME, signed, async ({ secured, file }) => {
    const path = timestampFile(file)
    const obtained = await obtainTimestamp(secured.digestMultibase, source)
    if (!obtained.ok) {
      complaints.push(missing(file, source.url, obtained.detail))
      exitCodes.push(obtained.fault === 'unreachable' ? EXIT.usage : EXIT.refused)
      return null
    }
    try {
      await writeFiles([{ path, text: obtained.token.bytes }], options)
      return path
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      complaints.push(...error.complaints)
      exitCodes.push(error.exitCode)
      return null
    }
  })
  const [exitCode] = exitCodes
  return {
    timestamps,
    error: exitCode === undefined ? null : new CommandError(exitCode, complaints),
  }
}

function missing(file: string, url: string, found: string): Complaint {
  return {
    what: 'The credential is signed, and has no timestamp.',
    where: file,
    expected: `a timestamp of ${url}`,
    found,
    remedy: `Do not sign it again. Ask once more: battery-passport timestamp ${file} --tsa ${url}`,
  }
}

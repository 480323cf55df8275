import {
  type ObtainedTimestamp,
  obtainTimestamp,
  type TimestampSource,
} from '@battery-passport/keys'
import type { SecuredCredential } from '@battery-passport/verifier'
import { atMost } from '../at-most.ts'
import { CommandError, type Complaint, refusal, usageError } from '../errors.ts'
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
  const errors: CommandError[] = []
  const timestamps = await atMost(AT_A_TIME, signed, async ({ secured, file }) => {
    const path = timestampFile(file)
    const obtained = await obtainTimestamp(secured.digestMultibase, source)
    if (!obtained.ok) {
      errors.push(missingTimestamp(file, source, obtained))
      return null
    }
    try {
      await writeFiles([{ path, text: obtained.token.bytes }], options)
      return path
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      errors.push(error)
      return null
    }
  })
  const [first] = errors
  const complaints = errors.flatMap((each) => each.complaints)
  return {
    timestamps,
    error: first === undefined ? null : new CommandError(first.exitCode, complaints),
  }
}

/** Why a signed credential has no timestamp, and how to get one. */
export function missingTimestamp(
  file: string,
  { url, authorities = [] }: TimestampSource,
  { fault, detail }: Extract<ObtainedTimestamp, { readonly ok: false }>,
): CommandError {
  const again = authorities.length === 0 ? '' : ' with the same --tsa-certificate'
  const complaint: Complaint = {
    what: 'The credential is signed, and has no timestamp.',
    where: file,
    expected: `a timestamp of ${url}`,
    found: detail,
    remedy: `Do not sign it again. Ask once more: battery-passport timestamp ${file} --tsa ${url}${again}`,
  }
  return fault === 'unreachable' ? usageError(complaint) : refusal(complaint)
}

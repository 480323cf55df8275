import { obtainTimestamp, type TimestampSource, toBase64 } from '@battery-passport/keys'
import type { CommandError } from '../errors.ts'
import type { OutputFile } from '../output/write-files.ts'
import { missingTimestamp, timestampFile } from '../timestamps/stamp-files.ts'
import type { IssuedPassport } from './issue-one.ts'
import { stampedPresentation } from './stamped-presentation.ts'

/** A passport, the file of its timestamp, and why there is none. */
export interface StampedPassport {
  readonly passport: IssuedPassport
  readonly timestamp: OutputFile | null
  /** To be thrown once what there is was written and told. */
  readonly error: CommandError | null
}

/**
 * Gets a timestamp of an issued passport, and puts it into its presentation. The passport stays what
 * it is without one: it is issued, and the service hands it out.
 *
 * @param file where the passport goes
 */
export async function stampPassport(
  passport: IssuedPassport,
  source: TimestampSource | null,
  file: string,
): Promise<StampedPassport> {
  if (source === null) return { passport, timestamp: null, error: null }
  const { digestMultibase } = passport.secured
  const obtained = await obtainTimestamp(digestMultibase, source)
  if (!obtained.ok) {
    return { passport, timestamp: null, error: missingTimestamp(file, source, obtained) }
  }
  const { bytes } = obtained.token
  const { presentation } = passport
  const timestamp = { digestMultibase, rfc3161: toBase64(bytes) }
  return {
    passport: {
      ...passport,
      presentation: presentation === null ? null : stampedPresentation(presentation, timestamp),
    },
    timestamp: { path: timestampFile(file), text: bytes },
    error: null,
  }
}

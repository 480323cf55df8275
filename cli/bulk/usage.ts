import { InvalidArgumentError } from 'commander'
import { usageError } from '../errors.ts'

/** More would share the same processors. */
const MOST_THREADS = 64

/** The value of `--threads`. */
export function threadCount(text: string): number {
  if (/^[1-9][0-9]?$/.test(text) && Number(text) <= MOST_THREADS) return Number(text)
  throw new InvalidArgumentError(`expected a whole number from 1 to ${MOST_THREADS}`)
}

/** What is verified, and what is asked of it. */
interface Asked {
  readonly bulk?: string
  readonly expectList?: string
  readonly threads?: number
  readonly expectSubject?: string
  readonly resolveWeb?: true
}

/**
 * One passport or a delivery, and of each only what can be asked of it.
 *
 * @throws {CommandError} usage
 */
export function assertUsage(
  file: string | undefined,
  { bulk, expectList, threads, expectSubject, resolveWeb }: Asked,
): void {
  if ((file === undefined) === (bulk === undefined)) {
    throw usageError({
      what: file === undefined ? 'Nothing is named to verify.' : 'Two inputs are named to verify.',
      where: '<file>, --bulk',
      expected: 'a passport or presentation, or a delivery with --bulk',
      found: file === undefined ? 'neither' : 'both',
      remedy: 'Name the one to verify; - is standard input.',
    })
  }
  if (bulk === undefined && (expectList !== undefined || threads !== undefined)) {
    throw usageError({
      what: 'This is asked of deliveries only.',
      where: expectList === undefined ? '--threads' : '--expect-list',
      expected: 'a delivery with --bulk',
      found: 'one file',
      remedy: 'Verify the file with --bulk, or leave the option out.',
    })
  }
  if (resolveWeb && threads !== undefined && threads > 1) {
    throw usageError({
      what: 'The network is asked from one thread only.',
      where: '--threads',
      expected: '1 with --resolve-web',
      found: String(threads),
      remedy: 'Leave --threads out, or pin the documents of these issuers in the policy.',
    })
  }
  if (bulk !== undefined && expectSubject !== undefined) {
    throw usageError({
      what: 'Every line of a delivery is another battery.',
      where: '--expect-subject',
      expected: '--expect-list with the batteries of the delivery',
      found: expectSubject,
      remedy: 'Write the ids into a CSV file under the header id, and name it with --expect-list.',
    })
  }
}

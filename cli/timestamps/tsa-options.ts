import {
  certificateBase64,
  fromBase64,
  readX509,
  type TimestampAuthority,
  type TimestampSource,
} from '@battery-passport/keys'
import type { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { repeated } from '../commands/options.ts'
import { usageError } from '../errors.ts'
import { readFileBytes } from '../input/read-file.ts'
import { wrap } from '../report/layout.ts'

/** The options that say whom to ask for timestamps. */
export interface TsaFlags {
  readonly tsa?: string
  readonly tsaCertificate: readonly string[]
}

/** Adds `--tsa` and `--tsa-certificate`. */
export function addTsaOptions(command: Command): Command {
  return command
    .option('--tsa <url>', 'get a timestamp of each credential from this authority (RFC 3161)')
    .option(
      '--tsa-certificate <file>',
      'with --tsa: the certificate its timestamps must rest on (PEM or DER); may be repeated',
      repeated,
      [],
    )
}

/**
 * Whom to ask for timestamps, before anything is signed; null where none are asked for. Who asks for
 * none does not wait for the modules it takes.
 *
 * @throws {CommandError} usage: no usable address, or a certificate that is none
 */
export async function timestampSource(
  { tsa, tsaCertificate: files }: TsaFlags,
  deps: Pick<CommandDeps, 'clock' | 'err'>,
): Promise<TimestampSource | null> {
  if (tsa === undefined) {
    if (files.length === 0) return null
    throw usageError({
      what: 'There is a certificate, and nobody to ask for a timestamp.',
      where: '--tsa-certificate',
      expected: '--tsa with the address of the authority',
      found: 'nothing',
      remedy: 'Add --tsa URL, or leave the certificate out.',
    })
  }
  const { isTimestampUrl, timestampSender } = await import('@battery-passport/keys/network')
  if (!isTimestampUrl(tsa)) {
    throw usageError({
      what: 'The address of the timestamp authority cannot be used.',
      where: '--tsa',
      expected: 'an https URL, or http on this machine, such as http://127.0.0.1:3161',
      found: tsa,
      remedy: 'Correct the address.',
    })
  }
  const authorities: TimestampAuthority[] = []
  for (const file of files) authorities.push(await authorityIn(file))
  if (files.length === 0) deps.err(`${wrap(UNNAMED, 'note: ')}\n`)
  return { url: tsa, sender: timestampSender(), authorities, clock: deps.clock }
}

const UNNAMED =
  'Without --tsa-certificate nobody looks whose the timestamps are. They count only under a policy that names their authority.'

async function authorityIn(file: string): Promise<TimestampAuthority> {
  const bytes = await readFileBytes(file)
  const isDer = bytes[0] === 0x30
  const der = isDer ? bytes : fromBase64(certificateBase64(new TextDecoder().decode(bytes)))
  const reading = der === null ? null : readX509(der)
  if (reading?.ok && (reading.x509.authority !== null || reading.x509.isForTimestamps)) {
    return { certificate: reading.x509.der, validFrom: null, validUntil: null }
  }
  const found = reading?.ok ? 'a certificate for something else' : reading?.detail
  throw usageError({
    what: 'This is no certificate that timestamps can rest on.',
    where: file,
    expected: 'one X.509 certificate of a timestamp authority, or of who certified it, PEM or DER',
    found: found ?? 'something else',
    remedy: 'Ask the authority for its certificate; of a chain, give one in a file of its own.',
  })
}

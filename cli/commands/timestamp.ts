import { decodeInput, type SecuredCredential } from '@battery-passport/verifier'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { type Complaint, refusal, usageError } from '../errors.ts'
import { readFileBytes } from '../input/read-file.ts'
import { findingComplaint } from '../input/read-secured.ts'
import { labelled } from '../report/labelled.ts'
import { plain } from '../report/plain.ts'
import { assertTimestampsFree, type SignedFile, stampFiles } from '../timestamps/stamp-files.ts'
import { addTsaOptions, type TsaFlags, timestampSource } from '../timestamps/tsa-options.ts'
import { example } from './options.ts'

interface Flags extends TsaFlags {
  readonly force?: true
  readonly json?: true
}

/** `timestamp`: has a timestamp authority prove when a credential existed. */
export function timestampCommand(deps: CommandDeps): Command {
  const command = new Command('timestamp').description(
    'Get timestamps (RFC 3161) of signed credentials and put each beside its credential, as FILE.tsr. Only a digest is sent. With one, a signature goes on counting after the right of its signer has ended.',
  )
  return addTsaOptions(command)
    .argument('<file...>', 'files of one signed credential each')
    .option('--force', 'replace timestamps that exist')
    .option('--json', 'print what was written as one JSON document')
    .addHelpText(
      'after',
      example(
        'battery-passport timestamp climate-assurance.accreditation.json --tsa http://127.0.0.1:3161 --tsa-certificate clock.pem',
      ),
    )
    .action(async (files: readonly string[], flags: Flags) => {
      const source = await timestampSource(flags, deps)
      if (source === null) {
        throw usageError({
          what: 'It is not said who shall stamp.',
          where: '--tsa',
          expected: 'the address of a timestamp authority',
          found: 'nothing',
          remedy: 'Add --tsa URL.',
        })
      }
      const signed = await signedIn(files)
      const options = { force: flags.force === true }
      await assertTimestampsFree(source, files, options)
      const { timestamps, error } = await stampFiles(signed, source, options)
      const lines = signed.map(({ secured, file }, index) => ({
        id: secured.id,
        digestMultibase: secured.digestMultibase,
        file,
        timestamp: timestamps[index] ?? null,
      }))
      if (flags.json) deps.out(`${JSON.stringify({ timestamps: lines }, null, 2)}\n`)
      else deps.out(lines.map(lineText).join(''))
      if (error !== null) throw error
    })
}

function lineText(line: {
  readonly id: string
  readonly file: string
  readonly timestamp: string | null
}): string {
  const { id, file, timestamp } = line
  const head = timestamp === null ? 'Not stamped' : 'Stamped'
  return `${head}: ${plain(id)}\n${labelled([
    ['file', plain(file)],
    ['timestamp', timestamp === null ? 'none' : plain(timestamp)],
  ])}\n`
}

/** The credential of each file; all that is none is told at once. */
async function signedIn(
  files: readonly string[],
): Promise<readonly (SignedFile & { readonly secured: SecuredCredential })[]> {
  const signed: (SignedFile & { readonly secured: SecuredCredential })[] = []
  const complaints: Complaint[] = []
  for (const file of files) {
    const { kind, documents, findings } = decodeInput(await readFileBytes(file))
    const [first] = documents
    complaints.push(...findings.map((finding) => findingComplaint(finding, file)))
    if (first?.ok && kind === 'credential') signed.push({ secured: first.secured, file })
    else if (first !== undefined && !first.ok && kind === 'credential') {
      complaints.push(...first.findings.map((finding) => findingComplaint(finding, file)))
    } else if (findings.length === 0) {
      complaints.push({
        what: 'There is not one credential in this file.',
        where: file,
        expected: 'one signed credential by itself',
        found: kind === 'presentation' ? 'a presentation' : 'no credential',
        remedy: 'Name the files of its credentials: the timestamp is put beside each.',
      })
    }
  }
  if (complaints.length > 0) throw refusal(...complaints)
  return signed
}

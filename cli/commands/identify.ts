import { formatInstant } from '@battery-passport/contexts'
import { type IdentityRequest, identify } from '@battery-passport/issuer'
import type { ProofForm } from '@battery-passport/keys'
import { Command } from 'commander'
import { allOrRefused } from '../all-or-refused.ts'
import type { CommandDeps } from '../command-deps.ts'
import { addDeskOptions, type DeskFlags } from '../desk/desk-options.ts'
import { issuedLines, type Job, printIssued, signForms } from '../desk/sign-forms.ts'
import { refusal } from '../errors.ts'
import { credentialFrame } from '../forms/credential-frame.ts'
import { parseForm } from '../forms/parse-form.ts'
import { coveredKeys } from '../forms/subject-keys-default.ts'
import * as generated from '../generated/typed-validators.ts'
import { pairedFiles } from '../input/paired-files.ts'
import { placeIn } from '../input/read-document.ts'
import { readFileBytes } from '../input/read-file.ts'
import { addKeyOptions, type KeyOptions, openKey } from '../key-options.ts'
import { addSuiteOption, suiteOf } from '../suite-option.ts'
import { example, repeated } from './options.ts'

interface Flags extends KeyOptions, DeskFlags {
  readonly in: readonly string[]
  readonly out: readonly string[]
  readonly suite?: ProofForm
  readonly force?: true
  readonly json?: true
}

/** `identify`: a registrar or scheme owner says whose DID this is. */
export function identifyCommand(deps: CommandDeps): Command {
  const command = new Command('identify').description(
    'Sign a RegisteredIdentity: whose DID this is. For a registrar or scheme owner.',
  )
  return addSuiteOption(addDeskOptions(addKeyOptions(command)))
    .requiredOption('--in <file>', 'the identity as a form (JSON); may be repeated', repeated, [])
    .requiredOption('--out <file>', 'where the credential goes; once for each --in', repeated, [])
    .option('--force', 'replace an output that exists')
    .option('--json', 'print what was signed as one JSON document')
    .addHelpText(
      'after',
      example(
        'battery-passport identify --key registrar.key.json --desk registrar --status-base https://registrar.example/status --in identity.json --out miner.identity.json',
      ),
    )
    .action(async (flags: Flags) => {
      const files = pairedFiles(flags.in, flags.out)
      const signer = await openKey(flags, deps)
      const created = formatInstant(deps.clock.now())
      const jobs = await allOrRefused(
        files,
        async ({ input, output }): Promise<Job<'RegisteredIdentity'>> => {
          const about = { issuer: signer.did, created }
          const request = identityRequest(await readFileBytes(input), input, about)
          return {
            draft: (credentialStatus) => identify({ ...request, credentialStatus }),
            origin: (pointer) =>
              placeIn(input, pointer.replace(/^\/credentialSubject(?=\/|$)/, '/subject')),
            output,
          }
        },
      )
      const form = suiteOf(flags.suite, signer)
      const force = flags.force === true
      const issued = await signForms('RegisteredIdentity', jobs, {
        ...flags,
        ...form,
        signer,
        created,
        force,
      })
      printIssued(issuedLines(issued, jobs), flags, deps)
    })
}

function identityRequest(
  bytes: Uint8Array,
  file: string,
  { issuer, created }: { readonly issuer: string; readonly created: string },
): Omit<IdentityRequest, 'credentialStatus'> {
  const kind = { title: 'an identity', validator: generated.IdentityForm }
  const parsed = parseForm(bytes, file, kind)
  if (!parsed.ok) throw refusal(...parsed.complaints)
  const { subject, ...rest } = parsed.form
  const frame = credentialFrame(rest, created)
  const dates = { from: frame.validFrom, until: frame.validUntil }
  return {
    ...frame,
    issuer,
    subject: {
      ...subject,
      facilities: subject.facilities ?? [],
      keys: coveredKeys(subject, dates, file),
    },
  }
}

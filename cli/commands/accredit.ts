import { type AccreditationScope, formatInstant } from '@battery-passport/contexts'
import { type AccreditationRequest, accredit } from '@battery-passport/issuer'
import type { ProofForm } from '@battery-passport/keys'
import type { SecuredCredential } from '@battery-passport/verifier'
import { Command } from 'commander'
import { allOrRefused } from '../all-or-refused.ts'
import type { CommandDeps } from '../command-deps.ts'
import { addDeskOptions, type DeskFlags } from '../desk/desk-options.ts'
import { issuedLines, type Job, printIssued, signForms } from '../desk/sign-forms.ts'
import { type Complaint, refusal } from '../errors.ts'
import type { ScopeInput } from '../forms/accreditation.ts'
import { accreditationEndComplaints } from '../forms/accreditation-dates.ts'
import { credentialFrame } from '../forms/credential-frame.ts'
import { parseForm } from '../forms/parse-form.ts'
import { coveredKeys } from '../forms/subject-keys-default.ts'
import * as generated from '../generated/typed-validators.ts'
import { type KnownRulebooks, knownRulebooks } from '../input/known-rulebooks.ts'
import { pairedFiles } from '../input/paired-files.ts'
import { placeIn } from '../input/read-document.ts'
import { readFileBytes } from '../input/read-file.ts'
import { readSecured } from '../input/read-secured.ts'
import { addKeyOptions, type KeyOptions, openKey } from '../key-options.ts'
import { warningsText } from '../report/complaints.ts'
import { wrap } from '../report/layout.ts'
import { scopeWarnings } from '../stages/scope-warnings.ts'
import { addSuiteOption, suiteOf } from '../suite-option.ts'
import { example, repeated } from './options.ts'

interface Flags extends KeyOptions, DeskFlags {
  readonly in: readonly string[]
  readonly out: readonly string[]
  readonly accreditedBy?: string
  readonly rulebooks?: string
  readonly suite?: ProofForm
  readonly force?: true
  readonly json?: true
}

/** `accredit`: an accreditation body or scheme owner says who may attest what. */
export function accreditCommand(deps: CommandDeps): Command {
  const command = new Command('accredit').description(
    'Sign a VerifierAccreditation: who may attest what. For an accreditation body or scheme owner.',
  )
  return addSuiteOption(addDeskOptions(addKeyOptions(command)))
    .requiredOption(
      '--in <file>',
      'the accreditation as a form (JSON); may be repeated',
      repeated,
      [],
    )
    .requiredOption('--out <file>', 'where the credential goes; once for each --in', repeated, [])
    .option(
      '--accredited-by <file>',
      'the accreditation of the signer, unless it is a trust anchor',
    )
    .option('--rulebooks <dir>', 'rulebooks that are not shipped, for rulebookVersions')
    .option('--force', 'replace an output that exists')
    .option('--json', 'print what was signed as one JSON document')
    .addHelpText(
      'after',
      example(
        'battery-passport accredit --key council.key.json --desk council --status-base https://council.example/status --in accreditation.json --out climate-assurance.accreditation.json',
      ),
    )
    .action(async (flags: Flags) => {
      const files = pairedFiles(flags.in, flags.out)
      const signer = await openKey(flags, deps)
      const created = formatInstant(deps.clock.now())
      const rulebooks = await knownRulebooks(flags.rulebooks, deps)
      const options =
        flags.accreditedBy === undefined
          ? { created }
          : {
              created,
              accreditedBy: await readSecured(flags.accreditedBy, 'VerifierAccreditation'),
            }
      const jobs = await allOrRefused(
        files,
        async ({ input, output }): Promise<Job<'VerifierAccreditation'>> => {
          const about = { issuer: signer.did, rulebooks, ...options }
          const { request, warnings } = accreditationRequest(
            await readFileBytes(input),
            input,
            about,
          )
          deps.err(warningsText(warnings))
          return {
            draft: (credentialStatus) => accredit({ ...request, credentialStatus }, options),
            origin: (pointer) => originOf(pointer, input, flags.accreditedBy),
            output,
          }
        },
      )
      const form = suiteOf(flags.suite, signer)
      const force = flags.force === true
      const issued = await signForms('VerifierAccreditation', jobs, {
        ...flags,
        ...form,
        signer,
        created,
        force,
      })
      if (flags.accreditedBy === undefined) deps.err(anchorText(signer.did))
      printIssued(issuedLines(issued, jobs), flags, deps)
    })
}

/** Without an accreditation of its own, a signature counts for those alone who trust its key. */
function anchorText(did: string): string {
  return `${wrap(
    `Signed without --accredited-by: it counts only where the policy of the verifier names this DID as an anchor, with role accreditation-body or scheme-owner: ${did}`,
    'note: ',
  )}\n`
}

function originOf(pointer: string, input: string, accreditedBy: string | undefined): string {
  if (pointer.startsWith('/credentialSubject/accreditedBy')) return accreditedBy ?? input
  return placeIn(input, pointer.replace(/^\/credentialSubject(?=\/|$)/, '/subject'))
}

function accreditationRequest(
  bytes: Uint8Array,
  file: string,
  about: {
    readonly issuer: string
    readonly created: string
    readonly rulebooks: KnownRulebooks
    readonly accreditedBy?: SecuredCredential<'VerifierAccreditation'>
  },
): {
  readonly request: Omit<AccreditationRequest, 'credentialStatus'>
  readonly warnings: readonly Complaint[]
} {
  const kind = { title: 'an accreditation', validator: generated.AccreditationForm }
  const parsed = parseForm(bytes, file, kind)
  if (!parsed.ok) throw refusal(...parsed.complaints)
  const { subject, ...rest } = parsed.form
  const frame = credentialFrame(rest, about.created)
  const dates = { from: frame.validFrom, until: frame.validUntil }
  const complaints: Complaint[] = [...accreditationEndComplaints(frame, file, about)]
  const warnings = scopeWarnings(subject.scope, about.rulebooks.stages, (pointer) =>
    placeIn(file, `/subject/scope${pointer}`),
  )
  const scope = subject.scope.map((entry, index): AccreditationScope => {
    const place = placeIn(file, `/subject/scope/${index}/rulebookVersions`)
    const read = scopeOf(entry, about.rulebooks, place)
    complaints.push(...read.complaints)
    return read.scope
  })
  if (complaints.length > 0) throw refusal(...complaints)
  const keys = coveredKeys(subject, dates, file)
  return {
    request: { ...frame, issuer: about.issuer, subject: { ...subject, scope, keys } },
    warnings,
  }
}

/** A scope entry with its rulebooks by digest. */
function scopeOf(
  { rulebookVersions, rulebookDigests, ...entry }: ScopeInput,
  rulebooks: KnownRulebooks,
  where: string,
): { readonly scope: AccreditationScope; readonly complaints: readonly Complaint[] } {
  if (rulebookVersions === undefined) {
    return {
      scope: { ...entry, ...(rulebookDigests === undefined ? {} : { rulebookDigests }) },
      complaints: [],
    }
  }
  const found = rulebookVersions.map((version) =>
    rulebooks.find({ key: entry.rulebook, version }, where),
  )
  const digests = found.flatMap((each) => (each.ok ? [each.known.digestMultibase] : []))
  return {
    scope: { ...entry, rulebookDigests: [...new Set([...(rulebookDigests ?? []), ...digests])] },
    complaints: found.flatMap((each) => (each.ok ? [] : [each.complaint])),
  }
}

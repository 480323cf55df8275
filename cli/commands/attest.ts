import { join } from 'node:path'
import { formatInstant } from '@battery-passport/contexts'
import { attest, type Desk } from '@battery-passport/issuer'
import type { ProofForm } from '@battery-passport/keys'
import type { SecuredCredential } from '@battery-passport/verifier'
import { Command } from 'commander'
import { type AttestationFlags, attestationFiles } from '../attest/attestation-files.ts'
import { attestationNames } from '../attest/attestation-name.ts'
import { refuseSecond } from '../attest/earlier-attestations.ts'
import { type PreparedAttestation, prepareAttestation } from '../attest/prepare.ts'
import { attestationLine, attestationText } from '../attest/statement.ts'
import { type Uncounted, uncounted } from '../attest/uncounted.ts'
import { uncountedText } from '../attest/uncounted-text.ts'
import type { CommandDeps } from '../command-deps.ts'
import { addDeskOptions, type DeskFlags } from '../desk/desk-options.ts'
import { type Job, signForms } from '../desk/sign-forms.ts'
import { type Complaint, refusal, usageError } from '../errors.ts'
import { knownRulebooks } from '../input/known-rulebooks.ts'
import { readSecured } from '../input/read-secured.ts'
import { addKeyOptions, type KeyOptions, openKey } from '../key-options.ts'
import { warningsText } from '../report/complaints.ts'
import { addSuiteOption, suiteOf } from '../suite-option.ts'
import { assertTimestampsFree, stampFiles } from '../timestamps/stamp-files.ts'
import { addTsaOptions, type TsaFlags, timestampSource } from '../timestamps/tsa-options.ts'
import { example, repeated } from './options.ts'

interface Flags extends KeyOptions, DeskFlags, AttestationFlags, TsaFlags {
  readonly out?: string
  readonly rulebooks?: string
  readonly suite?: ProofForm
  readonly dryRun?: true
  readonly force?: true
  readonly again?: true
  readonly json?: true
}

/** `attest`: an assurance body signs what it found, one rulebook, subject and period each. */
export function attestCommand(deps: CommandDeps): Command {
  const command = new Command('attest').description(
    'Sign attestations of assessed results. Every answer, date and scope is checked first; nothing is signed unless all are right.',
  )
  return addTsaOptions(addSuiteOption(addDeskOptions(addKeyOptions(command))))
    .option('--accreditation <file>', 'the accreditation under which you attest')
    .option('--engagement <file>', 'the engagement (JSON); may be repeated', repeated, [])
    .option('--results <file>', 'its results (JSON or CSV); may be repeated', repeated, [])
    .option('--batch <file>', 'a manifest (JSON) of many engagements with their results')
    .option('--evidence <dir>', 'folder of the evidence files; default: that of the engagement')
    .option('--rulebooks <dir>', 'rulebooks that are not shipped')
    .option('--out <dir>', 'folder to which the attestations go')
    .option('--dry-run', 'check everything, sign nothing, write nothing')
    .option('--force', 'replace outputs that exist')
    .option('--again', 'attest a subject, rulebook and period that this desk attested before')
    .option('--json', 'print what was signed as one JSON document')
    .addHelpText(
      'after',
      example(
        'battery-passport attest --key climate.key.json --desk climate --status-base https://climate-assurance.example/status --accreditation climate-assurance.accreditation.json --engagement refinery.engagement.json --results refinery.results.csv --evidence evidence --out attestations',
      ),
    )
    .action((flags: Flags) => run(flags, deps))
}

async function run(flags: Flags, deps: CommandDeps): Promise<void> {
  const files = await attestationFiles(flags)
  const source = await timestampSource(flags, deps)
  const signer = await openKey(flags, deps)
  const form = suiteOf(flags.suite, signer)
  const created = formatInstant(deps.clock.now())
  const known = new Map<string, Promise<SecuredCredential<'VerifierAccreditation'>>>()
  const around = {
    signer,
    created,
    rulebooks: await knownRulebooks(flags.rulebooks, deps),
    accreditation: (file: string) => {
      const reading = known.get(file) ?? readSecured(file, 'VerifierAccreditation')
      known.set(file, reading)
      return reading
    },
  }
  const complaints: Complaint[] = []
  const prepared: PreparedAttestation[] = []
  for (const each of files) {
    const preparation = await prepareAttestation(each, around)
    if (preparation.ok) prepared.push(preparation.prepared)
    else complaints.push(...preparation.complaints)
  }
  if (complaints.length > 0) throw refusal(...complaints, nothingSigned(files.length))
  const missing = prepared.map(uncounted)
  const warnings = prepared.flatMap(({ request, warnings: places }, index) => [
    warningsText(places),
    uncountedText(request.subject.id, missing[index] ?? NOTHING_MISSING),
  ])
  if (flags.dryRun) {
    deps.err(warnings.join(''))
    deps.out(dryRunText(prepared, missing, flags.json === true))
    return
  }
  const jobs = jobsOf(prepared, flags.out, form.form)
  const force = flags.force === true
  const before = flags.again ? {} : { before: (desk: Desk) => refuseSecond(prepared, desk) }
  const options = { ...flags, ...form, ...before, signer, created, force }
  await assertTimestampsFree(
    source,
    jobs.map(({ output }) => output),
    options,
  )
  const issued = await signForms('RulebookAttestation', jobs, options)
  const signed = issued.map((secured, index) => ({ secured, file: jobs[index]?.output ?? '' }))
  const { timestamps, error } = await stampFiles(signed, source, options)
  deps.err(warnings.join(''))
  if (flags.json) {
    const attestations = signed.map(({ secured, file }, index) => ({
      ...attestationLine(secured, file, timestamps[index]),
      uncounted: missing[index] ?? NOTHING_MISSING,
    }))
    deps.out(`${JSON.stringify({ issuer: signer.did, attestations }, null, 2)}\n`)
    if (error !== null) throw error
    return
  }
  const count = issued.length === 1 ? '1 attestation' : `${issued.length} attestations`
  deps.out(`Signed ${count} as ${signer.did} at ${created}.\n\n`)
  const texts = signed.map(({ secured, file }, index) =>
    attestationText(secured, file, timestamps[index]),
  )
  deps.out(texts.join('\n'))
  deps.out('\nPublish the status lists of the desk next: battery-passport lists\n')
  if (error !== null) throw error
}

function jobsOf(
  prepared: readonly PreparedAttestation[],
  folder: string | undefined,
  form: ProofForm | undefined,
): Job<'RulebookAttestation'>[] {
  if (folder === undefined) {
    throw usageError({
      what: 'It is not said where the attestations go.',
      where: '--out',
      expected: 'a folder',
      found: 'nothing',
      remedy: 'Add --out DIR, or --dry-run to check alone.',
    })
  }
  const names = attestationNames(
    prepared.map(({ request, context }) => ({
      subject: request.subject,
      rulebook: context.rulebook.key,
    })),
    form,
  )
  return prepared.map(({ request, context, origin }, index) => ({
    draft: (credentialStatus) => attest({ ...request, credentialStatus }, context),
    origin,
    output: join(folder, names[index] ?? ''),
  }))
}

function nothingSigned(count: number): Complaint {
  return {
    what: 'Nothing was signed.',
    expected:
      count === 1 ? 'an attestation without faults' : `${count} attestations without faults`,
    remedy: 'Correct what is named above and run the same command again.',
  }
}

const NOTHING_MISSING: Uncounted = { answers: [], unanswered: [] }

function dryRunText(
  prepared: readonly PreparedAttestation[],
  missing: readonly Uncounted[],
  asJson: boolean,
): string {
  const lines = prepared.map(({ request, context, files }, index) => ({
    engagement: files.engagement,
    results: files.results,
    subject: request.subject.id,
    rulebook: { key: context.rulebook.key, version: context.rulebook.version },
    answers: request.subject.results.length,
    evidenceFiles: request.subject.evidenceFiles.length,
    uncounted: missing[index] ?? NOTHING_MISSING,
  }))
  if (asJson) return `${JSON.stringify({ dryRun: true, attestations: lines }, null, 2)}\n`
  const texts = lines.map(
    ({ subject, rulebook, answers, evidenceFiles }) =>
      `  ${subject}: ${rulebook.key} ${rulebook.version}, ${answers} answers, ${evidenceFiles} evidence files\n`,
  )
  return `Nothing is wrong, and nothing was signed (--dry-run).\n${texts.join('')}`
}

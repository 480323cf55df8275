import { formatInstant } from '@battery-passport/contexts'
import { attestCustody, type CustodyContext, type Desk } from '@battery-passport/issuer'
import type { ProofForm } from '@battery-passport/keys'
import { Command } from 'commander'
import { allOrRefused } from '../all-or-refused.ts'
import type { CommandDeps } from '../command-deps.ts'
import { custodyLine, custodyText } from '../custody/custody-text.ts'
import { refuseSecondCustody } from '../custody/earlier-custody.ts'
import {
  type CustodyFiles,
  type PreparedCustody,
  prepareCustody,
} from '../custody/prepare-custody.ts'
import { addDeskOptions, type DeskFlags } from '../desk/desk-options.ts'
import { type Job, signForms } from '../desk/sign-forms.ts'
import { usageError } from '../errors.ts'
import { knownRulebooks } from '../input/known-rulebooks.ts'
import { pairedFiles } from '../input/paired-files.ts'
import { readSecured } from '../input/read-secured.ts'
import { addKeyOptions, type KeyOptions, openKey } from '../key-options.ts'
import { warningsText } from '../report/complaints.ts'
import { plain } from '../report/plain.ts'
import { addSuiteOption, suiteOf } from '../suite-option.ts'
import { assertTimestampsFree, stampFiles } from '../timestamps/stamp-files.ts'
import { addTsaOptions, type TsaFlags, timestampSource } from '../timestamps/tsa-options.ts'
import { example, repeated } from './options.ts'

interface Flags extends KeyOptions, DeskFlags, TsaFlags {
  readonly accreditation: string
  readonly in: readonly string[]
  readonly supplyChain: readonly string[]
  readonly rulebooks?: string
  readonly out: readonly string[]
  readonly suite?: ProofForm
  readonly dryRun?: true
  readonly force?: true
  readonly again?: true
  readonly json?: true
}

/** `attest-custody`: an assurance body signs which shares of a battery's supply chain it assured. */
export function attestCustodyCommand(deps: CommandDeps): Command {
  const command = new Command('attest-custody').description(
    'Sign custody attestations: which shares of the supply chain of a battery model or batch were assured. Everything is checked first; nothing is signed unless all is right.',
  )
  return addTsaOptions(addSuiteOption(addDeskOptions(addKeyOptions(command))))
    .requiredOption('--accreditation <file>', 'your accreditation for chain-of-custody')
    .requiredOption(
      '--in <file>',
      'what was assured, as a form (JSON); may be repeated',
      repeated,
      [],
    )
    .option(
      '--supply-chain <rows.csv>',
      'its rows, unless the form has them: facility, stage, material, share, custodyModel; once for each --in',
      repeated,
      [],
    )
    .option(
      '--rulebooks <dir>',
      'methods that are not shipped, whose stages and materials are known',
    )
    .option('--out <file>', 'where the credential goes; once for each --in', repeated, [])
    .option('--dry-run', 'check everything, sign nothing, write nothing')
    .option('--force', 'replace outputs that exist')
    .option('--again', 'assure rows of a battery and time that this desk assured before')
    .option('--json', 'print what was signed as one JSON document')
    .addHelpText(
      'after',
      example(
        'battery-passport attest-custody --key climate.key.json --desk climate --status-base https://climate-assurance.example/status --accreditation climate-assurance.accreditation.json --in pack.custody.json --supply-chain supply-chain.csv --out attestations/pack.custody.json',
      ),
    )
    .action((flags: Flags) => run(flags, deps))
}

async function run(flags: Flags, deps: CommandDeps): Promise<void> {
  const files = filesOf(flags)
  const outputs = flags.dryRun ? [] : pairedFiles(flags.in, flags.out).map(({ output }) => output)
  const source = await timestampSource(flags, deps)
  const signer = await openKey(flags, deps)
  const form = suiteOf(flags.suite, signer)
  const created = formatInstant(deps.clock.now())
  const { stages } = await knownRulebooks(flags.rulebooks, deps)
  const accreditation = await readSecured(flags.accreditation, 'VerifierAccreditation')
  const context: CustodyContext = { signer, accreditation, created }
  const around = { context, accreditation: flags.accreditation, stages }
  const prepared = await allOrRefused(files, (each) => prepareCustody(each, around))
  const warnings = warningsText(prepared.flatMap((each) => each.warnings))
  if (flags.dryRun) {
    deps.err(warnings)
    deps.out(dryRunText(prepared, flags.json === true))
    return
  }
  const jobs = prepared.map(
    ({ request, origin }, index): Job<'CustodyAttestation'> => ({
      draft: (credentialStatus) => attestCustody({ ...request, credentialStatus }, context),
      origin,
      output: outputs[index] ?? '',
    }),
  )
  const before = flags.again ? {} : { before: (desk: Desk) => refuseSecondCustody(prepared, desk) }
  const options = { ...flags, ...form, ...before, signer, created, force: flags.force === true }
  await assertTimestampsFree(source, outputs, options)
  const issued = await signForms('CustodyAttestation', jobs, options)
  const signed = issued.map((secured, index) => ({ secured, file: outputs[index] ?? '' }))
  const { timestamps, error } = await stampFiles(signed, source, options)
  deps.err(warnings)
  if (flags.json) {
    const attestations = signed.map(({ secured, file }, index) =>
      custodyLine(secured, file, timestamps[index]),
    )
    deps.out(`${JSON.stringify({ issuer: signer.did, attestations }, null, 2)}\n`)
    if (error !== null) throw error
    return
  }
  const count =
    issued.length === 1 ? '1 custody attestation' : `${issued.length} custody attestations`
  deps.out(`Signed ${count} as ${signer.did} at ${created}.\n\n`)
  const texts = signed.map(({ secured, file }, index) =>
    custodyText(secured, file, timestamps[index]),
  )
  deps.out(texts.join('\n'))
  deps.out('\nPublish the status lists of the desk next: battery-passport lists\n')
  if (error !== null) throw error
}

function filesOf({ in: forms, supplyChain: tables }: Flags): CustodyFiles[] {
  if (tables.length > 0 && tables.length !== forms.length) {
    throw usageError({
      what: 'It is not clear which rows belong to which form.',
      where: '--in, --supply-chain',
      expected: 'one --supply-chain for each --in in the same order, or none',
      found: `${forms.length} --in, ${tables.length} --supply-chain`,
      remedy: 'Give both options once for each attestation, or write the rows into the forms.',
    })
  }
  return forms.map((form, index) => {
    const supplyChain = tables[index]
    return supplyChain === undefined ? { form } : { form, supplyChain }
  })
}

function dryRunText(prepared: readonly PreparedCustody[], asJson: boolean): string {
  const lines = prepared.map(({ request: { subject }, files }) => ({
    form: files.form,
    subject: subject.id,
    rows: subject.supplyChain.length,
    assuranceLevel: subject.assuranceLevel,
  }))
  if (asJson) return `${JSON.stringify({ dryRun: true, attestations: lines }, null, 2)}\n`
  const texts = lines.map(({ subject, rows, assuranceLevel }) => {
    return `  ${plain(subject)}: ${rows} ${rows === 1 ? 'row' : 'rows'}, ${assuranceLevel}\n`
  })
  return `Nothing is wrong, and nothing was signed (--dry-run).\n${texts.join('')}`
}

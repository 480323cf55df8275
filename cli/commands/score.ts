import type { SupplyChainRow } from '@battery-passport/contexts'
import {
  coveredRows,
  isOfType,
  type SecuredCredential,
  type StatementType,
} from '@battery-passport/verifier'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { type Complaint, refusal } from '../errors.ts'
import type { ScoreRequest } from '../forms/score-request.ts'
import { readCredentials } from '../input/read-credentials.ts'
import { placeIn } from '../input/read-document.ts'
import { readFileBytes } from '../input/read-file.ts'
import { readScoreRequest } from '../input/read-score-request.ts'
import { warningsText } from '../report/complaints.ts'
import { coveredShares } from '../report/covered-shares.ts'
import { scoreReport } from '../report/score-report.ts'
import { decodedCredentials } from '../scoring/decoded-credentials.ts'
import { evaluateBattery } from '../scoring/evaluate-battery.ts'
import { methodFinder } from '../scoring/find-method.ts'
import { percentShares } from '../stages/percent-shares.ts'
import { rowWarnings } from '../stages/row-warnings.ts'
import { readNumberedSupplyChain } from '../tables/supply-chain-table.ts'
import { example, repeated } from './options.ts'

interface Flags {
  readonly request: string
  readonly supplyChain?: string
  readonly with: readonly string[]
  readonly rulebooks?: string
  readonly method?: string
  readonly json?: true
}

/** `score`: what the score would be, before anything is issued. */
export function scoreCommand(deps: CommandDeps): Command {
  return new Command('score')
    .description(
      'Compute what the score of a requested passport would be. Attestations are taken as they are: only the issuer and "verify" look whether they hold.',
    )
    .requiredOption('--request <file>', 'the request for a passport, as "issue" takes it')
    .option('--supply-chain <rows.csv>', 'the supply chain, if the request does not have it')
    .option('--with <file|dir>', 'the attestations it names, and identities', repeated, [])
    .option('--rulebooks <dir>', 'methods and rulebooks that are not shipped')
    .option('--method <key@version>', 'default: that of the request, or the newest shipped one')
    .option('--json', 'print the score as one JSON document')
    .addHelpText(
      'after',
      example('battery-passport score --request request.json --with attestations'),
    )
    .action(async (flags: Flags) => {
      const request = await readScoreRequest(flags.request)
      const supplyChain = await rowsOf(request, flags)
      const atHand = decodedCredentials(await readCredentials(flags.with, deps))
      const methods = await methodFinder(flags.rulebooks, deps)
      const method = methods.byName(flags.method ?? nameOf(request.method) ?? 'esg')
      const { rows, place } = supplyChain
      const custody = named(
        'CustodyAttestation',
        'custody',
        request.custody ?? [],
        atHand,
        flags.request,
      )
      const { score } = evaluateBattery(method, {
        name: flags.request,
        battery: request.battery,
        supplyChain: rows,
        attestations: named(
          'RulebookAttestation',
          'attestations',
          request.attestations,
          atHand,
          flags.request,
        ),
        custody,
        atHand,
      })
      const { chemistry } = request.battery
      const warnings = [
        ...percentShares(rows, place),
        ...rowWarnings(method.method, { chemistry, supplyChain: rows }, place),
      ]
      deps.err(warningsText(warnings))
      deps.out(
        flags.json
          ? `${JSON.stringify(score, null, 2)}\n`
          : [
              'What the score would be, if every attestation holds:',
              '',
              scoreReport(score),
              '',
              'What assures the shares of the supply chain:',
              coveredShares(coveredRows(rows, custody)),
              '',
            ].join('\n'),
      )
    })
}

/** Rows, and where a person wrote each member of them. */
interface PlacedRows {
  readonly rows: readonly SupplyChainRow[]
  readonly place: (index: number, member: string) => string
}

async function rowsOf(request: ScoreRequest, flags: Flags): Promise<PlacedRows> {
  const { supplyChain } = request.battery
  const { request: file, supplyChain: table } = flags
  if (table !== undefined && supplyChain === undefined) {
    const { rows, numbers } = readNumberedSupplyChain(await readFileBytes(table), table)
    return { rows, place: (at, member) => `${table}, row ${numbers[at]}, column ${member}` }
  }
  if (table === undefined && supplyChain !== undefined) {
    const place: PlacedRows['place'] = (at, member) =>
      placeIn(file, `/battery/supplyChain/${at}/${member}`)
    return { rows: supplyChain, place }
  }
  const isTwice = supplyChain !== undefined
  throw refusal({
    what: isTwice ? 'The supply chain is given twice.' : 'The supply chain is missing.',
    where: placeIn(flags.request, '/battery/supplyChain'),
    expected: 'rows in the request, or a table with --supply-chain',
    found: isTwice ? 'both' : 'neither',
    remedy: isTwice ? 'Leave one of them out.' : 'Give one of them.',
  })
}

function nameOf(method: ScoreRequest['method']): string | undefined {
  return method === undefined ? undefined : `${method.key}@${method.version}`
}

/** The credentials a request names in one of its lists, by id or digest. */
function named<T extends StatementType>(
  type: T,
  member: 'attestations' | 'custody',
  names: readonly string[],
  atHand: readonly SecuredCredential[],
  file: string,
): readonly SecuredCredential<T>[] {
  const complaints: Complaint[] = []
  const attestations = names.flatMap((name, index) => {
    const found = atHand.filter(
      ({ id, digestMultibase }) => id === name || digestMultibase === name,
    )
    const [first, second] = found
    if (first !== undefined && second === undefined && isOfType(first, type)) {
      return [first]
    }
    complaints.push({
      what:
        first === undefined
          ? 'An attestation of the request is not at hand.'
          : second === undefined
            ? 'What the request names is another credential.'
            : 'Several credentials at hand have this id.',
      where: placeIn(file, `/${member}/${index}`),
      expected: second === undefined ? `a ${type}` : 'one of them, by its digest',
      found:
        first === undefined
          ? `nothing of the name ${name}`
          : found.map(({ digestMultibase, type }) => `${type} ${digestMultibase}`).join(', '),
      remedy:
        first === undefined
          ? 'Add it with --with FILE or --with DIR.'
          : 'Name the attestation by its digest.',
    })
    return []
  })
  if (complaints.length > 0) throw refusal(...complaints)
  return attestations
}

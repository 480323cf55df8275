import { Command } from 'commander'
import { atMost } from '../at-most.ts'
import type { CommandDeps } from '../command-deps.ts'
import { CommandError } from '../errors.ts'
import { parseDocument, placeIn } from '../input/read-document.ts'
import { readFileBytes } from '../input/read-file.ts'
import { readRulebookFolder } from '../input/read-rulebooks.ts'
import { rulebookCatalogue } from '../input/rulebook-catalogue.ts'
import { assembleRequest, type RequestParts } from '../issuing/assemble-request.ts'
import { refuseFuture } from '../issuing/future-date.ts'
import { type IssuedPassport, issueOne } from '../issuing/issue-one.ts'
import { mappingSummary, mappingText } from '../issuing/mapping-text.ts'
import { type IssuedFiles, passportLine, passportText } from '../issuing/passport-text.ts'
import { readProduct } from '../issuing/read-product.ts'
import { stampPassport } from '../issuing/stamp-passport.ts'
import {
  filesOf,
  outputsOf,
  passportFile,
  requiredFlag,
  type Task,
  tasksOf,
} from '../issuing/tasks.ts'
import { uncountedRows } from '../issuing/uncounted-rows.ts'
import { assertFree } from '../output/assert-free.ts'
import { writeFiles } from '../output/write-files.ts'
import { warningsText } from '../report/complaints.ts'
import type { RequestOrigin } from '../service/problem.ts'
import { addTokenOptions, type ServiceFlags, serviceClient } from '../service/service-options.ts'
import { readNumberedSupplyChain } from '../tables/supply-chain-table.ts'
import { addTsaOptions, type TsaFlags, timestampSource } from '../timestamps/tsa-options.ts'
import { example, repeated } from './options.ts'

interface Flags extends Omit<ServiceFlags, 'service'>, TsaFlags {
  readonly service?: string
  readonly request: readonly string[]
  readonly product?: string
  readonly supplyChain?: string
  readonly rulebooks?: string
  readonly idempotencyKey?: string
  readonly dryRun?: true
  readonly out?: string
  readonly presentation: boolean
  readonly force?: true
  readonly verbose?: true
  readonly json?: true
}

/** How many requests are under way at a time. */
const AT_A_TIME = 4

/** `issue`: a manufacturer has its service issue passports. */
export function issueCommand(deps: CommandDeps): Command {
  const command = new Command('issue').description(
    'Have an issuer service issue a passport that rests on submitted attestations. The service evaluates the score, and releases nothing that its own verifier would not accept.',
  )
  const service = command.option('--service <url>', 'address of the issuer service')
  return addTsaOptions(addTokenOptions(service))
    .requiredOption('--request <file>', 'the request (JSON); may be repeated', repeated, [])
    .option('--product <file>', 'product data: our own JSON, or a Catena-X BatteryPass 6.1.0')
    .option('--supply-chain <rows.csv>', 'facility, stage, material, share, custodyModel')
    .option('--rulebooks <dir>', 'methods that are not shipped, to warn of rows they do not count')
    .option(
      '--idempotency-key <key>',
      '8 to 128 visible ASCII characters; default: derived from the request',
    )
    .option('--dry-run', 'print the whole request, send nothing')
    .option('--out <dir>', 'folder to which passport and presentation go')
    .option('--no-presentation', 'write the passport alone')
    .option('--force', 'replace outputs that exist')
    .option('--verbose', 'list where every value of a Catena-X document went')
    .option('--json', 'print what was issued as one JSON document')
    .addHelpText(
      'after',
      example(
        'battery-passport issue --service http://127.0.0.1:8080 --request request.json --product product.json --supply-chain supply-chain.csv --out passport',
      ),
    )
    .action((flags: Flags) => run(flags, deps))
}

async function run(flags: Flags, deps: CommandDeps): Promise<void> {
  const source = await timestampSource(flags, deps)
  const parts = await sharedParts(flags)
  const requests = []
  for (const file of flags.request) {
    const document = parseDocument(await readFileBytes(file), file)
    requests.push({ file, request: assembleRequest({ ...parts, request: { file, document } }) })
  }
  refuseFuture(
    requests.map(({ file, request }) => ({
      request,
      place: (pointer) => originIn(file, parts)(pointer, ''),
    })),
    deps.clock.now(),
  )
  const folder = flags.rulebooks
  const catalogue = rulebookCatalogue(
    folder === undefined ? [] : await readRulebookFolder(folder, deps),
  )
  const warnings = requests.flatMap(({ file, request }) =>
    uncountedRows(request, catalogue, (pointer) => originIn(file, parts)(pointer, '')),
  )
  // Requests of a call share their rows: what is told of one table is told once.
  const told = new Map(warnings.map((warning) => [JSON.stringify(warning), warning]))
  deps.err(warningsText([...told.values()]))
  if (flags.dryRun) {
    reportMapping(parts, flags, deps)
    for (const { request } of requests) deps.out(`${JSON.stringify(request, null, 2)}\n`)
    return
  }
  const tasks = tasksOf(requests, flags)
  if (!flags.force) await assertFree(tasks.flatMap((task) => outputsOf(task, flags)))
  const client = await serviceClient(
    { ...flags, service: requiredFlag(flags.service, '--service') },
    deps,
  )
  const failures: CommandError[] = []
  const outcomes = await atMost(AT_A_TIME, tasks, async (task) => {
    try {
      const issued = await issueOne(task.keyed, client, {
        origin: originIn(task.file, parts),
        withPresentation: flags.presentation,
      })
      const file = passportFile(task, issued.text)
      const { passport, timestamp, error } = await stampPassport(issued, source, file)
      const files = [...filesOf(task, passport), ...(timestamp === null ? [] : [timestamp])]
      await writeFiles(files, { force: flags.force === true })
      if (error !== null) failures.push(error)
      const stamped = source === null ? {} : { timestamp: timestamp?.path ?? null }
      return [{ task, passport, stamped }]
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      failures.push(error)
      return []
    }
  })
  // A refusal must not drown in the list of what went well.
  if (failures.length === 0) reportMapping(parts, flags, deps)
  report(outcomes.flat(), flags, deps)
  const [first] = failures
  if (first !== undefined) {
    throw new CommandError(
      first.exitCode,
      failures.flatMap(({ complaints }) => complaints),
    )
  }
}

/** What all requests of a call have in common. */
type SharedParts = Omit<RequestParts, 'request'>

async function sharedParts({ product, supplyChain }: Flags): Promise<SharedParts> {
  const read = product === undefined ? null : readProduct(await readFileBytes(product), product)
  return {
    ...(read === null || product === undefined ? {} : { product: { file: product, read } }),
    ...(supplyChain === undefined
      ? {}
      : {
          supplyChain: {
            file: supplyChain,
            ...readNumberedSupplyChain(await readFileBytes(supplyChain), supplyChain),
          },
        }),
  }
}

function reportMapping({ product }: SharedParts, flags: Flags, { err }: CommandDeps): void {
  if (product?.read.kind !== 'catena-x' || flags.json) return
  const { file, read } = product
  err((flags.verbose ? mappingText : mappingSummary)(read.mapping, file))
}

/** The person wrote files; the service saw one request. */
function originIn(file: string, { product, supplyChain }: SharedParts): RequestOrigin {
  return (pointer, credential) => {
    if (credential !== '') return `${credential} ${pointer}`.trimEnd()
    const inProduct = /^\/battery\/product(\/.*)?$/.exec(pointer)
    if (product !== undefined && inProduct) return placeIn(product.file, inProduct[1] ?? '')
    const row = /^\/battery\/supplyChain\/(\d+)(?:\/(\w+))?/.exec(pointer)
    if (supplyChain === undefined || row === null) return placeIn(file, pointer)
    const column = row[2] === undefined ? '' : `, column ${row[2]}`
    return `${supplyChain.file}, row ${supplyChain.numbers[Number(row[1])]}${column}`
  }
}

function report(
  issued: readonly {
    readonly task: Task
    readonly passport: IssuedPassport
    readonly stamped: Pick<IssuedFiles, 'timestamp'>
  }[],
  flags: Flags,
  { out }: CommandDeps,
): void {
  const lines = issued.map(({ task, passport, stamped }) => ({
    secured: passport.secured,
    files: {
      passport: passportFile(task, passport.text),
      ...(passport.presentation === null ? {} : { presentation: task.presentation }),
      ...stamped,
      idempotencyKey: task.keyed.idempotencyKey,
    },
  }))
  if (flags.json) {
    const passports = lines.map(({ secured, files }) => passportLine(secured, files))
    out(`${JSON.stringify({ passports }, null, 2)}\n`)
  } else if (lines.length > 0) {
    out(`Issued: ${lines.length === 1 ? '1 passport' : `${lines.length} passports`}.\n\n`)
    out(lines.map(({ secured, files }) => passportText(secured, files)).join('\n'))
  }
}

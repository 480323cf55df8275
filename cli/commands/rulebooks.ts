import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { EXIT } from '../errors.ts'
import { checkRulebookFile, type RulebookFileCheck } from '../input/check-rulebook-file.ts'
import { readRulebookFolder } from '../input/read-rulebooks.ts'
import { type CatalogueEntry, findEntry, rulebookCatalogue } from '../input/rulebook-catalogue.ts'
import { complaintsText } from '../report/complaints.ts'
import { fields, table } from '../report/layout.ts'
import { methodText } from '../report/method-text.ts'
import { plain } from '../report/plain.ts'
import { rulebookText } from '../report/rulebook-text.ts'
import { example } from './options.ts'

interface Flags {
  readonly rulebooks?: string
  readonly json?: true
}

const FOLDER = ['--rulebooks <dir>', 'methods and rulebooks that are not shipped'] as const

/** `rulebooks list|show|check`: what is asked, and whether a file of one's own is in order. */
export function rulebooksCommand(deps: CommandDeps): Command {
  return new Command('rulebooks')
    .description('List, read and check rulebooks and methods.')
    .addHelpText('after', example('battery-passport rulebooks list'))
    .addCommand(listCommand(deps))
    .addCommand(showCommand(deps))
    .addCommand(checkCommand(deps))
}

function listCommand(deps: CommandDeps): Command {
  return new Command('list')
    .description('List the shipped rulebooks and methods, and those of a folder.')
    .option(...FOLDER)
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('battery-passport rulebooks list'))
    .action(async (flags: Flags) => {
      const catalogue = await catalogueOf(flags, deps)
      deps.out(flags.json ? json(catalogue.map(entryHeader)) : `${listText(catalogue)}\n`)
    })
}

function showCommand(deps: CommandDeps): Command {
  return new Command('show')
    .description('Print a rulebook or method as a page to read, or with --json as its document.')
    .argument('<key[@version]>', 'such as greenhouse-gas or greenhouse-gas@1.0.0')
    .option(...FOLDER)
    .option('--json', 'print the document itself, to begin your own with')
    .addHelpText('after', example('battery-passport rulebooks show child-labour'))
    .action(async (wanted: string, flags: Flags) => {
      const entry = findEntry(await catalogueOf(flags, deps), wanted)
      deps.out(flags.json ? json(entry.document) : entryText(entry))
    })
}

function checkCommand(deps: CommandDeps): Command {
  return new Command('check')
    .description('Name every fault of a rulebook or method file, or print its digest.')
    .argument('<file>', 'a rulebook or a method as JSON')
    .option('--rulebooks <dir>', 'the rulebooks a method pins that are not shipped')
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('battery-passport rulebooks check my-rulebook.json'))
    .action(async (file: string, flags: Flags) => {
      const check = await checkRulebookFile(file, flags.rulebooks, deps)
      deps.exitWith(check.complaints.length === 0 ? EXIT.done : EXIT.refused)
      if (flags.json) deps.out(json(check))
      else if (check.complaints.length > 0) deps.err(complaintsText(check.complaints))
      else deps.out(goodText(check))
    })
}

async function catalogueOf({ rulebooks }: Flags, deps: CommandDeps) {
  return rulebookCatalogue(rulebooks === undefined ? [] : await readRulebookFolder(rulebooks, deps))
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function entryHeader({ kind, digestMultibase, document }: CatalogueEntry) {
  const { key, version, title, status } = document
  return { kind, key, version, title, status, digestMultibase }
}

function entryText(entry: CatalogueEntry): string {
  return entry.kind === 'rulebook'
    ? rulebookText(entry.document, entry.digestMultibase)
    : methodText(entry.document, entry.digestMultibase)
}

function listText(catalogue: readonly CatalogueEntry[]): string {
  return table(
    [
      { head: 'Kind' },
      { head: 'Key' },
      { head: 'Version' },
      { head: 'Status' },
      { head: 'Digest' },
    ],
    catalogue.map(({ kind, digestMultibase, document: { key, version, status } }) => [
      kind,
      key,
      version,
      status,
      digestMultibase,
    ]),
    0,
  )
}

function goodText({
  file,
  kind,
  key,
  version,
  digestMultibase,
  policy,
}: RulebookFileCheck): string {
  return [
    plain(`${file} is in order.`),
    fields([
      [kind ?? 'document', plain(`${key} ${version}`)],
      ['digest', digestMultibase ?? ''],
    ]),
    '',
    'To accept it, a policy says (a file is relative to the policy):',
    '',
    // Whole lines, however long: broken ones could not be pasted.
    ...JSON.stringify(policy, null, 2).split('\n').map(plain),
    '',
  ].join('\n')
}

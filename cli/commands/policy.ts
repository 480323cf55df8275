import { open } from 'node:fs/promises'
import { digestOfDocument } from '@battery-passport/contexts'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { CommandError, EXIT, usageError } from '../errors.ts'
import { checkedDocuments, type RulebookDocuments } from '../input/read-rulebooks.ts'
import { parseAnchor } from '../policy/anchor-option.ts'
import { policyExplanation } from '../policy/explanation.ts'
import { type PolicyFile, readPolicyFile } from '../policy/read-policy.ts'
import { policyTemplate } from '../policy/template.ts'
import { policyWarnings } from '../policy/warnings.ts'
import { complaintsText } from '../report/complaints.ts'
import { wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'
import { example, repeated } from './options.ts'

/** `policy init|check`: a policy to begin with, and what a policy means. */
export function policyCommand(deps: CommandDeps): Command {
  return new Command('policy')
    .description('Write a policy to begin with, or check and explain one.')
    .addHelpText('after', example('battery-passport policy check policy.json'))
    .addCommand(initCommand(deps))
    .addCommand(checkCommand(deps))
}

interface InitFlags {
  readonly anchor: readonly string[]
  readonly out?: string
}

function initCommand(deps: CommandDeps): Command {
  return new Command('init')
    .description('Write a commented policy that accepts the shipped method.')
    .option(
      '--anchor <did=role>',
      'whom you trust: role scheme-owner, accreditation-body or registrar',
      repeated,
      [],
    )
    .option('--out <file>', 'a new file; default: standard output')
    .addHelpText(
      'after',
      example(
        'battery-passport policy init --anchor did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK=scheme-owner',
      ),
    )
    .action(async ({ anchor, out }: InitFlags) => {
      const anchors = anchor.map(parseAnchor)
      const text = `${JSON.stringify(policyTemplate(anchors, shippedMethod(), deps.clock.now()), null, 2)}\n`
      if (anchors.length === 0) {
        deps.err('This policy has no anchors yet: nothing can be accepted until you name some.\n')
      }
      if (out === undefined) deps.out(text)
      else await writeNew(out, text)
    })
}

function shippedMethod() {
  const method = SHIPPED_METHODS.at(-1)
  if (method === undefined) throw new Error('no method is shipped')
  const { key, version } = method
  return { key, version, digestMultibase: digestOfDocument(method) }
}

/** A policy that someone relies on is never overwritten. */
async function writeNew(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(text)
    await file.close()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    throw usageError({
      what: 'The policy cannot be written.',
      where: path,
      expected: 'a place for a new file',
      found: error.code === 'EEXIST' ? 'a file that exists already' : String(error.code),
      remedy: 'Choose another name.',
    })
  }
}

function checkCommand(deps: CommandDeps): Command {
  return new Command('check')
    .description('Name every fault of a policy, or explain every field of it.')
    .argument('<file>', 'a policy')
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('battery-passport policy check policy.json'))
    .action(async (file: string, { json }: { readonly json?: true }) => {
      const read = await checkedPolicy(file)
      deps.exitWith(read.ok ? EXIT.done : EXIT.refused)
      if (!read.ok) {
        if (json) deps.out(printed({ file, digestMultibase: null, complaints: read.complaints }))
        else deps.err(complaintsText(read.complaints))
        return
      }
      const { digestMultibase } = read.policy
      const warnings = policyWarnings(read.policy, read.checked, deps.clock.now())
      if (json) {
        deps.out(printed({ file, digestMultibase, complaints: [], warnings }))
        return
      }
      deps.out(
        [
          plain(`${file} is in order.`),
          `  digest ${digestMultibase}`,
          '',
          policyExplanation(read.policy),
          ...(warnings.length === 0 ? [] : ['', 'Is this meant?']),
          ...warnings.map((warning) => wrap(plain(warning), '  - ')),
          '',
        ].join('\n'),
      )
    })
}

type CheckedPolicy =
  | (PolicyFile & { readonly ok: true; readonly checked: RulebookDocuments })
  | (PolicyFile & { readonly ok: false })

/** The policy with the files it names, or every fault of all of them. */
async function checkedPolicy(file: string): Promise<CheckedPolicy> {
  const read = await readPolicyFile(file)
  if (!read.ok) return read
  try {
    return { ...read, checked: checkedDocuments(read.documents) }
  } catch (error) {
    if (error instanceof CommandError) return { ok: false, complaints: error.complaints }
    throw error
  }
}

function printed(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

import { writeFile } from 'node:fs/promises'
import { digestOfDocument } from '@battery-passport/contexts'
import { systemCode } from '@battery-passport/keys/files'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import { parsePolicy } from '@battery-passport/verifier'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { EXIT, usageError } from '../errors.ts'
import { parseAnchor } from '../policy/anchor-option.ts'
import { checkPolicyFile } from '../policy/check-policy-file.ts'
import { policyExplanation } from '../policy/explanation.ts'
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
    .description('Write a commented policy that names the shipped method.')
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
      const now = deps.clock.now()
      const template = policyTemplate(anchors, shippedMethod(), now)
      const text = `${JSON.stringify(template, null, 2)}\n`
      if (out === undefined) deps.out(text)
      else await writeNew(out, text)
      const parsed = parsePolicy(template)
      const warnings = parsed.ok
        ? policyWarnings(parsed.policy, { methods: [], rulebooks: [] }, now)
        : ['This policy has no anchors yet: nothing can be accepted until you name some.']
      deps.err(warnings.map((warning) => `${warningLine(warning)}\n`).join(''))
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
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    const code = systemCode(error)
    if (code === null) throw error
    throw usageError({
      what: 'The policy cannot be written.',
      where: path,
      expected: 'a place for a new file',
      found: code === 'EEXIST' ? 'a file that exists already' : code,
      remedy: 'Choose another name.',
    })
  }
}

function checkCommand(deps: CommandDeps): Command {
  return new Command('check')
    .description('Name every fault of a policy, or explain every field of it.')
    .argument('<file>', 'a policy')
    .option('--rulebooks <dir>', 'methods and rulebooks that are not shipped')
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('battery-passport policy check policy.json'))
    .action(async (file: string, { json, rulebooks }: CheckFlags) => {
      const check = await checkPolicyFile(file, rulebooks, deps)
      deps.exitWith(check.ok ? EXIT.done : EXIT.refused)
      if (!check.ok) {
        if (json) deps.out(printed({ file, digestMultibase: null, complaints: check.complaints }))
        else deps.err(complaintsText(check.complaints))
        return
      }
      const { policy, warnings } = check
      const { digestMultibase } = policy
      if (json) {
        deps.out(printed({ file, digestMultibase, complaints: [], warnings }))
        return
      }
      deps.out(
        [
          plain(`${file} is in order${warnings.length === 0 ? '.' : ', but is this meant?'}`),
          ...warnings.map(warningLine),
          `  digest ${digestMultibase}`,
          '',
          policyExplanation(policy),
          '',
        ].join('\n'),
      )
    })
}

interface CheckFlags {
  readonly json?: true
  readonly rulebooks?: string
}

function warningLine(warning: string): string {
  return wrap(plain(warning), '  - ')
}

function printed(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

import { formatInstant } from '@battery-passport/contexts'
import { generatePrivateJwk, readKeyFileLabel, writeKeyFile } from '@battery-passport/keys'
import { Command, Option } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { keyFileErrors } from '../key-file-errors.ts'
import { addPassphraseOptions, type PassphraseOptions, passphraseOf } from '../key-options.ts'
import { labelled } from '../report/labelled.ts'
import { plain } from '../report/plain.ts'
import { example } from './options.ts'

/** `keys`: make a key, and see whose a key is. */
export function keysCommand(deps: CommandDeps): Command {
  return new Command('keys')
    .description('Make a key, or see whose a key is.')
    .addHelpText('after', example('battery-passport keys show my.key.json'))
    .addCommand(newCommand(deps))
    .addCommand(showCommand(deps))
}

interface NewFlags extends PassphraseOptions {
  readonly out: string
  readonly type: 'Ed25519' | 'P-256'
  readonly json?: true
}

function newCommand(deps: CommandDeps): Command {
  return addPassphraseOptions(
    new Command('new')
      .description(
        'Make a private key and write it, encrypted, to a new file that only you may read.',
      )
      .requiredOption('--out <file>', 'the key file; never overwritten')
      .addOption(
        new Option('--type <type>', 'what the key is')
          .choices(['Ed25519', 'P-256'])
          .default('Ed25519'),
      ),
  )
    .option('--json', 'print the public part as one JSON document')
    .addHelpText(
      'after',
      example(
        'export BATTERY_PASSPORT_PASSPHRASE="correct horse battery staple"',
        'battery-passport keys new --out my.key.json',
      ),
    )
    .action(async (flags: NewFlags) => {
      const passphrase = await passphraseOf(flags, deps)
      const jwk = generatePrivateJwk(flags.type)
      const created = formatInstant(deps.clock.now())
      await keyFileErrors(() => writeKeyFile(flags.out, { jwk, passphrase, created }))
      await show(flags.out, flags.json === true, deps)
    })
}

function showCommand(deps: CommandDeps): Command {
  return new Command('show')
    .description('Print the DID of a key file and the thumbprint of its key; needs no passphrase.')
    .argument('<file>', 'a key file')
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('battery-passport keys show my.key.json'))
    .action((file: string, flags: { readonly json?: true }) =>
      show(file, flags.json === true, deps),
    )
}

async function show(file: string, asJson: boolean, { out }: CommandDeps): Promise<void> {
  const { did, publicKey, created } = await keyFileErrors(() => readKeyFileLabel(file))
  const { type, thumbprint, multibase } = publicKey
  const label = { file, did, type, thumbprint, publicKeyMultibase: multibase, created }
  if (asJson) out(`${JSON.stringify(label, null, 2)}\n`)
  else {
    out(
      `${labelled([
        ['did', did],
        ['type', type],
        ['thumbprint', thumbprint],
        ['created', plain(created)],
        ['file', plain(file)],
      ])}\n`,
    )
  }
}

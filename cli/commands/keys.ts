import { formatInstant } from '@battery-passport/contexts'
import {
  didDocument,
  generatePrivateJwk,
  parseWebDid,
  readKeyFileLabel,
  writeKeyFile,
} from '@battery-passport/keys'
import { Command, Option } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { webName } from '../did-option.ts'
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
  readonly did?: string
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
    .option(
      '--did <did:web>',
      'sign as a did:web of yours instead of the did:key of the key; with #name, under that name',
    )
    .option('--json', 'print the public part as one JSON document')
    .addHelpText(
      'after',
      example(
        'export BATTERY_PASSPORT_PASSPHRASE="correct horse battery staple"',
        'battery-passport keys new --out my.key.json',
        'battery-passport keys new --did did:web:cells.example --out cells.key.json',
      ),
    )
    .action(async (flags: NewFlags) => {
      const name = flags.did === undefined ? {} : { name: webName(flags.did) }
      const passphrase = await passphraseOf(flags, deps)
      const jwk = generatePrivateJwk(flags.type)
      const created = formatInstant(deps.clock.now())
      await keyFileErrors(() => writeKeyFile(flags.out, { jwk, passphrase, created, ...name }))
      await show(flags.out, flags, deps)
    })
}

interface ShowFlags {
  readonly document?: true
  readonly json?: true
}

function showCommand(deps: CommandDeps): Command {
  return new Command('show')
    .description('Print the DID of a key file and the thumbprint of its key; needs no passphrase.')
    .argument('<file>', 'a key file')
    .option('--document', 'print the DID document of the key alone, as it is published')
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('battery-passport keys show my.key.json'))
    .action((file: string, flags: ShowFlags) => show(file, flags, deps))
}

async function show(
  file: string,
  { document, json }: ShowFlags,
  { out }: CommandDeps,
): Promise<void> {
  const { did, verificationMethod, publicKey, created } = await keyFileErrors(() =>
    readKeyFileLabel(file),
  )
  const { type, thumbprint, multibase } = publicKey
  const web = parseWebDid(did)
  const label = {
    file,
    did,
    ...(web.ok ? { verificationMethod, publish: web.url } : {}),
    type,
    thumbprint,
    publicKeyMultibase: multibase,
    created,
  }
  if (document) {
    const published = didDocument(publicKey, { did, url: verificationMethod })
    out(`${JSON.stringify(published, null, 2)}\n`)
  } else if (json) out(`${JSON.stringify(label, null, 2)}\n`)
  else {
    out(
      `${labelled([
        ['did', did],
        ...(web.ok ? [['key name', verificationMethod] as const] : []),
        ['type', type],
        ['thumbprint', thumbprint],
        ['created', plain(created)],
        ['file', plain(file)],
        ...(web.ok ? [['publish at', web.url] as const] : []),
      ])}\n`,
    )
    if (web.ok) {
      out(
        'Publish what "keys show --document" prints; a document that is there gets this key added.\n',
      )
    }
  }
}

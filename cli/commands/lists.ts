import { formatInstant } from '@battery-passport/contexts'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { addDeskOptions, type DeskFlags } from '../desk/desk-options.ts'
import { withDesk } from '../desk/with-desk.ts'
import {
  addDaysOption,
  type ListFlags,
  listsText,
  publish,
  writeLists,
} from '../desk/write-lists.ts'
import { addKeyOptions, type KeyOptions, openKey } from '../key-options.ts'
import { example } from './options.ts'

interface Flags extends KeyOptions, DeskFlags, ListFlags {
  readonly out: string
  readonly json?: true
}

/** `lists`: sign the status lists of a desk anew and write them out. */
export function listsCommand(deps: CommandDeps): Command {
  const command = new Command('lists').description(
    'Sign the status lists of a desk as they now stand and write them to a folder, with the withdrawal notices they name. Run it after every change, and before the last edition expires.',
  )
  return addDaysOption(addDeskOptions(addKeyOptions(command)))
    .requiredOption(
      '--out <dir>',
      'folder to which the lists go; older editions there are replaced',
    )
    .option('--json', 'print the lists as one JSON document')
    .addHelpText(
      'after',
      example('battery-passport lists --key climate.key.json --desk climate --out status'),
    )
    .action(async (flags: Flags) => {
      const signer = await openKey(flags, deps)
      const now = formatInstant(deps.clock.now())
      const published = await withDesk(flags, signer, (desk) => publish(desk, now, flags.days))
      const files = await writeLists(published, flags.out)
      if (flags.json) {
        const lists = published.lists.map(({ id, digestMultibase, credential }, index) => ({
          id,
          digestMultibase,
          validUntil: credential.validUntil,
          file: files.lists[index] ?? '',
        }))
        const notices = published.notices.map(({ id, digestMultibase, credential }, index) => ({
          id,
          digestMultibase,
          about: credential.credentialSubject.id,
          file: files.notices[index] ?? '',
        }))
        deps.out(`${JSON.stringify({ lists, notices }, null, 2)}\n`)
      } else deps.out(listsText(published, files))
    })
}

import { formatInstant } from '@battery-passport/contexts'
import { type Desk, isReason, type NoticeTerms } from '@battery-passport/issuer'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { addNoticeOptions, type NoticeFlags, noticeTerms } from '../desk/notice-options.ts'
import { withDesk } from '../desk/with-desk.ts'
import {
  addDaysOption,
  type ListFlags,
  listsText,
  publish,
  writeLists,
} from '../desk/write-lists.ts'
import { usageError } from '../errors.ts'
import { signing } from '../issuance-complaints.ts'
import { addPassphraseOptions, openKey, type PassphraseOptions } from '../key-options.ts'
import { plain } from '../report/plain.ts'
import { memberOf, parsed } from '../service/json-members.ts'
import { addTokenOptions, type ServiceFlags, serviceClient } from '../service/service-options.ts'
import { example } from './options.ts'

interface Flags extends PassphraseOptions, Omit<ServiceFlags, 'service'>, ListFlags, NoticeFlags {
  readonly service?: string
  readonly key?: string
  readonly desk?: string
  readonly reason?: string
  readonly json?: true
}

/** A change of status, by the words of its command, of a desk and of the service. */
interface Change {
  readonly name: 'revoke' | 'suspend' | 'reinstate'
  readonly description: string
  readonly status: 'revoked' | 'suspended' | 'active'
  /** What the example says besides. */
  readonly terms: string
}

/** `revoke`: withdraw a credential for good. */
export function revokeCommand(deps: CommandDeps): Command {
  return statusCommand(
    {
      name: 'revoke',
      description:
        'Withdraw a credential for good: of a desk, or a passport of a service. From the beginning and as a whole, unless a notice (--because) says less.',
      status: 'revoked',
      terms: '--because misstatement --effective-from 2026-09-25T00:00:00Z',
    },
    deps,
  )
}

/** `suspend`: withdraw a credential until it is reinstated. */
export function suspendCommand(deps: CommandDeps): Command {
  return statusCommand(
    {
      name: 'suspend',
      description: 'Suspend a credential until it is reinstated: of a desk, or of a service.',
      status: 'suspended',
      terms: '--reason "complaint received"',
    },
    deps,
  )
}

/** `reinstate`: end a suspension. */
export function reinstateCommand(deps: CommandDeps): Command {
  return statusCommand(
    {
      name: 'reinstate',
      description: 'End the suspension of a credential: of a desk, or a passport of a service.',
      status: 'active',
      terms: '--reason "complaint unfounded"',
    },
    deps,
  )
}

function statusCommand(change: Change, deps: CommandDeps): Command {
  const { name, status, terms } = change
  const command = addDaysOption(
    addTokenOptions(addPassphraseOptions(new Command(name).description(change.description))),
  )
  if (status !== 'active') addNoticeOptions(command, status === 'revoked')
  return command
    .argument('<id>', 'the id of the credential; of a passport its last part will do')
    .option('--key <file>', 'key file of the desk')
    .option('--desk <dir>', 'the desk that issued it')
    .option('--out <dir>', 'sign the lists of the desk and write them there')
    .option('--service <url>', 'the issuer service that issued the passport')
    .option('--reason <text>', 'why; kept, published nowhere; a service asks for it')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      example(
        `battery-passport ${name} --key climate.key.json --desk climate ${terms} --out status urn:uuid:3c7f5dc5-0a5d-4b0e-8a39-2f6f3f1f7d10`,
      ),
    )
    .action((id: string, flags: Flags) =>
      flags.service === undefined
        ? changeAtDesk(change, id, flags, deps)
        : changeAtService(change, id, { ...flags, service: flags.service }, deps),
    )
}

async function changeAtDesk(
  change: Change,
  id: string,
  flags: Flags,
  deps: CommandDeps,
): Promise<void> {
  const { key, desk: folder, reason, out } = flags
  if (key === undefined || folder === undefined) {
    throw usageError({
      what: 'It is not said who issued the credential.',
      where: '--key, --desk, --service',
      expected: '--key and --desk, or --service',
      remedy: 'Name the desk with its key, or the service.',
    })
  }
  if (reason !== undefined && !isReason(reason)) throw badReason(reason)
  const notice = noticeTerms(flags)
  const signer = await openKey({ ...flags, key }, deps)
  const now = formatInstant(deps.clock.now())
  const published = await withDesk({ desk: folder }, signer, async (desk) => {
    await signing(() => applyChange(desk, change, id, { now, reason, notice }))
    return out === undefined ? NOTHING : publish(desk, now, flags.days)
  })
  const files = out === undefined ? NOTHING : await writeLists(published, out)
  const isPart = notice?.indicators !== undefined
  if (flags.json) {
    const status = isPart ? 'withdrawn-in-part' : change.status
    deps.out(`${JSON.stringify({ id, status, changedAt: now, ...files }, null, 2)}\n`)
    return
  }
  deps.out(`${plain(id)} is ${isPart ? 'withdrawn in part' : change.status} as of ${now}.\n`)
  deps.out(
    out === undefined
      ? 'Nobody sees it before the lists are published: battery-passport lists\n'
      : listsText(published, files),
  )
}

const NOTHING = { lists: [], notices: [] }

function applyChange(
  desk: Desk,
  { name }: Change,
  id: string,
  about: {
    readonly now: string
    readonly reason: string | undefined
    readonly notice: NoticeTerms | undefined
  },
): Promise<void> {
  const { now, reason, notice } = about
  switch (name) {
    case 'revoke':
      return desk.revoke(id, now, reason, notice)
    case 'suspend':
      return desk.suspend(id, now, reason, notice)
    case 'reinstate':
      return desk.reinstate(id, now, reason)
  }
}

async function changeAtService(
  { status }: Change,
  id: string,
  flags: Flags & { readonly service: string },
  deps: CommandDeps,
): Promise<void> {
  if (flags.desk !== undefined || flags.key !== undefined) {
    throw usageError({
      what: 'A service changes the status of its passports with its own key.',
      where: '--service, --key, --desk',
      expected: '--service alone, or --key with --desk',
      remedy: 'Leave one of the two out.',
    })
  }
  if (flags.reason === undefined || !isReason(flags.reason)) throw badReason(flags.reason)
  const local = /(?:^|\/)([A-Za-z0-9_-]{22})$/.exec(id)?.[1]
  if (local === undefined) {
    throw usageError({
      what: 'This is no passport of a service.',
      where: 'id',
      expected: 'the id of a passport, or its last part of 22 characters',
      found: id,
      remedy: 'Copy the id of the passport; it is not the id of the battery.',
    })
  }
  const notice = noticeTerms(flags)
  if (notice?.indicators !== undefined) {
    throw usageError({
      what: 'A passport has no answers of its own.',
      where: '--indicator',
      expected: 'an attestation of a desk',
      found: id,
      remedy: 'Leave it out, or withdraw the attestation at the desk of the assurance body.',
    })
  }
  const client = await serviceClient(flags, deps)
  const body = JSON.stringify({ status, reason: flags.reason, notice })
  const request = { body, mediaType: 'application/json' }
  const answer = memberOf(parsed((await client.post(`/passports/${local}/status`, request)).body))
  if (flags.json) deps.out(`${JSON.stringify(answer, null, 2)}\n`)
  else deps.out(`${plain(id)} is ${String(answer.status)} as of ${String(answer.changedAt)}.\n`)
}

function badReason(reason: string | undefined) {
  return usageError({
    what: reason === undefined ? 'A service asks for a reason.' : 'The reason cannot be kept.',
    where: '--reason',
    expected: 'one line of 1 to 500 characters',
    found: reason === undefined ? 'nothing' : `${[...reason].length} characters, or several lines`,
    remedy: 'Say with --reason in one line why; it is published nowhere.',
  })
}

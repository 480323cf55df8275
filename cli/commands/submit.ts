import { presentationOf, timestampsOf } from '@battery-passport/issuer'
import { isOfType, LIMITS, type SecuredCredential } from '@battery-passport/verifier'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { refusal } from '../errors.ts'
import { type CredentialFiles, readCredentialFiles } from '../input/credential-files.ts'
import { placeIn } from '../input/read-document.ts'
import { submissionText } from '../report/submission-text.ts'
import type { ServiceClient } from '../service/client.ts'
import { memberOf, parsed } from '../service/json-members.ts'
import type { RequestOrigin } from '../service/problem.ts'
import { sendLists } from '../service/send-lists.ts'
import { addServiceOptions, type ServiceFlags, serviceClient } from '../service/service-options.ts'
import { example, repeated } from './options.ts'

interface Flags extends ServiceFlags {
  readonly with: readonly string[]
  readonly json?: true
}

/** `submit`: hand attestations, with what they rest on, to the service of a manufacturer. */
export function submitCommand(deps: CommandDeps): Command {
  const command = new Command('submit').description(
    'Submit attestations with their accreditations, identities and status lists to an issuer service. It verifies every one before it stores any. Status lists alone, with the notices they name, replace older editions.',
  )
  return addServiceOptions(command)
    .argument('<file|dir...>', 'credentials, presentations, or folders of them')
    .option(
      '--with <file|dir>',
      'what they rest on: accreditations, identities, status lists, notices; may be repeated',
      repeated,
      [],
    )
    .option('--json', 'print the answers of the service as one JSON document')
    .addHelpText(
      'after',
      example(
        'battery-passport submit --service http://127.0.0.1:8080 attestations --with climate-assurance.accreditation.json --with miner.identity.json --with status',
      ),
    )
    .action(async (paths: readonly string[], flags: Flags) => {
      const files = await readCredentialFiles([...paths, ...flags.with], deps)
      refuseStrangers(files)
      const client = await serviceClient(flags, deps)
      const lists = files.credentials.filter((each) =>
        isOfType(each, 'BitstringStatusListCredential'),
      )
      const notices = files.credentials.filter((each) => isOfType(each, 'WithdrawalNotice'))
      const isListsOnly =
        lists.length > 0 && lists.length + notices.length === files.credentials.length
      const answer = isListsOnly
        ? await sendLists({ lists, notices }, client, (digest) => files.fileOf(digest))
        : await sendPresentation(files, client)
      deps.out(
        flags.json ? `${JSON.stringify(answer, null, 2)}\n` : submissionText(memberOf(answer)),
      )
    })
}

/** What a service takes as evidence; a passport is the service's own word. */
function refuseStrangers({ credentials, fileOf }: CredentialFiles): void {
  if (credentials.length === 0) {
    throw refusal({
      what: 'There is nothing to submit.',
      expected: 'attestations with what they rest on, or status lists',
      found: 'no credential',
      remedy: 'Name the files or their folder.',
    })
  }
  const passports = credentials.filter((each) => isOfType(each, 'BatteryPassport'))
  if (passports.length > 0) {
    throw refusal(
      ...passports.map(({ id, digestMultibase }) => ({
        what: 'A passport is issued, not submitted.',
        where: fileOf(digestMultibase) ?? id,
        expected: 'attestations, accreditations, identities, status lists',
        found: `BatteryPassport ${id}`,
        remedy: 'Leave it out.',
      })),
    )
  }
}

async function sendPresentation(files: CredentialFiles, client: ServiceClient): Promise<unknown> {
  const credentials = attestationsFirst(files.credentials)
  const timestamps = timestampsOf(credentials, files.timestamps)
  const body = JSON.stringify(presentationOf(credentials, timestamps))
  const bytes = Buffer.byteLength(body)
  if (bytes > LIMITS.presentationBytes || credentials.length > LIMITS.presentationCredentials) {
    throw refusal({
      what: 'This is more than a service takes at once.',
      expected: `at most ${LIMITS.presentationCredentials} credentials and ${LIMITS.presentationBytes} bytes`,
      found: `${credentials.length} credentials, ${bytes} bytes`,
      remedy: 'Submit it in parts; what is stored already need not be sent again.',
    })
  }
  const request = { body, mediaType: 'application/vp' }
  const answer = await client.post('/attestations', request, originIn(files, credentials))
  return parsed(answer.body)
}

function attestationsFirst(credentials: readonly SecuredCredential[]): SecuredCredential[] {
  const isFirst = (each: SecuredCredential) => isOfType(each, 'RulebookAttestation')
  return [...credentials.filter(isFirst), ...credentials.filter((each) => !isFirst(each))]
}

/** A finding points into the presentation; the person knows files. */
function originIn({ fileOf }: CredentialFiles, sent: readonly SecuredCredential[]): RequestOrigin {
  return (pointer, credential) => {
    const [, index, rest = ''] = /^\/verifiableCredential\/(\d+)(.*)$/.exec(pointer) ?? []
    const meant =
      index === undefined ? sent.find(({ id }) => id === credential) : sent[Number(index)]
    if (meant === undefined)
      return [credential, pointer].filter(Boolean).join(' ') || 'the submission'
    const file = fileOf(meant.digestMultibase) ?? meant.id
    return placeIn(file, index === undefined ? pointer : rest)
  }
}

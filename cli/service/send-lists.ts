import { VC_CONTEXT } from '@battery-passport/contexts'
import type { SecuredCredential, StatusList } from '@battery-passport/verifier'
import type { ServiceClient, ServiceRequest } from './client.ts'
import { memberOf, parsed } from './json-members.ts'

/**
 * Hands newer editions of status lists to a service, one by one, each with the notices it names.
 *
 * @param fileOf names the file of a list, for messages
 */
export async function sendLists(
  published: {
    readonly lists: readonly StatusList[]
    readonly notices: readonly SecuredCredential[]
  },
  client: ServiceClient,
  fileOf: (digestMultibase: string) => string | undefined,
): Promise<unknown> {
  const stored: unknown[] = []
  const findings: unknown[] = []
  for (const list of published.lists) {
    const named = noticesOf(list, published.notices)
    const file = fileOf(list.digestMultibase) ?? list.id
    const answer = await client.post('/status-lists', requestOf(list, named), (pointer) =>
      `${file} ${pointer}`.trimEnd(),
    )
    for (const { id, type, digestMultibase, issuer } of [list, ...named]) {
      stored.push({ id, type, digestMultibase, issuer })
    }
    const about = memberOf(parsed(answer.body)).findings
    if (Array.isArray(about)) findings.push(...about)
  }
  return { stored, known: [], leftOut: [], findings }
}

/** Those that a list names; the others are of an earlier edition, or of another list. */
function noticesOf(
  { credential }: StatusList,
  notices: readonly SecuredCredential[],
): readonly SecuredCredential[] {
  const { notices: named = [] } = credential.credentialSubject
  const digests = new Set(named.map(({ digestMultibase }) => digestMultibase))
  return notices.filter(({ digestMultibase }) => digests.has(digestMultibase))
}

function requestOf(list: StatusList, notices: readonly SecuredCredential[]): ServiceRequest {
  const { securing, document } = list
  if (notices.length > 0) {
    const body = JSON.stringify({
      '@context': [VC_CONTEXT],
      type: ['VerifiablePresentation'],
      verifiableCredential: [list, ...notices].map((each) => each.document),
    })
    return { body, mediaType: 'application/vp' }
  }
  return securing.form === 'vc+jwt'
    ? { body: securing.compact, mediaType: 'application/vc+jwt' }
    : { body: JSON.stringify(document), mediaType: 'application/vc' }
}

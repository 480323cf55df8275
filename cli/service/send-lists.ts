import type { SecuredCredential } from '@battery-passport/verifier'
import type { ServiceClient } from './client.ts'
import { memberOf, parsed } from './json-members.ts'

/**
 * Hands newer editions of status lists to a service, one by one.
 *
 * @param fileOf names the file of a list, for messages
 */
export async function sendLists(
  lists: readonly SecuredCredential[],
  client: ServiceClient,
  fileOf: (digestMultibase: string) => string | undefined,
): Promise<unknown> {
  const stored: unknown[] = []
  const findings: unknown[] = []
  for (const { document, digestMultibase, id, type, issuer, securing } of lists) {
    const request =
      securing.form === 'vc+jwt'
        ? { body: securing.compact, mediaType: 'application/vc+jwt' }
        : { body: JSON.stringify(document), mediaType: 'application/vc' }
    const file = fileOf(digestMultibase) ?? id
    const answer = await client.post('/status-lists', request, (pointer) =>
      `${file} ${pointer}`.trimEnd(),
    )
    stored.push({ id, type, digestMultibase, issuer })
    const about = memberOf(parsed(answer.body)).findings
    if (Array.isArray(about)) findings.push(...about)
  }
  return { stored, known: [], leftOut: [], findings }
}

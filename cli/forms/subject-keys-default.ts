import type { CoveredKey } from '@battery-passport/contexts'
import { publicKeyFromMultikey } from '@battery-passport/keys'
import { refusal } from '../errors.ts'
import { placeIn } from '../input/read-document.ts'

const DID_KEY = 'did:key:'

/**
 * The keys a form covers: those it lists or, for a did:key, its one key from `from` to `until`.
 *
 * @param file the form, for messages
 * @throws {CommandError} refused: none is listed and the DID does not say its key
 */
export function coveredKeys(
  { id, keys }: { readonly id: string; readonly keys?: CoveredKey[] },
  { from, until }: { readonly from: string; readonly until: string },
  file: string,
): CoveredKey[] {
  if (keys !== undefined) return keys
  const reading = id.startsWith(DID_KEY) ? publicKeyFromMultikey(id.slice(DID_KEY.length)) : null
  if (reading?.ok) return [{ thumbprint: reading.publicKey.thumbprint, from, until }]
  throw refusal({
    what: 'It is not said which keys are covered.',
    where: placeIn(file, '/subject/keys'),
    expected: 'thumbprints with their dates; only a did:key says its key itself',
    found: reading === null ? id : reading.detail,
    remedy: 'Add "keys": [{ "thumbprint", "from", "until" }]; "keys show" prints a thumbprint.',
  })
}

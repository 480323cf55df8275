import { present } from '../chain.ts'
import { edited, put, replaced } from '../edit.ts'
import { type Family, PASSPORT } from '../studio.ts'

const NAME = 'Café Ångström 🔋 (fictional)'
const LEGAL_NAME = `${PASSPORT}/credentialSubject/product/manufacturerInformation/legalName`

/** Characters, and bytes that are none. */
export const unicode: Family = async ({ chain, consortium }, { accepted, rejected }) => {
  const { packMaker } = consortium.parties
  const product = { manufacturerInformation: { legalName: NAME }, modelIdentifier: 'PM-80-NMC' }
  const bytes = present(await chain({ passport: { subject: { product } } }))
  const text = Buffer.from(bytes).toString()
  const raw = (from: string, to: readonly number[]) => {
    const [before = '', after = ''] = text.split(from, 2)
    return { input: Buffer.concat([Buffer.from(before), Buffer.from(to), Buffer.from(after)]) }
  }

  await accepted('beyond-ascii', 'Text for people may have any character.', { input: bytes })
  await rejected(
    'byte-order-mark',
    'JSON_INVALID',
    'A byte order mark, which JSON does not have (RFC 8259 §8.1).',
    {
      input: Buffer.concat([Buffer.of(239, 187, 191), bytes]),
    },
  )

  const broken: readonly [string, readonly number[], string][] = [
    ['overlong', [193, 131], 'A second spelling of "C".'],
    ['surrogate-bytes', [237, 160, 128], 'Half of a pair, written in UTF-8.'],
  ]
  for (const [each, to, why] of broken) {
    const sent = each === 'latin-1' ? raw('Caf', to) : raw('C', to)
    await rejected(each, 'JSON_INVALID', `${why} Lenient readers replace it.`, {
      ...sent,
      as: 'input.bin',
    })
  }

  await accepted('escapes', 'An escape is the character it stands for.', {
    input: replaced(text, NAME, 'Caf\\u00e9 \\u00c5ngstr\\u00F6m \\ud83d\\udd0b (fictional)'),
  })

  const surrogates: readonly [string, string, string][] = [
    ['high-surrogate-alone', '\\ud83d', 'The first half of a pair is no character by itself.'],
    ['low-surrogate-alone', '\\udd0b', 'The second half of a pair is no character by itself.'],
    ['control-character', '\u0001', 'A raw control character in a string.'],
  ]
  for (const [each, to, why] of surrogates) {
    await rejected(each, 'JSON_INVALID', why, { input: replaced(text, '🔋', to) })
  }

  await accepted('in-an-identifier', 'An identifier is printable ASCII.', {
    input: present(await chain({ passport: { subject: { batch: 'urn:example:batch:a-1' } } })),
  })
  const name = (value: string) => ({ input: edited(bytes, put(LEGAL_NAME, value)) })
  await rejected(
    'decomposed',
    'PROOF_INVALID',
    'A name in decomposed form: the same to the eye, other characters than were signed.',
    name(NAME.normalize('NFD')),
  )
  await rejected(
    'homoglyph-in-a-name',
    'PROOF_INVALID',
    'A Cyrillic letter in a name that looks like the Latin one.',
    name(NAME.replace('a', '\u0430')),
  )
  await rejected(
    'homoglyph-in-an-identifier',
    'SCHEMA',
    'A Cyrillic letter in a DID: identifiers are ASCII, so that two that look the same are the same.',
    { input: edited(bytes, put(`${PASSPORT}/issuer`, packMaker.did.replace('z6Mk', 'z6\u041Ck'))) },
  )
  await rejected(
    'control-character-escaped',
    'SCHEMA',
    'No text of a credential has control characters, which could forge a report on a terminal.',
    name(`${NAME}\u0000`),
  )
  await rejected(
    'line-break-escaped',
    'SCHEMA',
    'A line break in a name, which could forge a line of a log.',
    name(`${NAME}\nerror: none`),
  )
  await rejected(
    'bidirectional-override',
    'PROOF_INVALID',
    'A mark that turns the direction of the text was put in after signing.',
    name(`\u202E${NAME}`),
  )
}

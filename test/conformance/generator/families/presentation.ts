import { at, type Edit, put, rename } from '../edit.ts'
import { ATTESTATION, type Family, PASSPORT } from '../studio.ts'

const CREDENTIALS = '/verifiableCredential'

/** Credentials in one file, of which the first is the passport. */
export const presentation: Family = async (studio, collect) => {
  await form(studio, collect)
  await contents(studio, collect)
}

const form: Family = async ({ honest, tampered, sent }, { accepted, rejected }) => {
  const refuse = (name: string, why: string, edit: Edit, code = 'SCHEMA') =>
    rejected(name, code, why, tampered(edit))

  await accepted(
    'with-a-name',
    'A presentation may have a name.',
    tampered(put('/id', 'urn:uuid:6f1c2b7a-1f0e-4c59-9a3f-2c8a3f0d9b11')),
  )
  await refuse('empty', 'A presentation of nothing.', put(CREDENTIALS, []))
  await refuse(
    'type-of-a-credential',
    'A presentation that says it is a credential.',
    put('/type', ['VerifiableCredential']),
  )
  await refuse(
    'context-appended',
    'A presentation with a context of its own.',
    put('/@context/-', { verifiableCredential: '@graph' }),
  )
  await refuse('member-added', 'A presentation with a member nobody knows.', put('/accepted', true))
  await rejected(
    'credentials-as-iri',
    ['CONTEXT_NOT_ALLOWED', 'PROOF_MISSING', 'SCHEMA'],
    'verifiableCredential is written as an address: without its list it is no presentation.',
    tampered(rename(CREDENTIALS, 'https://www.w3.org/2018/credentials#verifiableCredential')),
  )
  await refuse(
    'credential-null',
    'A null stands among the credentials.',
    put(`${CREDENTIALS}/-`, null),
    'JSON_INVALID',
  )
  await rejected(
    'no-presentation',
    'SCHEMA',
    'A list of credentials is no presentation.',
    sent(JSON.stringify(at(honest, CREDENTIALS))),
  )
}

const contents: Family = async (studio, { accepted, rejected, open }) => {
  const { honest, tampered, sent, chain } = studio
  const junk = { id: 'urn:example:junk', type: 'Something', hello: 'world' }
  const all: readonly unknown[] = Object(at(honest, CREDENTIALS))
  const of = (...credentials: readonly unknown[]): Edit => put(CREDENTIALS, credentials)

  await accepted(
    'junk-with-a-name',
    'What nothing refers to is passed over, and told.',
    tampered(put(`${CREDENTIALS}/-`, junk)),
    ['CREDENTIAL_UNUSED'],
  )
  await rejected(
    'junk-without-a-name',
    ['CONTEXT_NOT_ALLOWED', 'PROOF_MISSING', 'SCHEMA'],
    'An unreadable credential without a name might be anything, so it counts.',
    tampered(put(`${CREDENTIALS}/-`, { hello: 'world' })),
  )
  await rejected(
    'passport-last',
    'SCHEMA',
    'The passport stands last: the first credential must be it.',
    tampered(of(...all.slice(1), all[0])),
  )
  await rejected(
    'passport-missing',
    'SCHEMA',
    'The presentation has no passport at all.',
    tampered(of(...all.slice(1))),
  )
  await rejected(
    'presentation-inside',
    ['CONTEXT_NOT_ALLOWED', 'PROOF_MISSING', 'SCHEMA'],
    'A presentation stands in the place of the passport.',
    tampered(put(PASSPORT, JSON.parse(Buffer.from(honest).toString()))),
  )

  await accepted('twice', 'Everything twice says nothing more.', tampered(of(...all, ...all)))
  const other = await chain({
    passport: { credential: { id: 'https://packmaker.example/passports/other', name: 'Other' } },
  })
  await rejected(
    'second-passport-first',
    'PROOF_INVALID',
    'Of two passports the first is judged: here a changed one.',
    tampered(of({ ...Object(all[0]), name: 'Gold' }, ...all.slice(1), all[0])),
  )
  await rejected(
    'added-file-broken',
    'JSON_INVALID',
    'A file that was added and cannot be read is told.',
    { ...sent(honest), with: { 'list.json': '{"id": tru' } },
  )
  await rejected(
    'added-file-with-a-key-twice',
    'JSON_DUPLICATE_KEY',
    'A file that was added names a key twice: it is read as strictly as the input.',
    { ...sent(honest), with: { 'list.json': '{"id":"urn:x","id":"urn:y"}' } },
  )
  await rejected(
    'added-file-no-credential',
    'SCHEMA',
    'A file that was added holds no credential.',
    {
      ...sent(honest),
      with: { 'list.json': '"a list"' },
    },
  )

  await accepted(
    'second-passport',
    'A second passport is passed over.',
    tampered(put(`${CREDENTIALS}/-`, other.passport.document)),
    ['CREDENTIAL_UNUSED'],
  )
  await rejected(
    'added-empty-presentation',
    'SCHEMA',
    'A presentation of nothing, in a file that was added.',
    {
      ...sent(honest),
      with: {
        'list.json': JSON.stringify({
          '@context': ['https://www.w3.org/ns/credentials/v2'],
          type: ['VerifiablePresentation'],
          verifiableCredential: [],
        }),
      },
    },
  )
  await rejected(
    'attestation-renamed',
    ['DIGEST_MISMATCH', 'PROOF_INVALID'],
    'The attestation in the presentation got a name after it was signed.',
    tampered(put(`${ATTESTATION}/name`, 'Gold')),
  )
  await open(
    'chain-of-another',
    ['REFERENCE_MISSING', 'STATUS_UNREACHABLE'],
    'A presentation of a passport and nothing that it rests on.',
    tampered(of(all[0])),
  )
}

import { drop, type Edit, put, rename, update } from '../edit.ts'
import { type Family, PASSPORT } from '../studio.ts'

const SUBJECT = `${PASSPORT}/credentialSubject`
const VOCABULARY = 'https://battery-passport.example/vocabulary/v1#'
const CREDENTIALS = 'https://www.w3.org/2018/credentials#'

/** Changes after which the same triples would be signed, and a reader of the JSON reads others. */
export const context: Family = async (studio, collect) => {
  const rdfc = await studio.as('eddsa-rdfc-2022')
  await keywords(rdfc, collect)
  await contexts(rdfc, collect)
  await iris(rdfc, collect)
}

const keywords: Family = async ({ tampered }, { beside, rejected }) => {
  const hide = (name: string, why: string, ...edits: readonly Edit[]) =>
    rejected(name, ['CONTEXT_NOT_ALLOWED', 'SCHEMA'], why, tampered(...edits))
  const refuse = (name: string, why: string, ...edits: readonly Edit[]) =>
    rejected(name, 'CONTEXT_NOT_ALLOWED', why, tampered(...edits))

  beside('suites/eddsa-rdfc-2022')
  await hide(
    'alias-id',
    'id is written as @id: a program that asks for id reads nothing.',
    rename(`${PASSPORT}/id`, '@id'),
  )
  await refuse(
    'included',
    '@included puts a block of nodes beside the passport.',
    put(`${PASSPORT}/@included`, [{ id: 'urn:example:x' }]),
  )
  await hide(
    'included-status',
    'The status entries are moved under @included, where no reader looks.',
    nested(`${PASSPORT}`, 'credentialStatus', '@included'),
  )
  await refuse(
    'index',
    '@index carries a value that no signature covers.',
    put(`${SUBJECT}/@index`, 'gold'),
  )
  await hide(
    'value-object',
    'validUntil as a value object: the same triple, another reading.',
    update(`${PASSPORT}/validUntil`, (instant) => ({ '@value': instant })),
  )
}

const contexts: Family = async ({ tampered }, { rejected }) => {
  const refuse = (name: string, why: string, ...edits: readonly Edit[]) =>
    rejected(name, 'CONTEXT_NOT_ALLOWED', why, tampered(...edits))
  const appended = (added: unknown) => put(`${PASSPORT}/@context/-`, added)
  await refuse(
    'appended-inline',
    'An appended context is a second vocabulary.',
    appended({ gold: `${VOCABULARY}score` }),
  )
  await refuse(
    'appended-vocab',
    'An appended @vocab would give every unknown term a meaning.',
    appended({ '@vocab': 'https://attacker.example/' }),
  )
  await rejected(
    'appended-alias-of-index',
    ['CONTEXT_NOT_ALLOWED', 'SCHEMA'],
    'An appended term that stands for @index carries a value that no signature covers.',
    tampered(appended({ approved: '@index' }), put(`${SUBJECT}/approved`, 'gold')),
  )
  await refuse(
    'appended-remote',
    'An appended context at an address inside the buyer’s network: nothing is fetched.',
    appended('https://169.254.169.254/latest'),
  )
  await refuse(
    'context-dropped',
    'Without the context of the profile its terms mean nothing.',
    drop(`${PASSPORT}/@context/1`),
  )
  await refuse(
    'context-replaced',
    'A vocabulary with the same words, in which the lower bound is called the upper.',
    put(`${PASSPORT}/@context/1`, { '@vocab': VOCABULARY, value: `${VOCABULARY}upper` }),
  )
  await refuse(
    'context-in-subject',
    'A context in the subject gives its terms another meaning.',
    put(`${SUBJECT}/@context`, { score: '@index' }),
  )
  await refuse(
    'context-in-proof',
    'A context in the proof, where graph suites have none.',
    put(`${PASSPORT}/proof/@context`, ['https://www.w3.org/ns/credentials/v2']),
  )
  await refuse(
    'two-hundred-contexts',
    'Two hundred contexts, each of which would be processed before the signature.',
    update(`${PASSPORT}/@context`, (urls) => [
      ...Object(urls),
      ...Array.from({ length: 200 }, () => ({})),
    ]),
  )
}

const iris: Family = async ({ tampered }, { rejected }) => {
  const refuse = (name: string, why: string, ...edits: readonly Edit[]) =>
    rejected(name, 'SCHEMA', why, tampered(...edits))
  await refuse(
    'score-as-iri',
    'score is written as an address: a program that asks for score finds none.',
    rename(`${SUBJECT}/score`, `${VOCABULARY}score`),
  )
  await refuse(
    'expiry-as-iri',
    'validUntil is written as an address: an expired passport would have no end.',
    rename(`${PASSPORT}/validUntil`, `${CREDENTIALS}validUntil`),
  )
  await refuse(
    'status-as-iri',
    'credentialStatus is written as an address: a revoked passport would have no status.',
    rename(`${PASSPORT}/credentialStatus`, `${CREDENTIALS}credentialStatus`),
  )
  await refuse(
    'colon',
    'A key with a colon is an address or a prefix, never a term.',
    put(`${SUBJECT}/a:b`, true),
  )
}

/** Puts a member into an object under a keyword. */

function nested(pointer: string, member: string, keyword: string): Edit {
  return (document) => {
    update(pointer, (value) => {
      const { [member]: moved, ...others } = Object(value)
      return { ...others, [keyword]: { [member]: moved } }
    })(document)
  }
}

import { CONTEXTS, VC_CONTEXT } from '@battery-passport/contexts'
import { bytesOfJson, type HostileInput, SMALL } from './hostile-input.ts'
import { Stranger } from './stranger.ts'

const stranger = new Stranger('stranger')

/** As a signature is written, of nobody's making. */
const NO_SIGNATURE = `z${'3'.repeat(87)}`

/** Credentials of 64 KiB that are no passports, whose canonical form takes long to make. */
export function hostileDocuments(): HostileInput[] {
  const blank = (text: string) => ({ type: 'BitstringStatusListEntry', statusPurpose: text })
  return [
    document('blank nodes that are all the same', 'eddsa-rdfc-2022', {
      credentialSubject: many(() => ({})),
    }),
    document('blank nodes with the same text', 'eddsa-rdfc-2022', {
      credentialSubject: many(() => ({ name: 'a' })),
    }),
    document('blank nodes that differ', 'eddsa-rdfc-2022', {
      credentialSubject: many((at) => ({ name: `${at}` })),
    }),
    document('the same trees of blank nodes', 'eddsa-rdfc-2022', {
      credentialSubject: many(() => tree(3, 4), 3),
    }),
    document('most members of one kind', 'eddsa-rdfc-2022', {
      credentialStatus: many((at) => blank(`${at}`)),
    }),
    document('typed blank nodes', 'eddsa-rdfc-2022', {
      evidence: many(() => ({ type: ['VerifiableCredential', 'VerifiablePresentation'] })),
    }),
    document('long texts', 'eddsa-rdfc-2022', {
      description: 'é'.repeat(4000),
      name: '\n'.repeat(8000),
    }),
    document(
      'as many blank nodes as are made canonical',
      'eddsa-rdfc-2022',
      lists(() => ({}), 220),
    ),
    document(
      'as many that differ',
      'eddsa-rdfc-2022',
      lists((at) => ({ name: `${at}` }), 220),
    ),
    document(
      'more than are made canonical',
      'eddsa-rdfc-2022',
      lists(() => ({}), 256),
    ),
    document(
      '16 proofs of one document',
      'eddsa-rdfc-2022',
      { credentialSubject: many(() => ({})) },
      16,
    ),
    document(
      '16 proofs that sign those before them',
      'eddsa-jcs-2022',
      { credentialSubject: many(() => ({})) },
      16,
      true,
    ),
    document(
      '16 such proofs over statements',
      'eddsa-rdfc-2022',
      { credentialSubject: many(() => ({ name: 'a' }), 100) },
      16,
      true,
    ),
    document(
      'a key as long as a text may be',
      'eddsa-jcs-2022',
      { issuer: `did:key:${LONG}`, name: 'a'.repeat(4000) },
      1,
      false,
      { verificationMethod: `did:key:${LONG}#${LONG}` },
    ),
    document('signatures as long as a text may be', 'eddsa-jcs-2022', {}, 7, false, {
      proofValue: `${LONG}${LONG}`,
    }),
    document('contexts of the profile', 'eddsa-rdfc-2022', {
      '@context': CONTEXTS,
      credentialSubject: many(() => ({})),
    }),
  ]
}

/** A text in base 58, which takes the square of its length to read. */
const LONG = `z${'z'.repeat(3900)}`

const TERMS = ['credentialSubject', 'evidence', 'termsOfUse', 'relatedResource', 'credentialStatus']
const MORE_TERMS = ['credentialSchema', 'refreshService', 'renderMethod', 'confidenceMethod']

/** The same list under every term that takes one. */
function lists(of: (number: number) => object, count: number): object {
  return Object.fromEntries([...TERMS, ...MORE_TERMS].map((term) => [term, many(of, count)]))
}

/** As many as a list may have. */
function many<T>(of: (number: number) => T, count = 256): readonly T[] {
  return Array.from({ length: count }, (_, number) => of(number))
}

function tree(depth: number, width: number): object {
  return depth === 0
    ? { type: 'VerifiableCredential' }
    : {
        termsOfUse: Array.from({ length: width }, () => ({
          type: 'VerifiableCredential',
          evidence: tree(depth - 1, width),
        })),
      }
}

function document(
  name: string,
  cryptosuite: string,
  members: object,
  proofs = 1,
  chained = false,
  change: object = {},
): HostileInput {
  const url = stranger.signer.verificationMethod
  const context = '@context' in members ? members['@context'] : [VC_CONTEXT]
  const proof = Array.from({ length: proofs }, (_, at) => ({
    id: `urn:uuid:${at}`,
    type: 'DataIntegrityProof',
    cryptosuite,
    created: '2026-09-01T00:00:00Z',
    verificationMethod: url,
    proofPurpose: 'assertionMethod',
    ...(cryptosuite.includes('jcs') ? { '@context': context } : {}),
    ...(chained && at > 0
      ? { previousProof: Array.from({ length: at }, (_, each) => `urn:uuid:${each}`) }
      : {}),
    proofValue: NO_SIGNATURE,
    ...change,
  }))
  const bytes = bytesOfJson({
    '@context': context,
    type: ['VerifiableCredential'],
    issuer: stranger.did,
    credentialSubject: {},
    ...members,
    proof: proofs === 1 ? { ...proof[0], id: undefined } : proof,
  })
  const isJsonLd = !cryptosuite.includes('jcs')
  if (bytes.length > SMALL) throw new Error(`${name}: ${bytes.length} bytes`)
  return { name, bytes, door: 'document', outcome: 'refused', ...(isJsonLd ? { isJsonLd } : {}) }
}

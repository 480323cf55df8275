import { decodeProofValue, encodeProofValue } from '@battery-passport/keys'
import { present } from '../chain.ts'
import { at, drop, type Edit, put } from '../edit.ts'
import { resealed } from '../forge.ts'
import { ATTESTATION, type Family, PASSPORT } from '../studio.ts'

const PROOF = `${PASSPORT}/proof`

/** Exactly the proof the profile expects, and nothing in it that is not understood. */
export const proof: Family = async (studio, collect) => {
  await count(studio, collect)
  await members(studio, collect)
  await encoding(studio, collect)
  await content(studio, collect)
}

const count: Family = async ({ honest, tampered, consortium }, { beside, rejected }) => {
  const own = at(honest, PROOF)
  const refuse = (name: string, code: string, why: string, edit: Edit) =>
    rejected(name, code, why, tampered(edit))
  const forged = { ...Object(own), proofValue: encodeProofValue(new Uint8Array(64)) }
  const victim = consortium.parties.cellMaker.signer.verificationMethod

  beside('json/honest')
  await refuse('none', 'PROOF_MISSING', 'The proof was taken away.', drop(PROOF))
  await refuse(
    'empty-list',
    'PROOF_MISSING',
    'The proof was replaced by an empty list.',
    put(PROOF, []),
  )
  await refuse(
    'forged-and-valid',
    'PROOF_COUNT',
    'Libraries accept a set of proofs if any one of them holds.',
    put(PROOF, [forged, own]),
  )
  await refuse(
    'unknown-and-valid',
    'PROOF_COUNT',
    'A proof of an unknown type names somebody who never signed.',
    put(PROOF, [own, { type: 'Unknown', verificationMethod: victim }]),
  )
  await refuse(
    'two-thousand',
    'LIMIT_EXCEEDED',
    'Two thousand proofs, each of which would be checked.',
    put(
      PROOF,
      Array.from({ length: 2000 }, () => ({})),
    ),
  )
  await refuse(
    'chained',
    'PROOF_COUNT',
    'The proof says it follows another, which is not there.',
    put(`${PROOF}/previousProof`, 'urn:uuid:3bdc1c54-4c01-4a3c-9a3d-1b2d4a5e6f70'),
  )
}

const members: Family = async ({ chain, consortium }, { rejected }) => {
  const { packMaker, cellMaker } = consortium.parties
  const whole = await chain()
  const refuse = async (name: string, code: string, why: string, changed: object) => {
    const passport = await resealed(whole.passport, packMaker.signer, { ...changed })
    await rejected(`signed-${name}`, code, why, { input: present({ ...whole, passport }) })
  }

  await refuse(
    'previous-proof',
    'PROOF_COUNT',
    'The issuer signed a proof that says it follows another.',
    {
      previousProof: 'urn:uuid:3bdc1c54-4c01-4a3c-9a3d-1b2d4a5e6f70',
    },
  )
  await refuse(
    'expires',
    'SCHEMA',
    'The proof has expired, of which libraries read only the form.',
    {
      expires: '2026-09-21T00:00:00Z',
    },
  )
  await refuse('domain', 'SCHEMA', 'The proof is for somebody else (domain).', {
    domain: 'attacker.example',
  })
  await refuse('index', 'SCHEMA', 'The proof carries @index, which graph suites do not sign.', {
    '@index': 'gold',
  })
  await refuse('without-created', 'PROOF_TIME', 'The proof does not say when it was created.', {
    created: undefined,
  })
  await refuse(
    'created-february-30',
    'PROOF_TIME',
    'The proof was created on a day that does not exist.',
    {
      created: '2026-02-30T00:00:00Z',
    },
  )
  await refuse(
    'in-the-future',
    'PROOF_TIME',
    'The proof was created in 2099: nobody signs tomorrow.',
    {
      created: '2099-01-01T00:00:00Z',
    },
  )
  await refuse(
    'for-authentication',
    'KEY_NOT_AUTHORISED',
    'The proof is for authentication: a login is no assertion.',
    {
      proofPurpose: 'authentication',
    },
  )
  await refuse(
    'key-of-another',
    'KEY_NOT_AUTHORISED',
    'The proof names the key of another party.',
    {
      verificationMethod: cellMaker.signer.verificationMethod,
    },
  )
  await refuse(
    'key-as-object',
    'KEY_NOT_AUTHORISED',
    'The proof brings its own key: a key is looked up.',
    {
      verificationMethod: {
        id: packMaker.signer.verificationMethod,
        type: 'Multikey',
        controller: packMaker.did,
        publicKeyMultibase: cellMaker.signer.publicKey.multibase,
      },
    },
  )
  await refuse(
    'key-of-no-document',
    'KEY_NOT_AUTHORISED',
    'The proof names a key that the document of the issuer does not list.',
    {
      verificationMethod: `${packMaker.did}#${cellMaker.signer.publicKey.multibase}`,
    },
  )
  await refuse(
    'suite-unknown',
    'PROOF_SUITE_NOT_ALLOWED',
    'The proof names a suite nobody knows.',
    {
      cryptosuite: 'none',
      '@context': undefined,
    },
  )
  await refuse('without-context', 'CONTEXT_NOT_ALLOWED', 'The proof does not pin the contexts.', {
    '@context': undefined,
  })
  await refuse(
    'context-prefix',
    'CONTEXT_NOT_ALLOWED',
    'The proof pins the first context alone: others could be appended.',
    {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
    },
  )
}

const encoding: Family = async ({ honest, tampered }, { rejected }) => {
  const value = String(at(honest, `${PROOF}/proofValue`))
  const signature = decodeProofValue(value) ?? new Uint8Array()
  const altered = Uint8Array.from(signature)
  altered[0] = (altered[0] ?? 0) ^ 1
  const texts: readonly [string, string, unknown][] = [
    [
      'base64url',
      'The signature is written in base64url: a second text of one proof.',
      base64url(signature),
    ],
    [
      'long',
      'A signature of 8,000 letters: decoding base58 takes time quadratic in its length.',
      `z${'2'.repeat(8000)}`,
    ],
  ]
  for (const [name, why, proofValue] of texts) {
    const edit = put(`${PROOF}/proofValue`, proofValue)
    await rejected(`value-${name}`, 'PROOF_ENCODING', why, tampered(edit))
  }
  const others: readonly [string, string, Uint8Array][] = [
    [
      'scalar-plus-order',
      'The scalar of the signature plus the order of the group, which some take for the same.',
      plusOrder(signature),
    ],
  ]
  for (const [name, why, bytes] of others) {
    const edit = put(`${PROOF}/proofValue`, encodeProofValue(bytes))
    await rejected(`value-${name}`, 'PROOF_INVALID', why, tampered(edit))
  }
}

const content: Family = async ({ tampered, chain, consortium }, { rejected }) => {
  const { packMaker, cellMaker } = consortium.parties
  const whole = await chain()
  const subject = `${PASSPORT}/credentialSubject`
  const changes: readonly [string, string, Edit][] = [
    ['score', 'The score was changed after signing.', put(`${subject}/score/value`, 9999)],
    [
      'index',
      'The status index was changed to that of another credential.',
      put(`${PASSPORT}/credentialStatus/0/statusListIndex`, '5'),
    ],
  ]
  for (const [name, why, edit] of changes) {
    await rejected(`changed-${name}`, 'PROOF_INVALID', why, tampered(edit))
  }
  for (const [name, suite] of [
    ['changed-suite', 'eddsa-rdfc-2022'],
    ['changed-algorithm', 'ecdsa-rdfc-2019'],
  ] as const) {
    await rejected(
      name,
      'PROOF_INVALID',
      'The suite, and so the algorithm, is part of what was signed.',
      tampered(put(`${PROOF}/cryptosuite`, suite), drop(`${PROOF}/@context`)),
    )
  }
  await rejected(
    'signed-by-another',
    'PROOF_INVALID',
    'The proof names the issuer’s key and was signed with another.',
    {
      input: present({ ...whole, passport: await resealed(whole.passport, cellMaker.signer) }),
    },
  )
  await rejected(
    'another-issuer',
    'KEY_NOT_AUTHORISED',
    'A genuine proof under the name of another.',
    tampered(put(`${PASSPORT}/issuer`, cellMaker.did)),
  )
  await rejected(
    'attestation-changed',
    ['DIGEST_MISMATCH', 'PROOF_INVALID'],
    'The outer proof says nothing of what else is in a presentation.',
    tampered(put(`${ATTESTATION}/credentialSubject/results/0/value`, '19.9')),
  )
  await rejected(
    'attestation-unsigned',
    ['DIGEST_MISMATCH', 'PROOF_MISSING'],
    'The attestation lost its proof.',
    tampered(drop(`${ATTESTATION}/proof`)),
  )
  const attestations = await Promise.all(
    whole.attestations.map((each) => resealed(each, packMaker.signer)),
  )
  await rejected(
    'attestation-signed-by-another',
    ['DIGEST_MISMATCH', 'PROOF_INVALID'],
    'Signed by the operator in the name of the assurance body.',
    { input: present({ ...whole, attestations }) },
  )
}

function base64url(bytes: Uint8Array): string {
  return `u${Buffer.from(bytes).toString('base64url')}`
}

/** The order of the group of Ed25519 (RFC 8032 §5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

function plusOrder(signature: Uint8Array): Uint8Array {
  const scalar = Buffer.from(signature.slice(32)).reverse().toString('hex')
  const sum = (BigInt(`0x${scalar}`) + ORDER).toString(16).padStart(64, '0')
  return Uint8Array.from([...signature.slice(0, 32), ...Buffer.from(sum, 'hex').reverse()])
}

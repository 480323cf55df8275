import { decodeProofValue, encodeProofValue } from '@battery-passport/keys'
import { present } from '../chain.ts'
import { at, put } from '../edit.ts'
import { ATTESTATION, type Family, PASSPORT } from '../studio.ts'

const VALUE = `${PASSPORT}/proof/proofValue`
const SCORE = `${PASSPORT}/credentialSubject/score`

/** The other cryptosuites: graphs instead of texts, P-256 instead of Ed25519. */
export const suites: Family = async (studio, collect) => {
  await rdfc(await studio.as('eddsa-rdfc-2022'), collect)
  await ecdsa(await studio.as('ecdsa-rdfc-2019'), collect)
  await together(studio, collect)
}

const rdfc: Family = async ({ honest, tampered }, { accepted, rejected }) => {
  const subject = `${PASSPORT}/credentialSubject`
  await accepted('eddsa-rdfc-2022', 'Everything is signed as a graph.', { input: honest })
  await rejected(
    'rdfc-value-changed',
    'PROOF_INVALID',
    'The score was changed after signing.',
    tampered(put(`${SCORE}/value`, 9999)),
  )
  await rejected(
    'rdfc-reference-changed',
    ['DIGEST_MISMATCH', 'PROOF_INVALID'],
    'A reference was changed after signing.',
    tampered(
      put(
        `${subject}/attestations/0/digestMultibase`,
        at(honest, `${SCORE}/method/digestMultibase`),
      ),
    ),
  )
}

const ecdsa: Family = async ({ honest, sent, tampered }, { accepted, rejected }) => {
  const signature = signatureAt(honest, VALUE)
  const refuse = (name: string, why: string, value: Uint8Array) =>
    rejected(name, 'PROOF_INVALID', why, tampered(put(VALUE, encodeProofValue(value))))
  const order = Buffer.from(ORDER.toString(16), 'hex')

  await accepted('ecdsa-rdfc-2019', 'Everything is signed with P-256.', sent(honest))
  await refuse(
    'ecdsa-zeros',
    'A P-256 signature of zeros, which some libraries took for valid.',
    new Uint8Array(64),
  )
  await refuse(
    'ecdsa-order',
    'A P-256 signature of the order of the group, which is zero again.',
    Uint8Array.of(...order, ...order),
  )
  await refuse(
    'ecdsa-swapped',
    'The two halves of a P-256 signature are swapped.',
    Uint8Array.of(...signature.slice(32), ...signature.slice(0, 32)),
  )

  await accepted(
    'ecdsa-high-s',
    'For (r, s), (r, n − s) is valid too: a passport is not named by its signature.',
    tampered(put(VALUE, encodeProofValue(otherForm(signature)))),
  )
  const below = `${ATTESTATION}/proof/proofValue`
  await rejected(
    'ecdsa-high-s-below',
    'DIGEST_MISMATCH',
    'The other form of the attestation’s signature: other bytes than the passport rests on.',
    tampered(put(below, encodeProofValue(otherForm(signatureAt(honest, below))))),
  )
  await rejected(
    'ecdsa-as-eddsa',
    'PROOF_INVALID',
    'A P-256 key under a suite of Ed25519.',
    tampered(put(`${PASSPORT}/proof/cryptosuite`, 'eddsa-rdfc-2022')),
  )
  await rejected(
    'ecdsa-value-changed',
    'PROOF_INVALID',
    'The upper bound of the score was changed after signing.',
    tampered(put(`${SCORE}/upper`, 9999)),
  )
}

const together: Family = async (studio, { accepted, rejected }) => {
  const rdfcStudio = await studio.as('eddsa-rdfc-2022')
  const form = 'eddsa-jcs-2022'
  const mixed = present(
    await rdfcStudio.chain({
      attestation: { form: 'vc+jwt' },
      accreditation: { form },
      identity: { form },
    }),
  )
  const refuse = (name: string, why: string, input: Uint8Array, ...cryptosuites: string[]) =>
    rejected(name, 'PROOF_SUITE_NOT_ALLOWED', why, { input, policy: { cryptosuites } })

  await accepted('mixed', 'Each credential in a form of its own.', { input: mixed })
  await refuse(
    'not-in-the-policy',
    'The passport is in another form than the policy takes.',
    mixed,
    'eddsa-jcs-2022',
    'vc+jwt',
  )
  await refuse(
    'below-not-in-the-policy',
    'The attestation is in another form than the policy takes.',
    mixed,
    'eddsa-jcs-2022',
    'eddsa-rdfc-2022',
  )
  const graphs = present({
    ...(await studio.chain()),
    identities: (await rdfcStudio.chain()).identities,
  })
  await rejected(
    'identity-not-in-the-policy',
    'ISSUER_NOT_AUTHORISED',
    'An identity that may not be looked at does not count.',
    { input: graphs, policy: { cryptosuites: ['eddsa-jcs-2022'] } },
    ['CREDENTIAL_UNUSED'],
  )
}

function signatureAt(bytes: Uint8Array, pointer: string): Uint8Array {
  return decodeProofValue(String(at(bytes, pointer))) ?? new Uint8Array()
}

/** The order of the group of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

function otherForm(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(signature.slice(32)).toString('hex')}`)
  const other = Buffer.from((ORDER - s).toString(16).padStart(64, '0'), 'hex')
  return Uint8Array.of(...signature.slice(0, 32), ...other)
}

import { decodeProofValue, encodeProofValue } from '@battery-passport/keys'
import type { Choices } from '../choices.ts'
import {
  allPlaces,
  changeString,
  dropMember,
  leaf,
  type Mutation,
  proofPlaces,
  putMember,
} from '../scene.ts'
import {
  copyOf,
  type Envelope,
  memberOf,
  type Place,
  stringIn,
  type Tree,
  treeOfValue,
} from '../tree.ts'

/** Proofs: none, several, chained, of another suite, key, purpose or time. */
export const proof: Mutation = (scene, choices) => {
  const proofs = proofPlaces(scene)
  const place = choices.one(proofs)
  if (place === undefined) return
  const { value } = place.slot
  const other = choices.one(proofs)?.slot.value ?? value
  switch (choices.below(9)) {
    case 0:
      place.slot.value = listOf(value)
      break
    case 1:
      place.slot.value = choices.below(2) === 0 ? listOf(value, other) : listOf(other, value)
      break
    case 2:
      place.slot.value = listOf()
      break
    case 3:
      place.slot.value = copyOf(other)
      break
    case 4: {
      const forged = copyOf(value)
      putMember(forged, 'proofValue', leaf(encodeProofValue(new Uint8Array(64).fill(7))))
      place.slot.value = listOf(forged, value)
      break
    }
    case 5:
      dropMember(value, choices.of(PROOF_MEMBERS))
      break
    case 6: {
      const member = choices.of(PROOF_MEMBERS)
      const theirs = memberOf(other, member)
      if (theirs !== undefined) putMember(value, member, copyOf(theirs.value))
      break
    }
    default: {
      const [name, hostile] = choices.of(PROOF_VALUES)
      putMember(value, name, treeOfValue(hostile))
    }
  }
}

const PROOF_MEMBERS = [
  'type',
  'cryptosuite',
  'created',
  'verificationMethod',
  'proofPurpose',
  'proofValue',
  '@context',
] as const

const PROOF_VALUES: readonly [readonly [string, unknown], ...(readonly [string, unknown])[]] = [
  ['cryptosuite', 'eddsa-jcs-2022'],
  ['cryptosuite', 'eddsa-rdfc-2022'],
  ['cryptosuite', 'ecdsa-rdfc-2019'],
  ['cryptosuite', 'ecdsa-jcs-2019'],
  ['cryptosuite', 'eddsa-2022'],
  ['type', 'Ed25519Signature2020'],
  ['type', ['DataIntegrityProof']],
  ['proofPurpose', 'authentication'],
  ['proofPurpose', ['assertionMethod']],
  ['expires', '2020-01-01T00:00:00Z'],
  ['expires', '2099-01-01T00:00:00Z'],
  ['previousProof', 'urn:uuid:00000000-0000-4000-8000-000000000000'],
  ['id', 'urn:uuid:00000000-0000-4000-8000-000000000000'],
  ['domain', 'attacker.example'],
  ['challenge', 'x'],
  ['nonce', 'x'],
  ['@index', 'x'],
  ['controller', 'did:web:attacker.example'],
  ['created', '1999-01-01T00:00:00Z'],
  ['created', '2099-01-01T00:00:00Z'],
  ['created', ['2026-09-20T12:00:00Z']],
  ['proofValue', ''],
  ['proofValue', `z${'1'.repeat(64)}`],
  ['verificationMethod', 'did:web:attacker.example#key'],
]

function listOf(...values: readonly Tree[]): Tree {
  return { kind: 'array', items: values.map((value) => ({ key: '', value: copyOf(value) })) }
}

/** The bits of a signature, and other texts of the same bits. */
export const signature: Mutation = (scene, choices) => {
  const places = allPlaces(scene)
  const values = places.filter(({ name }) => name === 'proofValue')
  const envelopes = envelopesIn(places)
  const index = choices.below(values.length + envelopes.length)
  const place = values[index]
  const envelope = envelopes[index - values.length]
  if (place !== undefined) changeString(place, (text) => otherSignature(text, choices))
  else if (envelope !== undefined) changeJwtSignature(envelope, choices)
}

function otherSignature(text: string, choices: Choices): string {
  const bytes = decodeProofValue(text)
  if (bytes === null) return text
  switch (choices.below(7)) {
    case 0:
      return `u${Buffer.from(bytes).toString('base64url')}`
    case 1:
      return `${text}1`
    case 2:
      return `z1${text.slice(1)}`
    case 3:
      return encodeProofValue(otherP256(bytes))
    case 5:
      return encodeProofValue(otherEd25519(bytes))
    case 4:
      return encodeProofValue(flipped(bytes, choices))
    default:
      return encodeProofValue(Uint8Array.of(...bytes.slice(32), ...bytes.slice(0, 32)))
  }
}

/** The orders of the groups of P-256 and Ed25519. */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const ED25519_ORDER = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn

/** For (r, s), (r, n − s) is a signature of P-256 as well. */
function otherP256(bytes: Uint8Array): Uint8Array {
  const s = P256_ORDER - BigInt(`0x${Buffer.from(bytes.slice(32)).toString('hex')}`)
  const half = Buffer.from((s & LOW_256).toString(16).padStart(64, '0'), 'hex')
  return Uint8Array.of(...bytes.slice(0, 32), ...half)
}

/** Some readers take S + L for S; the number is written from its lowest byte up. */
function otherEd25519(bytes: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(bytes.slice(32)).reverse().toString('hex')}`) + ED25519_ORDER
  const half = Buffer.from((s & LOW_256).toString(16).padStart(64, '0'), 'hex').reverse()
  return Uint8Array.of(...bytes.slice(0, 32), ...half)
}

const LOW_256 = (1n << 256n) - 1n

function flipped(bytes: Uint8Array, choices: Choices): Uint8Array {
  const changed = Uint8Array.from(bytes)
  const at = choices.below(changed.length)
  changed[at] = (changed[at] ?? 0) ^ (1 << choices.below(8))
  return changed
}

function envelopesIn(places: readonly Place[]): Envelope[] {
  return places.flatMap(({ slot: { value } }) => (value.kind === 'envelope' ? [value] : []))
}

function changeJwtSignature(envelope: Envelope, choices: Choices): void {
  const bytes = Uint8Array.from(Buffer.from(envelope.signature, 'base64url'))
  envelope.signature = choices.of(JWT_SIGNATURES)(envelope.signature, bytes, choices)
}

type Resigned = (text: string, bytes: Uint8Array, choices: Choices) => string

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

const JWT_SIGNATURES: readonly [Resigned, ...Resigned[]] = [
  (_, bytes, choices) => base64url(flipped(bytes, choices)),
  (_, bytes) => base64url(otherP256(bytes)),
  (_, bytes) => base64url(otherEd25519(bytes)),
  (text) => `${text}=`,
  () => '',
  // The last letter has bits that no byte takes.
  (text, _, choices) => `${text.slice(0, -1)}${choices.of(['A', 'B', 'Q', 'g', 'w', '_', '-'])}`,
  (text) => `${text}.${text}`,
  (text) => text.replaceAll('-', '+').replaceAll('_', '/'),
  (text) => `${text}\n`,
  (text) => text.slice(0, -1),
]

/** Compact JWTs: other headers, and parts of one in another. */
export const jwt: Mutation = (scene, choices) => {
  const envelopes = envelopesIn(allPlaces(scene))
  const envelope = choices.one(envelopes)
  const other = choices.one(envelopes)
  const [header, payload] = envelope?.parts ?? []
  if (envelope === undefined || other === undefined) return
  if (header === undefined || payload === undefined) return
  switch (choices.below(6)) {
    case 0:
      header.value = copyOf(other.parts[0]?.value ?? header.value)
      break
    case 1:
      payload.value = copyOf(other.parts[1]?.value ?? payload.value)
      break
    case 2:
      envelope.signature = other.signature
      break
    case 3:
      envelope.parts.splice(choices.below(2), 1)
      break
    default: {
      const [name, value] = choices.of(HEADERS)
      putMember(header.value, name, treeOfValue(value))
    }
  }
}

const HEADERS: readonly [readonly [string, unknown], ...(readonly [string, unknown])[]] = [
  ['alg', 'none'],
  ['alg', 'HS256'],
  ['alg', 'ES256'],
  ['alg', 'EdDSA'],
  ['alg', 'Ed25519'],
  ['typ', 'JWT'],
  ['typ', 'vp+jwt'],
  ['typ', 'VC+JWT'],
  ['cty', 'vc'],
  ['kid', 'did:web:attacker.example#key'],
  ['jwk', { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }],
  ['jku', 'https://attacker.example/keys'],
  ['x5u', 'https://attacker.example/chain'],
  ['x5c', []],
  ['crit', ['b64']],
  ['b64', false],
  ['zip', 'DEF'],
  ['iss', 'did:web:attacker.example'],
]

/** Who signed: the key, or the issuer, of another. */
export const signer: Mutation = (scene, choices) => {
  const places = allPlaces(scene).filter(
    ({ name, slot }) =>
      ['verificationMethod', 'issuer', 'kid', 'controller'].includes(name) &&
      stringIn(slot.value) !== null,
  )
  const place = choices.one(places)
  const other = stringIn(choices.one(places)?.slot.value ?? leaf('')) ?? ''
  changeString(place, (text) =>
    choices.of([
      other,
      `${text}#${text.slice(8)}`,
      text.split('#')[0] ?? '',
      `${other.split('#')[0]}#${text.split('#')[1]}`,
      `${text.split('#')[0]}#${other.split('#')[1]}`,
      text.replace('did:key:', 'did:KEY:'),
      text.replace('#', '?x#'),
    ]),
  )
}

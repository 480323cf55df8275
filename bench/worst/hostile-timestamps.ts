import { LIMITS } from '@battery-passport/verifier'
import { OctetString } from 'asn1js'
import { type Certified, certify, extension } from '../../test/support/certificates.ts'
import type { Consortium, Signed } from '../../test/support/consortium.ts'
import { digestBytes, type Stamped, withTimestamps } from '../../test/support/stamped.ts'
import {
  FOR_TIMESTAMPS,
  stamp,
  type TestAuthority,
  type TokenChange,
} from '../../test/support/timestamp-authority.ts'
import type { HostileInput } from './hostile-input.ts'
import { Stranger, subjectOf } from './stranger.ts'

/** As many of one credential as are looked at. */
const OF_ONE = 4
/** As many certificates as a token may bring besides that of its signer. */
const OTHERS = 7
/** Nearly the most that a token may have. */
const TOKEN_BYTES = 16 * 1024 - 64
const AUTHORITY = { isAuthority: true, keyUsage: 0x04 } as const

type TokenOf = (digest: Uint8Array) => Promise<Uint8Array>

/**
 * A delivery in order with as many timestamps as fit beside it, which prove nothing, or nothing that
 * anybody asks for.
 */
export async function hostileTimestamps(
  consortium: Consortium,
  trusted: TestAuthority,
): Promise<HostileInput[]> {
  const impostor = await certify({ ...AUTHORITY, subject: 'Clock Root (fictional)' })
  const beside = (name: string, tokenOf: TokenOf) => delivery(consortium, name, tokenOf)
  return [
    await beside('of an impostor of the root', await tokensUnder(impostor, () => impostor, OTHERS)),
    await beside('with certificates in a circle', await tokensInCircle(impostor)),
    await beside('with many certificates', await tokensUnder(impostor, () => impostor, 40)),
    await beside('of the trusted root', await tokensUnder(trusted.root, () => trusted.root, 1)),
    await beside(
      'that were changed',
      await tokensUnder(trusted.root, () => trusted.root, 1, {
        alter: ({ signerInfos: [info] }) => info?.signature.valueBlock.valueHexView.reverse(),
      }),
    ),
    await beside('that are nothing but depth', async () => nested()),
    await beside('that are nothing but width', async () => der(0x30, Buffer.alloc(TOKEN_BYTES))),
  ]
}

/** Tokens that bring certificates, each under one of its own choice, and of a size that fills them. */
async function tokensUnder(
  root: Certified,
  issuerOf: (number: number) => Certified,
  count: number,
  change: TokenChange = {},
): Promise<TokenOf> {
  const parts = { subject: 'Clock (fictional)', issuer: root, ...FOR_TIMESTAMPS }
  const signer = await certify(parts)
  const filler = new OctetString({ valueHex: new ArrayBuffer(Math.max(0, 14_000 / count - 400)) })
  const others = await Promise.all(
    Array.from({ length: count }, (_, number) =>
      certify({
        ...AUTHORITY,
        subject: `Step ${number} (fictional)`,
        issuer: issuerOf(number),
        keys: root.keys,
        extensions: [extension('1.3.6.1.4.1.32473.2', false, filler)],
      }),
    ),
  )
  return (digest) => stamp({ signer }, digest, { ...change, certificates: [signer, ...others] })
}

/** Each certificate names the next one as its issuer, and the last one the first. */
async function tokensInCircle(root: Certified): Promise<TokenOf> {
  const steps = await Promise.all(
    Array.from({ length: OTHERS }, (_, number) =>
      certify({ ...AUTHORITY, subject: `Step ${number} (fictional)`, keys: root.keys }),
    ),
  )
  return tokensUnder(root, (number) => steps[(number + 1) % OTHERS] ?? root, OTHERS)
}

async function delivery(
  consortium: Consortium,
  name: string,
  tokenOf: TokenOf,
): Promise<HostileInput> {
  const passport = await consortium.passport()
  const attestations = [...consortium.attestations, ...(await unusedAttestations(consortium))]
  const presentation = await consortium.presentation({ passport, attestations })
  const room = LIMITS.presentationBytes - presentation.length - 4096
  const stamps: Stamped[] = []
  let length = 0
  const stamped = [passport, ...attestations].flatMap((each) => Array<Signed>(OF_ONE).fill(each))
  for (const { reference } of stamped) {
    const { digestMultibase } = reference
    const token = await tokenOf(digestBytes(digestMultibase))
    const rfc3161 = Buffer.from(token).toString('base64')
    length += JSON.stringify({ digestMultibase, rfc3161 }).length + 1
    if (length > room || stamps.length === LIMITS.arrayItems) break
    stamps.push({ digestMultibase, rfc3161 })
  }
  const bytes = withTimestamps(presentation, stamps)
  return {
    name: `${stamps.length} timestamps ${name}`,
    bytes,
    door: 'passport',
    outcome: 'accepted',
  }
}

/** Of a stranger, that nothing rests on: each may have timestamps. */
function unusedAttestations({ attestations: [honest] }: Consortium): Promise<Signed[]> {
  const subject = honest === undefined ? {} : subjectOf(honest)
  const stranger = new Stranger('stranger')
  return Promise.all(
    Array.from({ length: 40 }, (_, number) =>
      stranger.sign('RulebookAttestation', `unused/${number}`, subject),
    ),
  )
}

function nested(): Uint8Array {
  let bytes: Uint8Array = der(0x05, new Uint8Array())
  while (bytes.length < TOKEN_BYTES) bytes = der(0x30, bytes)
  return bytes
}

/** An element of DER with a tag and a content. */
function der(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content
  if (length < 0x80) return Uint8Array.from([tag, length, ...content])
  const lengthBytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Uint8Array.from([tag, ...lengthBytes, ...content])
}

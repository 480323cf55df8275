import { encodeSha256 } from '@battery-passport/contexts'
import type { SignerInfo } from 'pkijs'
import { elementsOf, isDer } from './der.ts'
import { loadPki, OID, type Pki } from './pki.ts'

/** The largest token, or answer of a timestamp authority, that is read, in bytes. */
export const MAX_TIMESTAMP_BYTES = 16 * 1024

/** The most certificates that a token brings with it: that of its signer, and what it rests on. */
const MAX_CERTIFICATES = 8

/** A timestamp token that has its form (RFC 3161 §2.4.2); who signed it is not known yet. */
export interface TimestampToken {
  /** SHA-256 of what was stamped, as `digestMultibase` has it. */
  readonly digestMultibase: string
  /** When, in whole seconds since the epoch: the end of the second, of the accuracy if it has one. */
  readonly time: number
  /** The number that the asker chose, in hexadecimal; null: none. */
  readonly nonce: string | null
  /** The token alone, without the answer it came in. */
  readonly bytes: Uint8Array
  readonly parsed: ParsedToken
}

/** What is needed to check a token. */
export interface ParsedToken {
  readonly signer: SignerInfo
  /** The bytes of the TSTInfo: what was signed. */
  readonly content: Uint8Array
  /** In DER, as they came. */
  readonly certificates: readonly Uint8Array[]
}

/** What reading a token answers. */
export type TimestampReading =
  | { readonly ok: true; readonly token: TimestampToken }
  | { readonly ok: false; readonly detail: string }

const SHA_256 = '2.16.840.1.101.3.4.2.1'

class Refused extends Error {}

/**
 * Reads a timestamp token, alone or in the answer of a timestamp authority (`.tsr`): strict DER, one
 * signature, over a TSTInfo of version 1 with a SHA-256 imprint, and no critical extension.
 */
export async function readTimestamp(bytes: Uint8Array): Promise<TimestampReading> {
  if (bytes.length > MAX_TIMESTAMP_BYTES) {
    return { ok: false, detail: `it has more than ${MAX_TIMESTAMP_BYTES} bytes` }
  }
  if (!isDer(bytes)) return { ok: false, detail: 'it is not DER' }
  const pki = await loadPki()
  try {
    return { ok: true, token: readToken(tokenIn(bytes, pki), pki) }
  } catch (error) {
    const detail = error instanceof Refused ? error.message : 'it is no RFC 3161 timestamp'
    return { ok: false, detail }
  }
}

/** The token of an answer that grants one, or the bytes themselves. */
function tokenIn(bytes: Uint8Array, pki: Pki): Uint8Array {
  // An answer begins with its status, a sequence; a token with the identifier of its type.
  if (elementsOf(bytes)[0]?.[0] !== 0x30) return bytes
  const answer = pki.TimeStampResp.fromBER(Uint8Array.from(bytes))
  if (answer.status.status > 1) {
    throw new Refused(`the authority granted none (status ${answer.status.status})`)
  }
  const token = elementsOf(bytes)[1]
  if (token === undefined) throw new Refused('it is an answer without a token')
  return token
}

function readToken(bytes: Uint8Array, pki: Pki): TimestampToken {
  const content = pki.ContentInfo.fromBER(Uint8Array.from(bytes))
  if (content.contentType !== OID.signedData) throw new Refused('it is no signed data')
  const signed = new pki.SignedData({ schema: content.content })
  const { eContentType, eContent } = signed.encapContentInfo
  if (eContentType !== OID.tstInfo || eContent === undefined) {
    throw new Refused('it is signed, but no timestamp')
  }
  const [signer, second] = signed.signerInfos
  if (signer === undefined || second !== undefined) {
    throw new Refused(`expected one signature, found ${signed.signerInfos.length}`)
  }
  const info = new Uint8Array(eContent.getValue())
  const certificates = certificatesIn(bytes)
  if (certificates.length > MAX_CERTIFICATES) {
    throw new Refused(`expected at most ${MAX_CERTIFICATES} certificates`)
  }
  return Object.freeze({
    ...readInfo(info, pki),
    bytes,
    parsed: { signer, content: info, certificates },
  })
}

/** What the authority states (RFC 3161 §2.4.2). */
function readInfo(
  bytes: Uint8Array,
  pki: Pki,
): Pick<TimestampToken, 'digestMultibase' | 'time' | 'nonce'> {
  if (!isDer(bytes)) throw new Refused('its statement is not DER')
  const info = pki.TSTInfo.fromBER(Uint8Array.from(bytes))
  const { version, messageImprint, accuracy, extensions = [], nonce } = info
  if (version !== 1) throw new Refused(`expected version 1, found ${version}`)
  if (extensions.some(({ critical }) => critical)) {
    throw new Refused('it has a critical extension, and none is understood')
  }
  if (messageImprint.hashAlgorithm.algorithmId !== SHA_256) {
    throw new Refused('expected the SHA-256 of what was stamped, found another hash')
  }
  const digest = messageImprint.hashedMessage.valueBlock.valueHexView
  if (digest.length !== 32) throw new Refused('expected 32 bytes of SHA-256')
  const written = elementsOf(bytes)[4]
  if (written === undefined) throw new Refused('it states no time')
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {}
  const time = secondsOf(written) + seconds + millis / 1000 + micros / 1_000_000
  if (!(seconds >= 0 && millis >= 0 && micros >= 0 && Number.isFinite(time))) {
    throw new Refused('its accuracy cannot be read')
  }
  return {
    digestMultibase: encodeSha256(digest),
    time: Math.ceil(time),
    nonce: nonce === undefined ? null : hexOf(nonce.valueBlock.valueHexView),
  }
}

/** A GeneralizedTime in UTC; others would be other instants for other readers (X.690 §11.7). */
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{0,8}[1-9])?Z$/

function secondsOf(element: Uint8Array): number {
  const text = new TextDecoder().decode(element.subarray(2))
  const parts = element[0] === 0x18 ? GENERALIZED_TIME.exec(text) : null
  const [, year, month, day, hour, minute, second, fraction = ''] = parts ?? []
  const whole = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(whole)) throw new Refused('its time cannot be read')
  return whole / 1000 + Number(`0${fraction}`)
}

/** The certificates of a token, each with the bytes it came in. */
function certificatesIn(token: Uint8Array): readonly Uint8Array[] {
  // ContentInfo ::= SEQUENCE { type, [0] { SignedData } }
  const [signed] = elementsOf(elementsOf(token)[1] ?? new Uint8Array())
  const set = elementsOf(signed ?? new Uint8Array()).find(([tag]) => tag === 0xa0)
  return set === undefined ? [] : elementsOf(set)
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

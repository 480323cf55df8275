import { ECDH } from 'node:crypto'
import { sha256 } from '@battery-passport/contexts'
import { TAG, tagged } from '../../../keys/timestamp/der.ts'
import { der } from '../../../keys/timestamp/write-der.ts'
import { seededSigner } from '../../support/consortium.ts'
import { digestBytes } from '../../support/stamped.ts'
import { rawKeyOf } from './keys.ts'

/** A timestamp authority whose bytes can be made again, with a certificate it signed itself. */
export interface SeededAuthority {
  /** X.509 in base64, as a policy has it. */
  readonly certificate: string
  /** A timestamp of a digest at a time; what differs from an honest one is said. */
  readonly stamp: (
    digestMultibase: string,
    time: string,
    change?: { readonly isCritical?: true; readonly names?: 'itself' | 'nobody' },
  ) => Promise<Uint8Array>
}

const PURPOSES = {
  timestamps: '1.3.6.1.5.5.7.3.8',
  'web-servers': '1.3.6.1.5.5.7.3.1',
} as const

/** Makes an authority from a text; its certificate is in force from 2020 to 2039. */
export async function seededAuthority(
  name: string,
  purpose: keyof typeof PURPOSES = 'timestamps',
): Promise<SeededAuthority> {
  const signer = seededSigner(`a timestamp authority ${name}`, 'P-256')
  const key = ECDH.convertKey(rawKeyOf(signer), 'prime256v1', undefined, undefined, 'uncompressed')
  const publicKey = sequence(
    sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')),
    der(TAG.bitString, Uint8Array.of(0), bytesOf(key)),
  )
  const subject = nameOf(`${name} (fictional)`)
  const purposes = sequence(oid(PURPOSES[purpose]))
  const body = sequence(
    der(tagged(0), integer(2)),
    SERIAL_NUMBER,
    ECDSA_SHA_256,
    subject,
    sequence(utcTime('200101000000Z'), utcTime('391231235959Z')),
    subject,
    publicKey,
    der(tagged(3), sequence(sequence(oid('2.5.29.37'), TRUE, der(TAG.octetString, purposes)))),
  )
  const sign = async (bytes: Uint8Array) => signatureValue(await signer.sign(bytes))
  const certificate = sequence(
    body,
    ECDSA_SHA_256,
    der(TAG.bitString, Uint8Array.of(0), await sign(body)),
  )
  return {
    certificate: Buffer.from(certificate).toString('base64'),
    async stamp(digestMultibase, time, { isCritical, names = 'itself' } = {}) {
      const extension = sequence(
        oid('1.3.6.1.4.1.32473.2'),
        TRUE,
        der(TAG.octetString, der(TAG.null)),
      )
      const statement = sequence(
        integer(1),
        oid('1.3.6.1.4.1.32473.1'),
        sequence(SHA_256, der(TAG.octetString, digestBytes(digestMultibase))),
        SERIAL_NUMBER,
        der(TAG.generalizedTime, bytesOf(Buffer.from(time.replaceAll(/[-T:]/g, '')))),
        ...(isCritical ? [der(tagged(1), extension)] : []),
      )
      const named = names === 'itself' ? sha256(certificate) : sha256('nobody')
      const attributes = [
        attribute('1.2.840.113549.1.9.3', oid(TST_INFO)),
        attribute('1.2.840.113549.1.9.4', der(TAG.octetString, sha256(statement))),
        attribute(
          '1.2.840.113549.1.9.16.2.47',
          sequence(sequence(sequence(der(TAG.octetString, named)))),
        ),
      ]
      const signature = await sign(der(TAG.set, ...attributes))
      const signerInfo = sequence(
        integer(1),
        sequence(subject, SERIAL_NUMBER),
        SHA_256,
        der(tagged(0), ...attributes),
        ECDSA_SHA_256,
        der(TAG.octetString, signature),
      )
      const signedData = sequence(
        integer(3),
        der(TAG.set, SHA_256),
        sequence(oid(TST_INFO), der(tagged(0), der(TAG.octetString, statement))),
        der(tagged(0), certificate),
        der(TAG.set, signerInfo),
      )
      return sequence(oid('1.2.840.113549.1.7.2'), der(tagged(0), signedData))
    },
  }
}

/** As a presentation has it. */
export function presented(digestMultibase: string, token: Uint8Array): object {
  return { digestMultibase, rfc3161: Buffer.from(token).toString('base64') }
}

const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const TRUE = der(TAG.boolean, Uint8Array.of(0xff))
const SERIAL_NUMBER = integer(7)
const ECDSA_SHA_256 = sequence(oid('1.2.840.10045.4.3.2'))
const SHA_256 = sequence(oid('2.16.840.1.101.3.4.2.1'), der(TAG.null))

function sequence(...content: readonly Uint8Array[]): Uint8Array {
  return der(TAG.sequence, ...content)
}

function integer(value: number): Uint8Array {
  return der(TAG.integer, Uint8Array.of(value))
}

function utcTime(text: string): Uint8Array {
  return der(TAG.utcTime, bytesOf(Buffer.from(text)))
}

function nameOf(commonName: string): Uint8Array {
  const value = der(0x0c, bytesOf(Buffer.from(commonName)))
  return sequence(der(TAG.set, sequence(oid('2.5.4.3'), value)))
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), der(TAG.set, value))
}

function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number)
  const arcs = [first * 40 + second, ...others].flatMap((arc) => {
    const digits = [arc % 128]
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
      digits.unshift((rest % 128) + 128)
    }
    return digits
  })
  return der(TAG.oid, Uint8Array.from(arcs))
}

/** `r ‖ s` as ECDSA-Sig-Value. */
function signatureValue(raw: Uint8Array): Uint8Array {
  const number = (bytes: Uint8Array) => {
    const start = bytes.findIndex((byte) => byte !== 0)
    const magnitude = bytes.subarray(start)
    const isNegative = (magnitude[0] ?? 0) >= 0x80
    return der(TAG.integer, Uint8Array.from([...(isNegative ? [0] : []), ...magnitude]))
  }
  return sequence(number(raw.subarray(0, 32)), number(raw.subarray(32)))
}

function bytesOf(buffer: Buffer | string): Uint8Array {
  return Uint8Array.from(Buffer.from(buffer))
}

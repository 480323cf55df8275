import type { SchemaFault } from '@battery-passport/contexts'
import {
  certificateBase64,
  fromBase64,
  readX509,
  type TimestampAuthority,
} from '@battery-passport/keys'
import { instant } from '../reading/calendar.ts'
import type { TimestampAuthorityPin, VerificationPolicy } from './policy-schema.ts'

/** A timestamp authority of a policy, its certificate as bytes. */
export function timestampAuthority(pin: TimestampAuthorityPin): TimestampAuthority {
  const { certificate, validFrom, validUntil } = pin
  return {
    certificate: derOf(certificate) ?? new Uint8Array(),
    validFrom: validFrom === undefined ? null : instant(validFrom),
    validUntil: validUntil === undefined ? null : instant(validUntil),
  }
}

/** What is wrong with the timestamp authorities of a policy that its schema cannot say. */
export function timestampAuthorityFaults(policy: VerificationPolicy): SchemaFault[] {
  return (policy.timestampAuthorities ?? []).flatMap((pin, index) => {
    const { certificate, validFrom = '', validUntil = '~' } = pin
    const pointer = `/timestampAuthorities/${index}`
    const reason = reasonAgainst(certificate)
    const faults = reason === null ? [] : [notACertificate(pointer, reason)]
    if (validUntil < validFrom) {
      const expected = `an instant not before ${validFrom}`
      faults.push({ pointer: `${pointer}/validUntil`, expected, found: validUntil })
    }
    return faults
  })
}

/** Why no timestamp could rest on a certificate, or null. */
function reasonAgainst(certificate: string): string | null {
  const der = derOf(certificate)
  if (der === null) return 'something else'
  const reading = readX509(der)
  if (!reading.ok) return reading.detail
  return reading.x509.authority === null && !reading.x509.isForTimestamps
    ? 'one that is neither for timestamps alone nor for certifying'
    : null
}

function notACertificate(pointer: string, found: string): SchemaFault {
  const expected =
    'the X.509 certificate of a timestamp authority, or of who certified it: one, in PEM or as the base64 of its DER'
  return { pointer: `${pointer}/certificate`, expected, found }
}

function derOf(certificate: string): Uint8Array | null {
  return fromBase64(certificateBase64(certificate))
}

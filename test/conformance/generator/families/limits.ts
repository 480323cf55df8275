import { digestMultibase } from '@battery-passport/contexts'
import { at, put, update } from '../edit.ts'
import { ATTESTATION, type Family, PASSPORT } from '../studio.ts'

const CREDENTIALS = '/verifiableCredential'
const SUBJECT = `${PASSPORT}/credentialSubject`

/** Sizes are counted while reading, before anything is built or checked. */
export const limits: Family = async ({ honest, tampered, sent }, { accepted, rejected }) => {
  const exceeded = 'LIMIT_EXCEEDED'
  const junk = (members: object) => put(`${CREDENTIALS}/-`, { id: 'urn:example:junk', ...members })
  const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))
  const many = (length: number) => Array.from({ length }, () => 1)
  const object = (length: number) =>
    Object.fromEntries(Array.from({ length }, (_, index) => [`member${index}`, 1]))
  const refuse = (name: string, why: string, members: object) =>
    rejected(name, exceeded, why, tampered(junk(members)))
  const text = Buffer.from(honest).toString()

  await accepted(
    'at-the-limits',
    'Depth 12, 256 items, 256 members, a text of 8 KiB: even in what nobody reads.',
    tampered(
      junk({ deep: nested(11), wide: many(256), broad: object(256), long: 'x'.repeat(8192) }),
    ),
    ['CREDENTIAL_UNUSED'],
  )
  await refuse('members', 'An object of 257 members: one too many.', { broad: object(257) })
  await rejected(
    'members-of-the-passport',
    exceeded,
    'A product of 300 members: that is told before its schema is asked.',
    tampered(put(`${SUBJECT}/product/more`, object(300))),
  )
  await rejected(
    'members-of-an-attestation',
    exceeded,
    'An attestation that is nothing but 300 members.',
    tampered(put(ATTESTATION, object(300))),
  )
  await refuse('depth', 'A document of depth 13: one level too deep.', { deep: nested(12) })
  await refuse('text', 'A text of 8,193 bytes: one byte too long.', { long: 'x'.repeat(8193) })
  await refuse('values', 'A document of more than 10,000 values.', {
    nodes: Array.from({ length: 40 }, () => many(255)),
  })
  await rejected(
    'twenty-thousand-brackets',
    exceeded,
    'Twenty thousand brackets: depth is counted on the way down, so that no stack overflows.',
    sent(text.replace('"product":{', `"product":${'['.repeat(20_000)}`)),
  )
  await rejected(
    'attestations',
    exceeded,
    'A passport rests on at most 384 attestations.',
    tampered(
      put(
        `${SUBJECT}/attestations`,
        Array.from({ length: 385 }, () => ({})),
      ),
    ),
  )
  await rejected(
    'credential',
    ['DIGEST_MISMATCH', exceeded],
    'An attestation of more than 64 KiB.',
    tampered(
      put(
        `${ATTESTATION}/credentialSubject/evidenceFiles`,
        Array.from({ length: 190 }, (_, index) => ({
          ...Object(at(honest, `${ATTESTATION}/credentialSubject/evidenceFiles/0`)),
          digestMultibase: digestMultibase(String(index)),
        })),
      ),
    ),
  )
  await rejected(
    'credentials',
    exceeded,
    'A presentation of more than 512 credentials.',
    tampered(
      update(CREDENTIALS, (all) => [...Object(all), ...Array.from({ length: 512 }, () => 1)]),
    ),
  )
  await rejected(
    'issuer',
    exceeded,
    'An issuer of 9,000 letters, which would take long to decode.',
    tampered(put(`${PASSPORT}/issuer`, `did:key:z${'6'.repeat(9000)}`)),
  )
  const policy = (members: object) => sent(honest, { policy: { limits: members } })
  await rejected(
    'bytes-of-the-policy',
    exceeded,
    'The policy takes fewer bytes than the presentation has.',
    policy({ presentationBytes: 4096 }),
  )
  await rejected(
    'credentials-of-the-policy',
    exceeded,
    'The policy takes fewer credentials than the presentation has.',
    policy({ presentationCredentials: 9 }),
  )
}

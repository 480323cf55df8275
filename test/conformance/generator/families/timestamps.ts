import { toBase64 } from '@battery-passport/keys'
import { withTimestamps } from '../../../support/stamped.ts'
import { present } from '../chain.ts'
import type { Family } from '../studio.ts'
import { presented, seededAuthority } from '../timestamp.ts'

/** When the accreditation of the chain ends: after statement and passport, before the question. */
const END = '2026-09-25T00:00:00Z'
const BEFORE = '2026-09-24T23:59:59Z'
const AFTER = '2026-09-25T00:00:01Z'
/** Just after the passport was signed. */
const ISSUED = '2026-09-20T12:00:10Z'

/** What proves when something was signed, where only the word of the signer would say it. */
export const timestamps: Family = async ({ chain, sent }, { accepted, rejected, open }) => {
  const clock = await seededAuthority('Clock')
  const stranger = await seededAuthority('Another Clock')
  const servers = await seededAuthority('Web Server', 'web-servers')
  const ended = await chain({ accreditation: { credential: { validUntil: END } } })
  const bytes = present(ended)
  const digestOf = (signed: { readonly reference: { readonly digestMultibase: string } }) =>
    signed.reference.digestMultibase
  const [attestation, accreditation] = [ended.attestations[0], ended.accreditations[0]]
  if (attestation === undefined || accreditation === undefined) throw new TypeError('no chain')
  const digest = digestOf(attestation)
  const trusting = (window: object = {}, certificate = clock.certificate) => ({
    timestampAuthorities: [{ certificate, ...window }],
  })
  const stamped = (stamps: readonly object[], policy: object = trusting()) =>
    sent(withTimestamps(bytes, stamps), { policy: { ...policy } })
  const one = async (token: Uint8Array | Promise<Uint8Array>, policy: object = trusting()) =>
    stamped([presented(digest, await token)], policy)
  const UNUSED = ['ENDED_SINCE', 'TIMESTAMP_UNUSED']

  await accepted(
    'of-the-attestation',
    'A timestamp proves that the body attested before its accreditation ended.',
    one(clock.stamp(digest, END)),
    ['ENDED_SINCE'],
  )
  await open(
    'none',
    'TIME_UNPROVEN',
    'Only the word of the body says that it attested before its accreditation ended.',
    sent(bytes, { policy: trusting() }),
    ['ENDED_SINCE'],
  )
  await open(
    'later-than-the-end',
    'TIME_UNPROVEN',
    'The timestamp is of a second after the accreditation ended.',
    one(clock.stamp(digest, AFTER)),
    ['ENDED_SINCE'],
  )
  await open(
    'of-a-stranger',
    'TIME_UNPROVEN',
    'The timestamp is of an authority that the policy does not name.',
    one(stranger.stamp(digest, BEFORE)),
    UNUSED,
  )
  await open(
    'of-a-web-server',
    'TIME_UNPROVEN',
    'The timestamp is of a web server, whose certificate is for another purpose.',
    stamped([presented(digest, await servers.stamp(digest, BEFORE))], {
      timestampAuthorities: [{ certificate: clock.certificate }],
    }),
    UNUSED,
  )
  await open(
    'of-another-time-of-the-authority',
    'TIME_UNPROVEN',
    'The policy trusts the authority only for an earlier time.',
    one(clock.stamp(digest, BEFORE), trusting({ validUntil: '2026-09-24T23:59:58Z' })),
    UNUSED,
  )
  await open(
    'without-an-authority',
    'TIME_UNPROVEN',
    'The policy names no timestamp authority.',
    one(clock.stamp(digest, BEFORE), {}),
    UNUSED,
  )
  await open(
    'that-names-another-certificate',
    'TIME_UNPROVEN',
    'The authority did not sign which certificate is its own.',
    one(clock.stamp(digest, BEFORE, { names: 'nobody' })),
    UNUSED,
  )
  await open(
    'with-a-critical-extension',
    'TIME_UNPROVEN',
    'The timestamp says something critical that nobody understands.',
    one(clock.stamp(digest, BEFORE, { isCritical: true })),
    UNUSED,
  )
  await open(
    'changed',
    'TIME_UNPROVEN',
    'The time in the timestamp was changed after it was signed.',
    one(replaced(await clock.stamp(digest, AFTER), '20260925000001Z', '20260924235959Z')),
    UNUSED,
  )
  await open(
    'not-in-der',
    'TIME_UNPROVEN',
    'Something stands behind the end of the timestamp.',
    one(Uint8Array.from([...(await clock.stamp(digest, BEFORE)), 0])),
    UNUSED,
  )
  await open(
    'of-something-else',
    'TIME_UNPROVEN',
    'The timestamp stands for the attestation and stamps the accreditation.',
    one(clock.stamp(digestOf(accreditation), BEFORE)),
    UNUSED,
  )
  await open(
    'of-the-future',
    'TIME_UNPROVEN',
    'The timestamp is of a time that has not come yet, and of what is not at hand.',
    stamped([
      presented(digest, await clock.stamp(digest, '2999-01-01T00:00:00Z')),
      presented(
        digestOf({ reference: { digestMultibase: `zQm${'1'.repeat(44)}` } }),
        new Uint8Array([48, 0, 0]),
      ),
    ]),
    UNUSED,
  )
  await rejected(
    'earlier-than-signed',
    'PROOF_TIME',
    'The attestation says that it was signed later than its timestamp.',
    one(clock.stamp(digest, '2026-03-16T08:58:59Z')),
  )

  await accepted(
    'of-the-passport',
    'The timestamp of the passport speaks for what it names by its digest as well.',
    stamped([
      presented(digestOf(ended.passport), await clock.stamp(digestOf(ended.passport), ISSUED)),
    ]),
    ['ENDED_SINCE'],
  )
  await open(
    'of-the-accreditation',
    'TIME_UNPROVEN',
    'That the accreditation existed says nothing of what rests on it.',
    stamped([
      presented(digestOf(accreditation), await clock.stamp(digestOf(accreditation), BEFORE)),
    ]),
    ['ENDED_SINCE'],
  )
  await open(
    'of-the-passport-too-late',
    'TIME_UNPROVEN',
    'The timestamp of the passport is of after the accreditation ended.',
    stamped([
      presented(digestOf(ended.passport), await clock.stamp(digestOf(ended.passport), AFTER)),
    ]),
    ['ENDED_SINCE'],
  )
  await rejected(
    'not-current',
    'NOT_CURRENT',
    'A timestamp does not make current what the policy wants to be current.',
    stamped(
      [presented(digestOf(ended.passport), await clock.stamp(digestOf(ended.passport), ISSUED))],
      { ...trusting(), requireCurrent: true },
    ),
  )

  const token = await clock.stamp(digest, BEFORE)
  await accepted(
    'by-itself',
    'The timestamp comes in a file of its own.',
    sent(bytes, { policy: trusting(), with: { 'attestation.tsr': token } }),
    ['ENDED_SINCE'],
  )
  const framed = JSON.parse(
    Buffer.from(withTimestamps(bytes, [presented(digest, token)])).toString(),
  )
  const frame = (members: object) =>
    sent(JSON.stringify({ ...framed, ...members }), { policy: trusting() })
  await rejected(
    'under-the-context-of-w3c-alone',
    'SCHEMA',
    'The presentation does not have the context that the term timestamps is of.',
    frame({ '@context': framed['@context'].slice(0, 1) }),
  )
  await rejected(
    'in-another-base64',
    'SCHEMA',
    'The timestamp is written in base64url.',
    frame({
      timestamps: [
        { digestMultibase: digest, rfc3161: `${toBase64(token).replaceAll('=', '')}-_` },
      ],
    }),
  )
  await rejected(
    'with-a-comment',
    'SCHEMA',
    'A timestamp has a digest and a token, and nothing besides.',
    frame({ timestamps: [{ ...presented(digest, token), note: 'genuine' }] }),
  )
  await rejected(
    'instead-of-a-passport',
    'SCHEMA',
    'What is presented is a timestamp, and no credential.',
    sent(token, { as: 'input.bin', policy: trusting() }),
  )
}

/** The same bytes with one text of them replaced by another of its length. */
function replaced(bytes: Uint8Array, text: string, by: string): Uint8Array {
  const all = Buffer.from(bytes)
  const at = all.indexOf(text)
  if (at === -1 || text.length !== by.length) throw new TypeError(`replaced: no ${text}`)
  all.write(by, at, 'latin1')
  return Uint8Array.from(all)
}

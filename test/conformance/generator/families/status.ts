import { CONTEXTS } from '@battery-passport/contexts'
import { type Change, listId, plainBitstring, signAnyway } from '../../../support/consortium.ts'
import { listsOf, type Plan, present } from '../chain.ts'
import { drop, type Edit, put } from '../edit.ts'
import { type Family, MAKER_LIST, PASSPORT } from '../studio.ts'

/** Who has withdrawn what, as the lists say. */
export const status: Family = async (studio, collect) => {
  await bits(studio, collect)
  await freshness(studio, collect)
  await authenticity(studio, collect)
  await content(studio, collect)
}

const bits: Family = async (studio, { accepted, rejected }) => {
  const { chain, send, consortium } = studio
  const honest = await chain()
  const ids = {
    passport: honest.passport.id,
    attestation: honest.attestations[0]?.id ?? '',
    accreditation: honest.accreditations[0]?.id ?? '',
    identity: honest.identities[0]?.id ?? '',
  }
  const issuers = {
    passport: 'packMaker',
    attestation: 'climateBody',
    accreditation: 'schemeOwner',
    identity: 'schemeOwner',
  } as const
  const withdrawn = (what: keyof typeof ids, how: 'revoked' | 'suspended', policy = {}) =>
    send({ withdrawn: { [issuers[what]]: { [how]: [ids[what]] } } }, { policy })

  const around = indexOf(honest.passport.secured.credential)
  await accepted(
    'neighbours-revoked',
    'Every other entry of the list is set.',
    send({
      list: (issuer, purpose) =>
        issuer === consortium.parties.packMaker && purpose === 'revocation'
          ? { subject: { encodedList: allBut(around) } }
          : {},
    }),
  )
  for (const what of ['passport', 'attestation', 'accreditation'] as const) {
    await rejected(
      `${what}-revoked`,
      'REVOKED',
      `The ${what} was withdrawn for good by its issuer.`,
      withdrawn(what, 'revoked'),
    )
    await rejected(
      `${what}-suspended`,
      'SUSPENDED',
      `The ${what} does not count for the time being, says its issuer.`,
      withdrawn(what, 'suspended'),
    )
  }
  for (const how of ['revoked', 'suspended'] as const) {
    await rejected(
      `identity-${how}`,
      'ISSUER_NOT_AUTHORISED',
      'The identity of the manufacturer was withdrawn, so it is not used.',
      withdrawn('identity', how),
      ['CREDENTIAL_UNUSED'],
    )
  }
  await rejected(
    'revoked-and-suspended',
    ['REVOKED', 'SUSPENDED'],
    'The passport is revoked and suspended: both are told.',
    send({
      withdrawn: { packMaker: { revoked: [ids.passport], suspended: [ids.passport] } },
    }),
  )
}

const freshness: Family = async (studio, { accepted, rejected, open }) => {
  const { chain, send, sent, consortium } = studio
  const { packMaker } = consortium.parties
  const honest = await chain()
  const makers = (change: Change): Plan => ({
    list: (issuer) => (issuer === packMaker ? change : {}),
  })
  const old = { created: '2026-09-24T00:00:00Z', credential: { validFrom: '2026-09-24T00:00:00Z' } }
  const revoked = { [packMaker.key]: { revoked: [honest.passport.id] } }
  const editions = async (older: Plan, newer: Plan) =>
    sent(
      present({
        ...honest,
        lists: [...honest.lists.slice(0, 4), ...(await listsOf(consortium, [packMaker], older))],
        rest: await listsOf(consortium, [packMaker], newer),
      }),
    )

  await accepted(
    'as-old-as-allowed',
    'A list of exactly the age that the policy allows.',
    send(makers(old)),
  )
  await open(
    'too-old',
    'STATUS_STALE',
    'The list is a second older than the policy allows: it could hide a withdrawal.',
    send(makers({ ...old, created: '2026-09-23T23:59:59Z' })),
  )
  await open(
    'ended',
    'STATUS_STALE',
    'The list has ended by its own validUntil.',
    send(makers({ credential: { validUntil: '2026-09-30T23:58:59Z' } })),
  )
  await open(
    'not-yet',
    'STATUS_STALE',
    'The list is not yet in force by its own validFrom.',
    send(makers({ credential: { validFrom: '2026-10-01T00:01:01Z' } })),
  )
  await open(
    'too-old-for-the-policy',
    'STATUS_STALE',
    'The list is older than this policy allows.',
    send({}, { policy: { statusMaximumAgeSeconds: 3600 } }),
  )
  await rejected(
    'revoked-in-an-old-list',
    ['REVOKED', 'STATUS_STALE'],
    'A withdrawal in a list that is too old counts all the same.',
    send({ withdrawn: revoked }, { policy: { statusMaximumAgeSeconds: 3600 } }),
  )

  await accepted(
    'newest-counts',
    'Suspended in an older list and reinstated in the newest.',
    editions(
      { ...makers(old), withdrawn: { [packMaker.key]: { suspended: [honest.passport.id] } } },
      {},
    ),
  )
  await rejected(
    'older-list-added',
    'REVOKED',
    'Who presents an older list as well hides nothing.',
    editions(makers(old), { withdrawn: revoked }),
  )
  await rejected(
    'older-list-added-last',
    'REVOKED',
    'Revoked in the newest list, behind which an older one is put.',
    editions({ withdrawn: revoked }, makers(old)),
  )
  const before = await listsOf(consortium, [packMaker], makers(old))
  const newest = await listsOf(consortium, [packMaker], { withdrawn: revoked })
  const shown = { ...honest, lists: [...honest.lists.slice(0, 4), ...before], rest: newest }
  const [revoking = ''] = newest.map(({ document }) => JSON.stringify(document))
  await rejected(
    'older-list-and-copy-too-large',
    'REVOKED',
    'Revoked in the list that is added. The presentation has an older one, and a copy of the newest that has too much white space to be read.',
    sent(
      Buffer.from(present(shown))
        .toString()
        .replace(revoking, (text) => text.replace('{', `{${' '.repeat(65536)}`)),
      { with: { 'lists.json': present({ ...honest, ...none, lists: newest }) } },
    ),
  )
  await rejected(
    'two-of-one-second',
    'REVOKED',
    'Of two lists of one second nobody can tell the newer: both count.',
    editions({}, { withdrawn: revoked }),
  )

  const at = '2026-09-29T00:00:00Z'
  await accepted(
    'later-than-the-question',
    'A list that is later than the instant asked for is used for what it says of the past.',
    send({}, { at }),
    ['STATUS_LATER'],
  )
  await rejected(
    'revoked-later',
    'REVOKED',
    'A later list revokes: a set bit does not say since when, and counts from the beginning.',
    send({ withdrawn: revoked }, { at }),
    ['STATUS_LATER'],
  )
  await rejected(
    'from-the-future',
    'PROOF_TIME',
    'A list that claims to be signed in 2099.',
    send(makers({ created: '2099-01-01T00:00:00Z' })),
  )
  const many = await Promise.all(
    Array.from({ length: 16 }, (_, day) =>
      listsOf(consortium, [packMaker], makers({ created: `2026-09-${10 + day}T00:00:00Z` })),
    ),
  )
  await rejected(
    'too-many-editions',
    'LIMIT_EXCEEDED',
    'Seventeen lists under one address: each credential would ask every one of them.',
    sent(
      present({ ...honest, rest: many.flatMap(([list]) => (list === undefined ? [] : [list])) }),
    ),
  )
}

const authenticity: Family = async (studio, { accepted, rejected, open }) => {
  const { chain, send, sent, tampered, consortium } = studio
  const { packMaker, cellMaker } = consortium.parties
  const honest = await chain()
  const makers = (change: Change): Plan => ({
    list: (issuer, purpose) => (issuer === packMaker && purpose === 'revocation' ? change : {}),
  })
  const invalid = 'STATUS_LIST_INVALID'

  await accepted('from-a-file', 'The lists come in a file of their own.', {
    ...sent(present({ ...honest, lists: [] })),
    with: { 'lists.json': present({ ...honest, ...none, lists: honest.lists }) },
  })
  for (const [name, start] of [
    ['scheme', 0],
    ['body', 2],
    ['maker', 4],
  ] as const) {
    const lists = honest.lists.filter((_, index) => index < start || index > start + 1)
    await open(
      `lists-of-${name}-missing`,
      'STATUS_UNREACHABLE',
      'The lists of one issuer are missing: what nobody can look up is not "not withdrawn".',
      sent(present({ ...honest, lists })),
    )
  }
  await open(
    'at-an-address-inside',
    'STATUS_UNREACHABLE',
    'The list is at an address inside the network: nothing is fetched.',
    send({
      passport: {
        credential: {
          credentialStatus: honest.passport.secured.credential.credentialStatus.map((entry) => ({
            ...entry,
            statusListCredential: 'https://169.254.169.254/latest/meta-data',
          })),
        },
      },
    }),
  )
  const edits: readonly [string, string, string, Edit][] = [
    ['list-unsigned', 'PROOF_MISSING', 'A list that nobody signed.', drop(`${MAKER_LIST}/proof`)],
    [
      'list-changed',
      'PROOF_INVALID',
      'A list with other bits than were signed.',
      put(`${MAKER_LIST}/credentialSubject/encodedList`, plainBitstring([7])),
    ],
  ]
  for (const [name, code, why, edit] of edits) await rejected(name, code, why, tampered(edit))
  await rejected(
    'list-of-another-issuer',
    invalid,
    'A list that another issuer signed under this address.',
    send(makers({ credential: { issuer: cellMaker.did }, signer: cellMaker.signer })),
  )
  await rejected(
    'list-of-another-purpose',
    invalid,
    'The list of suspensions under the address of revocations.',
    send(makers({ subject: { statusPurpose: 'suspension' } })),
  )
  await open(
    'list-of-another-address',
    'STATUS_UNREACHABLE',
    'A genuine list of the same issuer that the credential does not name.',
    send(makers({ credential: { id: `${listId(packMaker, 'revocation')}/2` } })),
  )
  await rejected(
    'no-list',
    invalid,
    'Another credential under the address of the list.',
    sent(
      present({
        ...honest,
        lists: honest.lists.slice(0, 4),
        rest: [
          await consortium.identity(packMaker, {
            credential: { id: listId(packMaker, 'revocation') },
          }),
          ...honest.lists.slice(5),
        ],
      }),
    ),
  )
  await rejected(
    'entry-for-nobody',
    'SCHEMA',
    'An entry that is not fetched by https.',
    tampered(put(`${PASSPORT}/credentialStatus/0/statusListCredential`, 'file:///etc/passwd')),
  )
}

const content: Family = async (studio, { accepted, rejected }) => {
  const { chain, send, sent, consortium } = studio
  const { packMaker } = consortium.parties
  const honest = await chain()
  const list = (subject: Readonly<Record<string, unknown>>): Plan => ({
    list: (issuer, purpose) =>
      issuer === packMaker && purpose === 'revocation' ? { subject } : {},
  })
  const bytes = gzip(plainBitstring([]))
  const named = Buffer.concat([
    Buffer.from('1f8b08080000000000ff', 'hex'),
    Buffer.from('x\0'),
    bytes.subarray(10),
  ])

  const notice = await signAnyway(
    'WithdrawalNotice',
    {
      '@context': CONTEXTS,
      id: 'https://packmaker.example/notices/1',
      type: ['VerifiableCredential', 'WithdrawalNotice'],
      issuer: packMaker.did,
      validFrom: '2026-09-29T00:00:00Z',
      validUntil: '2027-09-29T00:00:00Z',
      credentialSubject: {
        ...honest.passport.reference,
        type: 'WithdrawnCredential',
        reason: 'error',
        withdraws: { kind: 'whole' },
        voidFrom: '2026-09-20T00:00:00Z',
      },
    },
    { signer: packMaker.signer, created: '2026-09-29T00:00:00Z' },
  )
  await accepted(
    'notice-that-no-list-names',
    'A notice counts through the list that names it, and through nothing else.',
    sent(present({ ...honest, rest: [notice] })),
    ['NOTICE_UNUSED'],
  )
  const lists: readonly [string, string, string][] = [
    ['truncated', 'A list that was cut off.', encoded(bytes.subarray(0, -9))],
    [
      'two-members',
      'Two lists in one: some decoders read the first alone.',
      encoded(Buffer.concat([bytes, gzip(plainBitstring([5]))])),
    ],
    ['with-a-name', 'A file name inside, which decoders pass over differently.', encoded(named)],
    [
      'eight-entries',
      'A list of eight entries names its holders: 131,072 are the least.',
      plainBitstring([], 8),
    ],
    [
      'bomb',
      'A few kilobytes that inflate to more than a megabyte.',
      plainBitstring([], 8 * 1100 * 1024),
    ],
    [
      'unused-bits',
      'base64url in another than its one form.',
      `${plainBitstring([]).slice(0, -1)}B`,
    ],
  ]
  for (const [name, why, encodedList] of lists) {
    await rejected(`list-${name}`, 'STATUS_LIST_INVALID', why, send(list({ encodedList })))
  }
  await rejected(
    'index-beyond-the-list',
    'STATUS_LIST_INVALID',
    'The status index lies beyond the end of the list.',
    send({
      passport: {
        credential: {
          credentialStatus: honest.passport.secured.credential.credentialStatus.map((entry) => ({
            ...entry,
            statusListIndex: '131072',
          })),
        },
      },
    }),
  )
  await rejected(
    'list-of-two-bits',
    'SCHEMA',
    'Entries of another size would be read as others.',
    send(list({ statusSize: 2 })),
  )
}

/** The parts of a chain without any. */
const none = { attestations: [], accreditations: [], identities: [] }

function indexOf(credential: {
  readonly credentialStatus: readonly { readonly statusListIndex: string }[]
}): number {
  return Number(credential.credentialStatus[0]?.statusListIndex)
}

function allBut(index: number): string {
  return plainBitstring(Array.from({ length: 131072 }, (_, at) => at).filter((at) => at !== index))
}

function gzip(encodedList: string): Buffer {
  return Buffer.from(encodedList.slice(1), 'base64url')
}

function encoded(bytes: Uint8Array): string {
  return `u${Buffer.from(bytes).toString('base64url')}`
}

function _flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[copy.length - 8] = (copy[copy.length - 8] ?? 0) ^ 1
  return copy
}

import { encodeBitstring } from '@battery-passport/issuer'
import { LIMITS } from '@battery-passport/verifier'
import { type Consortium, presentationOf, type Signed } from '../../test/support/consortium.ts'
import type { HostileInput } from './hostile-input.ts'
import { Stranger, subjectOf } from './stranger.ts'

const MOST_BITS = 8 * 2 ** 20
const MOST_ATTESTATIONS = LIMITS.attestations

/** Presentations near every limit whose credentials have their form and signature. */
export async function hostilePresentations(consortium: Consortium): Promise<HostileInput[]> {
  return [
    await scopes(consortium),
    await lists(consortium, 7, 300),
    await lists(consortium, 1, 400, 'small'),
    await evidence(consortium),
    await oneId(consortium),
    await custody(consortium),
    await accreditations(consortium),
    await identities(consortium),
    await activities(consortium),
  ]
}

function first<T>([value]: readonly T[]): T {
  if (value === undefined) throw new Error('the consortium has none')
  return value
}

const stranger = new Stranger('stranger')
const accreditor = new Stranger('accreditor')

/** A passport that rests on these. */
function passportOn(
  consortium: Consortium,
  attestations: readonly Signed<'RulebookAttestation'>[],
  change: Readonly<Record<string, unknown>> = {},
): Promise<Signed<'BatteryPassport'>> {
  return consortium.passport({
    subject: { attestations: attestations.map(({ reference }) => reference), ...change },
  })
}

async function attestationsOf(
  consortium: Consortium,
  count: number,
  subjectFor: (number: number) => object,
  statusFor: (number: number) => readonly object[] = () => stranger.status(0),
): Promise<Signed<'RulebookAttestation'>[]> {
  const honest = first(consortium.attestations)
  const base = subjectOf(honest)
  return Promise.all(
    Array.from({ length: count }, (_, number) =>
      stranger.sign(
        'RulebookAttestation',
        `attestations/${number}`,
        { ...base, ...subjectFor(number) },
        { alter: (credential) => ({ ...credential, credentialStatus: statusFor(number) }) },
      ),
    ),
  )
}

function large(name: string, credentials: readonly Signed[]): HostileInput {
  return { name, bytes: presentationOf(credentials), door: 'passport', outcome: 'rejected' }
}

const key = (prefix: string, number: number) => `${prefix}${number.toString(36)}`
const times = <T>(count: number, of: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, number) => of(number))

/** Every activity of every attestation is compared with every entry of the scope. */
async function scopes(consortium: Consortium): Promise<HostileInput> {
  const base = subjectOf(first([...consortium.accreditations.values()]))
  const { rulebook } = first(consortium.attestations).secured.credential.credentialSubject
  const { accreditedBy: _, ...rest } = base
  const accreditation = await accreditor.sign('VerifierAccreditation', 'accreditations/0', {
    ...rest,
    id: stranger.did,
    scope: times(64, () => ({
      rulebook: rulebook.key,
      rulebookDigests: [rulebook.digestMultibase],
      assuranceLevels: ['limited', 'reasonable'],
      engagementTypes: ['verification'],
      subjectTypes: ['Facility', 'Battery'],
      stages: times(40, (at) => key('s', at)),
      materials: times(40, (at) => key('m', at)),
      countries: times(20, (at) => `A${String.fromCharCode(65 + at)}`),
    })),
  })
  const attestations = await attestationsOf(consortium, MOST_ATTESTATIONS, () => ({
    activities: times(64, (at) => ({ stage: 's13', material: key('m', at) })),
    accreditation: accreditation.reference,
  }))
  return large('64 activities each, against 64 entries of a scope', [
    await passportOn(consortium, attestations),
    ...attestations,
    accreditation,
  ])
}

/** Lists that inflate to a megabyte each, 16 editions of the same second under each id. */
async function lists(
  consortium: Consortium,
  pairs: number,
  count: number,
  size: 'small' | 'large' = 'large',
): Promise<HostileInput> {
  const editions = await Promise.all(
    times(pairs, (pair) =>
      (['revocation', 'suspension'] as const).map((statusPurpose) =>
        times(LIMITS.documentsOfOneId, (edition) =>
          stranger.sign('BitstringStatusListCredential', `${statusPurpose}/${pair}`, {
            id: `${stranger.id(`${statusPurpose}/${pair}`)}#list`,
            type: 'BitstringStatusList',
            statusPurpose,
            encodedList: encodeBitstring([edition + 8], size === 'large' ? MOST_BITS : undefined),
          }),
        ),
      ),
    ).flat(2),
  )
  const most = Math.min(
    count,
    LIMITS.presentationCredentials - editions.length - 1,
    MOST_ATTESTATIONS,
  )
  const attestations = await attestationsOf(
    consortium,
    most,
    () => ({}),
    (number) => stranger.status(number % pairs, String(number)),
  )
  return large(`${editions.length} ${size} lists, ${most} attestations that ask each`, [
    await passportOn(consortium, attestations),
    ...attestations,
    ...editions,
  ])
}

/** One file under every indicator of every facility. */
async function evidence(consortium: Consortium): Promise<HostileInput> {
  const uuid = (at: number) => `urn:uuid:00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
  const honest = first(consortium.attestations)
  const file = first(honest.secured.credential.credentialSubject.evidenceFiles)
  const attestations = await attestationsOf(consortium, MOST_ATTESTATIONS, (number) => ({
    id: `urn:epc:id:sgln:9506000.${String(number).padStart(5, '0')}.0`,
    operator: new Stranger(`operator-${number % 40}`).did,
    evidenceFiles: times(7, (at) => ({ ...file, id: uuid(at) })),
    results: times(8, (at) => ({
      indicator: key('i', at),
      answer: 'assessed',
      value: 'true',
      assuranceLevel: 'limited',
      evidenceIds: times(7, uuid),
    })),
  }))
  return large('one file as evidence of everything', [
    await passportOn(consortium, attestations),
    ...attestations,
  ])
}

/** All references name one id, under which 16 documents are. */
async function oneId(consortium: Consortium): Promise<HostileInput> {
  const honest = first(consortium.attestations)
  const base = subjectOf(honest)
  const documents = await Promise.all(
    times(480, (at) =>
      stranger.sign('RulebookAttestation', 'attestations/one', {
        ...base,
        name: `${at}`,
        ...(at < 16 ? { name: 'x'.repeat(1900) } : {}),
      }),
    ),
  )
  const references = times(MOST_ATTESTATIONS, (at) => ({
    ...(documents[0]?.reference ?? {}),
    digestMultibase: documents[at]?.reference.digestMultibase,
  }))
  return large('480 documents under one id, and as many references', [
    await passportOn(consortium, [], { attestations: references }),
    ...documents,
  ])
}

/** 64 custody attestations of 256 rows each, against 64 entries of a scope. */
async function custody(consortium: Consortium): Promise<HostileInput> {
  const honest = await consortium.custody(await consortium.custodyAccreditation())
  const base = subjectOf(first([...consortium.accreditations.values()]))
  const { accreditedBy: _, ...rest } = base
  const accreditation = await accreditor.sign('VerifierAccreditation', 'accreditations/custody', {
    ...rest,
    id: stranger.did,
    scope: times(64, () => ({
      rulebook: 'chain-of-custody',
      assuranceLevels: ['limited', 'reasonable'],
      engagementTypes: ['verification'],
      subjectTypes: ['Facility', 'Battery'],
      stages: times(60, (at) => key('s', at)),
      materials: times(40, (at) => key('m', at)),
      countries: ['DE'],
    })),
  })
  const supplyChain = times(256, (at) => ({
    facility: `urn:epc:id:sgln:9506000.${String(at).padStart(5, '0')}.0`,
    stage: key('s', at % 61),
    material: key('m', at),
    share: 1,
    custodyModel: 'segregated',
  }))
  const all = await Promise.all(
    times(64, (number) =>
      stranger.sign('CustodyAttestation', `custody/${number}`, {
        ...subjectOf(honest),
        supplyChain,
        accreditation: accreditation.reference,
      }),
    ),
  )
  const passport = await consortium.passport({
    subject: { supplyChain, custody: all.map(({ reference }) => reference) },
  })
  return large('64 custody attestations of 256 rows', [passport, ...all, accreditation])
}

/** Accreditations of one body, eight deep, each granting more than the one above. */
async function accreditations(consortium: Consortium): Promise<HostileInput> {
  const base = subjectOf(first([...consortium.accreditations.values()]))
  const { accreditedBy: _, ...rest } = base
  const chains: Signed<'VerifierAccreditation'>[] = []
  const lowest: Signed<'VerifierAccreditation'>[] = []
  for (let chain = 0; chain < 15; chain++) {
    let above: Signed<'VerifierAccreditation'> | undefined
    for (let depth = 0; depth < 8; depth++) {
      const body = new Stranger(`body-${depth + 1}`)
      above = await new Stranger(`body-${depth}`).sign(
        'VerifierAccreditation',
        `accreditations/${chain}`,
        {
          ...rest,
          id: depth === 7 ? stranger.did : body.did,
          mayDelegate: true,
          scope: times(64, (at) => ({
            rulebook: key('r', at),
            rulebookDigests: [above?.reference.digestMultibase ?? `zQm${'a'.repeat(44)}`],
            assuranceLevels: ['limited', 'reasonable'],
            engagementTypes: ['verification'],
            subjectTypes: ['Facility', 'Battery'],
            stages: times(10, (each) => key('s', each + depth)),
            materials: ['m'],
            countries: ['DE'],
          })),
          ...(above === undefined ? {} : { accreditedBy: above.reference }),
        },
      )
      chains.push(above)
    }
    if (above !== undefined) lowest.push(above)
  }
  const attestations = await attestationsOf(consortium, 340, (number) => ({
    accreditation: lowest[number % lowest.length]?.reference,
  }))
  return large('15 chains of 8 accreditations that widen', [
    await passportOn(consortium, attestations),
    ...attestations,
    ...chains,
  ])
}

/** Identities that all name the facilities of all attestations. */
async function identities(consortium: Consortium): Promise<HostileInput> {
  const honest = first([...consortium.identities.values()])
  const base = subjectOf(honest)
  const facility = (at: number) => ({
    id: `urn:f:${key('f', at)}`,
    aliases: times(4, (each) => `urn:f:${key('a', at * 4 + each)}`),
  })
  const accreditation = await accreditor.sign('VerifierAccreditation', 'accreditations/i', {
    ...subjectOf(first([...consortium.accreditations.values()])),
    id: stranger.did,
  })
  const registered = await Promise.all(
    times(110, (at) =>
      stranger.sign('RegisteredIdentity', `identities/${at}`, {
        ...base,
        id: new Stranger(`operator-${at}`).did,
        facilities: [...times(255, facility), { id: 'urn:epc:id:sgln:9506000.00001.0' }],
      }),
    ),
  )
  const attestations = await attestationsOf(consortium, MOST_ATTESTATIONS, (number) => ({
    id: 'urn:epc:id:sgln:9506000.00001.0',
    operator: new Stranger(`operator-${number % 110}`).did,
    accreditation: accreditation.reference,
  }))
  return large('110 identities that operate every facility', [
    await passportOn(consortium, attestations),
    ...attestations,
    ...registered,
    accreditation,
  ])
}

/** Every attested activity is compared with every row of the supply chain. */
async function activities(consortium: Consortium): Promise<HostileInput> {
  const facility = 'urn:epc:id:sgln:9506000.00001.0'
  const attestations = await attestationsOf(consortium, MOST_ATTESTATIONS, () => ({
    id: facility,
    activities: times(64, (at) => ({ stage: key('t', at), material: key('m', at) })),
  }))
  const supplyChain = times(256, (at) => ({
    facility,
    stage: key('s', at),
    material: key('m', at),
    share: 1,
    custodyModel: 'segregated',
  }))
  return large('64 activities each, against 256 rows', [
    await passportOn(consortium, attestations, { supplyChain }),
    ...attestations,
  ])
}

import assert from 'node:assert/strict'
import type { SupplyChainRow } from '@battery-passport/contexts'
import {
  composePassport,
  type DescribedBattery,
  type PassportContext,
  type PassportRequest,
  signCredential,
} from '@battery-passport/issuer'
import { Consortium, DATES, MODEL_ID, type Signed } from '../support/consortium.ts'
import { faultsOf } from './refusal.ts'

type Item = Extract<DescribedBattery, { granularity: 'item' }>

describe('composePassport', () => {
  let consortium: Consortium
  let passport: Signed<'BatteryPassport'>
  let request: PassportRequest
  let battery: Item
  let context: PassportContext

  before(async () => {
    consortium = await Consortium.assemble()
    passport = await consortium.passport()
    const { id, issuer, validFrom, validUntil, credentialStatus, credentialSubject } =
      passport.secured.credential
    assert.ok(credentialSubject.granularity === 'item')
    const {
      type: _,
      manufacturer: __,
      attestations: ___,
      custody: ____,
      score: _____,
      ...rest
    } = credentialSubject
    battery = rest
    request = { id, issuer, validFrom, validUntil, credentialStatus, battery }
    context = {
      method: consortium.method,
      attestations: consortium.attestations.map(({ secured }) => secured),
      created: DATES.passport.created,
    }
  })

  const refusedWith = (
    members: Readonly<Record<string, unknown>>,
    changes: Partial<PassportRequest> = {},
    other: Partial<PassportContext> = {},
  ) =>
    faultsOf('PASSPORT_REFUSED', () =>
      composePassport(
        { ...request, battery: { ...battery, ...members } as never, ...changes },
        { ...context, ...other },
      ),
    )
  const rows = (change: (rows: SupplyChainRow[]) => void) => {
    const supplyChain = structuredClone(battery.supplyChain) as SupplyChainRow[]
    change(supplyChain)
    return { supplyChain }
  }
  const replaced = (attestation: Signed<'RulebookAttestation'>) => ({
    attestations: consortium.replacing(attestation).map(({ secured }) => secured),
  })
  const at = (attestation: Signed) =>
    `/credentialSubject/attestations/${consortium.attestations.findIndex(({ id }) => id === attestation.id)}`
  const firstOf = (isFacility: boolean) => {
    const spec = consortium.specs.find(({ facility }) => (facility !== null) === isFacility)
    assert.ok(spec !== undefined)
    return spec
  }

  it('makes the passport the consortium signs, score and all', () => {
    assert.deepEqual(composePassport(request, context).credential, passport.secured.credential)
  })

  it('makes what a verifier accepts when it is signed', async () => {
    const { packMaker } = consortium.parties
    const secured = await signCredential(
      'BatteryPassport',
      composePassport(request, context).credential,
      { signer: packMaker.signer, created: context.created },
    )
    const bytes = await consortium.presentation({
      passport: { ...passport, document: secured.document },
    })
    const verdict = await consortium.verifier().verifyPassport(bytes)
    assert.equal(verdict.outcome, 'accepted')
  })

  it('makes passports of models and batches, too', () => {
    const { model: _, manufacturedOn: __, ...common } = battery
    const model = { ...common, granularity: 'model', id: MODEL_ID, model: MODEL_ID } as const
    const { credential } = composePassport({ ...request, battery: model }, context)
    assert.equal(credential.credentialSubject.score.scope.granularity, 'model')
    const id = `${MODEL_ID}/10/B1`
    const batch = { ...common, granularity: 'batch', id, batch: id, model: MODEL_ID } as const
    assert.equal(
      composePassport({ ...request, battery: batch }, context).credential.credentialSubject.score
        .value,
      credential.credentialSubject.score.value,
    )
  })

  it('refuses a model or batch passport about anything but that model or batch', () => {
    const { model: _, manufacturedOn: __, ...common } = battery
    const refused = (described: object) =>
      faultsOf('PASSPORT_REFUSED', () =>
        composePassport({ ...request, battery: { ...common, ...described } as never }, context),
      )
    assert.deepEqual(refused({ granularity: 'model', id: `${MODEL_ID}-2`, model: MODEL_ID }), [
      'SCHEMA /credentialSubject/id',
    ])
    assert.deepEqual(
      refused({
        granularity: 'batch',
        id: MODEL_ID,
        batch: `${MODEL_ID}/10/B1`,
        model: MODEL_ID,
      }),
      ['SCHEMA /credentialSubject/id'],
    )
  })

  it('refuses an item whose id is that of its model or batch', () => {
    const at = ['SCHEMA /credentialSubject/id']
    const attestations = context.attestations.filter(
      ({ credential }) => credential.credentialSubject.type === 'Facility',
    )
    const { id } = battery
    assert.deepEqual(refusedWith({ model: id }, {}, { attestations }), at)
    assert.deepEqual(refusedWith({ batch: id }, {}, { attestations }), at)
  })

  it('refuses an attestation that names another version of the rulebook that is pinned', async () => {
    const [first, ...others] = consortium.attestations
    const [spec] = consortium.specs
    assert.ok(first && spec)
    const { rulebook } = first.secured.credential.credentialSubject
    const renamed = await consortium.attestation(spec, {
      subject: { rulebook: { ...rulebook, version: '99.0.0' } },
    })
    const attestations = [renamed, ...others].map(({ secured }) => secured)
    assert.deepEqual(refusedWith({}, {}, { attestations }), [
      'RULEBOOK_MISMATCH /credentialSubject/attestations/0',
    ])
  })

  it('names every fault of the shape at once, the category by name', () => {
    assert.deepEqual(
      refusedWith({ category: 'SLI', manufacturedOn: '2026-13-01', colour: 'red' }),
      [
        'SCHEMA /credentialSubject/category',
        'SCHEMA /credentialSubject/colour',
        'SCHEMA /credentialSubject/manufacturedOn',
      ],
    )
  })

  it('names faults of rows, chemistry and attestations together', async () => {
    const adverse = await consortium.attestation(firstOf(true), {
      subject: { engagement: { ...engagementOf(consortium), conclusion: 'adverse' } },
    })
    const faults = refusedWith(
      {
        chemistry: 'LTO',
        ...rows((all) => {
          all.push({ ...row(all, 0), share: 1 })
          all[2] = { ...row(all, 2), custodyModel: 'book-and-claim' }
        }),
      },
      {},
      replaced(adverse),
    )
    assert.deepEqual(faults, [
      `CONCLUSION_NOT_ACCEPTED ${at(adverse)}`,
      'CUSTODY_MODEL /credentialSubject/supplyChain/2/custodyModel',
      'SCHEMA /credentialSubject/chemistry',
      'SHARES_INVALID /credentialSubject/supplyChain/5/facility',
      'SHARES_INVALID /credentialSubject/supplyChain/5/share',
    ])
  })

  it('refuses shares above the whole, and accepts the whole', () => {
    const share = (value: number) =>
      rows((all) => {
        all.push({ ...row(all, 1), facility: consortium.facilities.refinery.id, share: value })
      })
    composePassport({ ...request, battery: { ...battery, ...share(3000) } }, context)
    assert.deepEqual(refusedWith(share(3001)), [
      'SHARES_INVALID /credentialSubject/supplyChain/5/share',
    ])
  })

  it('refuses a facility id of another scheme than the method’s', () => {
    const faults = refusedWith(
      rows((all) => {
        all.push({
          ...row(all, 1),
          facility: 'https://register.example/facilities/1',
          share: 3000,
        })
      }),
    )
    assert.deepEqual(faults, ['SCHEMA /credentialSubject/supplyChain/5/facility'])
  })

  describe('with custody attestations', () => {
    let accreditation: Signed<'VerifierAccreditation'>
    const signed = (subject = {}) => consortium.custody(accreditation, { subject })

    before(async () => {
      accreditation = await consortium.custodyAccreditation()
    })

    it('names them, and the score says how far the shares are assured', async () => {
      const custody = await signed()
      const composed = composePassport(request, { ...context, custody: [custody.secured] })
      const { credentialSubject: subject } = composed.credential
      assert.deepEqual(subject.custody, [custody.reference])
      assert.equal(subject.score.shareAssurance, 'limited')
      const without = composePassport(request, context).credential.credentialSubject
      assert.deepEqual([without.custody, without.score.shareAssurance], [[], 'none'])
    })

    it('refuses those that a verifier would refuse, each at its reference', async () => {
      const other = await signed({ manufacturer: consortium.parties.refiner.did })
      const late = await consortium.custody(accreditation, {
        credential: { validFrom: '2026-10-01T00:00:00Z' },
      })
      const whole = (await signed()).secured
      for (const [custody, expected] of [
        [[other.secured], ['SUBJECT_MISMATCH /credentialSubject/custody/0']],
        [[late.secured], ['NOT_YET_VALID /credentialSubject/custody/0']],
        [[whole, whole], ['ATTESTATION_CONFLICT /credentialSubject/custody/1']],
      ] as const) {
        assert.deepEqual(refusedWith({}, {}, { custody }), expected)
      }
    })
  })

  it('refuses to rest on nothing', () => {
    assert.deepEqual(refusedWith({}, {}, { attestations: [] }), [
      'SCHEMA /credentialSubject/attestations',
    ])
  })

  it('refuses an attestation about a facility that has no row', () => {
    const mine = consortium.facilities.mine.id
    const faults = refusedWith(
      rows((all) => all.splice(0, all.length, ...all.filter(({ facility }) => facility !== mine))),
    )
    const about = consortium.specs.flatMap(({ facility }, index) =>
      facility?.id === mine ? [`SUBJECT_MISMATCH /credentialSubject/attestations/${index}`] : [],
    )
    assert.ok(about.length > 0)
    assert.deepEqual(faults, about)
  })

  it('refuses an attestation about none of what its facility does here', () => {
    const refinery = consortium.facilities.refinery.id
    const faults = refusedWith(
      rows((all) => {
        for (const [index, each] of all.entries()) {
          if (each.facility === refinery) all[index] = { ...each, stage: 'mining', share: 3000 }
        }
      }),
    )
    const about = consortium.specs.flatMap(({ facility }, index) =>
      facility?.id === refinery
        ? [`ACTIVITY_MISMATCH /credentialSubject/attestations/${index}`]
        : [],
    )
    assert.deepEqual(faults, about)
  })

  it('counts another id of a facility only through the identity of its operator', async () => {
    const alias = 'https://register.example/facilities/salar'
    const { mine } = consortium.facilities
    const spec = consortium.specs.find(({ facility }) => facility === mine)
    assert.ok(spec !== undefined)
    const aliased = await consortium.attestation(spec, { subject: { id: alias } })
    assert.deepEqual(refusedWith({}, {}, replaced(aliased)), [`SUBJECT_MISMATCH ${at(aliased)}`])
    const identity = await consortium.identity(mine.operator, {
      subject: { facilities: [{ id: mine.id, aliases: [alias] }] },
    })
    const { credential } = composePassport(request, {
      ...context,
      ...replaced(aliased),
      identities: [identity.secured],
    })
    assert.equal(
      credential.credentialSubject.score.value,
      passport.secured.credential.credentialSubject.score.value,
    )
    const stranger = await consortium.identity(consortium.parties.refiner, {
      subject: { facilities: [{ id: mine.id, aliases: [alias] }] },
    })
    assert.deepEqual(
      refusedWith({}, {}, { ...replaced(aliased), identities: [stranger.secured] }),
      [`SUBJECT_MISMATCH ${at(aliased)}`],
    )
  })

  it('refuses an attestation about another model, manufacturer or plant', async () => {
    const spec = firstOf(false)
    for (const subject of [
      { id: `${MODEL_ID}-other` },
      { manufacturer: consortium.parties.cellMaker.did },
      { plants: ['urn:epc:id:sgln:9506000.99999.0'] },
    ]) {
      const other = await consortium.attestation(spec, { subject })
      assert.deepEqual(refusedWith({}, {}, replaced(other)), [`SUBJECT_MISMATCH ${at(other)}`])
    }
  })

  it('refuses a battery made outside the production window, to the day', () => {
    const spec = firstOf(false)
    const index = consortium.specs.indexOf(spec)
    const fault = [`PRODUCTION_WINDOW /credentialSubject/attestations/${index}`]
    assert.deepEqual(refusedWith({ manufacturedOn: '2025-12-31' }), fault)
    assert.deepEqual(refusedWith({ manufacturedOn: '2027-01-01' }), fault)
    for (const manufacturedOn of ['2026-01-01', '2026-12-31']) {
      composePassport({ ...request, battery: { ...battery, manufacturedOn } }, context)
    }
  })

  it('refuses an attestation that is not in force at the signature, to the second', () => {
    const every = (code: string) =>
      consortium.attestations.map((_, index) => `${code} /credentialSubject/attestations/${index}`)
    const { validFrom, validUntil } = DATES.attestations
    assert.deepEqual(
      refusedWith({}, {}, { created: '2026-03-15T23:59:59Z' }),
      every('NOT_YET_VALID').toSorted(),
    )
    assert.deepEqual(
      refusedWith({}, {}, { created: '2027-03-16T00:00:00Z' }),
      every('EXPIRED').toSorted(),
    )
    for (const created of [validFrom, validUntil]) {
      composePassport(request, { ...context, created })
    }
  })

  it('refuses periods that are too old, or too far from each other', async () => {
    const spec = firstOf(true)
    const old = await consortium.attestation(spec, {
      subject: { period: { from: '2023-09-01', until: '2024-08-31' } },
    })
    const faults = refusedWith({}, {}, replaced(old))
    assert.ok(faults.includes(`PERIOD ${at(old)}`))
    assert.equal(faults.length, consortium.specs.length)
    assert.ok(faults.every((fault) => fault.startsWith('PERIOD ')))
  })

  it('refuses an open major finding, and another edition of a rulebook', async () => {
    const spec = firstOf(true)
    const finding = { id: 'F1', severity: 'major', description: 'A meter was broken.' }
    const withFinding = (members: object) =>
      consortium.attestation(spec, {
        subject: {
          engagement: { ...engagementOf(consortium), findings: [{ ...finding, ...members }] },
        },
      })
    const open = await withFinding({})
    assert.deepEqual(refusedWith({}, {}, replaced(open)), [`OPEN_FINDING ${at(open)}`])
    const late = await withFinding({ closedOn: '2026-03-16' })
    assert.deepEqual(refusedWith({}, {}, replaced(late)), [`OPEN_FINDING ${at(late)}`])
    const closed = await withFinding({ closedOn: '2026-03-15' })
    composePassport(request, { ...context, ...replaced(closed) })
    const edition = await consortium.attestation(spec, {
      subject: {
        rulebook: {
          ...consortium.pin(consortium.rulebook(spec.rulebook)),
          digestMultibase: consortium.method.digestMultibase,
        },
      },
    })
    assert.deepEqual(refusedWith({}, {}, replaced(edition)), [`RULEBOOK_MISMATCH ${at(edition)}`])
  })

  it('refuses a second attestation about one subject, activity and rulebook', async () => {
    const spec = firstOf(true)
    const [first] = consortium.attestations
    assert.ok(first !== undefined)
    const conflict = `ATTESTATION_CONFLICT /credentialSubject/attestations/${consortium.attestations.length}`
    const twice = refusedWith({}, {}, { attestations: [...context.attestations, first.secured] })
    assert.deepEqual([...new Set(twice)], [conflict])
    const second = await consortium.attestation(spec, {
      credential: { id: 'https://climatebody.example/attestations/second' },
    })
    const faults = refusedWith({}, {}, { attestations: [...context.attestations, second.secured] })
    assert.deepEqual([...new Set(faults)], [conflict])
  })

  it('refuses a passport that would be larger than verifiers read', () => {
    const documents = Array.from({ length: 64 }, (_, index) => ({
      id: `https://packmaker.example/documents/${index}`,
      name: 'x'.repeat(2000),
    }))
    const agents = [{ agent: 'water', fireClass: 'B', documents }]
    const product = { ...battery.product, usableExtinguishingAgents: agents }
    const faults = refusedWith({ product })
    assert.deepEqual(faults, ['LIMIT_EXCEEDED '])
  })

  it('names its predecessor and what is restricted without following them', () => {
    const predecessor = { ...passport.reference, id: `${passport.id}-before` }
    const restricted = [
      {
        id: 'urn:uuid:8b0d7a50-0000-4000-8000-000000000000',
        type: 'RestrictedData',
        digestMultibase: passport.reference.digestMultibase,
        accessClass: 'authorities' as const,
      },
    ]
    const { credential } = composePassport(
      { ...request, battery: { ...battery, predecessor, restricted } },
      context,
    )
    assert.deepEqual(credential.credentialSubject.predecessor, predecessor)
    assert.deepEqual(credential.credentialSubject.restricted, restricted)
  })
})

function row(rows: readonly SupplyChainRow[], index: number): SupplyChainRow {
  const found = rows[index]
  assert.ok(found !== undefined)
  return found
}

function engagementOf(consortium: Consortium) {
  const [first] = consortium.attestations
  assert.ok(first !== undefined)
  return first.secured.credential.credentialSubject.engagement
}

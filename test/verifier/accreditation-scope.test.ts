import assert from 'node:assert/strict'
import { demandsOf, shortfall } from '../../verifier/trust/accreditation-scope.ts'
import { scopeFindings } from '../../verifier/trust/entitlement.ts'
import type { ScopeLists } from '../../verifier/trust/scope-lists.ts'
import { Consortium } from '../support/consortium.ts'

const GRANTED: ScopeLists = {
  rulebook: 'greenhouse-gas',
  rulebookDigests: ['zQm1', 'zQm2'],
  assuranceLevels: ['limited'],
  engagementTypes: ['verification'],
  subjectTypes: ['Facility'],
  stages: ['mining', 'refining'],
  materials: ['nickel'],
  countries: ['FI', 'CL'],
}
const ASKED: ScopeLists = {
  ...GRANTED,
  rulebookDigests: ['zQm1'],
  stages: ['refining'],
  countries: ['FI'],
}

describe('A scope', () => {
  it('covers what it grants in every dimension', () => {
    assert.equal(shortfall(ASKED, [GRANTED]), null)
    assert.equal(shortfall({ ...ASKED, materials: [], countries: [] }, [GRANTED]), null)
  })

  for (const [dimension, change, granted, ungranted] of [
    ['edition of the rulebook', { rulebookDigests: ['zQm3'] }, ['zQm1', 'zQm2'], ['zQm3']],
    [
      'assurance level',
      { assuranceLevels: ['limited', 'reasonable'] },
      ['limited'],
      ['reasonable'],
    ],
    ['engagement type', { engagementTypes: ['validation'] }, ['verification'], ['validation']],
    ['subject type', { subjectTypes: ['Battery'] }, ['Facility'], ['Battery']],
    ['stage', { stages: ['cell'] }, ['mining', 'refining'], ['cell']],
    ['material', { materials: ['cobalt'] }, ['nickel'], ['cobalt']],
    ['country', { countries: ['FI', 'CL', 'CN'] }, ['FI', 'CL'], ['CN']],
    ['country', { countries: ['*'] }, ['FI', 'CL'], ['*']],
  ] as const) {
    it(`that falls short in ${dimension} says so, what it grants there, and what not`, () => {
      assert.deepEqual(shortfall({ ...ASKED, ...change }, [GRANTED]), {
        entry: 0,
        gaps: [{ dimension, granted, ungranted }],
      })
    })
  }

  it('without an entry for the rulebook names the rulebooks that it has', () => {
    assert.deepEqual(shortfall({ ...ASKED, rulebook: 'water' }, [GRANTED, GRANTED]), {
      entry: null,
      gaps: [{ dimension: 'rulebook', granted: ['greenhouse-gas'], ungranted: ['water'] }],
    })
  })

  it('of several entries none of which covers all is told by the one that comes nearest', () => {
    const far = { ...GRANTED, stages: ['pack'], countries: ['DE'] }
    const near = { ...GRANTED, stages: ['*'], countries: ['DE'] }
    assert.deepEqual(shortfall(ASKED, [far, near]), {
      entry: 1,
      gaps: [{ dimension: 'country', granted: ['DE'], ungranted: ['FI'] }],
    })
    assert.equal(shortfall(ASKED, [far, near, GRANTED]), null)
  })

  it('of its issuer bounds one that is delegated, however long both lists are', () => {
    const many = Array.from({ length: 200 }, (_, index) => `stage-${index}`)
    const outer = { ...GRANTED, stages: many }
    assert.equal(shortfall({ ...GRANTED, stages: many.toReversed() }, [outer]), null)
    assert.deepEqual(shortfall({ ...GRANTED, stages: [...many, 'more'] }, [outer])?.gaps, [
      { dimension: 'stage', granted: many, ungranted: ['more'] },
    ])
  })
})

describe('The values of a scope', () => {
  it('are gone through once, however many activities are compared with them', () => {
    let looks = 0
    const entry: ScopeLists = {
      ...GRANTED,
      get stages() {
        looks++
        return GRANTED.stages
      },
    }
    const scope = [{ ...GRANTED, countries: ['DE'] }, entry]
    for (let time = 0; time < 100; time++) assert.equal(shortfall(ASKED, scope), null)
    assert.equal(looks, 1)
  })
})

describe('The finding of an attestation out of scope', () => {
  it('says in which dimension, what the accreditation covers there, and what was attested', async () => {
    const consortium = await Consortium.assemble()
    const spec = consortium.specs.find(({ by }) => by === consortium.parties.socialBody)
    const accreditation = consortium.accreditations.get('socialBody')?.secured
    assert.ok(spec !== undefined && accreditation?.type === 'VerifierAccreditation')
    const { secured } = await consortium.attestation(spec, {
      subject: { country: 'CN', activities: [{ stage: 'mining' }, { stage: 'selling' }] },
    })
    const [finding, ...more] = scopeFindings(secured, demandsOf(secured.credential), accreditation)
    assert.deepEqual(more, [])
    assert.equal(finding?.code, 'ACCREDITATION_SCOPE')
    assert.equal(finding.pointer, '/credentialSubject/activities/0')
    assert.equal(finding.expected, 'country CL/FI/HU/DE')
    assert.equal(finding.found, 'country CN')
    assert.match(
      finding.detail,
      /does not cover this activity, nor 1 other\. Entry \d of the scope/,
    )
    assert.match(finding.detail, /short of: country\.$/)
    const covered = await consortium.attestation(spec)
    const demands = demandsOf(covered.secured.credential)
    assert.deepEqual(scopeFindings(covered.secured, demands, accreditation), [])
  })
})

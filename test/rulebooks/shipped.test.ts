import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOfDocument } from '@battery-passport/contexts'
import {
  appliesTo,
  checkMethod,
  checkRulebook,
  type Method,
  PILLARS,
} from '@battery-passport/rulebooks'
import { BAND_REASONS } from '../../rulebooks/generate-band-reasons.ts'
import {
  activeMasses,
  rawMasses,
  TYPICAL_CELLS,
  weightsOf,
} from '../../rulebooks/generate-material-masses.ts'
import { methodPage } from '../../rulebooks/generate-method-page.ts'
import { rulebookPage } from '../../rulebooks/generate-rulebook-page.ts'
import { shippedFiles } from '../../rulebooks/generate-shipped.ts'
import { readSources } from '../../rulebooks/generate-sources.ts'
import { SHIPPED_METHODS, SHIPPED_RULEBOOKS } from '../../rulebooks/generated/shipped.ts'
import { shippedRulebook, shippedRulebooks } from '../../rulebooks/shipped-rulebooks.ts'
import { describeShared, readText } from '../support/shared.ts'

const SEVEN = [
  'greenhouse-gas',
  'human-rights',
  'child-labour',
  'forced-labour',
  'indigenous-peoples',
  'biodiversity',
  'circular-design',
]

const indicators = SHIPPED_RULEBOOKS.flatMap((rulebook) => rulebook.indicators)
const checked = SHIPPED_RULEBOOKS.map((rulebook) => {
  const check = checkRulebook(rulebook)
  assert.ok(check.ok, `${rulebook.key}: ${JSON.stringify(check)}`)
  return check.rulebook
})
const [esg] = SHIPPED_METHODS
assert.ok(esg)

describe('The files written from the rulebooks and methods', () => {
  it('are what the generator writes', async () => {
    const files = Object.entries(await shippedFiles())
    assert.equal(files.length, SHIPPED_RULEBOOKS.length + 2 * SHIPPED_METHODS.length + 1)
    for (const [path, content] of files) {
      assert.equal(await readFile(path, 'utf8'), content, `run npm run generate: ${path}`)
    }
  })

  it('carry the data files unchanged', async () => {
    const { rulebooks, methods } = await readSources()
    assert.deepEqual(
      SHIPPED_RULEBOOKS.map(digestOfDocument),
      rulebooks.map(({ document }) => digestOfDocument(document)),
    )
    assert.deepEqual(
      SHIPPED_METHODS.map(digestOfDocument),
      methods.map(({ document }) => digestOfDocument(document)),
    )
  })

  it('say nothing of the method in words that its numbers outgrow', () => {
    const page = (change: Partial<Method>) =>
      methodPage({ ...esg, ...change }, '', SHIPPED_RULEBOOKS)
    const [first, second, ...others] = esg.rulebooks
    assert.ok(first && second)
    assert.match(page({}), /Equal shares would be 14\.3 % each.*None has less than 12 %/)
    const two = page({
      rulebooks: [
        { ...first, weight: 5500 },
        { ...second, weight: 4500 },
      ],
    })
    assert.match(two, /Equal shares would be 50\.0 % each.*None has less than 45 %/)
    assert.doesNotMatch(two, /Human rights due diligence” has more/)
    const heavier = others.map((each) => ({ ...each, weight: 2000 }))
    assert.throws(
      () => page({ rulebooks: [first, ...heavier] }),
      /say why child-labour weighs more/,
    )
    const pillars = { environment: 5000, social: 2000, governance: 3000 }
    assert.match(page({ pillars }), /70 % of a score is what happens .* 30 % the management/)
    const gradeBands = esg.gradeBands.map((band, i) => (i === 1 ? { ...band, from: 2001 } : band))
    assert.match(page({ gradeBands }), /lowest grade, but for .*`bio\.protected-areas`/)
    const cell = { key: 'cell', materials: 'none' } as const
    assert.match(page({ chemistries: { LFP: { stages: [cell] } } }), /The stages are `cell`;/)
  })

  it('change when the data change', () => {
    const [rulebook] = SHIPPED_RULEBOOKS
    assert.ok(rulebook)
    const changed = { ...rulebook, disclaimer: 'another' }
    assert.notEqual(
      rulebookPage(changed, digestOfDocument(changed)),
      rulebookPage(rulebook, digestOfDocument(rulebook)),
    )
  })
})

describe('The shipped data', () => {
  it('are the seven rulebooks and one method', () => {
    assert.deepEqual(SHIPPED_RULEBOOKS.map(({ key }) => key).sort(), [...SEVEN].sort())
    assert.deepEqual(
      esg.rulebooks.map(({ key }) => key),
      SEVEN,
    )
  })

  it('cannot be changed by who uses them', () => {
    for (const document of [...SHIPPED_RULEBOOKS, ...SHIPPED_METHODS]) {
      assert.ok(Object.isFrozen(document))
    }
    for (const indicator of indicators) {
      assert.ok(Object.isFrozen(indicator) && Object.isFrozen(indicator.points))
    }
  })

  it('say that they are illustrative and nobody else’s', () => {
    for (const { key, status, disclaimer } of [...SHIPPED_RULEBOOKS, ...SHIPPED_METHODS]) {
      assert.equal(status, 'illustrative', key)
      assert.match(
        disclaimer,
        /not published, reviewed or endorsed by the Global Battery Alliance/i,
      )
      assert.match(disclaimer, /any other body/)
    }
    assert.doesNotMatch(JSON.stringify([SHIPPED_RULEBOOKS, SHIPPED_METHODS]), /globalbattery\./)
  })

  it('meet every load rule', () => {
    assert.equal(checked.length, SEVEN.length)
    for (const method of SHIPPED_METHODS) {
      const check = checkMethod(method, checked)
      assert.ok(check.ok, JSON.stringify(check))
    }
  })

  it('would be refused with one weight changed, and by the method with one word changed', () => {
    const [rulebook, ...others] = SHIPPED_RULEBOOKS
    const [indicator, ...rest] = rulebook?.indicators ?? []
    assert.ok(rulebook && indicator)
    const heavier = { ...indicator, weight: indicator.weight + 1 }
    assert.equal(checkRulebook({ ...rulebook, indicators: [heavier, ...rest] }).ok, false)
    const reworded = checkRulebook({ ...rulebook, title: `${rulebook.title}!` })
    assert.ok(reworded.ok)
    const given = checked.filter(({ key }) => others.some((other) => other.key === key))
    assert.equal(checkMethod(esg, [reworded.rulebook, ...given]).ok, false)
  })
})

describe('The shipped rulebooks', () => {
  it('have eight to fifteen indicators each', () => {
    for (const { key, indicators } of SHIPPED_RULEBOOKS) {
      assert.ok(indicators.length >= 8 && indicators.length <= 15, `${key}: ${indicators.length}`)
    }
  })

  it('have both tiers each, and together all pillars and all kinds', () => {
    for (const { key, indicators } of SHIPPED_RULEBOOKS) {
      assert.equal(new Set(indicators.map(({ tier }) => tier)).size, 2, key)
    }
    assert.deepEqual(new Set(indicators.map(({ pillar }) => pillar)), new Set(PILLARS))
    assert.equal(new Set(indicators.map(({ kind }) => kind)).size, 4)
  })

  it('have ids that no other rulebook has', () => {
    assert.equal(new Set(indicators.map(({ id }) => id)).size, indicators.length)
  })

  it('ask something in every stage they weigh, for every chemistry, and weigh every stage they ask in', () => {
    for (const { key, stageWeights, indicators } of SHIPPED_RULEBOOKS) {
      for (const [chemistry, { stages }] of Object.entries(esg.chemistries)) {
        for (const stage of Object.keys(stageWeights)) {
          const entry = stages.find((each) => each.key === stage)
          const materials = entry === undefined ? 'none' : entry.materials
          const activities =
            materials === 'none' ? [{ stage }] : materials.map((m) => ({ stage, material: m.key }))
          for (const activity of activities) {
            assert.ok(
              indicators.some((indicator) => appliesTo(indicator, activity)),
              `${key} ${chemistry} ${JSON.stringify(activity)}`,
            )
          }
        }
      }
      for (const { id, stages } of indicators) {
        for (const stage of stages) assert.ok((stageWeights[stage] ?? 0) > 0, `${id} ${stage}`)
      }
    }
  })

  it('keep questions about the battery in the stage product', () => {
    for (const { id, level, stages } of indicators) {
      assert.equal(level === 'product', stages.includes('product'), id)
      if (level === 'product') assert.deepEqual(stages, ['product'], id)
    }
    for (const { key, subjectTypes, stageWeights } of SHIPPED_RULEBOOKS) {
      assert.equal(subjectTypes.includes('Battery'), 'product' in stageWeights, key)
    }
  })

  it('give reasons for bands only where there are bands', () => {
    for (const id of Object.keys(BAND_REASONS)) {
      assert.equal(indicators.find((indicator) => indicator.id === id)?.kind, 'quantity', id)
    }
  })
})

describe('The shipped method', () => {
  it('weighs materials as its page derives them', () => {
    assert.deepEqual(Object.keys(esg.chemistries).sort(), Object.keys(TYPICAL_CELLS).sort())
    for (const [chemistry, cell] of Object.entries(TYPICAL_CELLS)) {
      const expected = new Map([
        ['mining', weightsOf(rawMasses(cell))],
        ['refining', weightsOf(rawMasses(cell))],
        ['active-material', weightsOf(activeMasses(cell))],
      ])
      const stages: Method['chemistries'][string]['stages'] =
        esg.chemistries[chemistry]?.stages ?? []
      for (const { key, materials } of stages) {
        if (materials === 'none') {
          assert.equal(expected.has(key), false, `${chemistry} ${key}`)
          continue
        }
        const weights = materials.map((each): [string, number] => [each.key, each.weight])
        assert.deepEqual(new Map(weights), expected.get(key), `${chemistry} ${key}`)
      }
    }
  })

  it('knows NMC, LFP and NCA, and accepts no book-and-claim material', () => {
    for (const chemistry of ['NMC', 'LFP', 'NCA']) assert.ok(chemistry in esg.chemistries)
    assert.equal(esg.custodyModels.includes('book-and-claim'), false)
  })
})

describeShared('The topics of the shipped indicators', 'data/untp-vocabularies', (folder) => {
  it('are UNTP conformity topics', () => {
    const vocabulary: { '@graph': readonly { '@id': string }[] } = JSON.parse(
      readText(join(folder, 'untp-topics.jsonld')),
    )
    const slugs = new Set(vocabulary['@graph'].map((entry) => entry['@id'].replace('topics:', '')))
    assert.equal(slugs.has('no-such-topic'), false)
    for (const { id, topic } of indicators) assert.ok(slugs.has(topic), `${id}: ${topic}`)
  })
})

describe('the shipped rulebooks of a process', () => {
  it('are those that were checked, each by the digest of what it says', () => {
    assert.deepEqual(
      shippedRulebooks().map(({ rulebook }) => rulebook),
      checked,
    )
    assert.deepEqual(
      shippedRulebooks().map(({ digestMultibase }) => digestMultibase),
      SHIPPED_RULEBOOKS.map((rulebook) => digestOfDocument(rulebook)),
    )
    assert.ok(shippedRulebooks().every(({ rulebook }) => Object.isFrozen(rulebook.indicators)))
  })

  it('are checked again where one says something else than it did', () => {
    const [first] = SHIPPED_RULEBOOKS
    assert.ok(first !== undefined)
    const changed = structuredClone({ ...first, title: `${first.title}, changed` })
    const { digestMultibase, rulebook } = shippedRulebook(changed)
    assert.equal(digestMultibase, digestOfDocument(changed))
    assert.notEqual(rulebook, changed, 'a copy, for the one that was given may change')
    assert.throws(
      () => shippedRulebook({ ...first, indicators: [] }),
      /shipped rulebook: .*indicators/,
    )
  })
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import {
  ANNEX_XIII_PUBLIC,
  CATEGORIES,
  type Category,
  completenessReport,
  NOT_COVERED,
} from '@battery-passport/contexts'
import * as schemas from '@battery-passport/contexts/schemas'
import { productDataPage } from '../../contexts/product-data-page.ts'
import { fullProduct } from '../support/full-product.ts'
import { describeShared, readText } from '../support/shared.ts'

const PAGE = new URL('../../docs/product-data.md', import.meta.url)
const GUIDANCE = 'data/annex-xiii/annex-xiii-requirements.csv'

const subject = {
  id: 'https://id.example/01/09506000134352/21/x',
  model: 'https://id.example/01/09506000134352',
  category: 'EV',
  chemistry: 'NMC',
  manufacturer: 'did:example:cellion',
  manufacturedOn: '2026-10-02',
  product: fullProduct,
}

function line(report: ReturnType<typeof completenessReport>, field: string) {
  const found = report.lines.find((entry) => entry.field === field)
  assert.ok(found, `no line ${field}`)
  return found
}

describe('The table of public fields', () => {
  it('reaches every member of the product data', () => {
    const reached = ANNEX_XIII_PUBLIC.flatMap(({ pointers }) => pointers)
    for (const member of Object.keys(schemas.ProductData.properties)) {
      const pointer = `/product/${member}`
      assert.ok(
        reached.some((entry) => entry === pointer || entry.startsWith(`${pointer}/`)),
        `${pointer} answers no field`,
      )
    }
  })

  it('points only at members that exist', () => {
    const full = new Set<string>(['', '/batch'])
    const walk = (value: unknown, pointer: string) => {
      full.add(pointer)
      if (value !== null && typeof value === 'object') {
        for (const [name, member] of Object.entries(value)) walk(member, `${pointer}/${name}`)
      }
    }
    walk(subject, '')
    for (const { pointers } of ANNEX_XIII_PUBLIC) {
      for (const pointer of pointers) assert.ok(full.has(pointer), pointer)
    }
  })

  it('names each field once and cites a provision for each', () => {
    const names = ANNEX_XIII_PUBLIC.map(({ field }) => field)
    assert.equal(new Set(names).size, names.length)
    for (const { citation, point } of ANNEX_XIII_PUBLIC) {
      assert.match(citation, /^(Annex XIII point 1\([a-s]\)|Article 77\(3\))/)
      assert.ok(citation.includes(point))
    }
    const letters = new Set(ANNEX_XIII_PUBLIC.map(({ point }) => point.slice(2, 3)))
    for (const letter of 'abcdefghijklmnopqrs') assert.ok(letters.has(letter), `1(${letter})`)
  })

  it('covers no field of points 2 to 4 and says so', () => {
    for (const point of ['2(a)', '2(b)', '2(c)', '2(d)', '3', '4(a)', '4(b)', '4(c)', '4(d)']) {
      const left = NOT_COVERED.find((entry) => entry.point === point)
      assert.match(left?.reason ?? '', /^not public/, point)
    }
  })
})

describeShared('The table and the Commission guidance', GUIDANCE, (path) => {
  it('has the levels of its 52 rows, column by column', () => {
    const [header, ...rows] = readText(path).split(/\r?\n/)
    assert.equal(header, 'field,EV,LMT,Industrial')
    const known = new Set<string>()
    for (const row of rows) {
      const [name = '', EV, LMT, industrial] = row.split(',')
      known.add(name)
      const fields = ANNEX_XIII_PUBLIC.filter(({ guidance }) => guidance === name)
      const left = NOT_COVERED.filter(({ guidance }) => guidance.includes(name))
      assert.ok(fields.length > 0 !== left.length > 0, `${name}: covered or left out, not both`)
      for (const { field, levels } of fields) {
        assert.deepEqual(levels, { EV, LMT, industrial }, `${field} (${name})`)
      }
    }
    assert.equal(known.size, 52)
    const used = [
      ...ANNEX_XIII_PUBLIC.flatMap(({ guidance }) => guidance ?? []),
      ...NOT_COVERED.flatMap(({ guidance }) => guidance),
    ]
    for (const name of used) assert.ok(known.has(name), `${name} is no row of the guidance`)
  })
})

describe('The completeness report', () => {
  it('finds no mandatory field missing in a full product', () => {
    const report = completenessReport(subject, 'EV', '2027-02-18')
    const missing = report.lines.filter(({ state }) => state === 'missing')
    assert.deepEqual(missing, [])
  })

  it('finds every field missing in an empty passport, save those that are not to be filled', () => {
    const report = completenessReport({}, 'EV', '2027-02-18')
    assert.equal(report.complete, false)
    for (const { level, state } of report.lines) {
      assert.equal(state, level === 'not-to-be-filled' ? 'not-filled' : 'missing')
    }
  })

  it('counts what the subject says beside its product data', () => {
    const { product: _, ...bare } = subject
    const report = completenessReport(bare, 'EV', '2027-02-18')
    for (const field of ['id', 'category', 'chemistry', 'manufacturer', 'manufacturedOn']) {
      assert.equal(line(report, field).state, 'present', field)
    }
    assert.deepEqual(line(report, 'modelIdentifier').pointers, ['/model'])
    assert.equal(line(report, 'weightKg').state, 'missing')
  })

  it('says when a field is filled although it is not to be', () => {
    const full = completenessReport(subject, 'EV', '2027-02-18')
    assert.equal(line(full, 'ratedCapacityAh').state, 'filled-although-not-to-be-filled')
    assert.equal(full.complete, false)
    const {
      carbonFootprint: _c,
      dueDiligenceReports: _d,
      thirdPartyVerifications: _t,
      ratedCapacityAh: _r,
      ...product
    } = fullProduct
    const mended = completenessReport({ ...subject, product }, 'EV', '2027-02-18')
    assert.equal(line(mended, 'ratedCapacityAh').state, 'not-filled')
    assert.equal(mended.complete, true)
  })

  it('asks for the capacity threshold of electric vehicle batteries only', () => {
    const field = 'capacityThresholdForExhaustionPercent'
    const state = (category: Category) =>
      line(completenessReport(subject, category, '2027-02-18'), field).state
    assert.equal(state('EV'), 'present')
    assert.equal(state('LMT'), 'filled-although-not-to-be-filled')
    assert.equal(state('industrial'), 'filled-although-not-to-be-filled')
  })

  it('leaves the cycle life of an industrial battery conditional', () => {
    const report = completenessReport({}, 'industrial', '2027-02-18')
    assert.equal(line(report, 'expectedLifetimeCycles').level, 'conditional')
    assert.equal(line(report, 'expectedLifetimeCycles').state, 'missing')
  })

  it('calls a passport voluntary until the day before the obligation and obligatory from it', () => {
    for (const category of CATEGORIES) {
      assert.equal(completenessReport(subject, category, '2027-02-17').standing, 'voluntary')
      assert.equal(completenessReport(subject, category, '2027-02-18').standing, 'obligatory')
    }
  })

  it('refuses a day that does not exist and a category without a passport', () => {
    assert.throws(() => completenessReport(subject, 'EV', '2027-02-30'), /calendar day.*2027-02-30/)
    const category: string = 'SLI'
    assert.throws(
      () => Reflect.apply(completenessReport, undefined, [subject, category, '2027-02-18']),
      /expected one of EV, LMT, industrial.*SLI/,
    )
  })
})

describe('docs/product-data.md', () => {
  it('is the page the tables give', () => {
    assert.equal(readFileSync(PAGE, 'utf8'), productDataPage())
  })

  it('attributes the guidance and shows every field and every omission', () => {
    const page = productDataPage()
    assert.match(page, /CC BY 4\.0/)
    for (const { title } of [...ANNEX_XIII_PUBLIC, ...NOT_COVERED]) assert.ok(page.includes(title))
  })
})

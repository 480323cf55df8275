import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import {
  escapePointer,
  isProductData,
  pinnedContext,
  productFaults,
  valueAt,
} from '@battery-passport/contexts'
import * as schemas from '@battery-passport/contexts/schemas'
import fc from 'fast-check'
import jsonld from 'jsonld'
import { fullProduct } from '../support/full-product.ts'

const CONTEXT = new URL('../../contexts/battery-passport-v1.jsonld', import.meta.url)
const VOCABULARY = 'https://battery-passport.example/vocabulary/v1#'

/** Terms the product data share with VCDM 2.0, which our context must not redefine. */
const VCDM_TERMS = ['id', 'name', 'mediaType', 'digestMultibase']

function propertyNames(schema: unknown, names = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const entry of schema) propertyNames(entry, names)
  else if (schema !== null && typeof schema === 'object') {
    const properties: unknown = Reflect.get(schema, 'properties')
    if (properties !== null && typeof properties === 'object') {
      for (const name of Object.keys(properties)) names.add(name)
    }
    for (const value of Object.values(schema)) propertyNames(value, names)
  }
  return names
}

function propertiesIn(value: unknown, names = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const entry of value) propertiesIn(entry, names)
  else if (value !== null && typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) {
      names.add(name)
      propertiesIn(member, names)
    }
  }
  return names
}

describe('Product data', () => {
  it('accept a product with every member', () => {
    assert.deepEqual(productFaults(fullProduct), [])
    assert.deepEqual([...propertiesIn(fullProduct)].sort(), [
      ...[...propertyNames(schemas.ProductData)].sort(),
    ])
  })

  it('accept an empty product, because completeness is reported and not demanded', () => {
    assert.equal(isProductData({}), true)
  })

  it('name a member that does not exist', () => {
    const [fault, ...more] = productFaults({ cathodeMaterial: 'NMC 811' })
    assert.deepEqual(more, [])
    assert.equal(fault?.pointer, '/cathodeMaterial')
    assert.ok(fault.isUnknown)
  })

  it('refuse a JSON number where a decimal string belongs', () => {
    const [fault] = productFaults({ weightKg: 450.5 })
    assert.equal(fault?.pointer, '/weightKg')
    assert.equal(fault?.expected, 'string')
  })

  it('refuse null, an empty object and an empty list of documents', () => {
    for (const product of [
      { weightKg: null },
      { carbonFootprint: {} },
      { wasteBatteryInformation: { meaningOfLabels: [] } },
    ]) {
      assert.equal(isProductData(product), false, JSON.stringify(product))
    }
  })

  it('accept an empty list of hazardous substances, which says that there are none', () => {
    assert.equal(isProductData({ hazardousSubstances: [], criticalRawMaterials: [] }), true)
  })

  it('accept percentages from 0 to 100 in any precision and nothing beyond', () => {
    for (const percent of ['0', '0.0', '7', '99.999', '100', '100.00']) {
      assert.equal(isProductData({ renewableContentPercent: percent }), true, percent)
    }
    for (const percent of ['100.01', '101', '-1', '07', '1e2', '1.', '.5', '5 %', '']) {
      assert.equal(isProductData({ renewableContentPercent: percent }), false, percent)
    }
  })

  it('refuse negative weights and accept negative temperatures', () => {
    assert.equal(isProductData({ weightKg: '-1' }), false)
    const range = { minimumCelsius: '-20.5', maximumCelsius: '45' }
    assert.equal(isProductData({ temperatureRangeNotInUse: range }), true)
    assert.equal(isProductData({ temperatureRangeNotInUse: { minimumCelsius: '-20' } }), false)
  })

  it('refuse text beyond 2000 characters, control characters and lists beyond their bound', () => {
    assert.equal(isProductData({ modelIdentifier: 'm'.repeat(2000) }), true)
    assert.equal(isProductData({ modelIdentifier: 'm'.repeat(2001) }), false)
    assert.equal(isProductData({ modelIdentifier: 'a\u0000b' }), false)
    const substances = Array.from({ length: 257 }, () => ({ name: 'graphite' }))
    assert.equal(isProductData({ materialComposition: substances.slice(1) }), true)
    assert.equal(isProductData({ materialComposition: substances }), false)
  })

  it('refuse a document address of a scheme that is not allow-listed', () => {
    assert.equal(isProductData({ dueDiligenceReports: [{ id: 'https://maker.example/r' }] }), true)
    for (const id of [
      'http://maker.example/r',
      'javascript:alert(1)',
      '__proto__',
      '/etc/passwd',
    ]) {
      assert.equal(isProductData({ dueDiligenceReports: [{ id }] }), false, id)
    }
  })

  it('never throw on any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const faults = productFaults(value)
        assert.equal(isProductData(value), faults.length === 0)
      }),
    )
  })
})

describe('The terms of the product data', () => {
  it('stand in the context, every one, and VCDM terms are not redefined', async () => {
    const { '@context': terms } = JSON.parse(await readFile(CONTEXT, 'utf8'))
    for (const name of propertyNames(schemas.ProductData)) {
      assert.equal(Object.hasOwn(terms, name), !VCDM_TERMS.includes(name), name)
    }
  })

  const expand = async (members: object) => {
    const [expanded] = await jsonld.expand(
      {
        '@context': [
          'https://www.w3.org/ns/credentials/v2',
          'https://battery-passport.example/contexts/v1',
        ],
        id: 'urn:uuid:5d0ad1a4-9c26-4b36-a4f0-6f9e3e5a5d10',
        ...members,
      },
      { safe: true, documentLoader: async (url: string) => pinnedContext(url) },
    )
    return (path: string) => valueAt(expanded, path.replaceAll('#', escapePointer(VOCABULARY)))
  }

  it('expand in safe mode with order kept and addresses as nodes', async () => {
    const at = await expand(fullProduct)
    fullProduct.materialComposition.forEach(({ name }, index) => {
      const entry = `/#materialComposition/0/@list/${index}`
      const expandedName = `${entry}/${escapePointer('https://schema.org/name')}/0/@value`
      assert.equal(at(expandedName), name)
    })
    assert.deepEqual(at('/#manufacturerInformation/0/#webAddress'), [
      { '@id': fullProduct.manufacturerInformation.webAddress },
    ])
  })

  it('stand in a passport as one JSON literal, signed exactly as they are', async () => {
    const at = await expand({ product: fullProduct })
    assert.deepEqual(at('/#product/0'), { '@type': '@json', '@value': fullProduct })
  })
})

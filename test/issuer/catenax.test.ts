import assert from 'node:assert/strict'
import {
  completenessReport,
  escapePointer,
  productFaults,
  valueAt,
} from '@battery-passport/contexts'
import fc from 'fast-check'
import { chemistryCode } from '../../issuer/catenax/chemistry.ts'
import { decimalText, isGreater, times, wholeNumber } from '../../issuer/catenax/decimal.ts'
import { fromCatenaX, isCatenaX, type MappedCatenaX } from '../../issuer/catenax/from-catenax.ts'
import type { CatenaXFault } from '../../issuer/catenax/source.ts'
import { catenaXPass } from '../support/catenax-pass.ts'
import { describeShared, readText } from '../support/shared.ts'

function mapped(text: string): MappedCatenaX {
  const result = fromCatenaX(text)
  if (!result.ok) assert.fail(JSON.stringify(result.faults))
  return result
}

function refused(text: string): readonly CatenaXFault[] {
  const result = fromCatenaX(text)
  if (result.ok) assert.fail('accepted')
  return result.faults
}

/** The pointers of every value without members, counted by the ordinary JSON parser. */
function leafPointers(value: unknown, pointer = ''): string[] {
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0) {
    return [pointer]
  }
  return Object.entries(value).flatMap(([key, member]) =>
    leafPointers(member, `${pointer}/${escapePointer(key)}`),
  )
}

/** Asserts that every leaf is mapped or listed, never both, and that each target holds something. */
function assertNothingLost(text: string, result: MappedCatenaX): void {
  const from = new Set(result.mapped.map((entry) => entry.from))
  const left = result.notMapped.map((entry) => entry.pointer)
  assert.equal(new Set(left).size, left.length, 'listed twice')
  for (const pointer of left) assert.ok(!from.has(pointer), `${pointer} is mapped and listed`)
  assert.deepEqual([...from, ...left].sort(), leafPointers(JSON.parse(text)).sort())
  for (const { from: pointer, to } of result.mapped) {
    assert.notEqual(valueAt(result, to), undefined, `${pointer} went to ${to}, which is empty`)
  }
  for (const { reason } of result.notMapped) assert.ok(reason.length > 10)
}

describe('A Catena-X battery pass', () => {
  it('becomes product data that their schema accepts', () => {
    const result = mapped(catenaXPass())
    assert.deepEqual(productFaults(result.product), [])
    assert.equal(result.category, 'EV')
    assert.equal(result.chemistry, 'NMC')
    assert.equal(result.manufacturedOn, '2026-10-02')
    assert.equal(result.modelName, 'Cellion Pack 80')
    assert.equal(result.batchNumber, 'B-17')
    assert.equal(result.serialNumber, 'S-0001')
    assert.equal(result.product.modelIdentifier, 'CP-80')
    assert.equal(result.product.chemistryDesignation, 'Nickel Cobalt Manganese (NCM)')
  })

  it('keeps a chemistry that names no known code, or several, as the designation alone', () => {
    for (const text of ['sodium ion', 'blend of NMC and LMO']) {
      const changed = catenaXPass(['Nickel Cobalt Manganese (NCM)', text])
      const result = mapped(changed)
      assert.equal(result.chemistry, undefined)
      assert.equal(result.product.chemistryDesignation, text)
      assertNothingLost(changed, result)
    }
  })

  it('loses no value silently', () => {
    assertNothingLost(catenaXPass(), mapped(catenaXPass()))
  })

  it('keeps the digits of every number as they are written', () => {
    const { product } = mapped(catenaXPass(['"value": 210.0', '"value": 210.00000000000000000001']))
    assert.equal(product.ratedCapacityAh, '210.00000000000000000001')
    assert.equal(product.nominalCapacityAh, '210.00000000000000000001')
    assert.equal(product.nominalVoltageV, '350.40')
    assert.equal(product.recycledContentNickelPercent, '6.10')
    assert.deepEqual(product.carbonFootprint?.perLifeCycleStage, [
      { stage: 'main-product-production', kgCO2ePerKWh: '0.0300' },
      { stage: 'distribution', kgCO2ePerKWh: '0.0015' },
    ])
  })

  it('converts the weight exactly, whatever its unit', () => {
    const weight = (value: string, unit: string) =>
      mapped(catenaXPass(['452500.0, "unit": "unit:gram"', `${value}, "unit": "${unit}"`])).product
        .weightKg
    assert.equal(weight('452500.0', 'unit:gram'), '452.5000')
    assert.equal(weight('452.5', 'unit:kilogram'), '452.5')
    assert.equal(weight('0.4525', 'unit:tonneMetricTon'), '452.5000')
    assert.equal(weight('3', 'unit:pound'), '1.36077711')
  })

  it('refuses a weight of no known unit, naming the unit', () => {
    const [fault] = refused(catenaXPass(['unit:gram', 'unit:stone']))
    assert.equal(fault?.pointer, '/characteristics/physicalDimension/weight/unit')
    assert.match(fault?.expected ?? '', /unit:gram/)
    assert.equal(fault?.found, '"unit:stone"')
  })

  it('keeps what is not public out of the product data and says why', () => {
    const { notMapped } = mapped(catenaXPass())
    const reason = (pointer: string) =>
      notMapped.find((entry) => entry.pointer === pointer)?.reason ?? 'mapped'
    assert.match(reason('/performance/dynamic/stateOfCharge/value'), /not public.*point 4/)
    assert.match(reason('/sustainability/status'), /not public.*point 4\(c\)/)
    assert.match(reason('/operation/intoServiceDate'), /not public/)
    assert.match(reason('/materials/active/nickel/location'), /not public.*point 2\(a\)/)
    assert.match(reason('/materials/hazardous/lead/concentration'), /other than mercury, cadmium/)
    assert.match(reason('/performance/rated/power/value'), /originalPowerCapabilityW/)
    assert.match(reason('/identification/identification/serial/1/value'), /another identifier/)
    assert.match(reason('/identification/identification/codes'), /empty/)
  })

  it('lists a critical raw material only above 0.1 % by mass', () => {
    const list = (concentration: string, unit: string) =>
      mapped(catenaXPass(['17.25, "unit": "unit:percent"', `${concentration}, "unit": "${unit}"`]))
        .product.criticalRawMaterials
    assert.deepEqual(list('17.25', 'unit:percent')?.[0]?.name, 'graphite')
    assert.equal(list('0.1', 'unit:percent'), undefined)
    assert.equal(list('1000', 'unit:partPerMillion'), undefined)
    assert.equal(list('1000.0001', 'unit:partPerMillion')?.length, 1)
    assert.equal(list('50', 'unit:percentVolume'), undefined)
  })

  it('joins the documents on the impact of substances under Article 74(1)(f)', () => {
    assert.deepEqual(mapped(catenaXPass()).product.wasteBatteryInformation?.impactOfSubstances, [
      { id: 'https://cellion.example/lead', name: 'Lead' },
    ])
  })

  it('links no document whose content is not an address, and none that is restricted', () => {
    for (const [before, after, reason] of [
      ['https://cellion.example/waste', 'http://cellion.example/waste', /no absolute https/],
      ['https://cellion.example/waste', 'drawer 3', /no absolute https/],
      ['"PDF"', '"restricted link"', /restricted/],
    ] as const) {
      const text = catenaXPass([before, after])
      const result = mapped(text)
      assert.equal(result.product.wasteBatteryInformation?.wastePrevention, undefined)
      const left = result.notMapped.filter(({ pointer }) => pointer.includes('wastePrevention'))
      assert.equal(left.length, 3)
      for (const entry of left) assert.match(entry.reason, reason)
      assertNothingLost(text, result)
    }
  })

  it('leaves the capacity threshold of any battery but an electric vehicle one', () => {
    const { product, notMapped } = mapped(catenaXPass(['"category": "EV"', '"category": "LMT"']))
    assert.equal(product.capacityThresholdForExhaustionPercent, undefined)
    assert.ok(notMapped.some(({ reason }) => reason.includes('1(k)')))
  })

  it('leaves a warranty that is no period of calendar life', () => {
    const text = catenaXPass(['unit:month', 'unit:cycle'])
    const result = mapped(text)
    assert.equal(result.product.commercialWarrantyPeriod, undefined)
    assertNothingLost(text, result)
  })

  it('decides nothing where one life-cycle stage has two values', () => {
    const text = catenaXPass(['"distribution"', '"Main Product Production "'])
    const result = mapped(text)
    assert.equal(result.product.carbonFootprint, undefined)
    assertNothingLost(text, result)
  })

  it('lists a member that the data model does not have', () => {
    const text = catenaXPass(['"draft"', '"draft", "a~b/c": null, "__proto__": { "x": 1 }'])
    const result = mapped(text)
    const pointers = result.notMapped.map(({ pointer }) => pointer)
    assert.ok(pointers.includes('/metadata/a~0b~1c'))
    assert.ok(pointers.includes('/metadata/__proto__/x'))
    assert.equal(Reflect.get({}, 'x'), undefined)
  })

  it('treats null as absent, in any place', () => {
    const text = catenaXPass(['"value": 452500.0', '"value": null'], ['210.0', 'null'])
    const result = mapped(text)
    assert.equal(result.product.weightKg, undefined)
    assert.equal(result.product.ratedCapacityAh, undefined)
    assertNothingLost(text, result)
  })
})

describe('A Catena-X battery pass is refused', () => {
  it('for a category without a passport, by name', () => {
    for (const [category, name] of [
      ['SLI', /^SLI batteries have no battery passport under Article 77\(1\)/],
      ['portable', /^portable batteries have no battery passport/],
      ['incorporated', /^incorporated batteries have no battery passport/],
    ] as const) {
      const [fault] = refused(catenaXPass(['"EV"', JSON.stringify(category)]))
      assert.equal(fault?.pointer, '/identification/category')
      assert.equal(fault?.found, JSON.stringify(category))
      assert.match(fault?.remedy ?? '', name)
    }
  })

  it('for a category that is missing, unknown or no text, and a chemistry missing or no text', () => {
    for (const [before, after, pointer] of [
      ['"category": "EV",', '', '/identification/category'],
      ['"EV"', '"toString"', '/identification/category'],
      ['"EV"', '7', '/identification/category'],
      ['"chemistry": "Nickel Cobalt Manganese (NCM)",', '', '/identification/chemistry'],
      ['"Nickel Cobalt Manganese (NCM)"', '{}', '/identification/chemistry'],
    ] as const) {
      const faults = refused(catenaXPass([before, after]))
      assert.deepEqual(
        faults.map((fault) => fault.pointer),
        [pointer],
      )
      assert.ok(faults[0]?.remedy)
    }
  })

  it('for another version, with the version that was expected', () => {
    for (const version of ['urn:io.catenax.battery.battery_pass:5.0.0', 'urn:other:6.1.0', '']) {
      const [fault, ...more] = refused(
        catenaXPass(['urn:io.catenax.battery.battery_pass:6.1.0', version]),
      )
      assert.deepEqual(more, [])
      assert.equal(fault?.pointer, '/specVersion')
      assert.equal(fault?.expected, '"urn:io.catenax.battery.battery_pass:6.1.0"')
      assert.equal(fault?.found, JSON.stringify(version))
    }
    assert.equal(refused('{}')[0]?.found, 'no version')
    assert.equal(refused('7')[0]?.found, 'no version')
  })

  it('for text where a number belongs, and the other way round, all faults at once', () => {
    const faults = refused(
      catenaXPass(
        ['"min": 240', '"min": "240"'],
        ['"fireClass": "B"', '"fireClass": 2'],
        ['"critical": true, "recycled"', '"critical": "yes", "recycled"'],
        ['"composition": [', '"composition": {}, "more": ['],
      ),
    )
    assert.deepEqual(faults.map(({ pointer, found }) => [pointer, found]).sort(), [
      ['/materials/active/nickel/critical', '"yes"'],
      ['/materials/composition', '{}'],
      ['/performance/rated/voltage/min', '"240"'],
      ['/safety/usableExtinguishAgent/0/fireClass', '2'],
    ])
    for (const { expected, remedy } of faults) assert.ok(expected && remedy)
  })

  it('for values no product data can hold, where they stand in the battery pass', () => {
    for (const [before, after, pointer] of [
      ['6.10', '106.10', '/materials/active/nickel/recycled'],
      ['"min": 240', '"min": -240', '/performance/rated/voltage/min'],
      ['"water"', '"wa\\u0000ter"', '/safety/usableExtinguishAgent/0/media'],
      ['CP-80"', `${'x'.repeat(2001)}"`, '/identification/identification/type/manufacturerPartId'],
      ['"cycles": 1500', '"cycles": 1500.5', '/performance/rated/lifetime/cycleLifeTesting/cycles'],
      ['"min": 240', '"min": 1e999', '/performance/rated/voltage/min'],
      ['2026-10-02', '2026-02-30', '/operation/manufacturer/manufacturingDate'],
    ] as const) {
      assert.ok(
        refused(catenaXPass([before, after])).some((fault) => fault.pointer === pointer),
        `${pointer} is not named for ${after}`,
      )
    }
  })

  it('when it is no readable document, without a crash', () => {
    for (const [text, found] of [
      ['', /./],
      ['{"specVersion":', /./],
      ['\ufeff{}', /byte order mark/],
      ['['.repeat(200_000), /deep/],
      [`${'['.repeat(40)}${']'.repeat(40)}`, /more/],
      [`[${'0,'.repeat(10_001)}0]`, /more/],
      [' '.repeat(1_048_577), /characters/],
      ['{"a":"\\ud800"}', /surrogate/],
      ['{"\\udc00":1}', /surrogate/],
      ['{"category":"EV","category":"SLI"}', /[Dd]uplicate/],
    ] as const) {
      const [fault] = refused(text)
      assert.match(fault?.found ?? '', found)
      assert.equal(isCatenaX(text), false)
    }
  })
})

describe('The accounting of a mangled battery pass', () => {
  const base: unknown = JSON.parse(catenaXPass())
  const pointers = leafPointers(base)

  function replaceAt(value: unknown, path: readonly string[], by: unknown): unknown {
    const [key, ...rest] = path
    if (key === undefined) return by
    if (Array.isArray(value)) {
      return value.map((entry, index) =>
        String(index) === key ? replaceAt(entry, rest, by) : entry,
      )
    }
    if (value === null || typeof value !== 'object') return by
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) =>
        name === key ? [name, replaceAt(member, rest, by)] : [name, member],
      ),
    )
  }

  it('names a fault or accounts for every value, whatever replaces whatever', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...pointers), fc.nat(6), fc.jsonValue()), {
          minLength: 1,
          maxLength: 4,
        }),
        (changes) => {
          let document = base
          for (const [pointer, depth, by] of changes) {
            const path = pointer.split('/').slice(1)
            document = replaceAt(document, path.slice(0, Math.max(1, depth)), by)
          }
          const text = JSON.stringify(document)
          const result = fromCatenaX(text)
          if (result.ok) {
            assert.deepEqual(productFaults(result.product), [])
            assertNothingLost(text, result)
          } else {
            assert.ok(result.faults.length > 0)
            const places = result.faults.map(({ pointer, expected }) => `${pointer} ${expected}`)
            assert.equal(new Set(places).size, places.length, 'a fault is named twice')
            for (const { expected, found, remedy } of result.faults) {
              assert.ok(expected && found && remedy)
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describeShared(
  'The published sample of BatteryPass 6.1.0',
  'data/catenax/BatteryPass.json',
  (path) => {
    const sample = () => readText(path)
    const electric = () => sample().replace('"category" : "SLI"', '"category" : "EV"')

    it('is refused by name, because its category is SLI', () => {
      const text = sample()
      assert.equal(isCatenaX(text), true)
      const [fault, ...more] = refused(text)
      assert.deepEqual(more, [])
      assert.equal(fault?.pointer, '/identification/category')
      assert.match(
        fault?.remedy ?? '',
        /SLI batteries have no battery passport under Article 77\(1\)/,
      )
    })

    it('maps as an electric vehicle battery, with all of its 288 values accounted for', () => {
      const text = electric()
      const result = mapped(text)
      assertNothingLost(text, result)
      assert.equal(leafPointers(JSON.parse(text)).length, 288)
      assert.equal(new Set(result.mapped.map(({ from }) => from)).size, 130)
      assert.equal(result.notMapped.length, 158)
      assert.deepEqual(productFaults(result.product), [])
      assert.equal(result.product.weightKg, '0.0200')
      assert.equal(result.product.carbonFootprint?.perLifeCycleStage?.[0]?.kgCO2ePerKWh, '12.678')
      assert.deepEqual(result.product.temperatureRangeNotInUse, {
        minimumCelsius: '-18.0',
        maximumCelsius: '60.0',
      })
      const unknown = result.notMapped.filter(({ reason }) => reason.startsWith('no member'))
      assert.deepEqual(unknown, [])
    })

    it('leaves a completeness report that says what a manufacturer still owes', () => {
      const text = electric()
      const { category, chemistry, product } = mapped(text)
      assert.ok(chemistry)
      const report = completenessReport({ category, chemistry, product }, category, '2027-02-18')
      const state = (name: string) => report.lines.find(({ field }) => field === name)?.state
      assert.equal(state('nominalCapacityAh'), 'present')
      assert.equal(state('originalPowerCapabilityW'), 'missing')
      assert.equal(state('carbonFootprint.kgCO2ePerKWh'), 'filled-although-not-to-be-filled')
      assert.equal(report.complete, false)
    })
  },
)

describe('Chemistry designations', () => {
  it('become the code they name', () => {
    for (const [text, code] of [
      ['Nickel Cobalt Manganese (NCM)', 'NMC'],
      ['NMC811', 'NMC'],
      ['lithium nickel manganese cobalt oxide', 'NMC'],
      ['Li-NMC 6-2-2', 'NMC'],
      ['LFP', 'LFP'],
      ['Lithium Iron Phosphate (LiFePO4)', 'LFP'],
      ['lithium manganese iron phosphate', 'LMFP'],
      ['Lithium nickel cobalt aluminium oxide', 'NCA'],
      ['NCA', 'NCA'],
      ['NMCA', 'NMCA'],
      ['nickel cobalt manganese aluminium', 'NMCA'],
      ['Lithium nickel manganese cobalt aluminum oxide (NCMA)', 'NMCA'],
      ['lithium manganese oxide', 'LMO'],
      ['lithium cobalt oxide', 'LCO'],
    ] as const) {
      assert.equal(chemistryCode(text), code, text)
    }
  })

  it('are not guessed where the text names none or several', () => {
    for (const text of [
      '',
      'lithium ion',
      'NiMH',
      'lithium nickel manganese oxide',
      'blend of NMC and LMO',
      'Nickel Cobalt Manganese (LFP)',
      'XNMCY',
    ]) {
      assert.equal(chemistryCode(text), null, text)
    }
  })
})

describe('Exact decimals', () => {
  it('write a JSON number without an exponent and change nothing else', () => {
    for (const [number, decimal] of [
      ['12.678', '12.678'],
      ['20.0', '20.0'],
      ['-18.0', '-18.0'],
      ['1e3', '1000'],
      ['1.50E-3', '0.00150'],
      ['-2.5e+1', '-25'],
      ['0', '0'],
      ['123456789012345678901234567890.1', '123456789012345678901234567890.1'],
    ] as const) {
      assert.equal(decimalText(number), decimal)
    }
    for (const number of ['1e31', '1e-999', '01', '1.', '', 'NaN', '1e9999']) {
      assert.equal(decimalText(number), null, number)
    }
  })

  it('agree with integer arithmetic on any digits', () => {
    const digits = fc.tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.nat(8))
    const write = ([whole, scale]: readonly [bigint, number]) => {
      const text = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0')
      const fraction = scale === 0 ? '' : `.${text.slice(-scale)}`
      return `${whole < 0n ? '-' : ''}${text.slice(0, text.length - scale)}${fraction}`
    }
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        assert.equal(times(write(a), write(b)), write([a[0] * b[0], a[1] + b[1]]))
        const left = a[0] * 10n ** BigInt(b[1])
        assert.equal(isGreater(write(a), write(b)), left > b[0] * 10n ** BigInt(a[1]))
      }),
    )
  })

  it('are whole only if the fraction is zero', () => {
    assert.equal(wholeNumber('1500.000'), '1500')
    assert.equal(wholeNumber('1500'), '1500')
    assert.equal(wholeNumber('1500.001'), null)
  })
})

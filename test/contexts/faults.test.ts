import assert from 'node:assert/strict'
import { credentialFaults, faultRemedy, nearest, productFaults } from '@battery-passport/contexts'
import { checkMethod } from '@battery-passport/rulebooks'

describe('The nearest known name', () => {
  const known = ['legalName', 'lei', 'facilities', 'id']

  it('is the one with few letters changed, in whatever case', () => {
    assert.equal(nearest('legalname', known), 'legalName')
    assert.equal(nearest('leagalName', known), 'legalName')
    assert.equal(nearest('facilitys', known), 'facilities')
    assert.equal(nearest('le', known), 'lei')
  })

  it('is none for another word, nor for a short one of other letters', () => {
    for (const name of ['colour', 'ab', 'x', '', 'ley-line']) {
      assert.equal(nearest(name, known), undefined, name)
    }
  })

  it('is never the opposite, though it has few letters changed', () => {
    const conclusions = ['unmodified', 'qualified', 'adverse', 'disclaimer']
    assert.equal(nearest('unqualified', conclusions), undefined)
    assert.equal(nearest('unqualifed', conclusions), undefined)
    assert.equal(nearest('unassessed', ['assessed']), undefined)
    assert.equal(nearest('assessed', ['unassessed']), undefined)
  })

  it('may begin with what looks like a negation, or lack a letter of it', () => {
    assert.equal(nearest('unmodifed', ['unmodified']), 'unmodified')
    assert.equal(nearest('indentifier', ['identifier']), 'identifier')
    assert.equal(nearest('nventory', ['inventory']), 'inventory')
    assert.equal(nearest('not-asessed', ['assessed', 'not-assessed']), 'not-assessed')
  })

  it('costs nothing for a name that is far too long', () => {
    const began = process.cpuUsage().user
    assert.equal(nearest('x'.repeat(4_000_000), known), undefined)
    assert.ok(process.cpuUsage().user - began < 500_000)
  })
})

describe('A fault of shape', () => {
  it('names for an unknown property those that are known there, and the nearest', () => {
    const [fault, ...more] = productFaults({ manufacturingPlace: { contry: 'DE' } }).filter(
      ({ isUnknown }) => isUnknown,
    )
    assert.deepEqual(more, [])
    assert.ok(fault)
    assert.equal(fault.pointer, '/manufacturingPlace/contry')
    assert.match(fault.expected, /^one of .*\bcountry\b/)
    assert.doesNotMatch(fault.expected, /weightKg/)
    assert.equal(fault.found, '"contry"')
    assert.equal(faultRemedy(fault, 'Correct it.'), 'Did you mean "country"?')
  })

  it('asks to remove a property that is like none', () => {
    const [fault] = productFaults({ colour: 'red' })
    assert.ok(fault?.isUnknown)
    assert.equal(fault.meant, undefined)
    assert.match(faultRemedy(fault, 'Correct it.'), /^Remove it/)
  })

  it('says of a value that is none of a list which was meant', () => {
    const type = 'VerifierAccreditation'
    const subject = { scope: [{ subjectTypes: ['Facilty'] }] }
    const fault = credentialFaults(type, { credentialSubject: subject }).find(
      ({ pointer }) => pointer === '/credentialSubject/scope/0/subjectTypes/0',
    )
    assert.equal(fault?.expected, 'one of ["Facility","Battery"]')
    assert.equal(fault.meant, 'Facility')
  })

  for (const [what, type, meant] of [
    ['misspelt', 'Facilty', 'Facility'],
    ['missing', undefined, undefined],
  ] as const) {
    it(`names the kinds there are where the kind is ${what}, once, at its place`, () => {
      const at = credentialFaults('RulebookAttestation', { credentialSubject: { type } }).filter(
        ({ pointer }) => pointer === '/credentialSubject/type',
      )
      assert.equal(at.length, 1)
      assert.equal(at[0]?.expected, 'one of ["Facility","Battery"]')
      assert.equal(at[0]?.meant, meant)
    })
  }

  it('says what a name may be where any name of a form may stand', () => {
    const check = checkMethod({ chemistries: { nmc: { stages: [] } } }, [])
    assert.ok(!check.ok)
    const fault = check.faults.find(({ pointer }) => pointer === '/chemistries/nmc')
    assert.match(fault?.expected ?? '', /^a chemistry in capital letters/)
  })

  it('names two dozen faults and no more, however many there are', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`x${index}`, 1]))
    assert.equal(productFaults(many).length, 24)
  })
})

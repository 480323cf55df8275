import assert from 'node:assert/strict'
import {
  canonicalMembers,
  canonicalText,
  credentialFaults,
  isCredential,
  jcs,
  sharedPart,
  textOfPart,
} from '@battery-passport/contexts'
import fc from 'fast-check'
import { Consortium } from '../support/consortium.ts'

const copyOf = <T>(value: T): T => structuredClone(value)

describe('A part that many documents share', () => {
  it('is frozen with all that is in it', () => {
    const part = sharedPart({ a: [{ b: 1 }] })
    assert.throws(() => part.a.push({ b: 2 }), TypeError)
    assert.throws(() => Object.assign(part.a[0] ?? {}, { b: 2 }), TypeError)
  })

  it('has the canonical form that it has by itself, however often it is asked for', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue())
    const property = fc.property(json, (value) => {
      const part = sharedPart(copyOf(value))
      assert.equal(textOfPart(part), jcs(value))
      assert.equal(textOfPart(part), jcs(value))
    })
    fc.assert(property)
  })

  it('is written into a document as if it were its own', () => {
    const members = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { maxKeys: 4 })
    const property = fc.property(members, members, members, (part, beside, around) => {
      const shared = {
        ...around,
        subject: { ...beside, part: sharedPart(copyOf(part)), none: undefined },
      }
      const own = { ...around, subject: { ...beside, part } }
      assert.equal(canonicalText(canonicalMembers(shared)), jcs(own))
    })
    fc.assert(property)
  })

  describe('of a passport', () => {
    let unsecured: Record<string, unknown>
    before(async () => {
      const consortium = await Consortium.assemble()
      const { document } = await consortium.passport()
      const { proof: _, ...members }: Record<string, unknown> = { ...document }
      unsecured = members
    })
    const passport = () => copyOf(unsecured)
    const withPart = (document: Record<string, unknown>, name: string, part: unknown) => ({
      ...document,
      credentialSubject: { ...Object(document.credentialSubject), [name]: part },
    })
    const partOf = (document: Record<string, unknown>, name: string) =>
      Reflect.get(Object(document.credentialSubject), name)
    const PARTS = ['attestations', 'product', 'score', 'supplyChain']

    for (const name of PARTS) {
      it(`may be its ${name}, once and again`, () => {
        const document = passport()
        const shared = withPart(document, name, sharedPart(copyOf(partOf(document, name))))
        assert.ok(isCredential('BatteryPassport', shared))
        assert.ok(isCredential('BatteryPassport', shared))
        assert.ok(!isCredential('BatteryPassport', { ...shared, issuer: 'nobody' }))
      })

      it(`is refused as its ${name} as often as it has not the shape`, () => {
        const document = passport()
        const bad = sharedPart({ ...copyOf(partOf(document, name)), unknown: 1 })
        const expected = credentialFaults(
          'BatteryPassport',
          withPart(document, name, { ...partOf(document, name), unknown: 1 }),
        )
        assert.notDeepEqual(expected, [])
        for (const _ of ['once', 'again']) {
          const faults = credentialFaults('BatteryPassport', withPart(document, name, bad))
          assert.deepEqual(faults, expected)
        }
      })

      it(`is not taken for its ${name} where it is another part`, () => {
        const document = passport()
        for (const other of PARTS.filter((each) => each !== name)) {
          const part = sharedPart(copyOf(partOf(document, other)))
          assert.ok(isCredential('BatteryPassport', withPart(document, other, part)))
          assert.ok(!isCredential('BatteryPassport', withPart(document, name, part)))
        }
      })

      it(`has the shape of its ${name} by what it says, if it can change`, () => {
        const document = passport()
        const part = copyOf(partOf(document, name))
        const changing = withPart(document, name, part)
        assert.ok(isCredential('BatteryPassport', changing))
        if (Array.isArray(part)) part.push(1)
        else part.unknown = 1
        assert.ok(!isCredential('BatteryPassport', changing))
      })
    }
  })
})

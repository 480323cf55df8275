import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { credentialFaults, isCredential } from '@battery-passport/contexts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { slimValidators } from '../../contexts/generate-slim.ts'
import { storedVectors } from '../conformance/stored.ts'

const TYPES = [
  'RegisteredIdentity',
  'VerifierAccreditation',
  'RulebookAttestation',
  'CustodyAttestation',
  'BatteryPassport',
  'WithdrawalNotice',
  'BitstringStatusListCredential',
] as const

describe('the generated validators', function () {
  this.timeout(120_000)

  it('answer what Ajv itself answers with the published schemas', () => {
    const ajv = new Ajv2020({ discriminator: true, strict: false })
    const whole = new Map(
      TYPES.map((type) => {
        const file = new URL(`../../contexts/schemas/${type}.json`, import.meta.url)
        return [type, ajv.compile(JSON.parse(readFileSync(file, 'utf8')))]
      }),
    )
    const counts = { valid: 0, invalid: 0 }
    for (const document of documents()) {
      for (const type of TYPES) {
        const isOne = whole.get(type)?.(document) === true
        if (!isOne && !isOfType(document, type)) continue
        assert.equal(isCredential(type, document), isOne)
        assert.equal(credentialFaults(type, document).length === 0, isOne)
        counts[isOne ? 'valid' : 'invalid'] += 1
      }
    }
    assert.ok(counts.valid > 100 && counts.invalid > 1000, JSON.stringify(counts))
  })

  it('are not written when Ajv writes what is not known', () => {
    assert.throws(() => slimValidators('validate1.evaluated = { props: true };\n'), /Ajv changed/)
    assert.equal(slimValidators('var a = 1;\n'), 'var a = 1;\n')
  })

  it('lose copies, and the copies of what called different copies', () => {
    const one = (name: string, called: string) =>
      `function ${name}(data) {\n  return ${called}(data) && ${name}.errors;\n}\n`
    const leaf = (name: string) => `function ${name}(data) {\n  return !!data;\n}\n`
    const source = `${leaf('validate1')}${leaf('validate2')}${one('validate3', 'validate1')}${one('validate4', 'validate2')}var A = validate4;\n`
    const slim = slimValidators(source)
    assert.equal(slim, `${leaf('validate1')}${one('validate3', 'validate1')}var A = validate3;\n`)
  })
})

/** Credentials of the corpus, each with members left out and values replaced. */
function* documents(): Generator<unknown> {
  for (const { input } of storedVectors().filter((_, index) => index % 40 === 0)) {
    const presentation = parsed(input)
    for (const credential of listOf(memberOf(presentation, 'verifiableCredential'))) {
      yield credential
      for (const broken of brokenForms(credential)) yield broken
    }
  }
}

function* brokenForms(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    const { [key]: _, ...others }: Record<string, unknown> = { ...value }
    if (!Array.isArray(value)) yield others
    for (const replaced of [1, 'x', {}, []]) yield withMember(value, key, replaced)
    for (const broken of brokenForms(member)) yield withMember(value, key, broken)
  }
  if (!Array.isArray(value)) yield { ...value, unknown: 1 }
}

function withMember(value: object, key: string, member: unknown): unknown {
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === key ? member : item))
    : { ...value, [key]: member }
}

function isOfType(document: unknown, type: string): boolean {
  return listOf(memberOf(document, 'type')).includes(type)
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return null
  }
}

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import {
  CREDENTIAL_TYPES,
  PASSPORT_CONTEXT,
  pinnedContext,
  VC_CONTEXT,
} from '@battery-passport/contexts'
import * as schemas from '@battery-passport/contexts/schemas'

type Json = Readonly<Record<string, unknown>>

const credentialSchemas: readonly unknown[] = [
  schemas.RegisteredIdentity,
  schemas.VerifierAccreditation,
  schemas.RulebookAttestation,
  schemas.CustodyAttestation,
  schemas.BatteryPassport,
  schemas.WithdrawalNotice,
  schemas.StatusListCredential,
  schemas.VerificationReceipt,
  schemas.Presentation,
]

/** Keys of a rulebook record that stand in no credential. */
const own = definitionsOf(PASSPORT_CONTEXT)
const w3c = termsOf(definitionsOf(VC_CONTEXT))

describe('the vocabulary', () => {
  it('defines every property of every credential schema as a term of ours or of the W3C', () => {
    for (const name of properties(credentialSchemas)) {
      if (name.startsWith('@')) continue
      assert.ok(name in own || w3c.has(name), `${name} has no term`)
    }
  })

  it('defines no term that no schema uses', () => {
    const used = properties(credentialSchemas)
    const values = literals(credentialSchemas)
    for (const term of Object.keys(own)) {
      if (term.startsWith('@')) continue
      assert.ok(used.has(term) || values.has(term), `${term} is used by no schema`)
    }
  })

  it('redefines no term of the W3C', () => {
    const top = definitionsOf(VC_CONTEXT)
    for (const term of Object.keys(own)) {
      if (!term.startsWith('@')) assert.ok(!(term in top), `${term} is the W3C’s`)
    }
  })

  it('is flat and protected: no scoped context, no @vocab', () => {
    assert.equal(own['@protected'], true)
    assert.ok(!('@vocab' in own))
    for (const [term, definition] of Object.entries(own)) {
      if (isObject(definition)) assert.ok(!('@context' in definition), term)
    }
  })

  it('keeps the order of every array that a schema has', () => {
    for (const name of arrays(credentialSchemas)) {
      const definition = own[name]
      if (definition === undefined) continue
      const keepsOrder = isObject(definition) && definition['@container'] === '@list'
      const isLiteral = isObject(definition) && definition['@type'] === '@json'
      assert.ok(keepsOrder || isLiteral, name)
    }
  })

  it('has a published schema for each credential type', () => {
    for (const type of [...CREDENTIAL_TYPES, 'VerificationReceipt']) {
      const file = new URL(`../../contexts/schemas/${type}.json`, import.meta.url)
      const schema: Json = JSON.parse(readFileSync(file, 'utf8'))
      assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema')
      assert.equal(schema.additionalProperties, false)
    }
  })
})

describe('a receipt of a verification', () => {
  it('is of no type that a passport can rest on', () => {
    assert.ok(CREDENTIAL_TYPES.every((type) => String(type) !== 'VerificationReceipt'))
  })
})

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function definitionsOf(url: string): Json {
  const { document } = pinnedContext(url)
  assert.ok(isObject(document) && isObject(document['@context']))
  return document['@context']
}

/** Terms of a context and of the contexts scoped in it. */
function termsOf(context: Json): Set<string> {
  const terms = new Set(Object.keys(context))
  for (const definition of Object.values(context)) {
    if (isObject(definition) && isObject(definition['@context'])) {
      for (const term of termsOf(definition['@context'])) terms.add(term)
    }
  }
  return terms
}

function walk(value: unknown, visit: (schema: Json) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit)
  if (!isObject(value)) return
  visit(value)
  for (const member of Object.values(value)) walk(member, visit)
}

function properties(values: readonly unknown[]): Set<string> {
  const names = new Set<string>()
  walk(JSON.parse(JSON.stringify(values)), ({ properties }) => {
    if (!isObject(properties)) return
    for (const [name, schema] of Object.entries(properties)) if (schema !== false) names.add(name)
  })
  return names
}

function arrays(values: readonly unknown[]): Set<string> {
  const names = new Set<string>()
  walk(JSON.parse(JSON.stringify(values)), ({ properties }) => {
    if (!isObject(properties)) return
    for (const [name, schema] of Object.entries(properties)) {
      if (isObject(schema) && (schema.type === 'array' || Array.isArray(schema.const))) {
        names.add(name)
      }
    }
  })
  return names
}

function literals(values: readonly unknown[]): Set<string> {
  const found = new Set<string>()
  walk(JSON.parse(JSON.stringify(values)), (schema) => {
    const { const: value } = schema
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each === 'string') found.add(each)
    }
  })
  return found
}

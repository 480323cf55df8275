import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { schemaFaults, type Validator } from '@battery-passport/contexts'
import { PATTERN_WORDS } from '../../contexts/generated/pattern-words.ts'
import { parsePolicy } from '../../verifier/policy/policy.ts'

describe('The patterns of the schemas, in words', () => {
  it('has words for every pattern of every published schema', async () => {
    let count = 0
    for (const name of ['contexts', 'rulebooks', 'verifier']) {
      const folder = fileURLToPath(new URL(`../../${name}/schemas/`, import.meta.url))
      for (const file of await readdir(folder)) {
        for (const pattern of patternsIn(JSON.parse(await readFile(folder + file, 'utf8')))) {
          count += 1
          assert.ok(PATTERN_WORDS.has(pattern), `${name}/schemas/${file}: ${pattern}`)
        }
      }
    }
    assert.ok(count > 100, 'there are patterns')
  })

  it('says in a fault what is meant, and never the expression', () => {
    const result = parsePolicy({
      anchors: [
        {
          did: 'the scheme',
          role: 'registrar',
          validFrom: '2026-03-20T00:00:00+02:00',
          validUntil: '2026-03-20',
        },
      ],
      passportIssuers: 'registered',
      methods: [{ key: 'ESG', version: '1', digestMultibase: 'Qm' }],
      statusMaximumAgeSeconds: 60,
    })
    assert.ok(!result.ok)
    const expected = new Map(result.faults.map((fault) => [fault.pointer, fault.expected]))
    assert.match(expected.get('/anchors/0/did') ?? '', /^a DID such as did:key:/)
    assert.match(
      expected.get('/anchors/0/validFrom') ?? '',
      /^an instant such as 2026-03-20T00:00:00Z/,
    )
    assert.match(expected.get('/methods/0/version') ?? '', /such as 1\.0\.0/)
    for (const text of expected.values()) assert.doesNotMatch(text, /[[\]\\^]/)
  })

  it('shows a pattern it has no words for, rather than nothing', () => {
    const validator: Validator = Object.assign((_: unknown): _ is never => false, {
      errors: [
        { instancePath: '', schemaPath: '', keyword: 'pattern', params: { pattern: '^never$' } },
      ],
    })
    assert.equal(schemaFaults(validator, 'x')[0]?.expected, 'text matching ^never$')
  })
})

function patternsIn(schema: unknown): string[] {
  if (schema === null || typeof schema !== 'object') return []
  return Object.entries(schema).flatMap(([name, value]: [string, unknown]) =>
    name === 'pattern' && typeof value === 'string' ? [value] : patternsIn(value),
  )
}

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ATTACKS, vectorsOf } from './attacks.ts'
import { withAttacks } from './attacks-page.ts'
import { storedVectors } from './stored.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the table of attacks', () => {
  const refused = storedVectors()
    .filter(({ expected }) => expected.outcome !== 'accepted')
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('found/'))
  const rows = Object.values(ATTACKS).flat()

  it('stands in docs/verification.md as it is generated', () => {
    const page = readFileSync(join(root, 'docs/verification.md'), 'utf8')
    assert.equal(withAttacks(page), page)
  })

  it('names guards that exist', () => {
    for (const { attack, guards } of rows) {
      for (const guard of guards) assert.ok(existsSync(join(root, guard)), `${attack}: ${guard}`)
    }
  })

  it('names vectors that exist and are not accepted', () => {
    for (const each of rows) {
      for (const vector of each.vectors) {
        const named = vectorsOf({ ...each, vectors: [vector] }, refused)
        assert.ok(named.length > 0, `${each.attack}: ${vector}`)
      }
    }
  })

  it('has every vector that is not accepted', () => {
    const named = new Set(rows.flatMap((each) => vectorsOf(each, refused)))
    assert.deepEqual(
      refused.filter((name) => !named.has(name)),
      [],
    )
  })
})

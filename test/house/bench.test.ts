import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the bench', function () {
  this.timeout(120_000)

  it('runs, and prints its rows as JSON', () => {
    const bench = ['--expose-gc', '--import', 'tsx', 'bench/main.ts', '--quick', '--json']
    const run = spawnSync(process.execPath, bench, { cwd: root, encoding: 'utf8' })
    assert.equal(run.status, 0, run.stderr)
    const rows: Record<string, unknown>[] = JSON.parse(run.stdout)
    assert.deepEqual([...new Set(rows.map(({ row }) => row))], [1, 2, 3, 4, 5, 6, 7])
    for (const row of rows) {
      assert.deepEqual(Object.keys(row), ['row', 'name', 'ratio', 'spread', 'goal', 'unit'])
      const { name, ratio, spread, goal, unit } = row
      assert.ok(typeof name === 'string' && typeof unit === 'string')
      assert.ok(Number.isFinite(ratio) && typeof goal === 'number')
      assert.ok(Array.isArray(spread) && spread.length === 2 && spread[0] <= spread[1])
    }
  })

  it('tells the memory that a delivery needs, as JSON', () => {
    const bench = ['--expose-gc', '--import', 'tsx', 'bench/memory.ts', '20', '40', '--json']
    const run = spawnSync(process.execPath, bench, { cwd: root, encoding: 'utf8' })
    assert.equal(run.status, 0, run.stderr)
    const rows: Record<string, unknown>[] = JSON.parse(run.stdout)
    assert.deepEqual(
      rows.map(({ passports, way }) => `${passports} ${way}`),
      ['20 one core', '20 two threads', '40 one core', '40 two threads'],
    )
    for (const { heapPeak, heapHeld, residentPeak, each } of rows) {
      for (const figure of [heapPeak, heapHeld, residentPeak, each]) {
        assert.ok(typeof figure === 'number' && figure > 0)
      }
    }
  })
})

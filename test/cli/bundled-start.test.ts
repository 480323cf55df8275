import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { formatInstant } from '@battery-passport/contexts'
import { bundledStart } from '../../cli/bundled-start.ts'
import { Consortium, clockAt } from '../support/consortium.ts'

const DIST = fileURLToPath(new URL('../../cli/dist/', import.meta.url))
const NOW = formatInstant(clockAt().now())
const CLOCK = ['--import', `data:text/javascript,Date.now = () => ${clockAt().now() * 1000}`]
/** The command line without its bundle. */
const MODULES = [
  '--input-type=module',
  `--eval=await (await import('${pathToFileURL(join(DIST, 'start.js')).href}')).start()`,
  'battery-passport',
]

describe('the bundle of the command that verifies', () => {
  let folder: string
  let program: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bundle-'))
    mkdirSync(join(folder, 'bundle'))
    program = join(folder, 'bundle/start.cjs')
    for (const name of ['bundle/start.cjs', 'run.js']) writeFileSync(join(folder, name), '')
    writeFileSync(join(folder, 'bundle/inputs.json'), '["run.js"]')
    ageOf('run.js', 1000)
    ageOf('bundle/start.cjs', 1000)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const ageOf = (name: string, seconds: number) => {
    const made = new Date(Date.UTC(2026, 0, 1) - seconds * 1000)
    utimesSync(join(folder, name), made, made)
  }
  const chosen = (...argv: string[]) => bundledStart(argv, folder)

  it('verifies one passport', () => {
    assert.equal(chosen('verify', 'passport.json'), program)
  })

  it('does nothing else: not a delivery, not another command', () => {
    assert.equal(chosen('verify', '--policy', 'p.json', '--bulk', 'delivery.ndjson'), null)
    assert.equal(chosen('verify', '--bulk=delivery.ndjson'), null)
    assert.equal(chosen('explain', 'verify'), null)
    assert.equal(chosen(), null)
  })

  it('is left alone when one of its modules was changed since', () => {
    ageOf('run.js', 999)
    assert.equal(chosen('verify', 'passport.json'), null)
  })

  it('is left alone when one of its modules is gone, or its list is none', () => {
    rmSync(join(folder, 'run.js'))
    assert.equal(chosen('verify', 'passport.json'), null)
    writeFileSync(join(folder, 'bundle/inputs.json'), '{}')
    assert.equal(chosen('verify', 'passport.json'), null)
  })

  it('is used without a list, as it is installed', () => {
    rmSync(join(folder, 'bundle/inputs.json'))
    assert.equal(chosen('verify', 'passport.json'), program)
  })

  it('is not looked for where there is none', () => {
    rmSync(program)
    assert.equal(chosen('verify', 'passport.json'), null)
  })

  it('answers as the modules do, in any form, and for what is refused', async function () {
    this.timeout(60_000)
    assert.ok(statSync(join(DIST, 'bundle/start.cjs'), { throwIfNoEntry: false }), 'npm run build')
    const file = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    const outcomes = new Set<number | null>()
    for (const form of ['eddsa-jcs-2022', 'eddsa-rdfc-2022', 'vc+jwt'] as const) {
      const consortium = await Consortium.assemble({ method: 'esg', form })
      const policy = file('policy.json', JSON.stringify(consortium.policyDocument()))
      const bytes = await consortium.presentation()
      const changed = new TextDecoder().decode(bytes).replaceAll('2027', '2028')
      for (const input of [bytes, changed, 'no JSON']) {
        const asked = ['verify', file('input', input), '--policy', policy, '--at', NOW]
        const answers = [[join(DIST, 'main.js')], MODULES].map((program) =>
          spawnSync(process.execPath, [...CLOCK, ...program, ...asked], { encoding: 'utf8' }),
        )
        const [bundled, plain] = answers.map(({ status, stdout, stderr }) => ({
          status,
          stdout,
          stderr,
        }))
        assert.deepEqual(bundled, plain)
        outcomes.add(bundled?.status ?? null)
      }
    }
    assert.deepEqual([...outcomes].sort(), [0, 1])
  })
})

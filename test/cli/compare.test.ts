import assert from 'node:assert/strict'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport compare', () => {
  let folder: BuyerFolder
  let presentation: string
  let verdict: Readonly<Record<string, unknown>>

  before(async () => {
    folder = await buyerFolder()
    presentation = await folder.present('presentation.json')
    const argv = ['verify', presentation, '--policy', folder.at('policy.json'), '--json']
    verdict = parseJson((await runCli(argv)).out)
  })
  after(() => folder.remove())

  const verdictOf = (value: number, upper: number, scope: object = {}) => {
    const score = { ...Object(verdict.score), value, upper }
    return { ...verdict, score: { ...score, scope: { ...score.scope, ...scope } } }
  }
  const compare = async (a: object, b: object, ...more: string[]) =>
    runCli(['compare', await folder.write('a.json', a), await folder.write('b.json', b), ...more])

  it('says which is higher when the intervals do not touch', async () => {
    const { code, out } = await compare(verdictOf(7000, 8000), verdictOf(5000, 6999))
    assert.equal(code, 0)
    assert.match(out, /^A is higher/m)
    const other = await compare(verdictOf(5000, 6999), verdictOf(7000, 8000), '--json')
    assert.equal(parseJson(other.out).relation, 'lower')
  })

  it('leaves it undecided when they overlap', async () => {
    const { code, out } = await compare(verdictOf(7000, 8000), verdictOf(5000, 7000))
    assert.equal(code, 0)
    assert.match(out, /^Undecided/m)
  })

  it('notes that periods differ', async () => {
    const { out } = await compare(
      verdictOf(7000, 8000),
      verdictOf(5000, 6000, { periodFrom: '2024-01-01' }),
    )
    assert.match(out, /\/scope\/periodFrom +\S+ +2024-01-01/)
  })

  it('refuses what is not alike and names everything that differs', async () => {
    const a = verdictOf(7000, 8000)
    const b = verdictOf(5000, 6000, { chemistry: 'LFP', category: 'LMT' })
    const { code, out } = await compare(a, b)
    assert.equal(code, 1)
    assert.match(out, /cannot be compared/)
    assert.match(out, /\/scope\/chemistry +NMC +LFP/)
    assert.match(out, /\/scope\/category +EV +LMT/)
    const json = await compare(a, b, '--json')
    assert.equal(json.code, 1)
    assert.equal(parseJson(json.out).outcome, 'refused')
  })

  it('takes a passport or presentation at its word, and says so', async () => {
    const { code, out } = await runCli(['compare', presentation, presentation])
    assert.equal(code, 0)
    assert.match(out, /claimed, not verified here/)
  })

  it('refuses a verdict without a score, a broken one, and a file with no score at all', async () => {
    const good = verdictOf(7000, 8000)
    const [finding] = [...Object(verdict.findings)]
    for (const [bad, message] of [
      [{ ...verdict, outcome: 'rejected', score: null, findings: [finding] }, /has no score/],
      [{ ...good, outcome: 'maybe' }, /\/outcome/],
      [verdictOf(7000, 80_000), /\/score/],
      [{ hello: 'world' }, /b\.json/],
    ] as const) {
      const { code, out, err } = await compare(good, bad)
      assert.equal(code, 1, JSON.stringify(bad).slice(0, 60))
      assert.equal(out, '')
      assert.match(err, message)
    }
  })
})

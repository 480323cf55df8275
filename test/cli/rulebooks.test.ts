import assert from 'node:assert/strict'
import { SHIPPED_RULEBOOKS } from '@battery-passport/rulebooks'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport rulebooks', () => {
  let folder: BuyerFolder
  before(async () => {
    folder = await buyerFolder('small')
    const { method, rulebooks } = folder.consortium
    await folder.write('own/method.json', method.method)
    for (const rulebook of rulebooks) await folder.write(`own/${rulebook.key}.json`, rulebook)
  })
  after(() => folder.remove())

  describe('list', () => {
    it('names the seven shipped rulebooks and the method, each with its digest', async () => {
      const { code, out } = await runCli(['rulebooks', 'list'])
      assert.equal(code, 0)
      for (const { key } of SHIPPED_RULEBOOKS) {
        assert.match(out, new RegExp(`^rulebook +${key} +1\\.0\\.0 +illustrative +zQm`, 'm'))
      }
      assert.match(out, /^method +esg +1\.0\.0 +illustrative +zQm/m)
    })

    it('names those of a folder too', async () => {
      const { out } = await runCli(['rulebooks', 'list', '--rulebooks', folder.at('own')])
      assert.match(out, /^rulebook +small-labour /m)
      assert.match(out, /^method +small /m)
      const json = await runCli(['rulebooks', 'list', '--rulebooks', folder.at('own'), '--json'])
      const entries: unknown = JSON.parse(json.out)
      assert.ok(Array.isArray(entries))
      assert.equal(entries.length, 7 + 1 + 2 + 1)
    })
  })

  describe('show', () => {
    it('prints every indicator of a rulebook with its worth and the norm it rests on', async () => {
      const [rulebook] = SHIPPED_RULEBOOKS
      assert.ok(rulebook)
      const { code, out } = await runCli(['rulebooks', 'show', `${rulebook.key}@1.0.0`])
      assert.equal(code, 0)
      assert.match(out, /ILLUSTRATIVE\./)
      for (const { id } of rulebook.indicators) {
        const section = out.slice(out.indexOf(`\n${id}\n`))
        assert.match(section, /^\n\S+\n {2}\S[\s\S]*?Worth [\s\S]*?Rests on /)
      }
    })

    it('says with which assurance an answer counts, and where it counts without', async () => {
      const [rulebook] = SHIPPED_RULEBOOKS
      assert.ok(rulebook)
      const indicators = rulebook.indicators.map((indicator, index) =>
        index === 0 ? { ...indicator, minimumAssurance: 'none' } : indicator,
      )
      await folder.write('lenient/own.json', { ...rulebook, key: 'lenient', indicators })
      const { out } = await runCli([
        'rulebooks',
        'show',
        'lenient',
        '--rulebooks',
        folder.at('lenient'),
      ])
      assert.match(out, /^ {2}Counts with +or without assurance, evidence required$/m)
      assert.match(out, /^ {2}Counts with +at least limited assurance, evidence required$/m)
    })

    it('prints the document itself with --json, ready to be checked', async () => {
      const { out } = await runCli(['rulebooks', 'show', 'child-labour', '--json'])
      const file = await folder.write('copy.json', out)
      const shipped = SHIPPED_RULEBOOKS.find(({ key }) => key === 'child-labour')
      assert.deepEqual(parseJson(out), shipped)
      assert.equal((await runCli(['rulebooks', 'check', file])).code, 0)
    })

    it('prints a method with its rulebooks and stages', async () => {
      const { out } = await runCli(['rulebooks', 'show', 'esg'])
      assert.match(out, /^ {2}greenhouse-gas +1\.0\.0 /m)
      assert.match(out, /^NMC$/m)
    })

    it('is at most 100 columns wide', async () => {
      for (const key of ['esg', ...SHIPPED_RULEBOOKS.map((rulebook) => rulebook.key)]) {
        const { out } = await runCli(['rulebooks', 'show', key])
        for (const line of out.split('\n')) assert.ok([...line].length <= 100, line)
      }
    })

    it('refuses an unknown key or version, naming what there is', async () => {
      const key = await runCli(['rulebooks', 'show', 'child-labor'])
      assert.equal(key.code, 64)
      assert.match(key.err, /Did you mean child-labour\?/)
      const version = await runCli(['rulebooks', 'show', 'child-labour@9.0.0'])
      assert.equal(version.code, 64)
      assert.match(version.err, /expected: one of 1\.0\.0/)
    })
  })

  describe('check', () => {
    it('prints the digest of a rulebook of one’s own', async () => {
      const { rulebooks } = folder.consortium
      const [rulebook] = rulebooks
      assert.ok(rulebook)
      const file = folder.at(`own/${rulebook.key}.json`)
      const { code, out } = await runCli(['rulebooks', 'check', file])
      assert.equal(code, 0)
      assert.ok(out.includes(folder.consortium.pin(rulebook).digestMultibase))
    })

    it('checks a method with the rulebooks of a folder, and misses them without', async () => {
      const file = folder.at('own/method.json')
      const with_ = await runCli(['rulebooks', 'check', file, '--rulebooks', folder.at('own')])
      assert.equal(with_.code, 0, with_.err)
      assert.ok(with_.out.includes(folder.consortium.method.digestMultibase))
      const alone = await runCli(['rulebooks', 'check', file])
      assert.equal(alone.code, 1)
      assert.match(alone.err, /method\.json \/rulebooks\/0\/digestMultibase/)
      assert.match(alone.err, /method\.json \/rulebooks\/1\/digestMultibase/)
    })

    it('prints what a policy says to accept a method of one’s own, as JSON to paste', async () => {
      const { method, rulebooks } = folder.consortium
      const file = folder.at('own/method.json')
      const { out } = await runCli(['rulebooks', 'check', file, '--rulebooks', folder.at('own')])
      const pasted = parseJson(out.slice(out.indexOf('\n{')))
      const { key, version } = method.method
      const { digestMultibase } = method
      assert.deepEqual(pasted.methods, [{ key, version, digestMultibase, file }])
      const pins = rulebooks.map((rulebook) => ({
        digestMultibase: folder.consortium.pin(rulebook).digestMultibase,
        file: folder.at(`own/${rulebook.key}.json`),
      }))
      assert.ok(Array.isArray(pasted.rulebooks))
      assert.deepEqual(new Set(pasted.rulebooks), new Set(pins))
      const policy = { ...folder.consortium.policyDocument(), ...pasted }
      const check = await runCli(['policy', 'check', await folder.write('p.json', policy)])
      assert.equal(check.code, 0, check.err)
      assert.doesNotMatch(check.out, /--rulebooks DIR/)
    })

    it('names in it a rulebook alone, and no rulebook that is shipped', async () => {
      const [rulebook] = folder.consortium.rulebooks
      assert.ok(rulebook)
      const file = folder.at(`own/${rulebook.key}.json`)
      const { digestMultibase } = folder.consortium.pin(rulebook)
      const { out } = await runCli(['rulebooks', 'check', file])
      assert.deepEqual(parseJson(out.slice(out.indexOf('\n{'))), {
        rulebooks: [{ digestMultibase, file }],
      })
      const esg = (await runCli(['rulebooks', 'show', 'esg', '--json'])).out
      const shipped = await folder.write('esg.json', esg)
      const json = await runCli(['rulebooks', 'check', shipped, '--json'])
      assert.deepEqual(Object.keys(Object(parseJson(json.out).policy)), ['methods'])
    })

    it('names the path of every fault at once', async () => {
      const [rulebook] = folder.consortium.rulebooks
      assert.ok(rulebook)
      const [first, ...others] = rulebook.indicators
      assert.ok(first)
      const file = await folder.write('faulty.json', {
        ...rulebook,
        stageWeights: { ...rulebook.stageWeights, mining: 1 },
        indicators: [{ ...first, weight: first.weight + 1 }, ...others],
      })
      const { code, out, err } = await runCli(['rulebooks', 'check', file])
      assert.equal(code, 1)
      assert.equal(out, '')
      assert.match(err, /faulty\.json \/stageWeights/)
      assert.match(err, /faulty\.json \/indicators/)
      const json = await runCli(['rulebooks', 'check', file, '--json'])
      assert.equal(json.code, 1)
      const { complaints, digestMultibase } = parseJson(json.out)
      assert.equal(digestMultibase, null)
      assert.ok(Array.isArray(complaints) && complaints.length >= 2)
    })

    it('names a fault of the text, and a file that is neither of the two', async () => {
      const twice = await folder.write('twice.json', '{"key":"a","key":"b"}')
      assert.equal((await runCli(['rulebooks', 'check', twice])).code, 1)
      const neither = await folder.write('neither.json', { hello: 'world' })
      const { code, err } = await runCli(['rulebooks', 'check', neither])
      assert.equal(code, 1)
      assert.match(err, /neither a rulebook nor a method/)
    })

    it('answers 64 for a file that cannot be read', async () => {
      assert.equal((await runCli(['rulebooks', 'check', folder.at('nowhere.json')])).code, 64)
    })
  })
})

import assert from 'node:assert/strict'
import { mkdir, truncate } from 'node:fs/promises'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport verify, for scripts', () => {
  let folder: BuyerFolder
  let policy: string
  let presentation: string

  before(async () => {
    folder = await buyerFolder()
    policy = folder.at('policy.json')
    presentation = await folder.present('presentation.json')
  })
  after(() => folder.remove())

  const verify = (file: string, ...more: string[]) =>
    runCli(['verify', file, '--policy', policy, '--json', ...more])

  it('answers 0 and exactly one JSON verdict for an accepted passport', async () => {
    const { code, out, err } = await verify(presentation)
    assert.equal(code, 0)
    const verdict = parseJson(out)
    assert.equal(verdict.outcome, 'accepted')
    assert.ok(verdict.score)
    assert.equal(err, '')
  })

  it('reads the passport from standard input', async () => {
    const stdin = await folder.consortium.presentation()
    const { code, out } = await runCli(['verify', '-', '--policy', policy, '--json'], { stdin })
    assert.equal(code, 0)
    assert.equal(parseJson(out).outcome, 'accepted')
  })

  it('answers 1 and a verdict for a rejected one', async () => {
    const passport = await folder.consortium.passport({ subject: { category: 'LMT' } })
    const file = await folder.present('forged.json', { passport })
    const { code, out } = await verify(file)
    assert.equal(code, 1)
    const verdict = parseJson(out)
    assert.equal(verdict.outcome, 'rejected')
    assert.equal(verdict.score, null)
  })

  it('answers 1 to bytes that are no credential, however many', async () => {
    const large = await folder.write('large.json', '{')
    await truncate(large, 64 * 1024 * 1024 + 2)
    const { code, out } = await verify(large)
    assert.equal(code, 1)
    assert.equal(parseJson(out).outcome, 'rejected')
    assert.match(out, /"code": "LIMIT_EXCEEDED"/)
    const beside = await verify(presentation, '--with', large)
    assert.equal(beside.code, 1, beside.err)
  })

  it('answers 2 for a bare passport, and 0 with its chain added from a folder', async () => {
    const passport = await folder.consortium.passport()
    const bare = await folder.write('bare/passport.json', passport.bytes)
    const alone = await verify(bare)
    assert.equal(alone.code, 2)
    assert.equal(parseJson(alone.out).outcome, 'indeterminate')

    await folder.present('chain/presentation.json', { omit: ({ id }) => id === passport.id })
    await folder.write('chain/policy.json', folder.consortium.policyDocument())
    const chain = await verify(bare, '--with', folder.at('chain'))
    assert.equal(chain.code, 0, chain.out)
    assert.match(chain.err, /^passed over: .*chain\/policy\.json is no credential/)
  })

  it('passes over what only speaks of credentials in a folder, but nothing that is cut short', async () => {
    const deep = JSON.parse(`${'['.repeat(40)}"VerifiableCredential"${']'.repeat(40)}`)
    const folderOf = async (name: string, content: string) => {
      await folder.write(`${name}/file.json`, content)
      return folder.at(name)
    }
    const api = await folderOf('api', JSON.stringify({ openapi: '3.1.0', components: deep }))
    const beside = await verify(presentation, '--with', api)
    assert.equal(beside.code, 0, beside.out)
    assert.match(beside.err, /^passed over: .*api\/file\.json is no credential/)

    const text = new TextDecoder().decode((await folder.consortium.passport()).bytes)
    const cut = await verify(presentation, '--with', await folderOf('cut', text.slice(0, -9)))
    assert.equal(cut.code, 1)
    const odd = JSON.stringify({ type: ['VerifiableCredential'], components: deep })
    assert.equal((await verify(presentation, '--with', await folderOf('odd', odd))).code, 1)
  })

  it('uses the newest valid status list of an id, wherever it was given', async () => {
    const { consortium } = folder
    const first = consortium.attestations[0]
    assert.ok(first)
    const { climateBody } = consortium.parties
    const later = { created: '2026-09-30T23:00:00Z' }
    const [newer] = await consortium.board.lists(climateBody, { revoked: [first.id] }, later)
    assert.ok(newer)
    const file = await folder.write('newer-list.json', newer.bytes)
    const { code, out } = await verify(presentation, '--with', file)
    assert.equal(code, 1)
    assert.match(out, /"REVOKED"/)
  })

  it('counts a credential that came twice once', async () => {
    const { code, out } = await verify(presentation, '--with', presentation)
    assert.equal(code, 0)
    const digests = [...out.matchAll(/"digestMultibase": "(z\w+)",\n {6}"result"/g)]
    assert.ok(digests.length > 10)
    assert.equal(new Set(digests.map(([, digest]) => digest)).size, digests.length)
  })

  it('answers 1 for readable bytes that are no credential', async () => {
    for (const content of ['', 'not JSON', '[]', '{}', '{"a":1,"a":2}', new Uint8Array([0xff])]) {
      const file = await folder.write('no-credential', content)
      const { code, out } = await verify(file)
      assert.equal(code, 1, String(content))
      assert.equal(parseJson(out).outcome, 'rejected')
    }
  })

  it('answers 64 and nothing on standard output for what it cannot open or read', async () => {
    await mkdir(folder.at('a-folder'))
    for (const argv of [
      [folder.at('missing.json'), '--policy', policy],
      [folder.at('a-folder'), '--policy', policy],
      [presentation, '--policy', folder.at('missing.json')],
      [presentation, '--policy', policy, '--with', folder.at('missing')],
      [presentation, '--policy', policy, '--rulebooks', folder.at('missing')],
    ]) {
      const { code, out, err } = await runCli(['verify', ...argv, '--json'])
      assert.equal(code, 64, argv.join(' '))
      assert.equal(out, '')
      assert.match(err, /where: .*(?:missing|a-folder)/)
      assert.match(err, /to do: /)
    }
  })

  it('answers 64 for wrong usage: no policy, no file, an unknown option, a wrong instant', async () => {
    for (const argv of [
      ['verify', presentation],
      ['verify', '--policy', policy],
      ['verify', presentation, '--policy', policy, '--polcy', 'x'],
      ['verify', presentation, presentation, '--policy', policy],
      ['verify', presentation, '--policy', policy, '--at', '2026-10-01'],
      ['verify', presentation, '--policy', policy, '--at', '2026-02-30T00:00:00Z'],
      ['verify', presentation, '--policy', policy, '--at', '2026-10-01T00:00:00+02:00'],
    ]) {
      const { code, out, err } = await runCli([...argv, '--json'])
      assert.equal(code, 64, argv.join(' '))
      assert.equal(out, '')
      assert.notEqual(err, '')
    }
  })

  it('says what an instant with an offset is in UTC, and in its help what it takes', async () => {
    const { code, err } = await verify(presentation, '--at', '2026-10-01T00:00:00+02:00')
    assert.equal(code, 64)
    assert.match(err.replaceAll(/\s+/g, ' '), /In UTC that is 2026-09-30T22:00:00Z\./)
    const never = await verify(presentation, '--at', '2026-10-32T00:00:00+02:00')
    assert.doesNotMatch(never.err, /In UTC/)
    const help = await runCli(['verify', '--help'])
    assert.match(help.out.replaceAll(/\s+/g, ' '), /--at <RFC3339> .*RFC 3339 in UTC with Z, /)
  })

  it('judges at the instant of --at', async () => {
    const { code, out } = await verify(presentation, '--at', '2026-10-20T00:00:00Z')
    assert.equal(code, 2)
    assert.match(out, /"STATUS_STALE"/)
    assert.equal(parseJson(out).at, '2026-10-20T00:00:00Z')
  })

  it('holds the passport against the battery and the manufacturer expected', async () => {
    const { parties } = folder.consortium
    const wrong = await verify(presentation, '--expect-subject', 'https://id.example/another')
    assert.equal(wrong.code, 1)
    assert.match(wrong.out, /"SUBJECT_UNEXPECTED"/)
    const other = await verify(presentation, '--expect-issuer', parties.miner.did)
    assert.equal(other.code, 1)
    assert.match(other.out, /"ISSUER_MISMATCH"/)
    assert.equal((await verify(presentation, '--expect-issuer', parties.packMaker.did)).code, 0)
  })

  it('refuses a policy with a misspelt field, naming the field and the nearest known one', async () => {
    const file = await folder.write('misspelt.json', {
      ...folder.consortium.policyDocument(),
      requireProvenIndependance: true,
      minimums: { overall: { coverge: 1 } },
    })
    const { code, out, err } = await runCli(['verify', presentation, '--policy', file, '--json'])
    assert.equal(code, 64)
    assert.equal(out, '')
    assert.match(err, /unknown field "requireProvenIndependance"/)
    assert.match(err, /Did you mean "requireProvenIndependence"\?/)
    assert.match(err, /misspelt\.json \/minimums\/overall\/coverge/)
    assert.match(err, /Did you mean "coverage"\?/)
  })

  it('refuses a policy that is no strict JSON, or trusts nobody', async () => {
    const { policyDocument } = { policyDocument: folder.consortium.policyDocument() }
    const nobody = { ...policyDocument, anchors: [] }
    for (const content of [
      '{',
      '{"anchors":[],"anchors":[]}',
      '{"clockSkewSeconds":1.5}',
      nobody,
    ]) {
      const file = await folder.write('bad-policy.json', content)
      const { code, out } = await runCli(['verify', presentation, '--policy', file, '--json'])
      assert.equal(code, 64)
      assert.equal(out, '')
    }
  })
})

describe('battery-passport verify, with a method of one’s own', () => {
  let folder: BuyerFolder
  let presentation: string

  before(async () => {
    folder = await buyerFolder('small')
    const { method, rulebooks } = folder.consortium
    await folder.write('own/method.json', method.method)
    for (const rulebook of rulebooks) await folder.write(`own/${rulebook.key}.json`, rulebook)
    await folder.write('own/notes.json', { remark: 'no rulebook' })
    presentation = await folder.present('presentation.json')
  })
  after(() => folder.remove())

  it('takes method and rulebooks from --rulebooks DIR, and says what it passed over', async () => {
    const argv = ['verify', presentation, '--policy', folder.at('policy.json'), '--json']
    assert.equal((await runCli(argv)).code, 2, 'their content is not at hand')
    const { code, err } = await runCli([...argv, '--rulebooks', folder.at('own')])
    assert.equal(code, 0)
    assert.match(err, /passed over: .*notes\.json is neither a rulebook nor a method/)
  })

  it('takes them from the files the policy names, relative to the policy', async () => {
    const { code, out } = await verifyBy(await policyWithFiles())
    assert.equal(code, 0, out)
  })

  it('refuses such a file whose digest is not the one in the policy', async () => {
    const [first] = folder.consortium.rulebooks
    assert.ok(first)
    const policy = await policyWithFiles({ ...first, title: 'Changed afterwards' })
    const { code, out, err } = await verifyBy(policy)
    assert.equal(code, 64)
    assert.equal(out, '')
    assert.match(err, /not the one the policy names/)
    assert.match(err, /\/rulebooks\/0\/digestMultibase/)
  })

  it('refuses a rulebook with faults, naming each in its file', async () => {
    const [first] = folder.consortium.rulebooks
    assert.ok(first)
    await folder.write('faulty/rulebook.json', { ...first, stageWeights: { mining: 9000 } })
    const argv = ['verify', presentation, '--policy', folder.at('policy.json'), '--json']
    const { code, out, err } = await runCli([...argv, '--rulebooks', folder.at('faulty')])
    assert.equal(code, 64)
    assert.equal(out, '')
    assert.match(err, /faulty\/rulebook\.json \/stageWeights/)
  })

  async function policyWithFiles(changed?: object): Promise<string> {
    const { consortium } = folder
    if (changed !== undefined) await folder.write('changed.json', changed)
    const { key, version } = consortium.method.method
    return folder.write('with-files.json', {
      ...consortium.policyDocument(),
      methods: [
        {
          key,
          version,
          digestMultibase: consortium.method.digestMultibase,
          file: 'own/method.json',
        },
      ],
      rulebooks: consortium.rulebooks.map((rulebook, index) => ({
        digestMultibase: consortium.pin(rulebook).digestMultibase,
        file: index === 0 && changed !== undefined ? 'changed.json' : `own/${rulebook.key}.json`,
      })),
    })
  }

  const verifyBy = (policy: string) =>
    runCli(['verify', presentation, '--policy', policy, '--json'])
})

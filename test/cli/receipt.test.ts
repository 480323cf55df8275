import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { digestMultibase } from '@battery-passport/contexts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { type CliSurroundings, runCli } from './support/run-cli.ts'

const env = { BATTERY_PASSPORT_PASSPHRASE: 'correct horse battery staple' }

describe('battery-passport verify --receipt', () => {
  let folder: BuyerFolder
  let policy: string
  let presentation: string
  let key: string
  let did: string

  before(async () => {
    folder = await buyerFolder()
    policy = folder.at('policy.json')
    presentation = await folder.present('presentation.json')
    key = folder.at('verifier.key.json')
    const { out } = await runCli(['keys', 'new', '--out', key, '--json'], { env })
    did = String(parseJson(out).did)
  })
  after(() => folder.remove())

  const run = (argv: readonly string[], more: CliSurroundings = {}) =>
    runCli(argv, { env, ...more })
  const verify = (file: string, ...more: string[]) =>
    run(['verify', file, '--policy', policy, ...more])
  /** Verifies a file and writes the receipt; answers its path. */
  const receiptOf = async (name: string, file = presentation, ...more: string[]) => {
    const path = folder.at(name)
    const made = await verify(file, '--receipt', path, '--receipt-key', key, ...more)
    assert.match(made.err, new RegExp(`receipt: .*${name}, signed by ${did}, valid until 2026-`))
    return path
  }
  const words = (report: string) => report.replace(/\s+/g, ' ')

  it('writes what was verified and what came of it, and answers as without it', async () => {
    const plain = await verify(presentation, '--json')
    const path = folder.at('plain.json')
    const made = await verify(presentation, '--json', '--receipt', path, '--receipt-key', key)
    assert.deepEqual([made.code, made.out], [0, plain.out])
    const receipt = JSON.parse(await readFile(path, 'utf8'))
    const { input, outcome, score } = receipt.credentialSubject
    assert.equal(input.digestMultibase, digestMultibase(await readFile(presentation)))
    assert.equal(outcome, 'accepted')
    assert.deepEqual(score, parseJson(plain.out).score)
    assert.equal(receipt.issuer, did)
    assert.equal(receipt.validUntil, '2026-10-07T22:00:00Z')
  })

  it('writes one of a rejection and of an open question too', async () => {
    const passport = await folder.consortium.passport()
    const bare = await folder.write('bare.json', passport.bytes)
    for (const [file, code, outcome] of [
      [bare, 2, 'indeterminate'],
      [await folder.write('nothing.json', '{}'), 1, 'rejected'],
    ] as const) {
      const path = folder.at(`${outcome}.receipt.json`)
      const made = await verify(file, '--receipt', path, '--receipt-key', key)
      assert.equal(made.code, code)
      const { credentialSubject } = JSON.parse(await readFile(path, 'utf8'))
      assert.equal(credentialSubject.outcome, outcome)
      assert.ok(!('score' in credentialSubject))
    }
  })

  it('replaces no file unless told so, and then verifies nothing', async () => {
    const path = await receiptOf('once.json')
    const before = await readFile(path, 'utf8')
    const again = await verify(presentation, '--receipt', path, '--receipt-key', key)
    assert.deepEqual([again.code, again.out], [64, ''])
    assert.match(again.err, /exists already/)
    assert.equal(await readFile(path, 'utf8'), before)
    const forced = await verify(presentation, '--receipt', path, '--receipt-key', key, '--force')
    assert.equal(forced.code, 0)
    assert.notEqual(await readFile(path, 'utf8'), before)
  })

  it('refuses half of what it takes, a key that cannot sign, and a delivery', async () => {
    const to = folder.at('never.json')
    const other = folder.at('p256.key.json')
    await run(['keys', 'new', '--type', 'P-256', '--out', other])
    for (const [argv, message] of [
      [['--receipt', to], /A receipt takes a file to write and a key/],
      [['--receipt-key', key], /A receipt takes a file to write and a key/],
      [['--force'], /A receipt takes a file to write and a key/],
      [
        ['--receipt', to, '--receipt-key', other],
        /expected: a key of type Ed25519\n +found: +P-256/,
      ],
      [['--receipt', to, '--receipt-key', folder.at('none.json')], /where: .*none\.json/],
    ] as const) {
      const { code, out, err } = await verify(presentation, ...argv)
      assert.deepEqual([code, out], [64, ''], argv.join(' '))
      assert.match(err, message)
    }
    const bulk = ['verify', '--bulk', '-', '--policy', policy]
    const delivery = await run([...bulk, '--receipt', to, '--receipt-key', key])
    assert.equal(delivery.code, 64)
    assert.match(delivery.err, /A receipt is of one passport\./)
    const wrong = { env: { BATTERY_PASSPORT_PASSPHRASE: 'not the passphrase' } }
    const argv = ['verify', presentation, '--policy', policy]
    const { code } = await run([...argv, '--receipt', to, '--receipt-key', key], wrong)
    assert.equal(code, 64)
    await assert.rejects(stat(to))
  })

  it('prints no verdict when the receipt cannot be written', async () => {
    const to = folder.at('policy.json/receipt.json')
    const { code, out } = await verify(presentation, '--receipt', to, '--receipt-key', key)
    assert.deepEqual([code, out], [64, ''])
  })

  describe('receipt show', () => {
    it('shows what it says, and that nothing was checked', async () => {
      const { code, out } = await run(['receipt', 'show', await receiptOf('show.json')])
      assert.equal(code, 0)
      assert.match(out, /^ {2}Outcome +accepted$/m)
      assert.match(out, /^ {2}Valid +2026-10-01T00:00:00Z to 2026-10-07T22:00:00Z$/m)
      assert.match(out, /^ {2}Score +33\.45 of 100/m)
      assert.match(out, /Nothing was checked here/)
      assert.match(words(out), new RegExp(`Signed by ${did}`))
    })

    it('prints what was signed as one JSON document', async () => {
      const path = await receiptOf('json.json')
      const { proof: _, ...receipt } = JSON.parse(await readFile(path, 'utf8'))
      const { out } = await run(['receipt', 'show', path, '--json'])
      assert.deepEqual(JSON.parse(out), receipt)
    })

    it('refuses what is no receipt', async () => {
      const { code, out, err } = await run(['receipt', 'show', presentation])
      assert.deepEqual([code, out], [1, ''])
      assert.match(err, /where: +.*presentation\.json \/type/)
      assert.equal((await run(['receipt', 'show', folder.at('missing.json')])).code, 64)
    })
  })

  describe('receipt check', () => {
    let receipt: string
    before(async () => {
      receipt = await receiptOf('receipt.json')
    })
    const checkFile = (file: string, ...argv: string[]) =>
      run(['receipt', 'check', file, '--expect-issuer', did, ...argv])
    const check = (...argv: string[]) => checkFile(receipt, ...argv)

    it('answers 0 while it holds', async () => {
      const { code, out } = await check('--input', presentation, '--policy', policy)
      assert.equal(code, 0)
      assert.match(out, /^HOLDS at 2026-10-01T00:00:00Z: the receipt of an acceptance$/m)
    })

    it('answers nothing before the verifier is named that is trusted: anybody can sign', async () => {
      const argv = ['receipt', 'check', receipt, '--input', presentation, '--policy', policy]
      const { code, out, err } = await run(argv)
      assert.deepEqual([code, out], [64, ''])
      assert.match(err, /--expect-issuer/)
    })

    it('answers 1 for a receipt of something else, and says of what', async () => {
      const other = await folder.present('other.json', { add: [] })
      await folder.write('other.json', `${await readFile(presentation, 'utf8')}\n`)
      await folder.write('other-policy.json', {
        ...folder.consortium.policyDocument(),
        requireCurrent: true,
      })
      for (const [argv, code] of [
        [['--input', other], 'DIGEST_MISMATCH'],
        [['--policy', folder.at('other-policy.json')], 'DIGEST_MISMATCH'],
        [['--input', presentation, '--with', other], 'DIGEST_MISMATCH'],
        [
          ['--expect-issuer', 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'],
          'ISSUER_MISMATCH',
        ],
        [['--expect-subject', 'urn:uuid:another'], 'SUBJECT_UNEXPECTED'],
        [['--expect-outcome', 'rejected'], 'OUTCOME_UNEXPECTED'],
        [['--at', '2027-01-01T00:00:00Z'], 'EXPIRED'],
      ] as const) {
        const answer = await check(...argv)
        assert.equal(answer.code, 1, argv.join(' '))
        assert.match(answer.out, /^DOES NOT HOLD at /)
        assert.match(answer.out, new RegExp(`\\(${code}\\)`))
        assert.match(answer.out, / expected: +\S[\s\S]* found: +\S[\s\S]* to do: +\S/)
        const { holds, findings } = parseJson((await check(...argv, '--json')).out)
        assert.equal(holds, false)
        assert.ok(Array.isArray(findings) && findings.length === 1)
      }
    })

    it('compares all that was added', async () => {
      const [list] = await folder.consortium.statusLists()
      assert.ok(list)
      const file = await folder.write('list.json', list.bytes)
      const path = await receiptOf('added.json', presentation, '--with', file)
      const ofInput = (...argv: string[]) => checkFile(path, '--input', presentation, ...argv)
      assert.equal((await ofInput()).code, 0)
      assert.equal((await ofInput('--with', file)).code, 0)
      assert.equal((await ofInput('--with', file, '--with', presentation)).code, 1)
    })

    it('answers 1 for one that was changed, and for what is none', async () => {
      const changed = (await readFile(receipt, 'utf8')).replace('"value": 3345', '"value": 9345')
      for (const content of [changed, '{}', 'not JSON']) {
        const file = await folder.write('changed.json', content)
        const { code, out } = await checkFile(file, '--json')
        assert.equal(code, 1)
        assert.equal(parseJson(out).holds, false)
      }
    })

    it('answers 64 for wrong usage', async () => {
      const trusted = ['--expect-issuer', did]
      for (const argv of [
        ['receipt', 'check', folder.at('missing.json'), ...trusted],
        ['receipt', 'check', receipt, ...trusted, '--at', '2026-10-01'],
        ['receipt', 'check', receipt, ...trusted, '--with', presentation],
        ['receipt', 'check', receipt, ...trusted, '--policy', folder.at('missing.json')],
        ['receipt', 'check', receipt, ...trusted, '--expect-outcome', 'good'],
        ['receipt', 'check', receipt, '--expect-issuer', ''],
        ['receipt', 'check', '-', ...trusted, '--input', '-'],
        ['receipt', 'check'],
        ['receipt'],
      ]) {
        const { code, out } = await run(argv)
        assert.deepEqual([code, out], [64, ''], argv.join(' '))
      }
    })
  })

  it('gives no score to those who take verdicts', async () => {
    const receipt = await receiptOf('score.json')
    const compared = await run(['compare', receipt, receipt])
    assert.equal(compared.code, 1)
    assert.equal((await verify(receipt)).code, 1)
    assert.equal((await run(['explain', receipt])).code, 1)
    const inspected = await run(['inspect', receipt])
    assert.equal(inspected.code, 0)
    assert.match(inspected.out, /^receipt of a verification; nothing here was verified/)
  })
})

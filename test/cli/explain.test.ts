import assert from 'node:assert/strict'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport explain', () => {
  let folder: BuyerFolder
  let presentation: string

  before(async () => {
    folder = await buyerFolder()
    presentation = await folder.present('presentation.json')
  })
  after(() => folder.remove())

  it('derives the score the passport claims, from the documents as they are', async () => {
    const { code, out } = await runCli(['explain', presentation])
    assert.equal(code, 0)
    assert.match(out, /^\d+\.\d\d to \d+\.\d\d, grade [A-E]: https:/)
    assert.match(out, /The passport claims the same\. Nothing was verified here/)
    assert.match(out, /^ {2}environment: /m)
    assert.match(out, /^ {4}mining: \d+\.\d\d to \d+\.\d\d, weight 10\.00 %$/m)
  })

  it('goes down to the answer of each indicator and where it stands', async () => {
    const { out } = await runCli(['explain', presentation, '--depth', 'indicators'])
    assert.match(
      out,
      /ghg\.inventory: 100\.00 for true, reasonable assurance, \/credentialSubject\/results\/0/,
    )
    assert.match(out, /from nobody who is listed: unknown, would add \d/)
    const short = await runCli(['explain', presentation, '--depth', 'rulebooks'])
    assert.ok(short.out.length < out.length)
    assert.doesNotMatch(short.out, /mining: /)
  })

  it('names what would raise the score most, the most first', async () => {
    const { out } = await runCli(['explain', presentation])
    const list = out.slice(out.indexOf('What would raise'))
    const raises = [...list.matchAll(/^ +(\d+\.\d\d) {2}\S/gm)].map(([, value]) => Number(value))
    assert.ok(raises.length > 1)
    assert.deepEqual(
      raises,
      [...raises].sort((a, b) => b - a),
    )
  })

  it('prints the whole derivation with --json', async () => {
    const { out } = await runCli(['explain', presentation, '--json'])
    const { value, rulebooks } = parseJson(out)
    const passport = await folder.consortium.passport()
    assert.equal(value, passport.secured.credential.credentialSubject.score.value)
    assert.ok(Array.isArray(rulebooks) && rulebooks.length === 7)
  })

  it('says what assures each row of the supply chain', async () => {
    const { consortium } = folder
    const accreditation = await consortium.custodyAccreditation()
    const custody = await consortium.custody(accreditation, {
      subject: { supplyChain: consortium.supplyChain.slice(1) },
    })
    const passport = await consortium.passport({}, { custody: [custody] })
    const file = await folder.present('assured.json', { passport, add: [custody, accreditation] })
    const { out } = await runCli(['explain', file])
    assert.match(out, /The passport claims the same/)
    const flat = out.replace(/\s+/g, ' ')
    assert.match(flat, /mining of lithium, [^:]*:[^ ]*: the word of the manufacturer alone/)
    assert.match(flat, /mining of nickel, [^:]*:[^ ]*: limited, by https:\/\/productbody/)
    const { shares, shareAssurance } = parseJson((await runCli(['explain', file, '--json'])).out)
    assert.ok(Array.isArray(shares))
    assert.equal(shareAssurance, 'none')
    assert.deepEqual(
      shares.map((each: { custody: string | null }) => each.custody === custody.id),
      [false, true, true, true, true],
    )
  })

  it('asks for a custody attestation that is not at hand', async () => {
    const { consortium } = folder
    const custody = await consortium.custody(await consortium.custodyAccreditation())
    const passport = await consortium.passport({}, { custody: [custody] })
    const { code, err } = await runCli([
      'explain',
      await folder.present('missing.json', { passport }),
    ])
    assert.equal(code, 1)
    assert.match(err, /1 of the 1 custody attestations/)
  })

  it('says when the claimed score does not follow', async () => {
    const { score } = (await folder.consortium.passport()).secured.credential.credentialSubject
    const passport = await folder.consortium.passport({
      subject: { score: { ...score, value: score.value + 1 } },
    })
    const file = await folder.present('inflated.json', { passport })
    const { code, out } = await runCli(['explain', file])
    assert.equal(code, 0)
    assert.match(out.replaceAll(/\s+/g, ' '), /which does not follow from what was attested/)
  })

  it('names the attestations a bare passport lacks, and takes them from --with', async () => {
    const passport = await folder.consortium.passport()
    const bare = await folder.write('passport.json', passport.bytes)
    const alone = await runCli(['explain', bare])
    assert.equal(alone.code, 1)
    const { attestations } = passport.secured.credential.credentialSubject
    const text = alone.err.replaceAll(/\s+/g, ' ')
    const { length } = attestations
    assert.match(text, new RegExp(`${length} of the ${length} attestations .* are not at hand`))
    assert.match(text, /expected: \/credentialSubject\/attestations\/0: https:/)
    assert.ok(text.includes(`and ${length - 3} more`))
    assert.equal(alone.err.match(/^error: /gm)?.length, 1, 'one reason is told once')
    const chain = await folder.present('chain.json')
    assert.equal((await runCli(['explain', bare, '--with', chain])).code, 0)
  })

  it('names the one attestation that is missing', async () => {
    const [omitted] = folder.consortium.attestations
    assert.ok(omitted)
    const file = await folder.present('one.json', { omit: ({ id }) => id === omitted.id })
    const { code, err } = await runCli(['explain', file])
    assert.equal(code, 1)
    const text = err.replaceAll(/\s+/g, ' ')
    assert.match(text, /error: 1 of the \d+ attestations/)
    assert.ok(text.includes(omitted.id))
    assert.doesNotMatch(text, /more/)
  })

  it('refuses a file without a passport, and an unknown depth', async () => {
    const [first] = folder.consortium.attestations
    assert.ok(first)
    const file = await folder.write('attestation.json', first.bytes)
    const wrong = await runCli(['explain', file])
    assert.equal(wrong.code, 1)
    assert.match(wrong.err, /expected: a BatteryPassport/)
    const depth = await runCli(['explain', presentation, '--depth', 'facility'])
    assert.equal(depth.code, 64)
    assert.match(depth.err, /Did you mean facilities\?/)
  })
})

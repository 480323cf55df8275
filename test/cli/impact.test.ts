import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Consortium, Signed } from '../support/consortium.ts'
import { BATTERY_ID, presentationOf } from '../support/consortium.ts'
import { itemId, itemPassport } from '../support/mixed-delivery.ts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport impact', () => {
  let folder: BuyerFolder
  let consortium: Consortium
  let presentation: string
  let shared: string
  let accreditation: Signed
  let attestation: Signed<'RulebookAttestation'>
  /** An indicator that it answers. */
  let indicator: string
  let delivery: string

  before(async () => {
    folder = await buyerFolder()
    consortium = folder.consortium
    presentation = await folder.present('passports/presentation.json')
    await folder.present('presentation.json')
    const { attestations, accreditations, identities } = consortium
    const lists = await consortium.statusLists()
    const rest = [...attestations, ...accreditations.values(), ...identities.values(), ...lists]
    shared = await folder.write('shared.json', presentationOf(rest))
    accreditation = accreditations.get('climateBody') ?? assert.fail()
    await folder.write('accreditation.json', accreditation.bytes)
    attestation =
      attestations.find(({ secured }) =>
        secured.credential.credentialSubject.results.some(
          (result) => result.indicator === 'ghg.intensity-ratio' && result.answer === 'assessed',
        ),
      ) ?? assert.fail()
    indicator = 'ghg.intensity-ratio'
    await folder.write('attestation.json', attestation.bytes)
    await folder.write(
      'rescoring.json',
      consortium.policyDocument({ uncountedAttestation: 'rescore' }),
    )
    const text = ({ bytes }: Signed) => new TextDecoder().decode(bytes)
    const bare = await Promise.all([1, 2].map((number) => itemPassport(consortium, number)))
    delivery = await folder.write('delivery.ndjson', `${bare.map(text).join('\n')}\n{}\n`)
  })
  after(() => folder.remove())

  const impact = (of: string, ...more: string[]) =>
    runCli(['impact', '--of', of, '--policy', folder.at('policy.json'), ...more])
  const json = async (of: string, ...more: string[]) => {
    const answer = await impact(of, presentation, '--json', ...more)
    const { passports, summary, withdrawn } = parseJson(answer.out)
    return {
      ...answer,
      entry: Object([...Object(passports)][0]),
      summary,
      withdrawn: Object(withdrawn),
    }
  }

  it('answers 1 where a passport falls, with its score now and what it would be', async () => {
    const { code, out } = await impact(attestation.id, presentation)
    assert.equal(code, 1)
    assert.match(out, /^What falls if this credential is withdrawn from the beginning\?\n/)
    assert.ok(out.includes(BATTERY_ID))
    const row = /^FALLS +(\S+ to \S+ \S+) +rejected +.*presentation\.json$/m
    assert.match(out, row)
    assert.match(out, /^ +REVOKED$/m)
    assert.match(out, /if the policy rescored: \d+\.\d\d to \d+\.\d\d/)
    assert.match(out, /^1 passport: 1 would fall, 0 would change, 0 untouched, 0 not accepted/m)
    assert.match(out, /^ {2}REVOKED, 1: It is revoked: so it is supposed here/m)
    for (const line of out.split('\n'))
      assert.ok(line.length <= 100 || line.includes('.json'), line)
  })

  it('answers 0 where the score changes alone, and by how much', async () => {
    const rescoring = ['--policy', folder.at('rescoring.json')]
    const { code, entry, summary, withdrawn } = await json(attestation.id, ...rescoring)
    assert.equal(code, 0)
    assert.equal(entry.effect, 'changes')
    assert.equal(entry.change.value, entry.after.score.value - entry.before.score.value)
    assert.ok(entry.change.value < 0)
    assert.deepEqual(withdrawn, { credential: attestation.id })
    assert.deepEqual(summary, {
      ...{ passports: 1, falls: 0, changes: 1, untouched: 0, notAccepted: 0, undecided: 0 },
    })
    const { out } = await impact(attestation.id, presentation, ...rescoring)
    const figure = (Math.abs(entry.change.value) / 100).toFixed(2)
    assert.ok(out.includes(`  -${figure} `), out)
    assert.match(out, /^CHANGES {2}/m)
    const inPart = await json(attestation.id, '--indicator', indicator)
    assert.equal(inPart.code, 0)
    assert.equal(inPart.entry.effect, 'changes')
    assert.ok(inPart.entry.change.coverage > entry.change.coverage)
  })

  it('says the same as verify of the passport as things are', async () => {
    const { entry } = await json(accreditation.id)
    const argv = ['verify', presentation, '--policy', folder.at('policy.json'), '--json']
    const { score } = parseJson((await runCli(argv)).out)
    assert.deepEqual(entry.before, { outcome: 'accepted', score, codes: [] })
    assert.equal(entry.effect, 'falls')
    assert.equal(entry.rescored, null)
  })

  it('takes a credential from a file, an issuer by its DID, a key by name or thumbprint', async () => {
    const { climateBody } = consortium.parties
    const { thumbprint } = climateBody.signer.publicKey
    const names = [climateBody.did, climateBody.signer.verificationMethod, thumbprint]
    for (const of of [folder.at('accreditation.json'), ...names]) {
      const { code, entry } = await json(of)
      assert.equal(code, 1, of)
      assert.equal(entry.effect, 'falls', of)
      const expected = of.endsWith('.json') ? 'REVOKED' : 'DISTRUSTED'
      assert.ok(entry.after.codes.includes(expected), of)
    }
  })

  it('takes an instant from which it is withdrawn', async () => {
    const later = '2026-09-25T00:00:00Z'
    for (const option of ['--effective-from', '--void-from']) {
      const { code, entry, withdrawn } = await json(attestation.id, option, later)
      assert.equal(code, 1)
      assert.deepEqual(entry.after.codes, ['TIME_UNPROVEN'])
      assert.equal(entry.after.outcome, 'indeterminate')
      assert.equal(withdrawn.since, later)
    }
    const { code, entry } = await json(
      ...([attestation.id, '--void-from', later, '--at', '2026-09-24T00:00:00Z'] as const),
    )
    assert.equal(code, 0)
    assert.equal(entry.effect, 'untouched')
  })

  it('answers 2 where none falls and one could not be checked to begin with', async () => {
    const { bytes } = await consortium.passport()
    const bare = await folder.write('bare.json', bytes)
    const shown = folder.at('accreditation.json')
    const open = await impact(shown, bare)
    assert.equal(open.code, 2)
    assert.match(open.out, /^not accepted +indeterminate/m)
    assert.match(open.out, /REFERENCE_MISSING/)
    assert.match(open.out, /1 could not be checked/)
    assert.equal((await impact(shown, bare, '--with', shared)).code, 1)
    const broken = await folder.write('broken.json', '{}')
    assert.equal((await impact(shown, broken)).code, 0)
    assert.equal((await impact(shown, broken, bare, presentation)).code, 1)
  })

  it('looks through folders, and tells what it passes over', async () => {
    await folder.write('mixed/1.json', await readFile(presentation))
    await folder.write('mixed/2.json', accreditation.bytes)
    await folder.write('mixed/3.json', '{"a":1}')
    await folder.write('mixed/4.json', (await readFile(presentation)).subarray(0, 5000))
    const { code, out, err } = await impact(accreditation.id, folder.at('mixed'), '--json')
    assert.equal(code, 1)
    const { passports } = parseJson(out)
    const effects = [...Object(passports)].map(({ file, effect }) => `${file.at(-6)} ${effect}`)
    assert.deepEqual(effects, ['1 falls', '4 not-accepted'])
    assert.match(err, /passed over: .*2\.json does not begin with a passport\n.*3\.json/)
    const empty = await impact(accreditation.id, folder.at('mixed/3.json').replace('3.json', 'no'))
    assert.equal(empty.code, 64)
  })

  it('reads a presentation from standard input', async () => {
    const stdin = await readFile(presentation)
    const argv = ['impact', '--of', attestation.id, '--policy', folder.at('policy.json'), '-']
    assert.equal((await runCli(argv, { stdin })).code, 1)
  })

  describe('of a delivery', () => {
    const bulk = (of: string, ...more: string[]) =>
      impact(of, '--bulk', delivery, '--with', shared, ...more)

    it('prints one answer a line, and the summary on standard error', async () => {
      const { code, out, err } = await bulk(attestation.id, '--json')
      assert.equal(code, 1)
      const entries = out.trimEnd().split('\n').map(parseJson)
      assert.deepEqual(
        entries.map(({ line, battery, effect }) => [line, battery, effect]),
        [
          [1, itemId(1), 'falls'],
          [2, itemId(2), 'falls'],
          [3, null, 'not-accepted'],
        ],
      )
      assert.match(err, /^3 passports: 2 would fall, .* 1 not accepted/)
      assert.match(err, /REVOKED, 2: .*for the first of them/s)
    })

    it('tells a person of those that do not stay as they are', async () => {
      const { out } = await bulk(attestation.id)
      assert.match(out, /^FALLS .* line 1$/m)
      assert.match(out, /^FALLS .* line 2$/m)
      const { code, out: other } = await bulk(consortium.identities.get('refiner')?.id ?? '')
      assert.equal(code, 0)
      assert.doesNotMatch(other, /line 1$/m)
      assert.match(other, /2 untouched[\s\S]*Of the untouched, 2 rest on it all the same/)
    })

    it('refuses one without a line', async () => {
      const empty = await folder.write('empty.ndjson', '')
      const { code, err } = await impact(attestation.id, '--bulk', empty)
      assert.equal(code, 64)
      assert.match(err, /There is no passport to ask about/)
    })
  })

  describe('refuses, with an empty standard output,', () => {
    const refused = async (expected: RegExp, of: string, ...more: string[]) => {
      const { code, out, err } = await impact(of, presentation, ...more)
      assert.equal(code, 64, err)
      assert.equal(out, '')
      assert.match(err.replaceAll(/\s+/g, ' '), expected)
    }

    it('an id that nothing here has, and names the nearest', async () => {
      const misspelt = attestation.id.replace(/.$/, 'x')
      await refused(/no credential with this id.* Did you mean https:/, misspelt)
      await refused(/battery-passport inspect/, 'urn:uuid:00000000-0000-4000-8000-000000000000')
      await refused(/the id of a battery. Its passport is https:\/\/packmaker/, BATTERY_ID)
    })

    it('an issuer or key that signed nothing here, and names the nearest', async () => {
      const { climateBody, miner } = consortium.parties
      const { did } = climateBody
      const letter = did.at(-1) === 'x' ? 'y' : 'x'
      await refused(/it signed nothing.* Did you mean did:key:/, did.replace(/.$/, letter))
      await refused(/it signed nothing/, miner.did)
      await refused(/it signed nothing/, miner.signer.publicKey.thumbprint)
      await refused(/This key cannot be found/, `${did}#key-1`)
      await refused(/--resolve-web/, 'did:web:body.example#key-1')
    })

    it('a part of what has none, or that is not answered', async () => {
      const part = ['--indicator', 'ghg.nothing']
      await refused(/does not answer this.*ghg\.intensity-ratio/, attestation.id, ...part)
      await refused(/does not answer this/, folder.at('attestation.json'), ...part)
      await refused(/no part of a VerifierAccreditation/, accreditation.id, ...part)
      await refused(/no part of an issuer or key/, consortium.parties.climateBody.did, ...part)
    })

    it('what is no credential that can be withdrawn', async () => {
      const [list] = await consortium.statusLists()
      const file = await folder.write('list.json', list?.bytes ?? '')
      await refused(/BitstringStatusListCredential is not withdrawn/, file)
      const used = consortium.board.entriesFor(consortium.parties.climateBody, attestation.id)
      const { statusListCredential } = Object(used[0])
      await refused(/BitstringStatusListCredential is not withdrawn/, statusListCredential)
      await refused(/no such file/, folder.at('nothing.json'))
      await refused(/JSON_INVALID/, await folder.write('no.json', 'x'))
    })

    it('two beginnings, and one that is none', async () => {
      const instant = '2026-09-25T00:00:00Z'
      const both = ['--effective-from', instant, '--void-from', instant]
      await refused(/begins once/, attestation.id, ...both)
      await refused(/no instant/, attestation.id, '--void-from', 'yesterday')
      await refused(/instant of --at/, attestation.id, '--at', 'yesterday')
    })

    it('no passports, or passports in two ways', async () => {
      const none = await impact(attestation.id)
      assert.equal(none.code, 64)
      assert.match(none.err, /No passports are named/)
      await refused(/named in two ways/, attestation.id, '--bulk', delivery)
    })
  })

  it('takes a file with a credential at its word: no passport here rests on it', async () => {
    const other = await consortium.accreditation(consortium.parties.climateBody, {
      credential: { id: 'https://accreditationbody.example/accreditations/other' },
    })
    const file = await folder.write('other.json', other.bytes)
    const { code, entry } = await json(file)
    assert.equal(code, 0)
    assert.equal(entry.effect, 'untouched')
    assert.equal(entry.restsOnIt, false)
    const question = /^ {2}None of them is seen to rest on it: is it the one you mean\?$/m
    assert.match((await impact(file, presentation)).out, question)
    assert.doesNotMatch((await impact(attestation.id, presentation)).out, question)
  })

  it('shows nothing that acts on a terminal', async () => {
    const evil = await itemPassport(consortium, 7, { subject: { id: 'urn:a:\u202eb' } })
    const file = await folder.write('evil\u001b[31m.json', evil.bytes)
    const { out } = await impact(folder.at('accreditation.json'), file)
    assert.match(out, /evil\ufffd\[31m\.json/)
    assert.ok(!out.includes('\u001b') && !out.includes('\u202e'))
  })

  it('has examples that run', async () => {
    const help = (await runCli(['impact', '--help'])).out
    const lines = help.slice(help.indexOf('\nExample:\n')).split('\n').slice(2).filter(Boolean)
    await folder.write('deliveries.ndjson', await readFile(presentation))
    const home = process.cwd()
    process.chdir(folder.path)
    const codes: number[] = []
    for (const line of lines) {
      const [program, ...argv] = line.trim().split(' ')
      assert.equal(program, 'battery-passport')
      const { code, err } = await runCli(argv)
      codes.push(code)
      assert.ok(code < 64, err)
    }
    process.chdir(home)
    assert.deepEqual(codes, [1, 0, 1])
  })
})

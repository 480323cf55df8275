import assert from 'node:assert/strict'
import { generatePrivateJwk, passphraseFrom, writeKeyFile } from '@battery-passport/keys'
import { Consortium } from '../support/consortium/consortium.ts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport inspect', () => {
  let folder: BuyerFolder
  before(async () => {
    folder = await buyerFolder()
  })
  after(() => folder.remove())

  const inspect = async (name: string, content: Uint8Array | string | object) =>
    runCli(['inspect', await folder.write(name, content)])

  it('shows what a credential of each type says, and that nothing was verified', async () => {
    const { consortium } = folder
    const [attestation] = consortium.attestations
    const [accreditation] = consortium.accreditations.values()
    const [identity] = consortium.identities.values()
    const [list] = await consortium.statusLists({ revoked: [] })
    const passport = await consortium.passport()
    for (const [signed, pattern] of [
      [passport, /^ {2}claimed score +\d+\.\d\d to \d+\.\d\d, grade/m],
      [attestation, /^ {2}rulebook +greenhouse-gas 1\.0\.0 \(zQm/m],
      [accreditation, /^ {2}scope +\S+: /m],
      [identity, /^ {2}roles +\S/m],
      [list, /^ {2}entries +131072, of which 0 are set$/m],
    ] as const) {
      assert.ok(signed)
      const { code, out } = await inspect('credential.json', signed.bytes)
      assert.equal(code, 0)
      assert.match(out, new RegExp(`^${signed.type}; nothing here was verified`))
      assert.match(out, pattern)
      assert.ok(out.includes(signed.reference.digestMultibase))
    }
  })

  it('counts the set bits of a status list', async () => {
    const { consortium } = folder
    const { climateBody } = consortium.parties
    const revoked = consortium.attestations.slice(0, 2).map(({ id }) => id)
    const [list] = await consortium.board.lists(climateBody, { revoked })
    assert.ok(list)
    assert.match((await inspect('list.json', list.bytes)).out, /of which 2 are set/)
  })

  it('lists what is in a presentation, and names what in it cannot be read', async () => {
    const text = new TextDecoder().decode(await folder.consortium.presentation())
    const { out } = await inspect('presentation.json', text)
    assert.match(out, /^VerifiablePresentation; nothing here was verified/)
    assert.match(out, /^ +0 {2}BatteryPassport +https:/m)
    const broken = await inspect('broken.json', text.replace('"Battery"', '"Batterie"'))
    assert.equal(broken.code, 1)
    assert.match(broken.out, /^ {2}! SCHEMA at \/credentialSubject\/type/m)
  })

  it('reads a compact vc+jwt', async () => {
    const consortium = await Consortium.assemble({ form: 'vc+jwt' })
    const [attestation] = consortium.attestations
    assert.ok(attestation)
    const { out } = await inspect('credential.jwt', attestation.bytes)
    assert.match(out, /^RulebookAttestation; /)
    assert.match(out, /^ {2}secured with +vc\+jwt$/m)
  })

  it('shows of a key file whose it is, and nothing of the secret', async () => {
    const path = folder.at('key.json')
    const passphrase = passphraseFrom('correct horse battery staple')
    const jwk = generatePrivateJwk('Ed25519')
    const created = '2026-10-01T00:00:00Z'
    const signer = await writeKeyFile(path, { jwk, passphrase, created })
    const { code, out } = await runCli(['inspect', path])
    assert.equal(code, 0)
    assert.match(out, /^key file; /)
    assert.ok(out.includes(signer.did))
    assert.doesNotMatch(out, /eyJ/)
  })

  it('knows policies, rulebooks, methods, verdicts, and says what else a file has', async () => {
    const rulebook = (await runCli(['rulebooks', 'show', 'biodiversity', '--json'])).out
    const method = (await runCli(['rulebooks', 'show', 'esg', '--json'])).out
    const presentation = await folder.present('p.json')
    const argv = ['verify', presentation, '--policy', folder.at('policy.json'), '--json']
    for (const [content, kind] of [
      [folder.consortium.policyDocument(), 'policy'],
      [rulebook, 'rulebook'],
      [method, 'method'],
      [(await runCli(argv)).out, 'verdict'],
      [{ hello: 'world' }, 'another JSON document'],
    ] as const) {
      const { code, out } = await inspect('file', content)
      assert.equal(code, 0, kind)
      assert.match(out, new RegExp(`^${kind}; nothing here was verified`))
    }
  })

  it('answers 1 to what cannot be read, and names the fault', async () => {
    const [attestation] = folder.consortium.attestations
    assert.ok(attestation)
    const text = new TextDecoder().decode(attestation.bytes)
    for (const [content, fault] of [
      ['no JSON', /^ {2}! JSON_INVALID at /m],
      ['[1]', /^ {2}! [A-Z_]+ at /m],
      [text.slice(0, -9), /^ {2}! JSON_INVALID at /m],
      [text.replace('"validUntil"', '"validTill"'), /^ {2}! SCHEMA at \/validTill/m],
    ] as const) {
      const { code, out } = await inspect('unreadable.json', content)
      assert.equal(code, 1, content.slice(0, 20))
      assert.match(out, fault)
    }
    const json = await runCli(['inspect', folder.at('unreadable.json'), '--json'])
    assert.equal(json.code, 1)
    assert.match(String(JSON.stringify(parseJson(json.out).faults)), /"code":"SCHEMA"/)
  })

  it('prints one JSON document with --json', async () => {
    const file = await folder.present('presentation.json')
    const { kind, verified, contents } = parseJson((await runCli(['inspect', file, '--json'])).out)
    assert.equal(kind, 'VerifiablePresentation')
    assert.equal(verified, false)
    assert.ok(Array.isArray(contents) && contents.length > 1)
  })

  it('shows untrusted text without characters that a terminal obeys', async () => {
    const { out } = await inspect('file', { 'a\u001b[2Jb\u202e': 1 })
    assert.match(out, /a\ufffd\[2Jb\ufffd/)
    assert.ok(!out.includes('\u001b'))
  })

  it('answers 64 for a file that cannot be read', async () => {
    assert.equal((await runCli(['inspect', folder.at('nowhere.json')])).code, 64)
  })
})

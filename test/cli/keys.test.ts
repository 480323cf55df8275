import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDid, readDidDocument } from '@battery-passport/keys'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'
import { PASSPHRASE } from './support/workshop.ts'

const ENV = { BATTERY_PASSPORT_PASSPHRASE: PASSPHRASE }

describe('battery-passport keys', () => {
  let folder: string
  const at = (name: string) => join(folder, name)
  const make = (name: string, ...more: string[]) =>
    runCli(['keys', 'new', '--out', at(name), ...more], { env: ENV })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-keys-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('makes an encrypted key file that only its owner may read, and shows whose it is', async () => {
    const { code, out } = await make('my.key.json', '--json')
    assert.equal(code, 0)
    assert.equal((await stat(at('my.key.json'))).mode & 0o777, 0o600)
    assert.doesNotMatch(await readFile(at('my.key.json'), 'utf8'), /"d"|PRIVATE/)
    const shown = await runCli(['keys', 'show', at('my.key.json'), '--json'])
    assert.equal(shown.out, out)
    const { did, thumbprint, type, created } = parseJson(out)
    assert.match(String(did), /^did:key:z6Mk/)
    assert.match(String(thumbprint), /^zQm/)
    assert.equal(type, 'Ed25519')
    assert.equal(created, '2026-10-01T00:00:00Z')
  })

  it('makes P-256 keys where they are asked for, and refuses other types', async () => {
    assert.match((await make('p256.key.json', '--type', 'P-256')).out, /did:key:zDn/)
    const { code, err } = await make('rsa.key.json', '--type', 'RSA')
    assert.equal(code, 64)
    assert.match(err, /Ed25519, P-256/)
  })

  it('makes a key of a did:web, and prints the document to publish', async () => {
    const did = 'did:web:cells.example:dids:assurance'
    const { code, out } = await make('web.key.json', '--did', did)
    assert.equal(code, 0)
    assert.match(out, /publish at +https:\/\/cells\.example\/dids\/assurance\/did\.json\n/)
    const shown = await runCli(['keys', 'show', at('web.key.json'), '--json'])
    const { did: said, verificationMethod, publicKeyMultibase } = parseJson(shown.out)
    assert.equal(said, did)
    assert.equal(verificationMethod, `${did}#${publicKeyMultibase}`)
    const printed = await runCli(['keys', 'show', at('web.key.json'), '--document'])
    const document = parseJson(printed.out)
    assert.equal(document.id, did)
    assert.deepEqual(document.assertionMethod, [verificationMethod])
    const known = parseDid(did)
    assert.ok(known !== null && readDidDocument(document, known).ok)
    const named = await make('named.key.json', '--did', `${did}#2026`, '--json')
    assert.equal(parseJson(named.out).verificationMethod, `${did}#2026`)
  })

  it('makes no key of another DID, or of a did:web that is not canonical', async () => {
    for (const did of [
      'did:web:Cells.example',
      'did:web:cells.example#',
      'did:example:1',
      'cells',
    ]) {
      const { code, err } = await make('web.key.json', '--did', did)
      assert.equal(code, 64)
      assert.match(err, /--did/)
    }
    assert.deepEqual(await readdir(folder), [])
  })

  it('never overwrites a key', async () => {
    await make('my.key.json')
    const before = await readFile(at('my.key.json'))
    const { code, err } = await make('my.key.json')
    assert.equal(code, 64)
    assert.match(err, /KEY_FILE_EXISTS/)
    assert.deepEqual(await readFile(at('my.key.json')), before)
    assert.deepEqual(await readdir(folder), ['my.key.json'])
  })

  it('takes the passphrase from another variable or a file, from one place alone', async () => {
    await writeFile(at('passphrase'), `${PASSPHRASE}\n`, { mode: 0o600 })
    const out = at('a.key.json')
    const fromFile = ['keys', 'new', '--out', out, '--passphrase-file', at('passphrase')]
    assert.equal((await runCli(fromFile)).code, 0)
    const both = [...fromFile, '--passphrase-env', 'MINE']
    const { code, err } = await runCli(both, { env: { MINE: PASSPHRASE } })
    assert.equal(code, 64)
    assert.match(err, /PASSPHRASE_SOURCE/)
    const other = ['keys', 'new', '--out', at('b.key.json'), '--passphrase-env', 'MINE']
    assert.equal((await runCli(other, { env: { MINE: PASSPHRASE } })).code, 0)
  })

  it('says what is wrong with a passphrase, and makes nothing', async () => {
    for (const [env, message] of [
      [{}, /PASSPHRASE_MISSING[\s\S]*BATTERY_PASSPORT_PASSPHRASE/],
      [{ BATTERY_PASSPORT_PASSPHRASE: 'short' }, /PASSPHRASE_TOO_SHORT/],
    ] as const) {
      const { code, err } = await runCli(['keys', 'new', '--out', at('my.key.json')], { env })
      assert.equal(code, 64)
      assert.match(err, message)
    }
    assert.deepEqual(await readdir(folder), [])
  })

  it('says what is wrong with a key file: missing, cut short, changed, or open to others', async () => {
    await make('my.key.json')
    const text = await readFile(at('my.key.json'), 'utf8')
    await make('other.key.json')
    const other = await readFile(at('other.key.json'), 'utf8')
    const didOf = (file: string) => String(parseJson(file).did)
    const files = {
      'cut.key.json': text.slice(0, 200),
      'swapped.key.json': text.replace(didOf(text), didOf(other)),
      'none.key.json': '{"hello":"world"}\n',
    }
    for (const [name, content] of Object.entries(files)) {
      await writeFile(at(name), content, { mode: 0o600 })
    }
    await writeFile(at('open.key.json'), text)
    await chmod(at('open.key.json'), 0o644)
    for (const [name, message] of [
      ['missing.key.json', /KEY_FILE_MISSING/],
      ['cut.key.json', /KEY_FILE_TRUNCATED/],
      ['swapped.key.json', /KEY_FILE_DID_MISMATCH/],
      ['none.key.json', /KEY_FILE_FORMAT/],
      ['open.key.json', /KEY_FILE_PERMISSIONS[\s\S]*chmod 600/],
    ] as const) {
      const { code, out, err } = await runCli(['keys', 'show', at(name)])
      assert.equal(code, 64, name)
      assert.equal(out, '')
      assert.match(err, message)
      assert.ok(err.includes(name))
    }
  })

  it('says of another file that it is no key file, and not to close it to others', async () => {
    for (const [name, content] of [
      ['rows.csv', 'facility,stage,share\n'],
      ['request.json', '{"battery":{}}\n'],
      ['notes.txt', 'a { brace }'],
      ['large.bin', Buffer.alloc(20_000)],
    ] as const) {
      await writeFile(at(name), content)
      await chmod(at(name), 0o644)
      const { code, err } = await runCli(['keys', 'show', at(name)])
      assert.equal(code, 64, name)
      assert.match(err, /KEY_FILE_FORMAT|KEY_FILE_TOO_LARGE/, name)
      assert.match(err, /Is it another file\?/)
      assert.doesNotMatch(err, /chmod/)
    }
  })

  it('refuses a place where nothing can be written', async () => {
    const { code, err } = await make('no/such/folder/my.key.json')
    assert.equal(code, 64)
    assert.match(err, /KEY_FILE_UNWRITABLE/)
  })
})

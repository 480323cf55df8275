import assert from 'node:assert/strict'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import {
  generatePrivateJwk,
  generateSigner,
  KeyFileError,
  passphraseFrom,
  readKeyFile,
  readPassphrase,
  signerFromJwk,
  verifySignature,
  writeKeyFile,
} from '@battery-passport/keys'
import { CompactEncrypt } from 'jose'
import { CREATED } from './sample.ts'

const SECRET = 'correct horse battery staple'
const passphrase = passphraseFrom(SECRET)

describe('A key file', () => {
  let folder = ''
  let path = ''
  let whole = ''
  const jwk = generatePrivateJwk('Ed25519')
  const options = { jwk, passphrase, created: CREATED }

  /** Fails with the code, and says nothing secret in doing so. */
  async function refuses(code: string, attempt: Promise<unknown>): Promise<KeyFileError> {
    const error: unknown = await attempt.then(
      () => assert.fail('nothing was refused'),
      (reason: unknown) => reason,
    )
    assert.ok(error instanceof KeyFileError, inspect(error))
    assert.equal(error.code, code, error.message)
    assert.match(error.message, /: expected .*, found .*\. \S/)
    const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)
    for (const secret of [SECRET, jwk.d, 'another pass phrase']) {
      assert.ok(!shown.includes(secret), 'a secret is shown')
    }
    return error
  }

  /** Puts a copy of a good key file in its place. */
  const place = () => writeFile(path, whole, { mode: 0o600 })

  /** Writes the file again with some members replaced. */
  async function rewrite(members: object): Promise<void> {
    const file = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...file, ...members }))
  }

  async function encryptedWith(p2c: number, plaintext: string, alg = 'PBES2-HS512+A256KW') {
    return new CompactEncrypt(Buffer.from(plaintext))
      .setProtectedHeader({ alg, enc: 'A256GCM' })
      .setKeyManagementParameters({ p2c })
      .encrypt(passphrase.reveal())
  }

  before(async () => {
    const once = await mkdtemp(join(tmpdir(), 'battery-passport-keys-'))
    await writeKeyFile(join(once, 'issuer.json'), options)
    whole = await readFile(join(once, 'issuer.json'), 'utf8')
    await rm(once, { recursive: true })
  })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-keys-'))
    path = join(folder, 'issuer.json')
  })
  afterEach(() => rm(folder, { recursive: true }))

  for (const type of ['Ed25519', 'P-256'] as const) {
    it(`of ${type} gives back the signer that it was written for`, async () => {
      const key = generatePrivateJwk(type)
      const written = await writeKeyFile(path, { ...options, jwk: key })
      const signer = await readKeyFile(path, passphrase)
      assert.equal(signer.did, signerFromJwk(key).did)
      assert.equal(written.did, signer.did)
      const message = Buffer.from('a statement')
      const signature = await signer.sign(message)
      assert.equal(await verifySignature(message, signature, written.publicKey), true)
    })
  }

  it('shows what key it holds, and nothing of the secret', async () => {
    const { did, publicKey } = await writeKeyFile(path, options)
    const text = await readFile(path, 'utf8')
    const { jwe, ...shown } = JSON.parse(text)
    assert.deepEqual(shown, {
      type: 'battery-passport-key',
      version: 1,
      did,
      publicKeyMultibase: publicKey.multibase,
      created: CREATED,
    })
    assert.ok(!text.includes(jwk.d) && !text.includes(SECRET))
    const header = JSON.parse(Buffer.from(jwe.split('.')[0], 'base64url').toString())
    assert.equal(header.alg, 'PBES2-HS512+A256KW')
    assert.equal(header.enc, 'A256GCM')
    assert.equal(header.p2c, 210_000)
  })

  it('may be read by its owner only, and no temporary file is left', async () => {
    await writeKeyFile(path, options)
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(folder), ['issuer.json'])
  })

  it('is never written over another file', async () => {
    await writeFile(path, 'precious')
    const error = await refuses('KEY_FILE_EXISTS', writeKeyFile(path, options))
    assert.ok(error.message.includes(path))
    assert.equal(await readFile(path, 'utf8'), 'precious')
    assert.deepEqual(await readdir(folder), ['issuer.json'])
  })

  it('is written once when two write at the same time', async () => {
    const results = await Promise.allSettled([
      writeKeyFile(path, options),
      writeKeyFile(path, { ...options, jwk: generatePrivateJwk('Ed25519') }),
    ])
    const written = results.filter((result) => result.status === 'fulfilled')
    assert.equal(written.length, 1)
    assert.equal((await readKeyFile(path, passphrase)).did, written[0]?.value.did)
  })

  it('is not written into a folder that does not exist', async () => {
    const nowhere = join(folder, 'missing', 'issuer.json')
    await refuses('KEY_FILE_UNWRITABLE', writeKeyFile(nowhere, options))
  })

  it('is not written with a time that is none', async () => {
    await assert.rejects(writeKeyFile(path, { ...options, created: 'now' }), TypeError)
    assert.deepEqual(await readdir(folder), [])
  })

  it('is refused with another passphrase', async () => {
    await place()
    const other = passphraseFrom('another pass phrase')
    await refuses('KEY_FILE_PASSPHRASE', readKeyFile(path, other))
  })

  it('is refused when it does not exist', () =>
    refuses('KEY_FILE_MISSING', readKeyFile(path, passphrase)))

  it('is refused when it is a folder', async () => {
    await mkdir(path)
    await refuses('KEY_FILE_UNREADABLE', readKeyFile(path, passphrase))
  })

  for (const mode of [0o640, 0o604, 0o644, 0o660, 0o666, 0o610, 0o601]) {
    it(`is refused with mode 0${mode.toString(8)}, and the remedy is named`, async function () {
      if (process.platform === 'win32') this.skip()
      await place()
      await chmod(path, mode)
      const error = await refuses('KEY_FILE_PERMISSIONS', readKeyFile(path, passphrase))
      assert.ok(error.message.includes(`chmod 600 ${path}`))
      assert.ok(error.message.includes(`0${mode.toString(8)}`))
    })
  }

  it('is refused as no key file, whoever may read it, when it is another', async () => {
    for (const text of ['a,b\n', '[{}]', '{"type":"battery-passport-key"}']) {
      await writeFile(path, text)
      await chmod(path, 0o644)
      await refuses('KEY_FILE_FORMAT', readKeyFile(path, passphrase))
    }
  })

  it('is refused through a link to a file that others may read', async function () {
    if (process.platform === 'win32') this.skip()
    await place()
    await chmod(path, 0o644)
    const link = join(folder, 'link.json')
    await symlink(path, link)
    await refuses('KEY_FILE_PERMISSIONS', readKeyFile(link, passphrase))
  })

  it('is read with mode 0400', async () => {
    await place()
    await chmod(path, 0o400)
    assert.equal((await readKeyFile(path, passphrase)).did, signerFromJwk(jwk).did)
  })

  it('is refused cut short anywhere', async () => {
    await place()
    const text = await readFile(path, 'utf8')
    for (let length = 0; length < text.trimEnd().length; length += 40) {
      await writeFile(path, text.slice(0, length))
      await refuses('KEY_FILE_TRUNCATED', readKeyFile(path, passphrase))
    }
  })

  it('is refused when it is too large, without reading all of it', async () => {
    await place()
    await writeFile(path, `${' '.repeat(5_000_000)}{}`)
    await refuses('KEY_FILE_TOO_LARGE', readKeyFile(path, passphrase))
  })

  for (const text of ['not JSON }', '{}', '{}{}', '{"type":"battery-passport-key"}', 'null}']) {
    it(`is refused with the content ${text}`, async () => {
      await writeFile(path, text, { mode: 0o600 })
      await refuses('KEY_FILE_FORMAT', readKeyFile(path, passphrase))
    })
  }

  for (const [title, members] of [
    ['another type', { type: 'other' }],
    ['another version', { version: 2 }],
    ['a member more', { note: 'x' }],
    ['a number as DID', { did: 1 }],
    ['a jwe of four parts', { jwe: 'a.b.c.d' }],
    ['a jwe without header', { jwe: '....' }],
  ] as const) {
    it(`is refused with ${title}`, async () => {
      await place()
      await rewrite(members)
      await refuses('KEY_FILE_FORMAT', readKeyFile(path, passphrase))
    })
  }

  it('is refused when the DID is that of another key', async () => {
    await place()
    const { did, publicKey } = generateSigner()
    await rewrite({ did })
    await refuses('KEY_FILE_DID_MISMATCH', readKeyFile(path, passphrase))
    await rewrite({ did: signerFromJwk(jwk).did, publicKeyMultibase: publicKey.multibase })
    await refuses('KEY_FILE_DID_MISMATCH', readKeyFile(path, passphrase))
  })

  it('is refused with any changed part of the jwe', async () => {
    await place()
    const { jwe } = JSON.parse(await readFile(path, 'utf8'))
    const parts: string[] = jwe.split('.')
    for (const index of [1, 2, 3, 4]) {
      const changed = parts.map((part, at) =>
        at === index ? (part.startsWith('A') ? 'B' : 'A') + part.slice(1) : part,
      )
      await rewrite({ jwe: changed.join('.') })
      await refuses('KEY_FILE_PASSPHRASE', readKeyFile(path, passphrase))
    }
  })

  for (const p2c of [1, 1000, 209_999, 1_000_001, 2 ** 31]) {
    it(`is refused with ${p2c} iterations, rather than spend them`, async () => {
      await place()
      const { jwe } = JSON.parse(whole)
      const [head = '', ...rest] = jwe.split('.')
      const header = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), p2c }
      const other = Buffer.from(JSON.stringify(header)).toString('base64url')
      await rewrite({ jwe: [other, ...rest].join('.') })
      await refuses('KEY_FILE_ITERATIONS', readKeyFile(path, passphrase))
    })
  }

  it('is refused with another key management algorithm', async () => {
    await place()
    await rewrite({ jwe: await encryptedWith(210_000, JSON.stringify(jwk), 'PBES2-HS256+A128KW') })
    await refuses('KEY_FILE_FORMAT', readKeyFile(path, passphrase))
  })

  for (const [title, plaintext] of [
    ['no JSON', `secret ${jwk.d}`],
    ['no private key', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: jwk.x })],
    ['a key whose halves differ', JSON.stringify({ ...generatePrivateJwk('Ed25519'), d: jwk.d })],
  ] as const) {
    it(`is refused when ${title} was encrypted, and does not quote it`, async () => {
      await place()
      await rewrite({ jwe: await encryptedWith(210_000, plaintext) })
      await refuses('KEY_FILE_FORMAT', readKeyFile(path, passphrase))
    })
  }
})

describe('A passphrase', () => {
  const codeOf = async (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'ok',
      (error: unknown) => (error instanceof KeyFileError ? error.code : String(error)),
    )
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  let folder = ''

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-passphrase-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('comes from an environment variable', async () => {
    const read = await readPassphrase({ env: 'KEY_PASSPHRASE' }, { KEY_PASSPHRASE: SECRET })
    assert.equal(text(read.reveal()), SECRET)
  })

  for (const end of ['', '\n', '\r\n']) {
    it(`comes from a file that ends in ${JSON.stringify(end)}`, async () => {
      const file = join(folder, 'passphrase')
      await writeFile(file, `${SECRET}${end}`)
      assert.equal(text((await readPassphrase({ file })).reveal()), SECRET)
    })
  }

  it('keeps the white space that belongs to it', async () => {
    const file = join(folder, 'passphrase')
    await writeFile(file, ` ${SECRET} \n\n`)
    assert.equal(text((await readPassphrase({ file })).reveal()), ` ${SECRET} \n`)
  })

  it('is the same however a keyboard composes it', () => {
    const composed = passphraseFrom('Schlüsselblume').reveal()
    assert.deepEqual(passphraseFrom('Schlu\u0308sselblume').reveal(), composed)
  })

  it('has at least twelve characters', () => {
    assert.throws(() => passphraseFrom('elf zeichen'), { code: 'PASSPHRASE_TOO_SHORT' })
    assert.throws(() => passphraseFrom('😀'.repeat(11)), { code: 'PASSPHRASE_TOO_SHORT' })
    assert.doesNotThrow(() => passphraseFrom('zwölf zeiche'))
  })

  it('is not the content of a whole file named by mistake', async () => {
    const file = join(folder, 'passphrase')
    await writeFile(file, 'x'.repeat(2_000_000))
    assert.equal(await codeOf(readPassphrase({ file })), 'PASSPHRASE_TOO_LONG')
  })

  it('is missing where there is none', async () => {
    const missing = join(folder, 'missing')
    assert.equal(await codeOf(readPassphrase({ env: 'NONE' }, {})), 'PASSPHRASE_MISSING')
    assert.equal(await codeOf(readPassphrase({ env: 'NONE' }, { NONE: '' })), 'PASSPHRASE_MISSING')
    assert.equal(await codeOf(readPassphrase({ file: missing })), 'PASSPHRASE_MISSING')
    assert.equal(await codeOf(readPassphrase({ file: folder })), 'PASSPHRASE_MISSING')
  })

  it('has one source', async () => {
    assert.equal(await codeOf(readPassphrase({})), 'PASSPHRASE_SOURCE')
    assert.equal(await codeOf(readPassphrase({ env: 'A', file: 'b' })), 'PASSPHRASE_SOURCE')
  })

  it('does not show in JSON, in a log, in a text, or in the error that refuses it', () => {
    const read = passphraseFrom(SECRET)
    const shown = `${JSON.stringify({ read })} ${inspect(read, { depth: 9, showHidden: true })} ${read}`
    assert.ok(!shown.includes(SECRET))
    for (const refused of ['short secret'.slice(0, 11), 'long secret'.repeat(200)]) {
      assert.throws(
        () => passphraseFrom(refused),
        (error: unknown) => !inspect(error).includes('secret'),
      )
    }
  })

  it('hands out copies, so that who wipes one wipes no other', () => {
    const read = passphraseFrom(SECRET)
    read.reveal().fill(0)
    assert.equal(text(read.reveal()), SECRET)
  })
})

import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  checkDataIntegrity,
  checkJose,
  didDocument,
  generatePrivateJwk,
  generateSigner,
  type Passphrase,
  parseDid,
  passphraseFrom,
  readDidDocument,
  readKeyFile,
  readKeyFileLabel,
  secure,
  signerFromJwk,
  signerName,
  writeKeyFile,
} from '@battery-passport/keys'
import { CREATED, sampleCredential } from './sample.ts'

const DID = 'did:web:body.example:dids:assurance'

describe('A signer of a did:web', () => {
  it('speaks under its DID, with its Multikey as the name of the key', () => {
    const signer = generateSigner('Ed25519', DID)
    assert.equal(signer.did, DID)
    assert.equal(signer.verificationMethod, `${DID}#${signer.publicKey.multibase}`)
  })

  it('may give the key another name', () => {
    const signer = generateSigner('P-256', `${DID}#key-7`)
    assert.equal(signer.did, DID)
    assert.equal(signer.verificationMethod, `${DID}#key-7`)
  })

  for (const name of [
    'did:web:BODY.example',
    'did:web:127.0.0.1',
    'did:example:1',
    'did:web:body.example#',
    generateSigner().did,
    '',
  ]) {
    it(`has no name ${JSON.stringify(name)}`, () => {
      const jwk = generatePrivateJwk('Ed25519')
      assert.throws(() => signerFromJwk(jwk, name), /no canonical did:web/)
      assert.equal(signerName(generateSigner().publicKey, name), null)
    })
  }

  it('publishes a document in which a verifier finds its key', () => {
    for (const name of [DID, `${DID}#key-7`]) {
      const signer = generateSigner('Ed25519', name)
      const published = didDocument(signer.publicKey, {
        did: signer.did,
        url: signer.verificationMethod,
      })
      const reading = readDidDocument(JSON.parse(JSON.stringify(published)), signer.did)
      assert.ok(reading.ok)
      const { verificationMethod, assertionMethod } = reading.document
      assert.deepEqual(assertionMethod, [signer.verificationMethod])
      assert.equal(verificationMethod[0]?.publicKey, signer.publicKey)
    }
  })

  for (const [algorithm, form] of [
    ['Ed25519', 'eddsa-jcs-2022'],
    ['Ed25519', 'eddsa-rdfc-2022'],
    ['P-256', 'ecdsa-rdfc-2019'],
    ['Ed25519', 'vc+jwt'],
    ['P-256', 'vc+jwt'],
  ] as const) {
    it(`secures with ${form} of ${algorithm} what holds under its key alone`, async () => {
      const signer = generateSigner(algorithm, DID)
      const other = generateSigner(algorithm, DID)
      const secured = await secure(sampleCredential(signer), { signer, form, created: CREATED })
      const check = ({ publicKey }: typeof signer) =>
        secured.kind === 'compact'
          ? checkJose(secured.compact, { publicKey })
          : checkDataIntegrity(secured.document, { publicKey })
      assert.equal((await check(signer)).ok, true)
      assert.equal((await check(other)).ok, false)
    })
  }
})

describe('The key file of a did:web', () => {
  let folder: string
  let passphrase: Passphrase

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'web-key-'))
    passphrase = passphraseFrom('correct horse battery staple')
  })

  after(() => rm(folder, { recursive: true, force: true }))

  async function write(file: string, name?: string) {
    const path = join(folder, file)
    const jwk = generatePrivateJwk('Ed25519')
    const options = { jwk, passphrase, created: CREATED }
    const signer = await writeKeyFile(path, name === undefined ? options : { ...options, name })
    return { path, signer }
  }

  /** The file with other members that nothing but the passphrase protects. */
  async function change(path: string, members: object): Promise<void> {
    const file = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...file, ...members }))
  }

  it('is opened as it was written', async () => {
    const { path, signer } = await write('a.key.json', `${DID}#key-7`)
    const opened = await readKeyFile(path, passphrase)
    assert.equal(opened.did, DID)
    assert.equal(opened.verificationMethod, `${DID}#key-7`)
    assert.equal(opened.publicKey.multibase, signer.publicKey.multibase)
    const label = await readKeyFileLabel(path)
    assert.deepEqual([label.did, label.verificationMethod], [DID, `${DID}#key-7`])
  })

  const isMismatch = { code: 'KEY_FILE_DID_MISMATCH' }

  it('signs as nobody else when its DID is changed', async () => {
    const { path } = await write('b.key.json', DID)
    const did = 'did:web:other.example'
    await change(path, { did, verificationMethod: `${did}#key-1` })
    await assert.rejects(readKeyFile(path, passphrase), isMismatch)
  })

  it('signs under no other name when that of its key is changed', async () => {
    const { path } = await write('c.key.json', DID)
    await change(path, { verificationMethod: `${DID}#key-1` })
    await assert.rejects(readKeyFile(path, passphrase), isMismatch)
  })

  it('says no DID that its key has no name of', async () => {
    const { path } = await write('d.key.json', DID)
    await change(path, { did: 'did:web:other.example' })
    await assert.rejects(readKeyFileLabel(path), isMismatch)
  })

  it('does not become that of a did:key, nor the other way', async () => {
    const web = await write('e.key.json', DID)
    const { did } = signerName(web.signer.publicKey) ?? {}
    await change(web.path, { did, verificationMethod: undefined })
    await assert.rejects(readKeyFile(web.path, passphrase), isMismatch)
    const key = await write('f.key.json')
    await change(key.path, { did: DID, verificationMethod: `${DID}#key-1` })
    await assert.rejects(readKeyFile(key.path, passphrase), isMismatch)
  })

  it('leaves that of a did:key as it was', async () => {
    const { path, signer } = await write('g.key.json')
    const members = Object.keys(JSON.parse(await readFile(path, 'utf8')))
    assert.ok(!members.includes('verificationMethod'))
    assert.equal(
      (await readKeyFile(path, passphrase)).verificationMethod,
      signer.verificationMethod,
    )
    assert.ok(parseDid(signer.did) !== null)
  })
})

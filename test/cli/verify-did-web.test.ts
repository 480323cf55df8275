import assert from 'node:assert/strict'
import { digestOfDocument } from '@battery-passport/contexts'
import { didDocument, type Fetcher } from '@battery-passport/keys'
import { Consortium, type Party } from '../support/consortium.ts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport verify, of issuers with a did:web', () => {
  let folder: BuyerFolder
  let consortium: Consortium
  let presentation: string
  const policy = () => folder.at('web.policy.json')

  before(async () => {
    folder = await buyerFolder()
    consortium = await Consortium.assemble({ method: 'esg', didMethod: 'web' })
    presentation = await folder.write('web.json', await consortium.presentation())
  })
  beforeEach(() => folder.write('web.policy.json', consortium.policyDocument()))
  after(() => folder.remove())

  const documents = () =>
    Object.values(consortium.parties).map(({ signer }: Party) =>
      didDocument(signer.publicKey, { did: signer.did, url: signer.verificationMethod }),
    )
  const web: Fetcher = {
    async fetch(url) {
      const found = documents().find(
        ({ id }) => url === `https://${id.slice('did:web:'.length)}/.well-known/did.json`,
      )
      return found === undefined
        ? { ok: false, detail: 'expected status 200, found 404' }
        : { ok: true, bytes: new TextEncoder().encode(JSON.stringify(found)) }
    },
  }
  const nobody: Fetcher = { fetch: async (url) => assert.fail(`${url} was asked for`) }
  const verify = (fetcher: Fetcher, ...more: string[]) =>
    runCli(['verify', presentation, '--policy', policy(), '--json', ...more], { fetcher })

  const bulk = (fetcher: Fetcher, ...more: string[]) =>
    runCli(['verify', '--bulk', presentation, '--policy', policy(), '--json', ...more], { fetcher })

  it('asks no network unless it is told to, and leaves open what only that could say', async () => {
    const { code, out } = await verify(nobody)
    assert.equal(code, 2)
    assert.match(out, /"DID_UNRESOLVED"/)
    assert.match(out, /--resolve-web/)
  })

  it('asks for them with --resolve-web', async () => {
    const { code, out } = await verify(web, '--resolve-web')
    assert.equal(code, 0, out)
    assert.equal(parseJson(out).outcome, 'accepted')
  })

  it('asks for those of a delivery from one thread only', async () => {
    assert.equal((await bulk(nobody)).code, 2)
    assert.equal((await bulk(web, '--resolve-web')).code, 0)
    const { code, out, err } = await bulk(nobody, '--resolve-web', '--threads', '2')
    assert.equal(code, 64)
    assert.equal(out, '')
    assert.match(err, /from one thread only/)
  })

  it('asks nobody with --resolve-web for what the policy has, in itself or in files', async () => {
    const pins = await Promise.all(
      documents().map(async (document, index) => {
        if (index % 2 === 0) return { did: document.id, document }
        await folder.write(`dids/${index}.json`, document)
        const digestMultibase = digestOfDocument(document)
        return { did: document.id, file: `dids/${index}.json`, digestMultibase }
      }),
    )
    await folder.write('web.policy.json', consortium.policyDocument({ didDocuments: pins }))
    for (const more of [[], ['--resolve-web']]) {
      const { code, out } = await verify(nobody, ...more)
      assert.equal(code, 0, out)
    }
    for (const more of [[], ['--threads', '2']]) {
      const { code, out } = await bulk(nobody, ...more)
      assert.equal(code, 0, out)
    }
    const check = await runCli(['policy', 'check', policy()])
    assert.equal(check.code, 0, check.err)
    assert.doesNotMatch(check.out, /does not have its document/)
  })

  it('refuses a policy whose file is another document, or cannot be relied on', async () => {
    const [first, second] = documents()
    assert.ok(first !== undefined && second !== undefined)
    await folder.write('dids/did.json', second)
    for (const [document, message] of [
      [first, /The DID document file is not the one the policy names/],
      [second, /The DID document file cannot be relied on/],
    ] as const) {
      const digestMultibase = digestOfDocument(document)
      const didDocuments = [{ did: first.id, file: 'dids/did.json', digestMultibase }]
      await folder.write('web.policy.json', consortium.policyDocument({ didDocuments }))
      const { code, err } = await verify(nobody)
      assert.equal(code, 64)
      assert.match(err, message)
    }
  })
})

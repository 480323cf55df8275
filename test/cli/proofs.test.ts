import assert from 'node:assert/strict'
import { VC_CONTEXT } from '@battery-passport/contexts'
import { type AddProofOptions, addProof, generateSigner } from '@battery-passport/keys'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

const CREATED = '2026-10-01T00:00:00Z'
const ID = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544'

describe('battery-passport proofs', () => {
  let folder: BuyerFolder
  before(async () => {
    folder = await buyerFolder()
  })
  after(() => folder.remove())

  const issuer = generateSigner()
  const holder = generateSigner()
  const notary = generateSigner('P-256')
  const credential = {
    '@context': [VC_CONTEXT],
    type: ['VerifiableCredential'],
    issuer: issuer.did,
    credentialSubject: { id: 'https://plant.example/1' },
  }
  const add = <T extends object>(document: T, options: Partial<AddProofOptions> = {}) =>
    addProof(document, {
      signer: issuer,
      cryptosuite: 'eddsa-jcs-2022',
      created: CREATED,
      ...options,
    })
  const sealed = async () =>
    add(await add(credential, { id: ID }), {
      signer: notary,
      cryptosuite: 'ecdsa-rdfc-2019',
      previousProof: ID,
    })
  const run = async (content: object | string, ...more: readonly string[]) =>
    runCli(['proofs', await folder.write('document.json', content), ...more])
  const words = (report: string) => report.replace(/\s+/g, ' ')

  it('shows every proof of a chain with its own result', async () => {
    const { code, out } = await run(await sealed(), '--expect-issuer', issuer.did)
    assert.equal(code, 0, out)
    assert.match(out, /^VERIFIED: every proof holds\n/)
    assert.match(
      words(out),
      new RegExp(`holds /proof/0: eddsa-jcs-2022 by ${issuer.did}, at ${CREATED}`),
    )
    assert.match(
      words(out),
      new RegExp(`holds /proof/1: ecdsa-rdfc-2019 by ${notary.did}.* after ${ID}`),
    )
  })

  it('refuses a set with one bad proof, and says which, what was expected and what to do', async () => {
    const document = await sealed()
    const [first, second] = [document.proof].flat()
    const proof = [first, { ...second, created: '2026-09-30T00:00:00Z' }]
    const { code, out } = await run({ ...document, proof })
    assert.equal(code, 1)
    assert.match(out, /^REFUSED/)
    assert.match(words(out), /holds \/proof\/0: .* fails \/proof\/1: /)
    assert.match(
      words(out),
      /error: The signature does not hold\. .* where: .*document\.json \/proof\/1\/proofValue expected: .* found: .* to do: /,
    )
    const cut = await run({ ...document, proof: [second] }, '--json')
    assert.equal(cut.code, 1)
    assert.equal(parseJson(cut.out).outcome, 'refused')
    assert.match(cut.out, /https:\/\/w3id\.org\/security#PROOF_VERIFICATION_ERROR/)
  })

  it('verifies a presentation by the challenge and domain that were given', async () => {
    const presentation = {
      '@context': [VC_CONTEXT],
      type: ['VerifiablePresentation'],
      holder: holder.did,
      verifiableCredential: [await add(credential)],
    }
    const asked = { challenge: 'b7a1', domain: 'buyer.example' }
    const signed = await add(presentation, {
      signer: holder,
      proofPurpose: 'authentication',
      ...asked,
    })
    const answer = ['--challenge', 'b7a1', '--domain', 'buyer.example'] as const
    const { code, out } = await run(signed, ...answer, '--expect-issuer', holder.did)
    assert.equal(code, 0, out)
    assert.match(words(out), /credential of did:key:\w+ at \/verifiableCredential\/0 holds/)
    assert.equal((await run(signed, '--challenge', 'b7a2', '--domain', 'buyer.example')).code, 1)
    const open = await run(signed)
    assert.equal(open.code, 2)
    assert.match(open.out, /^INDETERMINATE/)
    assert.equal((await run(signed, ...answer, '--expect-purpose', 'assertionMethod')).code, 1)
    const { code: unsigned, out: note } = await run(presentation)
    assert.equal(unsigned, 0)
    assert.match(words(note), /note: The presentation is not signed/)
  })

  it('asks the network for a did:web where that is wanted alone', async () => {
    const did = 'did:web:issuer.example'
    const { proof } = await add({ ...credential, issuer: did })
    const document = {
      ...credential,
      issuer: did,
      proof: { ...proof, verificationMethod: `${did}#key-1` },
    }
    const path = await folder.write('web.json', document)
    assert.equal((await runCli(['proofs', path])).code, 2)
    const asked: string[] = []
    const fetcher = {
      fetch: async (url: string) => {
        asked.push(url)
        return { ok: false, detail: 'not there' } as const
      },
    }
    assert.equal((await runCli(['proofs', path, '--resolve-web'], { fetcher })).code, 2)
    assert.deepEqual(asked, ['https://issuer.example/.well-known/did.json'])
  })

  it('refuses what is no document of the W3C, and shows no character that acts', async () => {
    const { code, out } = await run('{}')
    assert.equal(code, 1)
    assert.match(words(out), /document .*A value is malformed/)
    const hostile = await run({ ...(await add(credential)), issuer: 'did:x:\u202e\u001b[31m' })
    assert.equal(hostile.code, 1)
    assert.ok(!hostile.out.includes('\u202e') && !hostile.out.includes('\u001b'))
  })

  it('tells wrong usage and files that are not there from a refusal', async () => {
    assert.equal((await runCli(['proofs', folder.at('nothing-here.json')])).code, 64)
    assert.equal((await run(credential, '--expect-purpose', 'other')).code, 64)
  })
})

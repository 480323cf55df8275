import assert from 'node:assert/strict'
import { CONTEXTS, pinnedContext, sha256 } from '@battery-passport/contexts'
import {
  checkDataIntegrity,
  decodeProofValue,
  encodeProofValue,
  generateSigner,
  KEY_OF_SUITE,
  parseProof,
  secureWithDataIntegrity,
} from '@battery-passport/keys'
import { cryptosuite as library } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { forbiddenValue } from '../../keys/forbidden-value.ts'
import { assertContexts } from '../../keys/json-ld.ts'
import { rdfcHashData } from '../../keys/rdfc-hash.ts'
import { credentialsOfEveryType, type Members, oneOfEachType } from './every-type.ts'
import { verifyWithLibrary } from './library.ts'
import { CREATED } from './sample.ts'

/** What becomes of the value of a field. */
const CHANGES: readonly ((value: unknown) => unknown)[] = [
  () => undefined,
  () => '',
  (value) => [value],
  () => null,
  () => 'relative',
  () => ({ id: 'urn:a:1' }),
  () => [],
  () => 7,
  (value) => [value, value],
  () => 'urn:a:1',
  () => 'http://[',
  () => ({ id: 'http://[', type: 'Battery' }),
  () => ({}),
  () => '2026-02-30T00:00:00Z',
  () => ({ id: 'relative', type: 'Battery' }),
  () => '2026-01-01T24:00:00Z',
  () => [{ id: 'urn:a:1', type: 'Battery' }],
  () => true,
  () => 1.5,
  () => ({ '@context': CONTEXTS[0] }),
]

/** Members that the library has rules for, and some it has none for. */
const MEMBERS: readonly Members[] = [
  { evidence: 'urn:a:1' },
  { evidence: 'http://[' },
  { evidence: { id: 'urn:a:1', type: 'Battery', name: 'x' } },
  { evidence: [{ type: 'Battery', name: 'x' }] },
  { evidence: [] },
  { termsOfUse: 'urn:a:1' },
  { termsOfUse: { id: 'urn:a:1' } },
  { termsOfUse: { id: 'urn:a:1', type: 'Battery' } },
  { refreshService: { id: 'urn:a:1', type: 'Battery' } },
  { issuanceDate: '2026-01-01T00:00:00Z' },
  { expirationDate: 'never' },
  { credentialSchema: { id: 'urn:a:1', type: 'Battery' } },
  { name: 'x' },
  { bogus: 'x' },
]

const STATUS = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }

const TYPES: readonly unknown[] = [
  ['BatteryPassport'],
  'BatteryPassport',
  ['VerifiableCredential'],
  'VerifiableCredential',
  ['BatteryPassport', 'VerifiableCredential'],
  ['VerifiablePresentation'],
  undefined,
]

/** Proofs that say something else. */
const PROOFS: readonly Members[] = [
  { created: undefined },
  { created: '2026-11-23T12:00:01Z' },
  { created: '2026-11-23T12:00:00.000Z' },
  { created: '2026-11-23T12:00:00+00:00' },
  { created: '2026-02-30T12:00:00Z' },
  { created: 'now' },
  { created: [CREATED] },
  { expires: '2026-11-24T12:00:00Z' },
  { expires: 'soon' },
  { domain: 'a.example' },
  { challenge: '1' },
  { nonce: '1' },
  { id: 'urn:a:1' },
  { previousProof: 'urn:a:1' },
  { bogus: 'x' },
  { proofPurpose: 'authentication' },
  { proofPurpose: undefined },
  { proofPurpose: ['assertionMethod'] },
  { verificationMethod: 'did:example:other#key' },
  { verificationMethod: undefined },
  { cryptosuite: 'eddsa-rdfc-2022' },
  { cryptosuite: 'ecdsa-rdfc-2019' },
  { cryptosuite: 'eddsa-jcs-2022' },
  { cryptosuite: 'bbs-2023' },
  { cryptosuite: undefined },
  { type: 'Ed25519Signature2020' },
  { type: ['DataIntegrityProof'] },
  { '@context': CONTEXTS },
  { '@context': [...CONTEXTS].reverse() },
  { '@context': CONTEXTS[0] },
  { '@context': 'https://w3id.org/security/data-integrity/v2' },
]

const CONTEXT_LISTS: readonly unknown[] = [
  [...CONTEXTS].reverse(),
  [CONTEXTS[0]],
  [CONTEXTS[1]],
  CONTEXTS[0],
  [...CONTEXTS, CONTEXTS[1]],
  [...CONTEXTS, 'https://w3id.org/security/data-integrity/v2'],
  ['https://www.w3.org/2018/credentials/v1', CONTEXTS[1]],
  [...CONTEXTS, { name: 'urn:a:name' }],
  [CONTEXTS],
  [],
  undefined,
]

for (const cryptosuite of ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019'] as const) {
  describe(`Our ${cryptosuite} and that of @digitalbazaar/vc`, function () {
    this.timeout(120_000)
    const signer = generateSigner(KEY_OF_SUITE[cryptosuite])
    const { publicKey } = signer
    const seen = { here: 0, accepted: 0, refused: 0, guarded: 0 }
    let documents: readonly Members[]

    before(async () => {
      const unsigned = oneOfEachType(await credentialsOfEveryType()).map(
        ({ proof: _, ...others }) => ({ ...others, '@context': CONTEXTS, issuer: signer.did }),
      )
      const options = { signer, cryptosuite, created: CREATED }
      documents = await Promise.all(
        unsigned.map(async (each) => ({ ...(await secureWithDataIntegrity(each, options)) })),
      )
    })

    /** What our guards refuse before any statement is read, and the library does not. */
    function isGuarded(document: Members): boolean {
      try {
        assertContexts(document, pinnedContext)
        return (
          !parseProof(document.proof, document['@context']).ok ||
          document.issuer !== signer.did ||
          forbiddenValue(document) !== null
        )
      } catch {
        return true
      }
    }

    /** Both say the same, but for what our guards refuse. */
    async function assertTheSame(document: Members): Promise<boolean> {
      const ours = await checkDataIntegrity(document, { publicKey })
      const theirs = await verifyWithLibrary(document, signer, cryptosuite)
      const guarded = isGuarded(document)
      const text = () => JSON.stringify([ours, theirs, guarded, document]).slice(0, 3000)
      assert.equal(ours.ok, theirs && !guarded, text())
      const { proof, ...unsecured } = document
      const parts = parseProof(proof, unsecured['@context'])
      if (parts.ok && !guarded && rdfcHashData(unsecured, parts.proof) !== null) seen.here += 1
      seen[guarded ? 'guarded' : ours.ok ? 'accepted' : 'refused'] += 1
      return ours.ok
    }

    /** Signed anew whatever it says, if it has a canonical form. */
    async function signedAnew(document: Members): Promise<Members> {
      const { proof, ...unsecured } = structuredClone(document)
      const { proofValue: _, ...options }: Members = { ...Object(proof) }
      const context = document['@context']
      try {
        const hashes = [{ '@context': context, ...options }, unsecured].map(async (each) =>
          sha256(await library.canonize(each, { documentLoader })),
        )
        const signature = await signer.sign(Buffer.concat(await Promise.all(hashes)))
        return { ...unsecured, proof: { ...options, proofValue: encodeProofValue(signature) } }
      } catch {
        return document
      }
    }

    it('accept honest credentials of all types, and ours without asking the library', async () => {
      assert.equal(documents.length, 7)
      seen.here = 0
      for (const document of documents) assert.equal(await assertTheSame(document), true)
      assert.equal(seen.here, 7)
    })

    it('say the same of every field that is changed, signed anew or not', async () => {
      Object.assign(seen, { here: 0, accepted: 0, refused: 0, guarded: 0 })
      let turn = 0
      for (const document of documents) {
        for (const path of fieldsOf(document)) {
          const forged = changed(document, path, (value) =>
            typeof value === 'string' ? `${value}1` : 'urn:a:1',
          )
          // What the signature covers, it covers whole; of that much the library need not tell.
          const check = await checkDataIntegrity(forged, { publicKey })
          assert.equal(check.ok, false, path.join('/'))
          // The library has rules for the fields at the top; below, they are all alike to it.
          const times = path.length > 1 ? 1 : document === documents[0] ? CHANGES.length : 4
          for (let time = 0; time < times; time++) {
            const change = CHANGES[turn++ % CHANGES.length] ?? String
            await assertTheSame(await signedAnew(changed(document, path, change)))
          }
        }
      }
      const { here, accepted, refused } = seen
      assert.ok(here > 150 && accepted > 150 && refused > 150, JSON.stringify(seen))
    })

    it('say the same of what has other members, or is no credential', async () => {
      const [document = {}] = documents
      const { id, issuer, credentialSubject } = document
      const bare = { '@context': CONTEXTS, id, issuer, credentialSubject, proof: document.proof }
      for (const other of [
        ...MEMBERS.map((members) => ({ ...document, ...members })),
        ...TYPES.map((type) => ({ ...bare, type })),
        { ...bare, type: 'VerifiableCredential', credentialSubject: [credentialSubject] },
        // Absolute IRIs, but no URLs.
        { ...document, id: 'http://[' },
        { ...document, credentialSubject: { ...Object(credentialSubject), id: 'http://[' } },
        { ...document, credentialStatus: { ...STATUS, id: 'http://[' } },
        { ...document, credentialStatus: [STATUS, { ...STATUS, id: 'http://[' }] },
        { ...document, credentialStatus: [STATUS, 'urn:a:1'] },
        { ...document, credentialStatus: { id: 'urn:a:1', statusPurpose: 'revocation' } },
      ]) {
        await assertTheSame(other)
        await assertTheSame(await signedAnew(other))
      }
    })

    it('say the same of proofs that say something else, signed anew or not', async () => {
      const [document = {}] = documents
      for (const members of PROOFS) {
        const proof = without({ ...Object(document.proof), ...members })
        await assertTheSame({ ...document, proof })
        await assertTheSame(await signedAnew({ ...document, proof }))
        await assertTheSame({ ...document, proof: [proof] })
      }
    })

    it('say the same of other contexts, signed anew or not', async () => {
      for (const document of documents) {
        for (const context of CONTEXT_LISTS) {
          const other = without({ ...document, '@context': context })
          await assertTheSame(other)
          await assertTheSame(await signedAnew(other))
        }
      }
    })

    it('refuse a signature of which a bit is another', async () => {
      const [document = {}] = documents
      const { proofValue, ...options } = Object(document.proof)
      for (let bit = 0; bit < 512; bit += 11) {
        const signature = decodeProofValue(proofValue) ?? new Uint8Array()
        signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const proof = { ...options, proofValue: encodeProofValue(signature) }
        assert.equal(await assertTheSame({ ...document, proof }), false)
      }
    })

    it('refuse the signature of another document and of another key', async () => {
      const other = generateSigner(KEY_OF_SUITE[cryptosuite])
      for (const [index, document] of documents.entries()) {
        const { proof } = documents[(index + 1) % documents.length] ?? {}
        assert.equal(await assertTheSame({ ...document, proof }), false)
        const check = await checkDataIntegrity(document, { publicKey: other.publicKey })
        assert.equal(check.ok, false)
      }
    })

    if (cryptosuite === 'ecdsa-rdfc-2019') {
      it('accept both forms of a signature', async () => {
        const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
        for (const document of documents) {
          const { proofValue, ...options } = Object(document.proof)
          const signature = Buffer.from(decodeProofValue(proofValue) ?? [])
          const s = order - BigInt(`0x${signature.subarray(32).toString('hex')}`)
          signature.write(s.toString(16).padStart(64, '0'), 32, 'hex')
          const proof = { ...options, proofValue: encodeProofValue(signature) }
          assert.equal(await assertTheSame({ ...document, proof }), true)
        }
      })
    }
  })
}

const documentLoader = async (url: string) => pinnedContext(url)

type Path = readonly string[]

/** Where every field of a document is; of a list, those of its first item of each form. */
function fieldsOf({ proof: _, '@context': __, ...document }: Members): readonly Path[] {
  const fields = new Map<string, Path>()
  const visit = (value: unknown, path: Path) => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) {
      const at = [...path, key]
      const form = at.map((step) => (/^\d+$/.test(step) ? '*' : step)).join('/')
      if (!fields.has(form)) fields.set(form, at)
      visit(member, at)
    }
  }
  visit(document, [])
  return [...fields.values()]
}

function changed(document: Members, path: Path, change: (value: unknown) => unknown): Members {
  const copy = structuredClone(document)
  const holder = path.slice(0, -1).reduce<object>((at, step) => Object(Reflect.get(at, step)), copy)
  const last = path.at(-1) ?? ''
  Reflect.set(holder, last, change(Reflect.get(holder, last)))
  // Through JSON: what is undefined is left out.
  return JSON.parse(JSON.stringify(copy))
}

function without(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

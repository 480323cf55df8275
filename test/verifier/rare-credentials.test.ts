import assert from 'node:assert/strict'
import { toBase64url } from '@battery-passport/contexts'
import {
  type CredentialVerdict,
  createVerifier,
  decodeInput,
  type Finding,
  LIMITS,
  parsePolicy,
  pinnedFiles,
  webDidResolver,
} from '@battery-passport/verifier'
import { pinnedDocumentFault, pinnedResolver } from '../../verifier/policy/pinned-did-documents.ts'
import {
  Consortium,
  clockAt,
  presentationOf,
  type Signed,
  signedDocument,
} from '../support/consortium.ts'

type Found = { readonly findings: readonly Finding[] }

function grave({ findings }: Found): string[] {
  const found = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(found.map(({ code }) => code))].sort()
}

const encode = (text: string) => new TextEncoder().encode(text)

describe('a credential by itself, of the seldom kind', () => {
  let consortium: Consortium
  let rest: Uint8Array

  before(async () => {
    consortium = await Consortium.assemble()
    rest = await consortium.presentation({ lists: await consortium.statusLists() })
  })

  const verify = (bytes: Uint8Array, policy: object = {}): Promise<CredentialVerdict> =>
    consortium.verifier({ ...policy }).verifyCredential(bytes, { with: [rest] })

  it('is refused where its chain of accreditations is deeper than the policy allows', async () => {
    const [attestation] = consortium.attestations
    const climate = consortium.accreditations.get('climateBody')
    const above = await consortium.custodyAccreditation()
    assert.ok(attestation !== undefined && climate !== undefined)
    const accreditation = await consortium.accreditation(consortium.parties.productBody, {
      subject: { accreditedBy: climate.reference },
    })
    const custody = await consortium.custody(accreditation)
    const added = presentationOf([accreditation, above])
    for (const [bytes, chainDepth] of [
      [attestation.bytes, 1],
      [custody.bytes, 2],
      // It is one of them itself.
      [accreditation.bytes, 2],
    ] as const) {
      const asked = { with: [rest, added] }
      const verifier = consortium.verifier({ limits: { chainDepth } })
      assert.deepEqual(grave(await verifier.verifyCredential(bytes, asked)), ['CHAIN_DEPTH'])
      const deeper = consortium.verifier({ limits: { chainDepth: chainDepth + 1 } })
      const { findings } = await deeper.verifyCredential(bytes, asked)
      assert.ok(findings.every(({ code }) => code !== 'CHAIN_DEPTH'))
    }
  })

  it('is no identity where it was changed after it was signed: nothing else is asked', async () => {
    const identity = consortium.identities.get('packMaker')
    assert.ok(identity !== undefined)
    const { document, issuer, credential } = identity.secured
    const changed = signedDocument('RegisteredIdentity', {
      ...document,
      '@context': credential['@context'],
      id: identity.id,
      issuer,
      validUntil: '2020-01-01T00:00:00Z',
    })
    assert.deepEqual(grave(await verify(changed.bytes)), ['PROOF_INVALID'])
    assert.deepEqual(grave(await verify(identity.bytes)), [])
  })

  it('is no identity by one who is no registrar of the policy', async () => {
    const { packMaker, miner } = consortium.parties
    const stranger = await consortium.identity(packMaker, {
      credential: {
        issuer: miner.did,
        credentialStatus: consortium.board.entriesFor(miner, 'urn:x:other'),
      },
      signer: miner.signer,
    })
    const verdict = await verify(stranger.bytes)
    assert.ok(grave(verdict).includes('ANCHOR_UNKNOWN'))
    assert.ok(verdict.findings.some(({ found }) => found === miner.did))
  })

  it('may be dated back where the anchor it rests on has ended since', async () => {
    const { schemeOwner, registrar } = consortium.parties
    const anchored = (validUntil: string) => ({
      anchors: [
        {
          did: schemeOwner.did,
          role: 'scheme-owner',
          validFrom: '2020-01-01T00:00:00Z',
          validUntil,
        },
        { did: registrar.did, role: 'registrar', validFrom: '2020-01-01T00:00:00Z', validUntil },
      ],
    })
    const ended = anchored('2026-01-01T00:00:00Z')
    for (const signed of [
      consortium.accreditations.get('accreditationBody'),
      consortium.accreditations.get('climateBody'),
      consortium.identities.get('packMaker'),
    ]) {
      assert.ok(signed !== undefined)
      assert.deepEqual(grave(await verify(signed.bytes, anchored('2039-12-31T23:59:59Z'))), [])
      assert.deepEqual(grave(await verify(signed.bytes, ended)), ['TIME_UNPROVEN'])
      const current = { ...ended, requireCurrent: true }
      assert.deepEqual(grave(await verify(signed.bytes, current)), ['NOT_CURRENT'])
      const believed = await verify(signed.bytes, { ...ended, acceptSelfAssertedTime: true })
      assert.equal(believed.outcome, 'accepted')
      assert.ok(believed.findings.some(({ code }) => code === 'ENDED_SINCE'))
    }
  })

  it('is genuine where it has no status of its own: a status list', async () => {
    const [list] = await consortium.statusLists()
    assert.ok(list !== undefined)
    assert.equal((await verify(list.bytes)).outcome, 'accepted')
  })

  it('makes the attestations beside it no worse, and is told, where it cannot be read', async () => {
    const [first] = consortium.attestations
    assert.ok(first !== undefined)
    const text = new TextDecoder().decode(await consortium.presentation())
    const broken = text.replace('"country"', '"kountry"')
    assert.notEqual(broken, text)
    const verdict = await consortium.verifier().verifyAttestations(encode(broken))
    assert.equal(verdict.outcome, 'rejected')
    assert.ok(verdict.findings.some(({ code, pointer }) => code === 'SCHEMA' && pointer !== ''))
  })

  it('is held to the depth of its chain also where it renews another', async () => {
    const { climateBody } = consortium.parties
    const attestation = consortium.attestations.find(
      ({ secured }) => secured.issuer === climateBody.did,
    )
    const honest = consortium.accreditations.get('climateBody')
    const social = consortium.accreditations.get('socialBody')
    assert.ok(attestation !== undefined && honest !== undefined && social !== undefined)
    const successor = consortium.parties.miner
    // It names who speaks after the body, and rests on one more accreditation than the policy allows.
    const middle = await consortium.accreditation(consortium.parties.accreditationBody, {
      credential: { id: 'https://schemeowner.example/accreditations/middle' },
    })
    const renewal = (accreditedBy: Signed) =>
      consortium.accreditation(climateBody, {
        credential: { id: `${honest.id}/renewed` },
        subject: { statusSuccessor: successor.did, accreditedBy: accreditedBy.reference },
      })
    const lists = await consortium.board.lists(
      climateBody,
      {},
      {
        credential: { issuer: successor.did },
        signer: successor.signer,
      },
    )
    const others = (await consortium.statusLists()).filter(
      ({ secured }) => secured.issuer !== climateBody.did,
    )
    const asked = async (above: Signed, chainDepth: number) => {
      const chain = [...consortium.accreditations.values(), middle, await renewal(above)]
      const presentation = presentationOf([attestation, ...chain, ...lists, ...others])
      const verifier = consortium.verifier({ limits: { chainDepth } })
      return grave(await verifier.verifyCredential(presentation))
    }
    assert.deepEqual(await asked(middle, 2), [])
    const deep = await consortium.accreditation(consortium.parties.accreditationBody, {
      credential: {
        id: 'https://schemeowner.example/accreditations/deep',
        issuer: consortium.parties.accreditationBody.did,
      },
      signer: consortium.parties.accreditationBody.signer,
      subject: { accreditedBy: middle.reference },
    })
    const chain = [...consortium.accreditations.values(), middle, deep, await renewal(deep)]
    const presentation = presentationOf([attestation, ...chain, ...lists, ...others])
    const verifier = consortium.verifier({ limits: { chainDepth: 2 } })
    assert.deepEqual(grave(await verifier.verifyCredential(presentation)), ['STATUS_LIST_INVALID'])
  })
})

describe('an input that is nearly what it should be', () => {
  const b64 = (value: unknown) => toBase64url(encode(JSON.stringify(value)))
  let kid: string
  let consortium: Consortium

  before(async () => {
    consortium = await Consortium.assemble({ form: 'vc+jwt' })
    kid = consortium.parties.climateBody.signer.verificationMethod
  })

  const jwt = (payload: unknown) =>
    encode(
      `${b64({ alg: 'EdDSA', cty: 'vc', kid, typ: 'vc+jwt' })}.${b64(payload)}.${toBase64url(new Uint8Array(64))}`,
    )
  const codesOf = (bytes: Uint8Array) => {
    const { documents, findings } = decodeInput(bytes)
    const own = documents.flatMap((document) => (document.ok ? [] : document.findings))
    return [...findings, ...own].map(({ code, pointer }) => `${code} ${pointer}`.trim())
  }

  it('is no JWT where its payload is no object, or no credential', () => {
    assert.deepEqual(codesOf(jwt([1])), ['SCHEMA'])
    assert.deepEqual(codesOf(jwt('a credential')), ['SCHEMA'])
    const [, ...others] = codesOf(jwt({ iat: 1 }))
    assert.deepEqual(others, ['SCHEMA /type'])
    assert.deepEqual(codesOf(jwt({ iat: -1 })).at(-1), 'PROOF_TIME /iat')
    assert.deepEqual(codesOf(jwt({ iat: 253_402_300_800 })).at(-1), 'PROOF_TIME /iat')
    assert.deepEqual(codesOf(jwt({ iat: '1' })).at(-1), 'PROOF_TIME /iat')
  })

  it('is no JWT where it is longer than any may be: it is not even decoded', () => {
    const most = LIMITS.envelopedPassportBytes
    const long = (length: number) => encode(`eyJ${'A'.repeat(length - 3)}`)
    assert.deepEqual(codesOf(long(most + 1)), ['LIMIT_EXCEEDED'])
    assert.deepEqual(codesOf(long(most)), ['JSON_INVALID'])
  })

  it('is no attestation where its JWT is longer than that of a credential may be', async () => {
    const [spec] = consortium.specs
    assert.ok(spec !== undefined)
    const subject = consortium.attestedSubject(spec)
    assert.ok(Array.isArray(subject.evidenceFiles))
    const file: object = subject.evidenceFiles[0]
    const named = (index: number) => ({
      ...file,
      id: `urn:uuid:00000000-0000-4000-8000-${`${index}`.padStart(12, '0')}`,
      name: 'A'.repeat(400),
    })
    const many = Array.from({ length: 200 }, (_, index) => named(index))
    const { bytes } = await consortium.attestation(spec, {
      subject: { evidenceFiles: [file, ...many] },
    })
    assert.ok(bytes.length > LIMITS.envelopedCredentialBytes)
    assert.ok(bytes.length <= LIMITS.envelopedPassportBytes)
    assert.ok(codesOf(bytes).includes('LIMIT_EXCEEDED'), codesOf(bytes).join())
  })

  it('is no presentation where its credentials are no list of objects', () => {
    for (const credentials of ['"one"', '1', '{}', '["one"]', '[["one"]]', '[1]']) {
      const text = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":${credentials}}`
      const codes = codesOf(encode(text))
      assert.ok(codes.length > 0, credentials)
      assert.ok(
        codes.every((code) => code.startsWith('SCHEMA /verifiableCredential')),
        codes.join(),
      )
    }
  })
})

describe('a resolver', () => {
  const failing = { resolve: () => Promise.reject(new Error('asked of the others')) }

  it('of the web asks for no DID that is not in its canonical form', async () => {
    const fetcher = {
      fetch: () => Promise.reject(new Error('fetched')),
    }
    const resolver = webDidResolver({ fetcher, clock: clockAt() })
    for (const did of ['did:web:Body.example', 'did:web:', 'did:web:body.example:']) {
      const resolution = await resolver.resolve(did)
      assert.ok(!resolution.ok)
      assert.equal(resolution.code, 'DID_NOT_CANONICAL', did)
    }
  })

  it('of pinned documents has none for what cannot be read, and asks nobody else', async () => {
    const document = { id: 'did:web:body.example' }
    const none = { digestMultibase: 'zQm', validFrom: null, validUntil: null }
    for (const [did, pinned] of [
      ['no DID', document],
      ['did:web:body.example', 7],
      ['did:web:body.example', { id: 'did:web:other.example' }],
    ] as const) {
      const resolver = pinnedResolver([{ did, document: pinned, ...none }], [], failing)
      const resolution = await resolver.resolve(did)
      assert.ok(!resolution.ok)
      assert.equal(resolution.code, 'DID_UNRESOLVED')
      assert.match(resolution.detail, /pinned/)
    }
  })

  it('of pinned documents takes no document for what is no DID', () => {
    const fault = pinnedDocumentFault('no DID', { id: 'no DID' })
    assert.deepEqual(fault, { pointer: '', expected: null, detail: 'its DID cannot be read' })
  })
})

describe('the files that a policy names', () => {
  it('are its methods, rulebooks and DID documents, these with whose they are', async () => {
    const consortium = await Consortium.assemble()
    const { method, digestMultibase } = consortium.method
    const did = 'did:web:body.example'
    const parsed = parsePolicy(
      consortium.policyDocument({
        methods: [{ key: method.key, version: method.version, digestMultibase, file: 'm.json' }],
        rulebooks: [{ digestMultibase, file: 'r.json' }, { digestMultibase }],
        didDocuments: [{ did, digestMultibase, file: 'd.json' }],
      }),
    )
    assert.ok(parsed.ok, JSON.stringify(parsed))
    assert.deepEqual(
      pinnedFiles(parsed.policy).map(({ kind, pointer, did }) => [kind, pointer, did]),
      [
        ['method', '/methods/0', undefined],
        ['rulebook', '/rulebooks/0', undefined],
        ['did-document', '/didDocuments/0', did],
      ],
    )
    assert.deepEqual(pinnedFiles(consortium.policy()), [])
    assert.ok(createVerifier({ policy: parsed.policy, clock: clockAt() }))
  })
})

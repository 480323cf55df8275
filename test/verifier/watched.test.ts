import assert from 'node:assert/strict'
import {
  type DidDocument,
  didKeyResolver,
  generateSigner,
  type Resolution,
  type Resolver,
} from '@battery-passport/keys'
import { decodeInput, finding } from '@battery-passport/verifier'
import { watchDocuments } from '../../verifier/memory/watched-documents.ts'
import { watchResolver } from '../../verifier/memory/watched-resolver.ts'
import { watchSeen } from '../../verifier/memory/watched-seen.ts'
import { watchTimes } from '../../verifier/memory/watched-times.ts'
import type { DecodedDocument } from '../../verifier/reading/decoded-document.ts'
import { indexDocuments } from '../../verifier/reading/documents.ts'
import { LIMITS } from '../../verifier/reading/limits.ts'
import type { SeenLists } from '../../verifier/status/seen-lists.ts'
import { Consortium } from '../support/consortium.ts'

describe('documents that note what they were asked', () => {
  let first: DecodedDocument
  let second: DecodedDocument
  let subject: string
  let id: string
  const index = (...documents: readonly DecodedDocument[]) => indexDocuments(documents, LIMITS)
  /** Two credentials of one id about one subject, and what tells them apart. */
  before(async () => {
    const consortium = await Consortium.assemble()
    const { climateBody } = consortium.parties
    const one = await consortium.identity(climateBody, { created: '2026-09-01T00:00:00Z' })
    const other = await consortium.identity(climateBody, { created: '2026-09-02T00:00:00Z' })
    const [a] = decodeInput(one.bytes).documents
    const [b] = decodeInput(other.bytes).documents
    assert.ok(a?.ok && b?.ok)
    first = a
    second = b
    id = a.secured.id
    subject = a.secured.credential.credentialSubject.id
    assert.equal(b.secured.id, id)
  })
  const unread = (document: DecodedDocument): DecodedDocument => {
    assert.ok(document.ok)
    const { digestMultibase, id, type } = document.secured
    const details = { credential: id, pointer: '', detail: 'It is so.', expected: 'a', found: 'b' }
    const findings = [finding('SCHEMA', details)] as const
    return { ok: false, id, type, digestMultibase, findings, pointer: '' }
  }

  it('answer as the documents themselves', () => {
    const documents = index(first, second)
    const watched = watchDocuments(documents).documents
    assert.equal(watched.all, documents.all)
    assert.equal(watched.crowded, documents.crowded)
    assert.equal(watched.byId(id), documents.byId(id))
    assert.equal(watched.bySubject(subject), documents.bySubject(subject))
    assert.deepEqual(watched.byId('urn:nobody'), [])
  })

  it('agree with all others until they are asked', () => {
    const { agreesWith } = watchDocuments(index(first))
    assert.equal(agreesWith(index()), true)
    assert.equal(agreesWith(index(second)), true)
  })

  for (const [way, ask] of [
    ['by id', (watched: ReturnType<typeof index>) => watched.byId(id)],
    ['by subject', (watched: ReturnType<typeof index>) => watched.bySubject(subject)],
  ] as const) {
    it(`agree with those alone that answer the same, asked ${way}`, () => {
      const asked = (...documents: readonly DecodedDocument[]) => {
        const { documents: watched, agreesWith } = watchDocuments(index(...documents))
        ask(watched)
        ask(watched)
        return agreesWith
      }
      assert.equal(asked(first)(index(first)), true)
      assert.equal(asked(first)(index(second)), false)
      assert.equal(asked(first)(index(first, second)), false)
      assert.equal(asked(first, second)(index(first)), false)
      assert.equal(asked(first)(index()), false)
      assert.equal(asked()(index(first)), false)
      assert.equal(asked()(index()), true)
      assert.equal(asked(first, second)(index(first, second)), true)
      assert.equal(asked(first, second)(index(second, first)), false)
    })
  }

  it('agree with nothing that answers one of several questions otherwise', () => {
    const { documents, agreesWith } = watchDocuments(index(first))
    documents.byId('urn:nobody')
    documents.byId(id)
    documents.bySubject(subject)
    assert.equal(agreesWith(index(first)), true)
    assert.equal(agreesWith({ ...index(first), byId: index(second).byId }), false)
    assert.equal(agreesWith({ ...index(first), bySubject: index(second).bySubject }), false)
    assert.equal(agreesWith({ ...index(first), byId: () => index(first).byId(id) }), false)
  })

  it('tell a document that was not read from one that was, of the same digest', () => {
    const { documents, agreesWith } = watchDocuments(index(unread(first)))
    documents.byId(id)
    assert.equal(agreesWith(index(first)), false)
    assert.equal(agreesWith(index(unread(first))), true)
    assert.equal(agreesWith(index(unread(second))), false)
  })
})

describe('a resolver that notes what it was asked', () => {
  const resolver = didKeyResolver()
  let did: string
  let document: DidDocument
  before(async () => {
    did = generateSigner('Ed25519').did
    const resolution = await resolver.resolve(did)
    assert.ok(resolution.ok)
    document = resolution.document
  })
  const giving = (...documents: readonly (DidDocument | null)[]): Resolver => {
    const rest = [...documents]
    return {
      async resolve(): Promise<Resolution> {
        const document = rest.length > 1 ? rest.shift() : rest[0]
        return document
          ? { ok: true, document }
          : { ok: false, code: 'DID_UNRESOLVED', detail: 'Nobody answers.' }
      },
    }
  }
  const copy = (): DidDocument => ({ ...document })

  it('gives what it is given', async () => {
    const watched = watchResolver(giving(document))
    assert.deepEqual(await watched.resolver.resolve(did), { ok: true, document })
    const silent = watchResolver(giving(null))
    assert.equal((await silent.resolver.resolve(did)).ok, false)
  })

  it('agrees with one that gives the very document, and with any before it was asked', async () => {
    const { resolver: watched, agreesWith } = watchResolver(giving(document))
    assert.equal(await agreesWith(giving(null)), true)
    await watched.resolve(did)
    await watched.resolve(did)
    assert.equal(await agreesWith(giving(document)), true)
    assert.equal(await agreesWith(giving(copy())), false)
    assert.equal(await agreesWith(giving(null)), false)
  })

  it('agrees with nobody where nothing was answered', async () => {
    const { resolver: watched, agreesWith } = watchResolver(giving(null))
    await watched.resolve(did)
    assert.equal(await agreesWith(giving(null)), false)
    assert.equal(await agreesWith(giving(document)), false)
  })

  it('agrees with nobody where one question was answered in two ways', async () => {
    const other = copy()
    for (const [before, after] of [
      [document, other],
      [document, null],
      [null, document],
    ] as const) {
      const { resolver: watched, agreesWith } = watchResolver(giving(before, after))
      await watched.resolve(did)
      await watched.resolve(did)
      assert.equal(await agreesWith(giving(before)), false)
      assert.equal(await agreesWith(giving(after)), false)
    }
  })
})

describe('a memory of lists that notes what it was asked', () => {
  const list = { issuer: 'did:a', id: 'urn:list' }
  const knowing = (newest: number | null): SeenLists => ({ newest: () => newest })

  it('tells what it is told, and agrees with who tells the same', () => {
    const { seen, agreesWith } = watchSeen(knowing(7))
    assert.equal(agreesWith(knowing(8)), true)
    assert.equal(seen?.newest(list), 7)
    assert.equal(agreesWith(knowing(7)), true)
    assert.equal(agreesWith(knowing(8)), false)
    assert.equal(agreesWith(knowing(null)), false)
    assert.equal(agreesWith(null), false)
  })

  it('asks about the list that it was asked about', () => {
    const asked: object[] = []
    const noting: SeenLists = {
      newest(name) {
        asked.push(name)
        return null
      },
    }
    const { seen, agreesWith } = watchSeen(noting)
    seen?.newest(list)
    agreesWith(noting)
    assert.deepEqual(asked, [list, list])
  })

  it('agrees with nobody else where one of its answers is another', () => {
    const { seen, agreesWith } = watchSeen(knowing(7))
    const other = { ...list, id: 'urn:other' }
    seen?.newest(list)
    seen?.newest(other)
    const telling = { newest: ({ id }: { readonly id: string }) => (id === other.id ? 8 : 7) }
    assert.equal(agreesWith(telling), false)
  })

  it('is none where there was none, and agrees with none alone', () => {
    const { seen, agreesWith } = watchSeen(null)
    assert.equal(seen, null)
    assert.equal(agreesWith(null), true)
    assert.equal(agreesWith(knowing(7)), false)
    assert.equal(watchSeen(knowing(7)).agreesWith(null), false)
  })
})

describe('proven times that note what they were asked', () => {
  const proving = (...digests: readonly string[]) => ({
    proveBy: (digest: string, instant: number) => digests.includes(digest) && instant === 7,
  })

  it('prove what is proven, and agree with who proves as much', () => {
    const { times, agreesWith } = watchTimes(proving('zA'))
    assert.equal(agreesWith(proving()), true)
    assert.equal(times.proveBy('zA', 7), true)
    assert.equal(agreesWith(proving('zA', 'zB')), true)
    assert.equal(agreesWith(proving('zB')), false)
    assert.equal(times.proveBy('zB', 7), false)
    assert.equal(agreesWith(proving('zA')), true)
    assert.equal(agreesWith(proving('zA', 'zB')), false)
    assert.equal(times.proveBy('zA', 8), false)
    assert.equal(agreesWith(proving('zA')), true)
    assert.equal(agreesWith({ proveBy: (digest) => digest === 'zA' }), false)
  })
})

import assert from 'node:assert/strict'
import { type DidDocument, didKeyResolver, type Resolver } from '@battery-passport/keys'
import type { EffectivePolicy } from '@battery-passport/verifier'
import { beginVerification } from '../../verifier/begun.ts'
import type { Inquiry } from '../../verifier/inquiry.ts'
import { createMemory } from '../../verifier/memory/memory.ts'
import { preparation } from '../../verifier/memory/prepared-credentials.ts'
import {
  type ExaminersOf,
  examineSet,
  type StatementSet,
} from '../../verifier/memory/remembered-exams.ts'
import { methodLibrary } from '../../verifier/policy/methods.ts'
import { NO_TIMES } from '../../verifier/proof/trusted-time.ts'
import { instant } from '../../verifier/reading/calendar.ts'
import { indexDocuments } from '../../verifier/reading/documents.ts'
import { LIMITS } from '../../verifier/reading/limits.ts'
import type { Attestation } from '../../verifier/reading/secured-credential.ts'
import { attestationExaminers } from '../../verifier/standalone.ts'
import type { Party } from '../../verifier/trust/independence.ts'
import { Consortium, clockAt, DATES, presentationOf, type Signed } from '../support/consortium.ts'

/** A resolver that gives one and the same document for one DID, until it forgets. */
function steady() {
  const documents = new Map<string, DidDocument>()
  const inner = didKeyResolver()
  const resolver: Resolver = {
    async resolve(did) {
      const known = documents.get(did)
      if (known !== undefined) return { ok: true, document: known }
      const resolution = await inner.resolve(did)
      if (!resolution.ok) return resolution
      const document = { ...resolution.document }
      documents.set(did, document)
      return { ok: true, document }
    },
  }
  return { resolver, forget: () => documents.clear() }
}

describe('the exams of what a passport rests on', () => {
  let consortium: Consortium
  let statements: StatementSet
  let all: readonly Signed[]
  let lists: readonly Signed[]
  let resolver: Resolver
  let forget: () => void
  const signedAt = instant(DATES.passport.created)

  before(async () => {
    consortium = await Consortium.assemble()
    const custodyAccreditation = await consortium.custodyAccreditation()
    const custody = await consortium.custody(custodyAccreditation)
    const { attestations, accreditations, identities } = consortium
    statements = {
      attestations: attestations.map(({ secured }) => secured),
      custody: [custody.secured],
    }
    const chain = [...attestations, custody, custodyAccreditation, ...accreditations.values()]
    all = [...chain, ...identities.values()]
    lists = await consortium.statusLists()
  })
  beforeEach(() => {
    const fresh = steady()
    resolver = fresh.resolver
    forget = fresh.forget
  })

  const begin = async (
    memory = createMemory(),
    documents: readonly Signed[] = [...all, ...lists],
  ): Promise<Inquiry> => {
    const policy = consortium.policy()
    const added = preparation(createMemory(), LIMITS).prepare([])
    const rest = { policy, clock: clockAt(), resolver, memory, seen: null, supposed: null }
    const { inquiry } = await beginVerification(presentationOf(documents), undefined, added, rest)
    return inquiry
  }
  const examinersFor =
    (passportIssuer: Party | null = null): ExaminersOf =>
    (inquiry) => {
      const { method, rulebooks } = consortium
      const methods = methodLibrary({ methods: [method.method], rulebooks })
      return { ...attestationExaminers(inquiry, methods), passportIssuer, reliedOnAt: signedAt }
    }
  const examine = (
    inquiry: Inquiry,
    changed: Partial<StatementSet> = {},
    issuer: Party | null = null,
    instant = signedAt,
  ) => examineSet({ ...statements, ...changed }, instant, inquiry, examinersFor(issuer))
  const isClean = ({ attestations, custody }: Awaited<ReturnType<typeof examineSet>>) =>
    [...attestations, ...custody].every(({ findings }) =>
      findings.every(({ severity }) => severity === 'note' || severity === 'warning'),
    )

  it('are the very same for the same question, and made anew in another memory', async () => {
    const inquiry = await begin()
    const exams = await examine(inquiry)
    assert.ok(isClean(exams))
    assert.equal(exams.attestations.length, statements.attestations.length)
    assert.equal(exams.custody.length, 1)
    assert.equal(await examine(await begin(inquiry.memory)), exams)
    assert.notEqual(await examine(await begin()), exams)
  })

  it('are nothing to remember where anything stands against one of them', async () => {
    const [first, ...others] = consortium.attestations
    assert.ok(first)
    const body = first.secured.credential.credentialSubject.accreditation.id
    const isOther = others.some(
      ({ secured }) => secured.credential.credentialSubject.accreditation.id !== body,
    )
    assert.ok(isOther)
    for (const gone of [body, 'https://schemeowner.example/accreditations/custody']) {
      const documents = [...all, ...lists].filter(({ id }) => id !== gone)
      const inquiry = await begin(undefined, documents)
      const exams = await examine(inquiry)
      assert.ok(!isClean(exams))
      const again = await examine(inquiry)
      assert.notEqual(again, exams)
      assert.deepEqual(again, exams)
    }
  })

  it('are others at another instant, by another clock and of another passport', async () => {
    const inquiry = await begin()
    const exams = await examine(inquiry)
    const issuer = (change: Partial<Party> = {}): Party => ({
      role: 'passport issuer',
      did: consortium.parties.packMaker.did,
      leis: new Set(['a']),
      parents: new Set(['b']),
      proven: true,
      ...change,
    })
    const asked = [
      () => examine({ ...inquiry, at: inquiry.at + 1 }),
      () => examine({ ...inquiry, now: inquiry.now + 1 }),
      () => examine(inquiry, { attestations: statements.attestations.slice(1) }),
      () => examine(inquiry, { custody: [] }),
      // No identity is in force at that instant.
      () => examine(inquiry, {}, null, 0),
      ...[
        issuer(),
        issuer({ did: consortium.parties.miner.did }),
        issuer({ leis: new Set(['a', 'b']), parents: new Set() }),
        issuer({ leis: new Set() }),
        issuer({ parents: new Set() }),
        issuer({ proven: false }),
      ].map((each) => () => examine(inquiry, {}, each)),
    ]
    const known = new Set([exams])
    for (const [index, ask] of asked.entries()) {
      const other = await ask()
      assert.ok(!known.has(other), `${index}`)
      known.add(other)
      if (isClean(other)) assert.equal(await ask(), other, `${index}`)
    }
    assert.equal(await examine(inquiry), exams)
  })

  it('are the same at two instants at which the same identities are in force', async () => {
    const inquiry = await begin()
    const exams = await examine(inquiry)
    assert.equal(await examine(inquiry, {}, null, signedAt + 1), exams)
  })

  it('are made anew where anything that they asked is answered otherwise', async () => {
    const inquiry = await begin()
    const exams = await examine(inquiry)
    const { documents, times } = inquiry
    const again = async (change: Partial<Inquiry>) => {
      // What the change leads to is remembered instead: each is tried against the first again.
      const { memory } = inquiry
      const kept = { ...memory, exams: copyOf(memory) }
      return examine({ ...inquiry, memory: kept, ...change })
    }
    assert.equal(await again({}), exams)
    const newer = { newest: () => signedAt }
    assert.notEqual(await again({ seen: newer }), exams)
    assert.notEqual(await again({ times: { proveBy: () => true } }), exams)
    assert.equal(await again({ times: { ...times } }), exams)
    const without = { ...documents, bySubject: () => [] }
    assert.notEqual(await again({ documents: without }), exams)
    assert.notEqual(await again({ documents: { ...documents, byId: () => [] } }), exams)
    forget()
    assert.notEqual(await again({}), exams)
  })

  /** The exams that a memory knows now, and not what is added to it afterwards. */
  function copyOf({ exams }: Inquiry['memory']): Inquiry['memory']['exams'] {
    const copy = createMemory().exams
    const { get } = copy
    copy.get = (key) => get.call(copy, key) ?? exams.get(key)
    return copy
  }
})

describe('the exams of nothing, and of what nobody can be asked about', () => {
  let attestation: Attestation
  let policy: EffectivePolicy

  before(async () => {
    const consortium = await Consortium.assemble()
    const [first] = consortium.attestations
    assert.ok(first)
    attestation = first.secured
    policy = consortium.policy()
  })

  const nobody: Resolver = {
    resolve: async () => ({ ok: false, code: 'DID_UNRESOLVED', detail: 'Nobody answers.' }),
  }
  const inquiry = (): Inquiry => ({
    ...{ policy, at: 5, now: 5, resolver: nobody, memory: createMemory() },
    authentications: new Map(),
    lists: { bitsOf: () => null },
    documents: indexDocuments([], LIMITS),
    ...{ times: NO_TIMES, seen: null, supposed: null },
  })
  const examinersOf: ExaminersOf = (inquiry) =>
    attestationExaminers(inquiry, methodLibrary({ methods: [], rulebooks: [] }))
  const examine = (asked: Inquiry, attestations: readonly Attestation[]) =>
    examineSet({ attestations, custody: [] }, 5, asked, examinersOf)

  it('are remembered where nothing stands against them', async () => {
    const asked = inquiry()
    const exams = await examine(asked, [])
    assert.deepEqual(exams, { attestations: [], custody: [] })
    assert.equal(await examine(asked, []), exams)
    const told = { ...asked, seen: { newest: () => null } }
    assert.notEqual(await examine(told, []), exams)
  })

  it('are asked for again where anything does', async () => {
    const asked = inquiry()
    const exams = await examine(asked, [attestation])
    assert.equal(exams.attestations[0]?.authentic, false)
    assert.notEqual(await examine(asked, [attestation]), exams)
  })
})

import assert from 'node:assert/strict'
import { parseInstant } from '@battery-passport/contexts'
import { generateSigner } from '@battery-passport/keys'
import { createVerifier, type Verifier } from '@battery-passport/verifier'
import { Consortium, type Party, type Signed } from '../support/consortium.ts'

/** How many questions are asked; more of them by hand, after a change of what is remembered. */
const QUESTIONS = Number(process.env.PASSPORT_QUESTIONS ?? 120)
const SEED = Number(process.env.PASSPORT_SEED ?? 20_261_123)

const ASKED = ['verifyPassport', 'verifyCredential', 'verifyAttestations'] as const

/** One question to a verifier. */
interface Question {
  readonly asked: (typeof ASKED)[number]
  readonly bytes: Uint8Array
  readonly with: readonly Uint8Array[]
  readonly prepared: boolean
  readonly now: number
  readonly at: string | undefined
  /** What was done to the honest bundle, to name it in a failure. */
  readonly name: string
}

/** The texts that may stand in the place of one credential: the honest one first. */
type Variants = ReadonlyMap<string, readonly string[]>

describe('a long-lived verifier', () => {
  let consortium: Consortium
  let variants: Variants
  let strays: readonly string[]
  let now = 0

  const make = (): Verifier =>
    createVerifier({
      policy: consortium.policy(),
      clock: { now: () => now },
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    })
  const ask = (verifier: Verifier, question: Question) => {
    const { asked, bytes, at, prepared } = question
    now = question.now
    const beside = prepared ? verifier.prepare(question.with) : question.with
    return verifier[asked](bytes, { with: beside, ...(at === undefined ? {} : { at }) })
  }

  before(async () => {
    consortium = await Consortium.assemble()
    variants = await variantsOf(consortium)
    strays = await straysOf(consortium)
  })

  it('answers many changed bundles as one that has seen nothing', async function () {
    this.timeout(0)
    const random = randomOf(SEED)
    const seasoned = make()
    const outcomes = new Map<string, number>()
    for (let asked = 0; asked < QUESTIONS; ) {
      // Some at the same time: what one remembers, another may use half-way.
      const questions = Array.from({ length: 1 + random(4) }, () =>
        questionOf(random, variants, strays),
      )
      const fresh = []
      for (const question of questions) fresh.push(await ask(make(), question))
      const answers = await Promise.all(questions.map((question) => ask(seasoned, question)))
      for (const [index, question] of questions.entries()) {
        assert.deepEqual(answers[index], fresh[index], `${SEED}/${asked}: ${question.name}`)
        const { outcome = 'none' } = answers[index] ?? {}
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        asked++
      }
    }
    // Nothing is shown where everything is refused.
    for (const outcome of ['accepted', 'rejected', 'indeterminate']) {
      assert.ok((outcomes.get(outcome) ?? 0) > QUESTIONS / 20, JSON.stringify([...outcomes]))
    }
  })
})

/** A seeded generator: the same questions in each run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const INSTANTS = [
  '2026-10-01T00:00:00Z',
  '2026-10-01T00:00:01Z',
  '2026-09-30T22:30:00Z',
  '2026-10-07T00:00:00Z',
  '2027-06-01T00:00:00Z',
] as const

/** The honest bundle, mostly, with a few things changed. */
function questionOf(
  random: (below: number) => number,
  variants: Variants,
  strays: readonly string[],
): Question {
  const name: string[] = []
  const pick = <T>(values: readonly T[]): T => {
    const value = values[random(values.length)]
    if (value === undefined) throw new TypeError('nothing to pick from')
    return value
  }
  const texts = new Map([...variants].map(([id, [honest = '']]) => [id, [honest]]))
  for (let changes = pick([0, 1, 1, 1, 2, 3]); changes > 0; changes--) {
    const id = pick([...variants.keys()])
    const others = variants.get(id) ?? []
    // The same credential once more, but not to be read, is what a digest does not tell.
    const index = random(4) === 0 ? 1 : random(others.length)
    const other = others[index] ?? ''
    const how = pick(['replace', 'before', 'after', 'drop', 'stray'] as const)
    const kept = texts.get(id) ?? []
    if (how === 'replace') texts.set(id, [other])
    if (how === 'before') texts.set(id, [other, ...kept])
    if (how === 'after') texts.set(id, [...kept, other])
    if (how === 'drop') texts.set(id, [])
    if (how === 'stray') texts.set(`stray ${changes}`, [pick(strays)])
    name.push(`${how} ${id} ${index}`)
  }
  const [passport = [], ...chain] = texts.values()
  const rest = chain.flat()
  if (random(4) === 0) {
    rest.sort(() => random(3) - 1)
    name.push('shuffled')
  }
  // Together with the passport, or beside it in one or two parts.
  const parts: string[][] = [passport]
  for (let count = random(3); count > 0; count--) parts.push([])
  for (const text of rest) pick(parts).push(text)
  const [first = '', ...more] = parts.map(presentationText)
  return {
    asked: random(4) === 0 ? pick(ASKED) : 'verifyPassport',
    bytes: encode(first),
    with: more.map((text) => encode(text)),
    prepared: random(2) === 0,
    now: secondsOf(random(3) === 0 ? pick(INSTANTS) : INSTANTS[0]),
    at: random(6) === 0 ? pick(INSTANTS) : undefined,
    name: name.join('; '),
  }
}

function presentationText(texts: readonly string[]): string {
  return `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[${texts.join(',')}]}`
}

/** What a presenter, an issuer, or a stranger may put in the place of each credential. */
async function variantsOf(consortium: Consortium): Promise<Variants> {
  const { parties, board } = consortium
  const { climateBody, socialBody, accreditationBody, miner, packMaker, registrar } = parties
  const signer = generateSigner('Ed25519')
  const stranger = { signer, credential: { issuer: signer.did } }
  const found = new Map<string, string[]>()
  const put = (...credentials: readonly Signed[]) => {
    for (const { id, document } of credentials) {
      const text = JSON.stringify(document)
      const known = found.get(id)
      if (known === undefined) found.set(id, [text, ...spoilt(text)])
      else known.push(text)
    }
  }
  put(await consortium.passport(), ...consortium.attestations)
  put(...consortium.accreditations.values(), ...consortium.identities.values())
  put(...(await consortium.statusLists()))

  put(
    await consortium.passport({ created: '2026-09-25T12:00:00Z' }),
    await consortium.passport({ subject: { manufacturerGroup: climateBody.ultimateParentLei } }),
    await consortium.passport({}, { attestations: consortium.attestations.slice(1) }),
  )
  for (const spec of consortium.specs.slice(0, 3)) {
    put(await consortium.attestation(spec, { credential: { validUntil: '2026-09-25T00:00:00Z' } }))
    put(await consortium.attestation(spec, stranger))
  }
  for (const body of [climateBody, socialBody, accreditationBody]) {
    put(
      await consortium.accreditation(body, { credential: { validUntil: '2026-09-25T00:00:00Z' } }),
      await consortium.accreditation(body, { created: '2025-01-02T08:00:00Z' }),
      await consortium.accreditation(body, stranger),
    )
  }
  for (const party of [climateBody, miner, packMaker]) {
    const parent = { ultimateParentLei: '5299000J2N45DDNE4Y28' }
    put(
      await consortium.identity(party, { credential: { validFrom: '2026-09-23T00:00:00Z' } }),
      await consortium.identity(party, { subject: parent }),
      await consortium.identity(party, { ...stranger, subject: parent }),
    )
  }
  const later = { created: '2026-09-30T23:00:00Z' }
  const revoked = [...found.keys()]
  for (const party of [climateBody, socialBody, accreditationBody, registrar, packMaker]) {
    put(
      ...(await board.lists(party, { revoked })),
      ...(await board.lists(party, { revoked, suspended: revoked }, later)),
      ...(await board.lists(party, {}, later)),
      ...(await board.lists(party, {}, { created: '2026-09-01T00:00:00Z' })),
      ...(await board.lists(party, { revoked }, { ...later, ...stranger })),
    )
    const [first, second] = await board.lists(party, { revoked }, later)
    if (first === undefined || second === undefined) throw new TypeError('no lists')
    if (party === climateBody || party === accreditationBody) {
      put(...(await noticesOf(consortium, party, found)))
    }
    // Under the id of the other purpose.
    put(...(await board.lists(party, {}, { ...later, credential: { id: first.id } })))
  }
  return found
}

/** Two notices about one credential of a party, and the list that names one, and the other. */
async function noticesOf(
  consortium: Consortium,
  party: Party,
  texts: ReadonlyMap<string, readonly string[]>,
): Promise<readonly Signed[]> {
  const about = [...consortium.attestations, ...consortium.accreditations.values()].find(
    ({ id, secured }) => texts.has(id) && secured.issuer === party.did,
  )
  if (about === undefined) throw new TypeError('nothing to withdraw')
  const found: Signed[] = []
  for (const effectiveFrom of ['2025-01-01T00:00:00Z', '2026-09-29T00:00:00Z']) {
    const notice = await consortium.notice(party, about, {
      credential: { id: `https://notices.example/${party.key}/${effectiveFrom.slice(0, 4)}` },
      subject: { effectiveFrom },
    })
    const named = { revoked: [about.id], notices: [{ about: about.id, notice }] }
    const [list] = await consortium.board.lists(party, named)
    if (list === undefined) throw new TypeError('no list')
    found.push(notice, list)
  }
  return found
}

/** The same credential in ways that no signature is needed for. */
function spoilt(text: string): readonly string[] {
  return [
    `${text.slice(0, -1)}${' '.repeat(132 * 1024)}}`,
    `${text.slice(0, 1)} ${text.slice(1)}`,
    `{"unknown":true,${text.slice(1)}`,
    text.replace(/(?<="proofValue":"z.{20})./, (digit) => (digit === '2' ? '3' : '2')),
    text.replace(/("validUntil":"20)\d\d/, '$139'),
  ]
}

/** What nothing in the chain asks for, and what crowds an id or a subject. */
async function straysOf(consortium: Consortium): Promise<readonly string[]> {
  const { climateBody, miner } = consortium.parties
  const renewal = await consortium.accreditation(climateBody, {
    credential: { id: 'https://accreditationbody.example/accreditations/renewal' },
  })
  const second = await consortium.identity(miner, {
    credential: { id: 'https://registrar.example/identities/second' },
    subject: { ultimateParentLei: climateBody.ultimateParentLei },
  })
  const [list] = await consortium.board.lists(climateBody)
  const crowd = Array.from({ length: 18 }, (_, each) => `{"id":"${list?.id}","each":${each}}`)
  return [
    JSON.stringify(renewal.document),
    JSON.stringify(second.document),
    crowd.join(','),
    '{"id":"https://nobody.example/1"}',
    '[]',
    'true',
  ]
}

function secondsOf(instant: string): number {
  const seconds = parseInstant(instant)
  if (seconds === null) throw new TypeError(`not an instant: ${instant}`)
  return seconds
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

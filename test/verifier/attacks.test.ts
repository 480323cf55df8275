import assert from 'node:assert/strict'
import type { PassportVerdict } from '@battery-passport/verifier'
import fc from 'fast-check'
import { Consortium, type Signed } from '../support/consortium.ts'

type Json = { [key: string]: unknown }

/** Attacks on the bytes of a genuine presentation, by someone without any key. */
describe('an attacker without a key', () => {
  let consortium: Consortium
  let honest: string

  before(async () => {
    consortium = await Consortium.assemble()
    honest = Buffer.from(await consortium.presentation()).toString()
  })

  const verify = (text: string) => consortium.verifier().verifyPassport(Buffer.from(text))

  /** The presentation after a change to its passport. */
  function withPassport(change: (passport: Json, subject: Json) => void): string {
    const presentation = JSON.parse(honest)
    const [passport] = presentation.verifiableCredential
    change(passport, passport.credentialSubject)
    return JSON.stringify(presentation)
  }

  function codes({ findings }: PassportVerdict): string[] {
    const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
    return [...new Set(grave.map(({ code }) => code))].sort()
  }

  it('is told every fault of a proof at once, each at its place', async () => {
    const text = withPassport((passport) =>
      Object.assign(Object(passport.proof), { 'a/b': 1, cryptosuite: 'none', created: 'now' }),
    )
    const { findings } = await verify(text)
    const told = findings.filter(({ pointer }) => pointer.includes('/proof'))
    assert.deepEqual(
      told.map(({ code, pointer }) => `${code} ${pointer}`),
      [
        'SCHEMA /proof/a~1b',
        'PROOF_SUITE_NOT_ALLOWED /proof/cryptosuite',
        'PROOF_TIME /proof/created',
        'CONTEXT_NOT_ALLOWED /proof/@context',
      ],
    )
    assert.deepEqual(
      told.slice(0, 3).map(({ found }) => found),
      ['1', '"none"', '"now"'],
    )
  })

  const context = 'CONTEXT_NOT_ALLOWED'
  const attacks: [string, string, (passport: Json, subject: Json) => void][] = [
    [
      'types a number as text',
      'SCHEMA',
      (_, subject) => Object.assign(Object(subject.score), { value: '9999' }),
    ],
    [
      'makes a list of a value',
      'SCHEMA',
      (_, subject) => Object.assign(subject, { chemistry: ['NMC'] }),
    ],
    [
      'adds a property nobody signed',
      'SCHEMA',
      (_, subject) => Object.assign(subject, { bogus: 'x' }),
    ],
    [
      'aliases id',
      'SCHEMA',
      (passport) => {
        passport['@id'] = passport.id
        delete passport.id
      },
    ],
    [
      'writes a property as an IRI',
      'SCHEMA',
      (_, subject) => {
        subject['https://battery-passport.example/vocabulary/v1#score'] = subject.score
        delete subject.score
      },
    ],
    [
      'hides the status under an IRI',
      'SCHEMA',
      (passport) => {
        passport['https://www.w3.org/2018/credentials#credentialStatus'] = passport.credentialStatus
        delete passport.credentialStatus
      },
    ],
    [
      'hides the end of validity under an IRI',
      'SCHEMA',
      (passport) => {
        passport['https://www.w3.org/2018/credentials#validUntil'] = {
          '@value': passport.validUntil,
        }
        delete passport.validUntil
      },
    ],
    ['nests with @included', context, (passport) => Object.assign(passport, { '@included': [] })],
    ['nests with @graph', context, (_, subject) => Object.assign(subject, { '@graph': [] })],
    [
      'adds a value under @index',
      context,
      (_, subject) => Object.assign(subject, { '@index': 'gold' }),
    ],
    [
      'appends a context',
      context,
      (passport) => {
        passport['@context'] = [...Object(passport['@context']), { score: '@index' }]
      },
    ],
    [
      'replaces the contexts',
      context,
      (passport) => {
        passport['@context'] = ['https://www.w3.org/ns/credentials/v2']
      },
    ],
    [
      'scopes a context in the subject',
      context,
      (_, subject) => Object.assign(subject, { '@context': {} }),
    ],
    [
      'drops the context of the proof',
      context,
      (passport) => Reflect.deleteProperty(Object(passport.proof), '@context'),
    ],
    [
      'makes the issuer an object',
      'SCHEMA',
      (passport) => Object.assign(passport, { issuer: { id: passport.issuer } }),
    ],
    [
      'makes the subject a list',
      'SCHEMA',
      (passport, subject) => Object.assign(passport, { credentialSubject: [subject] }),
    ],
    ['strips the proof', 'PROOF_MISSING', (passport) => Reflect.deleteProperty(passport, 'proof')],
    ['empties the proofs', 'PROOF_MISSING', (passport) => Object.assign(passport, { proof: [] })],
    [
      'adds a forged proof',
      'PROOF_COUNT',
      (passport) => Object.assign(passport, { proof: [passport.proof, passport.proof] }),
    ],
    [
      'chains the proof to another',
      'PROOF_COUNT',
      (passport) => Object.assign(Object(passport.proof), { previousProof: 'urn:x' }),
    ],
    [
      'lets the proof expire',
      'SCHEMA',
      (passport) => Object.assign(Object(passport.proof), { expires: '2020-01-01T00:00:00Z' }),
    ],
    [
      'drops the signing time',
      'PROOF_TIME',
      (passport) => Reflect.deleteProperty(Object(passport.proof), 'created'),
    ],
    [
      'signs on a day that does not exist',
      'PROOF_TIME',
      (passport) => Object.assign(Object(passport.proof), { created: '2026-02-30T00:00:00Z' }),
    ],
    [
      'changes the signing time',
      'PROOF_INVALID',
      (passport) => Object.assign(Object(passport.proof), { created: '2026-09-20T12:00:01Z' }),
    ],
    [
      'changes the purpose',
      'KEY_NOT_AUTHORISED',
      (passport) => Object.assign(Object(passport.proof), { proofPurpose: 'authentication' }),
    ],
    [
      'changes the suite',
      'CONTEXT_NOT_ALLOWED',
      (passport) => Object.assign(Object(passport.proof), { cryptosuite: 'eddsa-rdfc-2022' }),
    ],
    [
      'names a suite nobody knows',
      'PROOF_SUITE_NOT_ALLOWED',
      (passport) => Object.assign(Object(passport.proof), { cryptosuite: 'none' }),
    ],
    [
      'names somebody else’s key',
      'KEY_NOT_AUTHORISED',
      (passport) =>
        Object.assign(Object(passport.proof), {
          verificationMethod:
            'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
        }),
    ],
    [
      'writes the signature as base64url',
      'PROOF_ENCODING',
      (passport) => Object.assign(Object(passport.proof), { proofValue: `u${'A'.repeat(86)}` }),
    ],
    [
      'puts another issuer',
      'KEY_NOT_AUTHORISED',
      (passport) =>
        Object.assign(passport, {
          issuer: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
        }),
    ],
    [
      'prolongs the validity',
      'PROOF_INVALID',
      (passport) => Object.assign(passport, { validUntil: '2099-01-01T00:00:00Z' }),
    ],
    [
      'points the status at another index',
      'PROOF_INVALID',
      (passport) => Object.assign(Object(passport.credentialStatus)[0], { statusListIndex: '5' }),
    ],
    [
      'writes the status index as a number',
      'SCHEMA',
      (passport) => Object.assign(Object(passport.credentialStatus)[0], { statusListIndex: 5 }),
    ],
    [
      'writes the status index in hexadecimal',
      'SCHEMA',
      (passport) => Object.assign(Object(passport.credentialStatus)[0], { statusListIndex: '0x5' }),
    ],
    [
      'drops the suspension entry',
      'SCHEMA',
      (passport) =>
        Object.assign(passport, {
          credentialStatus: Object(passport.credentialStatus).slice(0, 1),
        }),
    ],
  ]

  for (const [what, code, change] of attacks) {
    it(`who ${what} is refused with ${code}`, async () => {
      const verdict = await verify(withPassport(change))
      assert.notEqual(verdict.outcome, 'accepted')
      assert.ok(codes(verdict).includes(code), JSON.stringify(verdict.findings, null, 1))
    })
  }

  it('who names a key twice is refused before anything is read', async () => {
    const text = honest.replace('"chemistry":"NMC"', '"chemistry":"LFP","chemistry":"NMC"')
    assert.deepEqual(codes(await verify(text)), ['JSON_DUPLICATE_KEY'])
  })

  it('who puts a reserved name as an identifier harms no later verification', async () => {
    const text = honest.replace(/"facility":"[^"]+"/, '"facility":"__proto__"')
    assert.deepEqual(codes(await verify(text)), ['JSON_INVALID'])
    assert.equal((await verify(honest)).outcome, 'accepted')
    assert.equal(Reflect.get({}, 'approved'), undefined)
  })

  it('who sends many proofs, deep nesting or long values is refused at once', async () => {
    const deep = withPassport((_, subject) => Object.assign(subject, { product: 0 })).replace(
      '"product":0',
      `"product":${'['.repeat(5000)}${']'.repeat(5000)}`,
    )
    assert.deepEqual(codes(await verify(deep)), ['LIMIT_EXCEEDED'])
    const long = honest.replace('"chemistry":"NMC"', `"chemistry":"${'N'.repeat(100_000)}"`)
    assert.deepEqual(codes(await verify(long)), ['LIMIT_EXCEEDED'])
  })

  it('who reorders the credentials behind the passport changes nothing', async () => {
    const presentation = JSON.parse(honest)
    const [passport, ...others] = presentation.verifiableCredential
    presentation.verifiableCredential = [passport, ...others.reverse()]
    const verdict = await verify(JSON.stringify(presentation))
    assert.equal(verdict.outcome, 'accepted')
    assert.deepEqual(verdict.score, (await verify(honest)).score)
  })

  it('who repeats credentials changes nothing', async () => {
    const presentation = JSON.parse(honest)
    presentation.verifiableCredential.push(...presentation.verifiableCredential)
    assert.equal((await verify(JSON.stringify(presentation))).outcome, 'accepted')
  })

  it('who adds junk to a presentation changes nothing but a note', async () => {
    const presentation = JSON.parse(honest)
    presentation.verifiableCredential.push({ id: 'urn:x:1', type: 'Something', hello: 'world' })
    const verdict = await verify(JSON.stringify(presentation))
    assert.equal(verdict.outcome, 'accepted')
    assert.ok(
      verdict.findings.some(
        ({ code, credential }) => code === 'CREDENTIAL_UNUSED' && credential === 'urn:x:1',
      ),
    )
  })

  it('cannot change a byte so that another score is accepted', async () => {
    const before = (await verify(honest)).score
    const bytes = Buffer.from(honest)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.oneof(fc.constant('delete'), fc.constant('repeat'), fc.nat(255)),
        async (at, change) => {
          const changed =
            change === 'delete'
              ? Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
              : change === 'repeat'
                ? Buffer.concat([bytes.subarray(0, at), bytes.subarray(at - 1)])
                : Buffer.from(bytes)
          if (typeof change === 'number') changed[at] = change
          const verdict = await consortium.verifier().verifyPassport(changed)
          if (verdict.outcome === 'accepted') assert.deepEqual(verdict.score, before)
          else assert.equal(verdict.score, null)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('cannot drop or swap whole credentials so that another score is accepted', async () => {
    const before = (await verify(honest)).score
    const presentation = JSON.parse(honest)
    const credentials: unknown[] = presentation.verifiableCredential
    await fc.assert(
      fc.asyncProperty(fc.subarray(credentials.slice(1)), async (kept) => {
        const text = JSON.stringify({
          ...presentation,
          verifiableCredential: [credentials[0], ...kept],
        })
        const verdict = await verify(text)
        if (verdict.outcome === 'accepted') assert.deepEqual(verdict.score, before)
      }),
      { numRuns: 60 },
    )
  })
})

describe('an enveloped credential', () => {
  let consortium: Consortium
  let passport: Signed<'BatteryPassport'>

  before(async () => {
    consortium = await Consortium.assemble({ form: 'vc+jwt' })
    passport = await consortium.passport()
  })

  const part = (index: number) => Buffer.from(passport.bytes).toString().split('.')[index] ?? ''
  const decode = (text: string): Json => JSON.parse(Buffer.from(text, 'base64url').toString())
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const rest = () => consortium.presentation({ passport })

  async function outcomeOf(compact: string) {
    const verdict = await consortium
      .verifier()
      .verifyPassport(Buffer.from(compact), { with: [await rest()] })
    const grave = verdict.findings.filter(({ severity }) => severity === 'error')
    return { outcome: verdict.outcome, codes: [...new Set(grave.map(({ code }) => code))] }
  }

  it('is accepted as a compact JWT with its chain beside it', async () => {
    assert.deepEqual(await outcomeOf(Buffer.from(passport.bytes).toString()), {
      outcome: 'accepted',
      codes: [],
    })
  })

  it('is refused with a changed payload', async () => {
    const payload = encode({ ...decode(part(1)), validUntil: '2099-01-01T00:00:00Z' })
    const { codes } = await outcomeOf([part(0), payload, part(2)].join('.'))
    assert.deepEqual(codes, ['PROOF_INVALID'])
  })

  it('is refused with any other header', async () => {
    for (const change of [
      { alg: 'none' },
      { alg: 'HS256' },
      { typ: 'JWT' },
      { jwk: {} },
      { crit: ['b64'], b64: false },
    ]) {
      const header = encode({ ...decode(part(0)), ...change })
      assert.equal((await outcomeOf([header, part(1), part(2)].join('.'))).outcome, 'rejected')
    }
  })

  it('is refused without its signature', async () => {
    assert.equal((await outcomeOf([part(0), part(1), ''].join('.'))).outcome, 'rejected')
  })

  it('is refused without its signing time', async () => {
    const { iat: _, ...payload } = decode(part(1))
    const { codes } = await outcomeOf([part(0), encode(payload), part(2)].join('.'))
    assert.deepEqual(codes, ['PROOF_TIME'])
  })

  it('is refused with a proof inside as well', async () => {
    const payload = encode({ ...decode(part(1)), proof: {} })
    const { codes } = await outcomeOf([part(0), payload, part(2)].join('.'))
    assert.deepEqual(codes, ['PROOF_COUNT'])
  })
})

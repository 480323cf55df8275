import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { digestOfDocument } from '@battery-passport/contexts'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import { readPolicy } from '@battery-passport/verifier'
import { POLICY_FIELDS } from '../../cli/policy/fields.ts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport policy init', () => {
  let folder: BuyerFolder
  before(async () => {
    folder = await buyerFolder()
  })
  after(() => folder.remove())

  const anchors = () => {
    const { schemeOwner, registrar } = folder.consortium.parties
    return [
      `--anchor=${schemeOwner.did}=scheme-owner`,
      '--anchor',
      `${registrar.did}=registrar`,
    ] as const
  }

  it('writes a policy that is in order and trusts the anchors named', async () => {
    const { code, out, err } = await runCli(['policy', 'init', ...anchors()])
    assert.equal(code, 0)
    assert.match(err.replaceAll(/\s+/g, ' '), /refused until "allowIllustrative": true stands/)
    const read = readPolicy(new TextEncoder().encode(out))
    assert.ok(read.ok, JSON.stringify(read))
    assert.deepEqual(
      read.policy.anchors.map(({ role }) => role),
      ['scheme-owner', 'registrar'],
    )
    assert.match(out, /"\$comment"/)
  })

  it('accepts with it what the same anchors vouch for, once illustrative rulebooks are allowed', async () => {
    const { out } = await runCli(['policy', 'init', ...anchors()])
    const presentation = await folder.present('presentation.json')
    const minimums = { overall: { coverage: 1000 } }
    const policy = { ...parseJson(out), minimums }
    const careful = await folder.write('init.json', policy)
    const refused = await runCli(['verify', presentation, '--policy', careful, '--json'])
    assert.equal(refused.code, 1)
    assert.match(refused.out, /"ILLUSTRATIVE"/)
    const trying = await folder.write('try.json', { ...policy, allowIllustrative: true })
    assert.equal((await runCli(['verify', presentation, '--policy', trying])).code, 0)
  })

  it('trusts nobody without anchors, says so, and is refused until some are named', async () => {
    const { code, out, err } = await runCli(['policy', 'init'])
    assert.equal(code, 0)
    assert.match(err, /no anchors yet/)
    const file = await folder.write('nobody.json', out)
    const check = await runCli(['policy', 'check', file])
    assert.equal(check.code, 1)
    assert.match(check.err, /nobody\.json \/anchors/)
  })

  it('writes a new file, and never over an old one', async () => {
    const file = folder.at('new-policy.json')
    const first = await runCli(['policy', 'init', ...anchors(), '--out', file])
    assert.equal(first.code, 0)
    assert.equal(first.out, '')
    assert.ok((await stat(file)).size > 0)
    const before = await readFile(file, 'utf8')
    const second = await runCli(['policy', 'init', '--out', file])
    assert.equal(second.code, 64)
    assert.match(second.err, /exists already/)
    assert.equal(await readFile(file, 'utf8'), before)
  })

  it('refuses what is no DID and no role, naming the nearest role', async () => {
    const { did } = folder.consortium.parties.schemeOwner
    for (const [anchor, message] of [
      [`${did}=scheme-owners`, /Did you mean the role scheme-owner\?/],
      [did, /DID=ROLE/],
      ['https://scheme.example=registrar', /DID=ROLE/],
      ['=registrar', /DID=ROLE/],
      ['did:example:scheme=registrar', /resolves did:key and did:web and not did:example/],
      ['did:web:Scheme.example=registrar', /not its canonical form/],
      [`${did.slice(0, -1)}=scheme-owner`, /not the canonical form of a sound key/],
    ] as const) {
      const { code, out, err } = await runCli(['policy', 'init', '--anchor', anchor])
      assert.equal(code, 64, anchor)
      assert.equal(out, '')
      assert.match(err.replaceAll(/\s+/g, ' '), message)
    }
  })
})

describe('battery-passport policy check', () => {
  let folder: BuyerFolder
  before(async () => {
    folder = await buyerFolder('small')
  })
  after(() => folder.remove())

  it('explains every field of a policy that is in order, set or not', async () => {
    const { code, out } = await runCli(['policy', 'check', folder.at('policy.json')])
    assert.equal(code, 0)
    assert.match(out, /is in order/)
    const text = out.replaceAll(/\s+/g, ' ')
    for (const { place, meaning } of POLICY_FIELDS) {
      if (!place.includes('*')) assert.ok(text.includes(meaning), place)
    }
    assert.match(out, /statusMaximumAgeSeconds: 604800/)
    assert.match(out, /distrust is not set: nothing/)
  })

  it('asks back where a policy says what its author may not mean', async () => {
    const file = await folder.write('rash.json', {
      ...folder.consortium.policyDocument(),
      passportIssuers: 'any',
      acceptSelfAssertedTime: true,
      minimums: {},
    })
    const { code, out } = await runCli(['policy', 'check', file, '--json'])
    assert.equal(code, 0)
    const { warnings, complaints, digestMultibase } = parseJson(out)
    assert.deepEqual(complaints, [])
    assert.match(String(digestMultibase), /^zQm/)
    const text = String(warnings)
    assert.match(text, /neither shipped nor named with a file/)
    assert.match(text, /Any DID may issue/)
    assert.match(text, /minimums\.overall\.coverage/)
    assert.match(text, /allowIllustrative/)
    assert.match(text, /acceptSelfAssertedTime/)
  })

  it('says that nothing scored by an illustrative method is accepted until that is written out', async () => {
    const { schemeOwner } = folder.consortium.parties
    const init = ['policy', 'init', `--anchor=${schemeOwner.did}=scheme-owner`]
    const careful = parseJson((await runCli(init)).out)
    const check = async (policy: object) => {
      const file = await folder.write('illustrative.json', policy)
      return (await runCli(['policy', 'check', file])).out.replaceAll(/\s+/g, ' ')
    }
    assert.match(
      await check(careful),
      /is in order, but is this meant\? - Method esg 1\.0\.0 is illustrative: every passport scored by it is refused until "allowIllustrative": true stands/,
    )
    assert.doesNotMatch(await check({ ...careful, allowIllustrative: true }), /is refused until/)
  })

  it('names the illustrative rulebooks that a method pins which is not illustrative itself', async () => {
    const [shipped] = SHIPPED_METHODS
    assert.ok(shipped)
    const own = { ...shipped, key: 'fleet', status: 'preliminary' }
    await folder.write('fleet.json', own)
    const file = await folder.write('fleet-policy.json', {
      ...folder.consortium.policyDocument({ allowIllustrative: false }),
      methods: [
        {
          key: own.key,
          version: own.version,
          digestMultibase: digestOfDocument(own),
          file: 'fleet.json',
        },
      ],
    })
    const { out } = await runCli(['policy', 'check', file])
    const text = out.replaceAll(/\s+/g, ' ')
    assert.match(
      text,
      /Method fleet 1\.0\.0 pins what is illustrative, .*greenhouse-gas 1\.0\.0.*: every passport scored by it is refused until/,
    )
    assert.doesNotMatch(text, /fleet 1\.0\.0 is illustrative|name a method of your scheme/)
  })

  it('takes methods and rulebooks that are not shipped from --rulebooks', async () => {
    const { method, rulebooks } = folder.consortium
    await folder.write('own/method.json', method.method)
    for (const rulebook of rulebooks) await folder.write(`own/${rulebook.key}.json`, rulebook)
    const argv = ['policy', 'check', folder.at('policy.json'), '--json']
    const alone = parseJson((await runCli(argv)).out)
    assert.match(String(alone.warnings), /Give --rulebooks DIR/)
    const given = await runCli([...argv, '--rulebooks', folder.at('own')])
    assert.equal(given.code, 0, given.err)
    assert.doesNotMatch(String(parseJson(given.out).warnings), /--rulebooks DIR/)
  })

  it('warns of DIDs under which nothing can be verified, wherever they stand', async () => {
    const { miner, schemeOwner } = folder.consortium.parties
    const mistyped = miner.did.slice(0, -1)
    const anchor = {
      did: schemeOwner.did,
      role: 'scheme-owner',
      validFrom: '2020-01-01T00:00:00Z',
      validUntil: '2039-12-31T23:59:59Z',
    }
    const file = await folder.write('dids.json', {
      ...folder.consortium.policyDocument(),
      anchors: [
        anchor,
        { ...anchor, did: 'did:example:scheme' },
        { ...anchor, did: 'did:web:scheme.example' },
      ],
      passportIssuers: [miner.did, mistyped],
      distrust: [{ did: mistyped, reason: 'mistyped' }],
    })
    const { out } = await runCli(['policy', 'check', file, '--json'])
    const text = String(parseJson(out).warnings)
    assert.match(text, /anchors\/1, did:example:scheme: this edition resolves did:key/)
    assert.match(
      text,
      /anchors\/2, did:web:scheme\.example: didDocuments does not have its document/,
    )
    assert.match(text, /passportIssuers\/1, \S+: this is not the canonical form of a sound key/)
    assert.match(text, /distrust\/0, /)
    assert.doesNotMatch(text, /anchors\/0|passportIssuers\/0/)
  })

  it('warns of minimums in percent, and of rulebooks that the method does not have', async () => {
    const { schemeOwner } = folder.consortium.parties
    const init = ['policy', 'init', `--anchor=${schemeOwner.did}=scheme-owner`]
    const file = await folder.write('minimums.json', {
      ...parseJson((await runCli(init)).out),
      minimums: {
        overall: { coverage: 70, value: 5000 },
        rulebooks: { 'child-labor': { coverage: 9000 }, biodiversity: { coverage: 90 } },
      },
    })
    const { code, out } = await runCli(['policy', 'check', file, '--json'])
    assert.equal(code, 0)
    const text = String(parseJson(out).warnings)
    assert.match(text, /minimums\.overall\.coverage is 70: in basis points, 70 is 0\.70 %/)
    assert.match(text, /minimums\.rulebooks\.biodiversity\.coverage is 90/)
    assert.match(text, /method esg 1\.0\.0 has no such rulebook\. Did you mean child-labour\?/)
    assert.doesNotMatch(text, /overall\.value|rulebooks\.biodiversity:/)
  })

  it('says when an anchor does not count now, and when nobody could be accredited or registered', async () => {
    const { registrar, miner } = folder.consortium.parties
    const anchor = { role: 'accreditation-body', validFrom: '2020-01-01T00:00:00Z' }
    const ended = await folder.write('ended.json', {
      ...folder.consortium.policyDocument(),
      anchors: [{ ...anchor, did: miner.did, validUntil: '2024-12-31T23:59:59Z' }],
    })
    const first = (await runCli(['policy', 'check', ended])).out.replaceAll(/\s+/g, ' ')
    assert.match(first, /what it signs now does not count/)
    assert.match(first, /no anchor is a registrar or scheme-owner/)
    const only = await folder.write('only.json', {
      ...folder.consortium.policyDocument(),
      anchors: [
        {
          did: registrar.did,
          role: 'registrar',
          validFrom: '2020-01-01T00:00:00Z',
          validUntil: '2039-12-31T23:59:59Z',
        },
      ],
    })
    const second = (await runCli(['policy', 'check', only])).out.replaceAll(/\s+/g, ' ')
    assert.match(second, /no attestation can be accepted/)
  })

  it('names every fault with its place at once, and answers 1', async () => {
    const file = await folder.write('faulty.json', {
      ...folder.consortium.policyDocument(),
      anchrs: [],
      statusMaximumAgeSeconds: '1 day',
      methods: [{ key: 'small', version: '1', digestMultibase: 'zQm' }],
    })
    const { code, out, err } = await runCli(['policy', 'check', file])
    assert.equal(code, 1)
    assert.equal(out, '')
    for (const place of [
      '/anchrs',
      '/statusMaximumAgeSeconds',
      '/methods/0/version',
      '/methods/0/digestMultibase',
    ]) {
      assert.ok(err.includes(`faulty.json ${place}`), place)
    }
    assert.match(err, /Did you mean "anchors"\?/)
    const json = await runCli(['policy', 'check', file, '--json'])
    assert.equal(json.code, 1)
    assert.equal(parseJson(json.out).digestMultibase, null)
  })

  it('finds that a file is missing or is not the one that is pinned', async () => {
    const { method, rulebooks } = folder.consortium
    const [first] = rulebooks
    assert.ok(first)
    await folder.write('other.json', { ...first, title: 'Another title' })
    const pinned = folder.consortium.pin(first).digestMultibase
    const { key, version } = method.method
    const file = await folder.write('pins.json', {
      ...folder.consortium.policyDocument(),
      methods: [{ key, version, digestMultibase: method.digestMultibase, file: 'missing.json' }],
      rulebooks: [{ digestMultibase: pinned, file: 'other.json' }],
    })
    const { code, err } = await runCli(['policy', 'check', file])
    assert.equal(code, 1)
    assert.match(err, /pins\.json \/methods\/0\/file/)
    assert.match(err, /pins\.json \/rulebooks\/0\/digestMultibase/)
    assert.ok(err.includes(pinned))
  })

  it('names the faults of a rulebook file that the policy pins', async () => {
    const [first] = folder.consortium.rulebooks
    assert.ok(first)
    const faulty = { ...first, stageWeights: { mining: 1 } }
    await folder.write('faulty-rulebook.json', faulty)
    const file = await folder.write('pins-faulty.json', {
      ...folder.consortium.policyDocument(),
      rulebooks: [{ digestMultibase: digestOfDocument(faulty), file: 'faulty-rulebook.json' }],
    })
    const { code, err } = await runCli(['policy', 'check', file])
    assert.equal(code, 1)
    assert.match(err, /faulty-rulebook\.json \/stageWeights/)
  })

  it('answers 64 for a policy that cannot be read', async () => {
    const { code, out, err } = await runCli(['policy', 'check', folder.at('nowhere.json')])
    assert.equal(code, 64)
    assert.equal(out, '')
    assert.match(err, /no such file/)
  })
})

describe('The fields of a policy, for people', () => {
  it('are exactly those of its schema, each required one without a default', async () => {
    const path = fileURLToPath(
      new URL('../../verifier/schemas/VerificationPolicy.json', import.meta.url),
    )
    const fields = [...schemaFields(JSON.parse(await readFile(path, 'utf8')), '')]
    assert.deepEqual(
      POLICY_FIELDS.map(({ place }) => place).sort(),
      fields.map(({ place }) => place).sort(),
    )
    for (const { place, isRequired } of fields) {
      const field = POLICY_FIELDS.find((each) => each.place === place)
      assert.equal(field?.default === undefined, isRequired, place)
    }
  })
})

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly required?: readonly string[]
  readonly items?: Schema
}

function* schemaFields(
  schema: Schema,
  at: string,
): Generator<{ readonly place: string; readonly isRequired: boolean }> {
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    if (name.startsWith('$')) continue
    const place = `${at}/${name}`
    yield { place, isRequired: schema.required?.includes(name) ?? false }
    yield* schemaFields(member, place)
    if (member.items?.properties) yield* schemaFields(member.items, `${place}/*`)
  }
  for (const member of Object.values(schema.patternProperties ?? {})) {
    yield { place: `${at}/*`, isRequired: false }
    yield* schemaFields(member, `${at}/*`)
  }
}

import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { decodeInput, isOfType } from '@battery-passport/verifier'
import { chainFiles, serviceOptions, signChain } from './support/open-service.ts'
import { parseJson } from './support/parse-json.ts'
import { type Serving, serving } from './support/serving.ts'
import { REFINERY, type Workshop, workshop } from './support/workshop.ts'

const ROWS = `facility,stage,material,share,custodyModel
${REFINERY},refining,nickel,62.5%,mass-balance
`
const LATER = '2026-10-01T06:00:00Z'

describe('a withdrawal from the desk to the buyer', () => {
  let room: Workshop
  let service: Serving
  let attestation: string
  let passport: string
  const at = (...parts: string[]) => room.at(...parts)

  beforeEach(async () => {
    room = await workshop()
    await signChain(room)
    service = await serving([...serviceOptions(room), '--init'])
    const [file = '', ...rest] = chainFiles(room)
    attestation = String(parseJson(await readFile(file, 'utf8')).id)
    const target = ['--service', service.url]
    await room.must(['submit', ...target, file, ...rest.flatMap((each) => ['--with', each])])
    const request = await room.write('request.json', {
      battery: {
        granularity: 'batch',
        batch: 'urn:uuid:00000000-0000-4000-8000-000000000001',
        category: 'EV',
        chemistry: 'NMC',
      },
      attestations: [attestation],
      validUntil: '2027-01-01T00:00:00Z',
    })
    const { out } = await room.must([
      ...['issue', ...target, '--request', request, '--out', at('passport'), '--json'],
      ...['--product', await room.write('product.json', {})],
      ...['--supply-chain', await room.write('rows.csv', ROWS)],
    ])
    passport = String([...Object(parseJson(out).passports)][0].id)
  })
  afterEach(async () => {
    await service.stop()
    await room.remove()
  })

  const revoke = (argv: readonly string[], about = attestation) =>
    room.run(['revoke', ...room.desk('climate'), about, ...argv], { at: LATER })
  const atService = (name: string, argv: readonly string[]) =>
    room.run([name, passport, '--service', service.url, '--reason', 'x', ...argv])
  /** The whole verdict under another policy. */
  const verifyUnder = async (policy: string, ...argv: readonly string[]) => {
    const file = at('passport', 'presentation.json')
    const question = ['verify', file, '--policy', policy, '--json', ...argv]
    return parseJson((await room.run(question, { at: LATER })).out)
  }
  /** The buyer's verdict on the passport with more beside it. */
  const verify = async (...argv: readonly string[]) => {
    const file = at('passport', 'presentation.json')
    const options = ['--policy', at('policy.json'), '--json']
    const answer = await room.run(['verify', file, ...options, ...argv], { at: LATER })
    const { findings, outcome, score } = parseJson(answer.out)
    const codes = [...Object(findings)].map(({ code }) => code)
    return { ...answer, outcome, codes, score: Object(score) }
  }

  it('in part takes the answers out of the score, and nothing else', async () => {
    const before = await verify()
    assert.equal(before.outcome, 'accepted')
    const { code, out } = await revoke([
      ...['--because', 'misstatement', '--indicator', 'ghg.intensity-ratio'],
      ...['--description', 'Two meters were exchanged.', '--out', at('withdrawn'), '--json'],
    ])
    assert.equal(code, 0)
    const told = parseJson(out)
    assert.equal(told.status, 'withdrawn-in-part')
    const notices = [...Object(told.notices)]
    assert.equal(notices.length, 1)
    const after = await verify('--with', at('withdrawn'))
    assert.equal(after.outcome, 'accepted', after.out)
    assert.ok(after.codes.includes('WITHDRAWN_IN_PART'))
    assert.ok(after.codes.includes('SCORE_CHANGED_SINCE_ISSUE'))
    assert.ok(after.score.coverage < before.score.coverage)
    const report = await room.run(
      [
        ...['verify', at('passport', 'presentation.json'), '--policy', at('policy.json')],
        ...['--with', at('withdrawn')],
      ],
      { at: LATER },
    )
    assert.match(report.out, /^ACCEPTED$/m)
    assert.doesNotMatch(report.out, /nothing it rests on was withdrawn/)
    assert.match(report.out, /the oldest status list/)
    const alone = await verify('--with', at('withdrawn', 'revocation-1.json'))
    assert.equal(alone.code, 2)
    assert.ok(alone.codes.includes('NOTICE_MISSING'))
  })

  it('is foretold by impact, in part and as a whole', async () => {
    const rescoring = { ...parseJson(await readFile(at('policy.json'), 'utf8')) }
    const policies = [
      at('policy.json'),
      await room.write('rescoring.json', { ...rescoring, uncountedAttestation: 'rescore' }),
      await room.write('trusting.json', { ...rescoring, acceptSelfAssertedTime: true }),
    ]
    const effects = new Set<string>()
    // Each withdraws more than the one before, as a desk asks for.
    for (const terms of [
      ['--void-from', LATER, '--indicator', 'ghg.intensity-ratio'],
      ['--effective-from', '2026-10-01T05:00:00Z', '--indicator', 'ghg.intensity-ratio'],
      ['--void-from', '2026-10-01T04:00:00Z'],
      ['--void-from', '2026-09-01T00:00:00Z'],
    ]) {
      const foretold: string[] = []
      for (const policy of policies) {
        const argv = ['impact', '--of', attestation, ...terms, '--policy', policy, '--json']
        const file = at('passport', 'presentation.json')
        const { out, err } = await room.run([...argv, file], { at: LATER })
        assert.notEqual(out, '', err)
        const [entry] = [...Object(parseJson(out).passports)]
        effects.add(entry.effect)
        foretold.push(JSON.stringify([entry.after.outcome, entry.after.score, entry.after.codes]))
      }
      const because = ['--because', 'misstatement', '--out', at('withdrawn')]
      const { code, err } = await revoke([...because, ...terms])
      assert.equal(code, 0, err)
      for (const [index, policy] of policies.entries()) {
        const { outcome, score, findings } = await verifyUnder(policy, '--with', at('withdrawn'))
        const grave = [...Object(findings)].filter(
          ({ severity }) => severity === 'error' || severity === 'unknown',
        )
        const codes = [...new Set(grave.map(({ code }) => code))]
        assert.equal(foretold[index], JSON.stringify([outcome, score, codes]), terms.join(' '))
      }
    }
    assert.deepEqual([...effects].sort(), ['changes', 'falls', 'untouched'])
  })

  it('is bundled with its notice', async () => {
    const from = '2026-09-01T00:00:00Z'
    const terms = ['--because', 'accreditation-lost', '--void-from', from]
    const { code } = await revoke([...terms, '--out', at('withdrawn')])
    assert.equal(code, 0)
    const parts = ['--with', at('passport', 'presentation.json'), '--with', at('withdrawn')]
    const argv = ['bundle', at('passport', 'passport.json'), ...parts, '--out', at('fresh.json')]
    const { out } = await room.must([...argv, '--json'])
    assert.deepEqual(parseJson(out).missing, [])
    const { documents } = decodeInput(await readFile(at('fresh.json')))
    const notice = documents.find((each) => each.ok && isOfType(each.secured, 'WithdrawalNotice'))
    assert.ok(notice?.ok)
    assert.equal(Object(notice.secured.credential.credentialSubject).voidFrom, from)
    const options = ['--policy', at('policy.json'), '--json']
    const verdict = await room.run(['verify', at('fresh.json'), ...options], { at: LATER })
    assert.equal(verdict.code, 1)
    const codes = [...Object(parseJson(verdict.out).findings)].map((each) => each.code)
    assert.ok(codes.includes('REVOKED'))
  })

  it('reaches a service with the lists, and the presentations it hands out', async () => {
    const argv = [attestation, '--because', 'misstatement', '--out', at('withdrawn')]
    await room.must(['revoke', ...room.desk('climate'), ...argv], { at: '2026-10-01T00:00:30Z' })
    const { out } = await room.must(['submit', '--service', service.url, at('withdrawn'), '--json'])
    const types = [...Object(parseJson(out).stored)].map(({ type }) => type)
    assert.deepEqual(types.sort(), [
      'BitstringStatusListCredential',
      'BitstringStatusListCredential',
      'WithdrawalNotice',
    ])
    const local = passport.split('/').at(-1)
    const shown = await fetch(`${service.url}/passports/${local}/presentation`)
    const file = await room.write('shown.json', await shown.text())
    const options = ['--policy', at('policy.json'), '--json']
    const verdict = await room.run(['verify', file, ...options], { at: LATER })
    const codes = [...Object(parseJson(verdict.out).findings)].map(({ code }) => code)
    assert.ok(codes.includes('TIME_UNPROVEN'), verdict.out)
    assert.ok(!codes.includes('NOTICE_MISSING'))
  })

  it('is written with the lists, each time they are signed', async () => {
    await revoke(['--because', 'ceased', '--out', at('withdrawn')])
    const files = await readdir(at('withdrawn'))
    assert.equal(files.length, 3)
    const again = ['lists', ...room.desk('climate'), '--out', at('again')]
    const { out } = await room.must([...again, '--json'], { at: '2026-10-01T07:00:00Z' })
    const { lists, notices } = parseJson(out)
    assert.equal([...Object(lists)].length, 2)
    const [notice] = [...Object(notices)]
    assert.equal(notice.about, attestation)
    assert.deepEqual(
      await readFile(notice.file, 'utf8'),
      await readFile(at('withdrawn', notice.file.split('/').at(-1)), 'utf8'),
    )
    const told = await room.must(again, { at: '2026-10-01T08:00:00Z' })
    assert.match(told.out, /Named urn:uuid:\S+, about /)
  })

  it('of a passport is told by the service with a notice', async () => {
    const notice = ['--because', 'ceased', '--description', 'Recycled.']
    const { code, out } = await atService('suspend', [...notice, '--json'])
    assert.equal(code, 0)
    const local = passport.split('/').at(-1)
    const served = await fetch(`${service.url}/passports/${local}/notice`)
    const { credentialSubject, id } = Object(await served.json())
    assert.equal(parseJson(out).notice, id)
    assert.equal(credentialSubject.description, 'Recycled.')
  })

  it('is refused with the place of what is wrong', async () => {
    for (const [argv, pattern] of [
      [['--indicator', 'ghg.inventory'], /Only a notice can say this[\s\S]*--indicator/],
      [['--because', 'bored'], /--because[\s\S]*misstatement[\s\S]*bored/],
      [['--because', 'error', '--void-from', 'yesterday'], /RFC 3339[\s\S]*yesterday/],
      [
        ['--because', 'error', '--void-from', LATER, '--effective-from', LATER],
        /A withdrawal begins once/,
      ],
    ] as const) {
      const { code, err } = await revoke(argv)
      assert.equal(code, 64)
      assert.match(err, pattern)
    }
    for (const [argv, pattern] of [
      [['--because', 'error', '--indicator', 'ghg.nothing'], /ghg\.nothing/],
      [['--because', 'error', '--effective-from', '2027-01-01T00:00:00Z'], /effectiveFrom/],
    ] as const) {
      const { code, err } = await revoke(argv)
      assert.equal(code, 1, err)
      assert.match(err, pattern)
    }
    await revoke(['--because', 'error', '--indicator', 'ghg.inventory'])
    const other = await revoke(['--because', 'error', '--indicator', 'ghg.intensity-ratio'])
    assert.equal(other.code, 1)
    assert.match(other.err, /REVOKED_FOR_GOOD[\s\S]*ghg\.inventory/)
    const part = await atService('revoke', ['--because', 'error', '--indicator', 'ghg.inventory'])
    assert.equal(part.code, 64)
    assert.match(part.err, /no answers of its own/)
    const future = await atService('revoke', [
      ...['--because', 'error', '--effective-from', '2027-01-01T00:00:00Z'],
    ])
    assert.equal(future.code, 1)
    assert.match(future.err, /\/notice\/effectiveFrom/)
    const whole = await room.run([
      'suspend',
      ...room.desk('climate'),
      attestation,
      '--indicator',
      'x',
    ])
    assert.equal(whole.code, 64)
  })
})

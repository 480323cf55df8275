import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { chmod, readdir, readFile } from 'node:fs/promises'
import { decodeInput, isOfType } from '@battery-passport/verifier'
import { catenaXPass } from '../support/catenax-pass.ts'
import { NOW } from '../support/consortium.ts'
import { fullProduct } from '../support/full-product.ts'
import { describeShared } from '../support/shared.ts'
import { testAuthority } from '../support/timestamp-authority.ts'
import { stamping, type TimestampServer, timestampServer } from '../support/timestamp-server.ts'
import { chainFiles, serviceOptions, signChain } from './support/open-service.ts'
import { identityForm } from './support/papers.ts'
import { parseJson } from './support/parse-json.ts'
import { type Serving, serving } from './support/serving.ts'
import { REFINERY, type Workshop, workshop } from './support/workshop.ts'

const ROWS = `facility,stage,material,share,custodyModel
${REFINERY},refining,nickel,62.5%,mass-balance
`

let room: Workshop
let service: Serving
let attestation: string
let clock: TimestampServer

const flat = (text: string) => text.replaceAll(/\s+/g, ' ')
const at = (...parts: string[]) => room.at(...parts)

/** A request for a model passport that rests on the one attestation. */
const requestFor = (model: string, more: object = {}) => ({
  battery: { granularity: 'model', model, category: 'EV', chemistry: 'NMC', ...more },
  attestations: [attestation],
  validUntil: '2027-01-01T00:00:00Z',
})
let made = 0
const newModel = () => {
  made += 1
  return `urn:uuid:00000000-0000-4000-8000-${String(made).padStart(12, '0')}`
}

const issue = async (...argv: readonly string[]) => {
  const out = at(`passports-${made}`)
  const answer = await room.run(['issue', '--service', service.url, '--out', out, ...argv])
  return { ...answer, folder: out, flat: flat(answer.err) }
}
const inputs = async () => [
  ...['--product', await room.write('product.json', {})],
  ...['--supply-chain', await room.write('rows.csv', ROWS)],
]

describe('the service from the command line', () => {
  before(async () => {
    room = await workshop()
    clock = await timestampServer(stamping(await testAuthority(), NOW))
    await signChain(room)
    service = await serving([...serviceOptions(room), '--init'])
    const [file = ''] = chainFiles(room)
    attestation = String(parseJson(await readFile(file, 'utf8')).id)
  })
  after(async () => {
    clock.stop()
    assert.equal(await service.stop(), 0)
    await room.remove()
  })

  describe('battery-passport submit', () => {
    const submit = (...argv: readonly string[]) =>
      room.run(['submit', '--service', service.url, ...argv])

    it('says what to submit too when a chain has gaps', async () => {
      const [file = '', accreditation = '', identity = ''] = chainFiles(room)
      const alone = await submit(file)
      assert.equal(alone.code, 1)
      assert.match(flat(alone.err), /REFERENCE_MISSING[^!]* to do: Submit that credential too/)
      const unlisted = await submit(file, '--with', accreditation, '--with', identity)
      assert.match(flat(unlisted.err), /STATUS_UNREACHABLE[^!]* to do: Submit the current list too/)
    })

    it('hands a chain over, once, and says what was stored', async () => {
      const [file = '', ...rest] = chainFiles(room)
      const first = await submit(file, ...rest.flatMap((each) => ['--with', each]))
      assert.equal(first.code, 0, first.err)
      assert.match(
        flat(first.out),
        /stored: 1 RulebookAttestation, 1 VerifierAccreditation, 1 RegisteredIdentity, 6 BitstringStatusListCredential\./,
      )
      const again = await submit(...chainFiles(room), '--json')
      const { stored, known } = parseJson(again.out)
      assert.deepEqual(stored, [])
      assert.equal(Array.isArray(known) && known.length, 9)
    })

    it('refuses a changed attestation with the finding, in its file', async () => {
      const [file = '', ...others] = chainFiles(room)
      const changed = (await readFile(file, 'utf8')).replace('"61.3"', '"11.3"')
      const { code, out, err } = await submit(await room.write('changed.json', changed), ...others)
      assert.equal(code, 1)
      assert.equal(out, '')
      assert.match(flat(err), /EVIDENCE_REFUSED/)
      assert.match(flat(err), /\(PROOF_INVALID\) where: \S+changed\.json/)
    })

    it('speaks to a submitter of what is revoked, not to a buyer', async () => {
      const [file = '', accreditation = '', identity = ''] = chainFiles(room)
      const id = String(parseJson(await readFile(accreditation, 'utf8')).id)
      const lists = at('withdrawn')
      await room.must(['revoke', ...room.desk('council'), id, '--out', lists], {
        at: '2026-10-01T00:00:05Z',
      })
      const { code, err } = await submit(file, accreditation, identity, at('status'), lists)
      assert.equal(code, 1)
      assert.match(flat(err), /REVOKED\)[^!]* to do: It counts no more, and its issuer knows why/)
      assert.doesNotMatch(err, /Ask the manufacturer/)
    })

    it('replaces status lists that come alone by newer ones only', async () => {
      const older = [...(await readFile(at('status', 'climate', 'revocation-1.json')))]
      const argv = ['lists', ...room.desk('climate'), '--out', at('status', 'climate')]
      await room.must(argv, { at: '2026-10-01T00:00:10Z' })
      const newer = await submit(at('status', 'climate'))
      assert.equal(newer.code, 0, newer.err)
      assert.match(newer.out, /2 BitstringStatusListCredential/)
      const { code, err } = await submit(await room.write('older.json', Uint8Array.from(older)))
      assert.equal(code, 1)
      assert.match(err, /LIST_NOT_NEWER/)
    })

    it('refuses what is no credential, and an empty folder', async () => {
      const bad = await submit(await room.write('bad.json', '{"hello":"world"}'))
      assert.equal(bad.code, 1)
      assert.match(bad.err, /SCHEMA[\s\S]*bad\.json/)
      await room.write('empty/readme.txt', 'nothing')
      assert.match((await submit(at('empty'))).err, /nothing to submit/)
      assert.equal((await submit(at('nowhere'))).code, 64)
    })

    it('needs the token, and sends it nowhere without TLS', async () => {
      const [file = ''] = chainFiles(room)
      const wrong = await room.run(['submit', '--service', service.url, file], {
        env: { BATTERY_PASSPORT_TOKEN: 'another-token-0123456789' },
      })
      assert.equal(wrong.code, 64)
      assert.match(wrong.err, /TOKEN_WRONG/)
      const none = await room.run(['submit', '--service', service.url, file, '--token-env', 'NONE'])
      assert.equal(none.code, 64)
      assert.match(none.err, /no token[\s\S]*variable NONE/)
      for (const url of [
        'http://passports.example',
        'ftp://127.0.0.1',
        'x',
        'https://a:b@c.example',
      ]) {
        const { code, err } = await room.run(['submit', '--service', url, file])
        assert.equal(code, 64, url)
        assert.match(err, /cannot be used/)
      }
    })

    it('reads the token from a file that only its owner may read', async () => {
      const [file = ''] = chainFiles(room)
      const open = await room.write('open.token', '0123456789abcdef0123456789abcdef\n')
      const argv = ['submit', '--service', service.url, file, '--token-file', open]
      await chmod(open, 0o644)
      assert.match((await room.run(argv)).err, /Others may read the token file/)
      await chmod(open, 0o600)
      assert.equal((await room.run(argv)).code, 0)
    })

    it('says when nobody answers, or somebody else', async () => {
      const [file = ''] = chainFiles(room)
      const nobody = await room.run(['submit', '--service', 'http://127.0.0.1:9', file])
      assert.equal(nobody.code, 64)
      assert.match(
        flat(nobody.err),
        /did not answer\. where: http:\/\/127\.0\.0\.1:9\/attestations/,
      )
    })
  })

  describe('battery-passport issue', () => {
    it('has a passport issued, and writes it with its presentation', async () => {
      const model = newModel()
      const request = await room.write('request.json', requestFor(model))
      const { code, out, err, folder } = await issue('--request', request, ...(await inputs()))
      assert.equal(code, 0, err)
      assert.match(out, /grade [A-E]/)
      assert.match(out, /key +request-zQm/)
      assert.deepEqual(await readdir(folder), ['passport.json', 'presentation.json'])
      const [document] = decodeInput(await readFile(`${folder}/passport.json`)).documents
      assert.ok(document?.ok && isOfType(document.secured, 'BatteryPassport'))
      const { credentialSubject: subject } = document.secured.credential
      assert.equal(subject.supplyChain[0]?.share, 6250)
      const verdict = await room.run([
        ...['verify', `${folder}/presentation.json`, '--policy', at('policy.json')],
        ...['--expect-issuer', room.did.maker, '--json'],
      ])
      assert.equal(verdict.code, 0, verdict.out)
    })

    it('answers with the same passport when the same request is sent again', async () => {
      const request = await room.write('request.json', requestFor(newModel()))
      const first = await issue('--request', request, ...(await inputs()), '--json')
      const again = await issue('--request', request, ...(await inputs()), '--json', '--force')
      assert.equal(first.code, 0, first.err)
      assert.deepEqual(parseJson(again.out), parseJson(first.out))
    })

    it('refuses another request under a key that was used', async () => {
      const key = ['--idempotency-key', 'order-0001']
      const a = await room.write('a.json', requestFor(newModel()))
      assert.equal((await issue('--request', a, ...(await inputs()), ...key)).code, 0)
      const b = await room.write('b.json', requestFor(newModel()))
      const { code, err, folder } = await issue('--request', b, ...(await inputs()), ...key)
      assert.equal(code, 1)
      assert.match(err, /IDEMPOTENCY_KEY_REUSED/)
      assert.equal(existsSync(folder), false)
      const bad = await issue('--request', b, ...(await inputs()), '--idempotency-key', 'x y')
      assert.match(bad.err, /IDEMPOTENCY_KEY_INVALID/)
    })

    it('issues several in one call, each in files of its own, and says which were refused', async () => {
      const a = await room.write('a.json', requestFor(newModel()))
      const b = await room.write('b.json', {
        ...requestFor(newModel()),
        attestations: ['urn:uuid:1'],
      })
      const c = await room.write('c.json', requestFor(newModel()))
      const files = ['--request', a, '--request', b, '--request', c]
      const answer = await issue(...files, ...(await inputs()), '--no-presentation')
      assert.equal(answer.code, 1)
      assert.match(answer.out, /Issued: 2 passports/)
      assert.match(answer.flat, /ATTESTATION_UNKNOWN/)
      assert.match(answer.flat, /b\.json \/attestations\/0/)
      assert.deepEqual((await readdir(answer.folder)).sort(), [
        'a.passport.json',
        'c.passport.json',
      ])
    })

    it('refuses a battery that is made in the future', async () => {
      for (const [manufacturedOn, expected] of [
        ['2999-01-01', 1],
        ['2026-01-01', 0],
      ] as const) {
        const more = { granularity: 'item', id: newModel(), manufacturedOn }
        const request = await room.write('item.json', requestFor(newModel(), more))
        const { code, flat: said } = await issue('--request', request, '--dry-run')
        assert.equal(code, expected, said)
        if (expected === 1) {
          assert.match(said, /in the future\. where: \S+item\.json \/battery\/manufacturedOn/)
        }
      }
    })

    it('takes a Catena-X document, says where each value went, and what stays behind', async () => {
      const { category: _, chemistry: __, ...battery } = requestFor(newModel()).battery
      const request = await room.write('request.json', { ...requestFor(''), battery })
      const product = await room.write('pass.json', catenaXPass())
      const rows = ['--supply-chain', await room.write('rows.csv', ROWS)]
      const argv = ['--request', request, '--product', product, ...rows]
      const { code, err, folder } = await issue(...argv)
      assert.equal(code, 0, err)
      assert.match(err, /\d+ values mapped, \d+ not/)
      assert.match(err, /\d+ not mapped, \/\S+/)
      assert.doesNotMatch(err, / -> /)
      const whole = await issue(...argv, '--verbose', '--dry-run')
      assert.match(whole.err, /\/identification\/category -> \/category/)
      assert.match(whole.err, /Not mapped:\n {2}\/\S+ = .+: \S/)
      const text = await readFile(`${folder}/passport.json`, 'utf8')
      assert.match(text, /"modelIdentifier":"CP-80"/)
    })

    it('takes the chemistry from the request where a Catena-X document names no code', async () => {
      const pass = catenaXPass(['Nickel Cobalt Manganese (NCM)', 'sodium ion'])
      const product = ['--product', await room.write('pass.json', pass)]
      const rows = ['--supply-chain', await room.write('rows.csv', ROWS)]
      const { chemistry: _, ...battery } = requestFor(newModel()).battery
      const open = await room.write('request.json', { ...requestFor(''), battery })
      const refused = await issue('--request', open, ...product, ...rows, '--dry-run')
      assert.equal(refused.code, 1)
      assert.match(refused.flat, /pass\.json \/identification\/chemistry.* found: "sodium ion"/)
      assert.match(refused.flat, /Write its code into the request/)
      const said = await room.write('request.json', {
        ...requestFor(''),
        battery: { ...battery, chemistry: 'SIB' },
      })
      const { code, out } = await issue('--request', said, ...product, ...rows, '--dry-run')
      assert.equal(code, 0)
      const request = Object(parseJson(out).battery)
      assert.equal(request.chemistry, 'SIB')
      assert.equal(request.product.chemistryDesignation, 'sodium ion')
    })

    it('refuses a Catena-X document that says other than the request, and one of another version', async () => {
      const lfp = requestFor(newModel(), { chemistry: 'LFP' })
      const request = await room.write('request.json', lfp)
      const product = await room.write('pass.json', catenaXPass())
      const rows = ['--supply-chain', await room.write('rows.csv', ROWS)]
      const differs = await issue('--request', request, '--product', product, ...rows)
      assert.equal(differs.code, 1)
      assert.doesNotMatch(differs.err, /values mapped/)
      assert.match(
        differs.flat,
        /differ\. where: \S+request\.json \/battery\/chemistry expected: "NMC" found: "LFP"/,
      )
      const old = await room.write(
        'old.json',
        catenaXPass(['battery_pass:6.1.0', 'battery_pass:6.0.0']),
      )
      const { code, flat: text } = await issue('--request', request, '--product', old, ...rows)
      assert.equal(code, 1)
      assert.match(text, /old\.json \/specVersion/)
    })

    describeShared(
      'with the published Catena-X sample',
      'data/catenax/BatteryPass.json',
      (path) => {
        it('refuses its category SLI by name', async () => {
          const request = await room.write('request.json', requestFor(newModel()))
          const { code, flat: text } = await issue('--request', request, '--product', path)
          assert.equal(code, 1)
          assert.match(
            text,
            /\/identification\/category expected: one of EV, LMT, industrial found: "SLI"/,
          )
        })
      },
    )

    it('names faults of product data and of the supply chain in their files, before it sends', async () => {
      const request = await room.write('request.json', requestFor(newModel()))
      const product = await room.write('product.json', { ...fullProduct, colour: 'red' })
      const bad = await issue('--request', request, '--product', product)
      assert.equal(bad.code, 1)
      assert.match(bad.flat, /product\.json \/colour/)
      const rows = await room.write('rows.csv', ROWS.replace('62.5%', '10001'))
      const shares = await issue('--request', request, '--supply-chain', rows)
      assert.equal(shares.code, 1)
      assert.match(shares.flat, /rows\.csv, row 2, column share/)
    })

    it('names a row that the method does not admit by its number', async () => {
      const request = await room.write('request.json', requestFor(newModel()))
      const text = `${ROWS}\nurn:uuid:1,mining,lithium,100,segregated\n`
      const rows = ['--supply-chain', await room.write('rows.csv', text)]
      const product = ['--product', await room.write('product.json', {})]
      const { code, flat: err } = await issue('--request', request, ...product, ...rows)
      assert.equal(code, 1)
      assert.match(err, /rows\.csv, row 4, column facility/)
    })

    it('warns, before it sends, of a row that the method does not count', async () => {
      const text = `${ROWS}${REFINERY},refining,nickle,10%,segregated\n`
      const rows = ['--supply-chain', await room.write('rows.csv', text)]
      const product = ['--product', await room.write('product.json', {})]
      const issueBy = async (more: object, ...argv: string[]) => {
        const file = await room.write('request.json', { ...requestFor(newModel()), ...more })
        return issue('--request', file, ...product, ...rows, ...argv)
      }
      const warning =
        /warning: .*method esg 1\.0\.0 .*rows\.csv, row 3, column material expected: one of .*nickel.* found: nickle to do: Did you mean "nickel"\?/
      const dry = await issueBy({}, '--dry-run')
      assert.equal(dry.code, 0)
      assert.match(dry.flat, warning)
      const sent = await issueBy({})
      assert.equal(sent.code, 0, sent.err)
      assert.match(sent.flat, warning)
    })

    it('says that it looked for no such row where the method is not at hand', async () => {
      const supplyChain = ['--supply-chain', await room.write('rows.csv', ROWS)]
      const product = ['--product', await room.write('product.json', {})]
      const method = { key: 'own', version: '1.0.0' }
      const file = await room.write('request.json', { ...requestFor(newModel()), method })
      const { flat } = await issue('--request', file, ...product, ...supplyChain, '--dry-run')
      assert.match(flat, /warning: Method own 1\.0\.0 is not at hand/)
      assert.match(flat, /Give its folder with --rulebooks DIR/)
      const shipped = await room.write('request.json', {
        ...requestFor(newModel()),
        method: { key: 'esg', version: '1.0.0' },
      })
      const known = await issue('--request', shipped, ...product, ...supplyChain, '--dry-run')
      assert.doesNotMatch(known.flat, /warning/)
    })

    it('names what the service refuses in the file it came from', async () => {
      const request = await room.write('request.json', {
        ...requestFor(newModel()),
        validUntill: '2027-01-01T00:00:00Z',
      })
      const { code, flat: text } = await issue('--request', request, ...(await inputs()))
      assert.equal(code, 1)
      assert.match(text, /REQUEST_INVALID/)
      assert.match(text, /request\.json \/validUntill/)
      assert.match(text, /Did you mean "validUntil"\?/)
      const list = await room.write('request.json', '[]')
      assert.match((await issue('--request', list)).flat, /no request for a passport/)
    })

    it('prints the whole request with --dry-run, and sends nothing', async () => {
      const model = newModel()
      const request = await room.write('request.json', requestFor(model))
      const { code, out } = await room.run([
        'issue',
        '--request',
        request,
        ...(await inputs()),
        '--dry-run',
      ])
      assert.equal(code, 0)
      const { battery } = parseJson(out)
      assert.deepEqual(Object(battery).product, {})
      assert.equal(Object(battery).supplyChain[0].share, 6250)
      const { code: missing, err } = await room.run([
        'issue',
        '--request',
        request,
        ...(await inputs()),
      ])
      assert.equal(missing, 64)
      assert.match(err, /--out is missing/)
    })
  })

  describe('battery-passport issue --tsa', () => {
    it('puts a timestamp beside the passport and into its presentation', async () => {
      const request = await room.write('request.json', requestFor(newModel()))
      const argv = ['--request', request, ...(await inputs()), '--tsa', clock.url, '--json']
      const { folder, code, out, err } = await issue(...argv)
      assert.equal(code, 0, err)
      const [line] = [...Object(parseJson(out).passports)]
      assert.equal(line.timestamp, `${folder}/passport.json.tsr`)
      assert.ok(existsSync(line.timestamp))
      const { timestamps } = decodeInput(await readFile(`${folder}/presentation.json`))
      assert.equal(timestamps[0]?.digestMultibase, line.digestMultibase)
      const verdict = await room.run([
        ...['verify', `${folder}/presentation.json`, '--policy', at('policy.json')],
      ])
      assert.equal(verdict.code, 0, verdict.out)
    })

    it('leaves a passport without one as it was issued, and says so', async () => {
      clock.answers(() => ({ status: 503, body: new Uint8Array() }))
      const request = await room.write('request.json', requestFor(newModel()))
      const argv = ['--request', request, ...(await inputs()), '--tsa', clock.url]
      const failed = await issue(...argv, '--json')
      clock.answers(stamping(await testAuthority(), NOW))
      assert.equal(failed.code, 64)
      const [line] = [...Object(parseJson(failed.out).passports)]
      assert.equal(line.timestamp, null)
      assert.match(failed.flat, /signed, and has no timestamp/)
      assert.ok(existsSync(`${failed.folder}/passport.json`))
      const again = await issue(...argv, '--force', '--json')
      assert.equal(again.code, 0, again.err)
      const [same] = [...Object(parseJson(again.out).passports)]
      assert.equal(same.id, line.id)
      assert.equal(same.timestamp, `${failed.folder}/passport.json.tsr`)
    })
  })

  describe('battery-passport bundle', () => {
    it('presents a passport with what belongs to it, and with that alone', async () => {
      const request = await room.write('request.json', requestFor(newModel()))
      const { folder, code } = await issue('--request', request, ...(await inputs()))
      assert.equal(code, 0)
      const passport = `${folder}/passport.json`
      const lists = decodeInput(await readFile(`${folder}/presentation.json`))
        .documents.flatMap((each) => (each.ok ? [each.secured] : []))
        .filter(({ issuer, type }) => issuer === room.did.maker && type !== 'BatteryPassport')
      for (const [index, { document }] of lists.entries()) {
        await room.write(`own/${index}.json`, document)
      }
      const key = ['keys', 'new', '--out', at('stranger.key.json'), '--json']
      const { did } = parseJson((await room.must(key)).out)
      await room.write('stranger.json', identityForm(String(did)))
      await room.must([
        ...['identify', ...room.desk('registrar')],
        ...['--in', at('stranger.json'), '--out', at('stranger.identity.json')],
      ])
      const out = at(`bundle-${made}.json`)
      const parts = [...chainFiles(room), at('own'), at('stranger.identity.json')]
      const argv = ['bundle', passport, ...parts.flatMap((path) => ['--with', path]), '--out', out]
      const answer = await room.must([...argv, '--json'])
      assert.deepEqual(parseJson(answer.out).missing, [])
      const types = decodeInput(await readFile(out)).documents.map(
        (each) => each.ok && each.secured.type,
      )
      assert.equal(types[0], 'BatteryPassport')
      assert.deepEqual(types.filter((type) => type === 'RegisteredIdentity').length, 1)
      const verdict = await room.run(['verify', out, '--policy', at('policy.json'), '--json'])
      assert.equal(verdict.code, 0, verdict.out)
      assert.equal((await room.run(argv)).code, 64)
    })

    it('carries a timestamp from its file to the service, and into presentations', async () => {
      const [file = '', ...rest] = chainFiles(room)
      const own = await room.write('stamped/attestation.json', await readFile(file))
      const tsr = (await room.must(['timestamp', own, '--tsa', clock.url, '--json'])).out
      assert.match(tsr, /stamped\/attestation\.json\.tsr"/)
      const submit = ['submit', '--service', service.url, at('stamped'), ...rest]
      const submitted = await room.must(submit)
      assert.match(flat(submitted.out), /Kept with them: 1 timestamp\./)
      const request = await room.write('request.json', requestFor(newModel()))
      const { folder } = await issue('--request', request, ...(await inputs()))
      const { timestamps } = decodeInput(await readFile(`${folder}/presentation.json`))
      assert.equal(timestamps.length, 1)
      const argv = ['bundle', `${folder}/passport.json`, '--with', at('stamped'), '--partial']
      const bundled = await room.must([...argv, '--out', at(`stamped-${made}.json`)])
      assert.match(bundled.out, /With 1 timestamp\./)
      const damaged = await room.write('damaged.tsr', 'no timestamp')
      const refused = await room.run([...argv, '--with', damaged, '--out', at('x.json')])
      assert.equal(refused.code, 1)
    })

    it('names what is missing by id, and writes it only when told to', async () => {
      const request = await room.write('request.json', requestFor(newModel()))
      const { folder } = await issue('--request', request, ...(await inputs()))
      const out = at(`partial-${made}.json`)
      const argv = ['bundle', `${folder}/passport.json`, '--with', at('attestations'), '--out', out]
      const { code, err } = await room.run(argv)
      assert.equal(code, 1)
      assert.equal(existsSync(out), false)
      const accreditation = parseJson(
        await readFile(at('climate-assurance.accreditation.json'), 'utf8'),
      )
      for (const id of [
        String(accreditation.id),
        'https://climate.example/status/revocation-1',
        'https://passports.example/status-lists/suspension-1',
      ]) {
        assert.ok(flat(err).includes(id), id)
      }
      const partial = await room.must([...argv, '--partial'])
      assert.match(partial.out, /Missing: VerifierAccreditation/)
      const verdict = await room.run(['verify', out, '--policy', at('policy.json')])
      assert.equal(verdict.code, 2)
    })

    it('refuses what is no passport', async () => {
      const [file = ''] = chainFiles(room)
      const { code, err } = await room.run(['bundle', file, '--out', at('x.json')])
      assert.equal(code, 1)
      assert.match(err, /no BatteryPassport/)
    })
  })

  describe('battery-passport revoke of a passport', () => {
    it('revokes at the service, with a reason', async () => {
      const request = await room.write('request.json', requestFor(newModel()))
      const { out } = await issue('--request', request, ...(await inputs()), '--json')
      const [line] = [...Object(parseJson(out).passports)]
      const argv = ['revoke', String(line.id), '--service', service.url]
      const silent = await room.run(argv)
      assert.equal(silent.code, 64)
      assert.match(silent.err, /A service asks for a reason[\s\S]*--reason/)
      const { out: text } = await room.must([...argv, '--reason', 'recalled'])
      assert.match(text, /is revoked as of/)
      const back = await room.run(['reinstate', ...argv.slice(1), '--reason', 'mistake'])
      assert.equal(back.code, 1)
      assert.match(back.err, /STATUS_FINAL/)
      const battery = await room.run([
        'revoke',
        'urn:x:1',
        '--service',
        service.url,
        '--reason',
        'x',
      ])
      assert.equal(battery.code, 64)
      assert.match(battery.err, /22 characters/)
    })
  })
})

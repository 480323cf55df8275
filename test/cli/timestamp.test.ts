import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { readTimestamp } from '@battery-passport/keys'
import { decodeInput } from '@battery-passport/verifier'
import { NOW } from '../support/consortium.ts'
import { type TestAuthority, testAuthority } from '../support/timestamp-authority.ts'
import { stamping, type TimestampServer, timestampServer } from '../support/timestamp-server.ts'
import { layOutPapers } from './support/papers.ts'
import { parseJson } from './support/parse-json.ts'
import { type Workshop, workshop } from './support/workshop.ts'

const BASE = ['--status-base', 'https://climate.example/status']
const NAME = '9506000.22202.0.greenhouse-gas.2025-12-31.json'

/** Long words are broken at the end of a line. */
const unbroken = (text: string) => text.replaceAll(/\s+/g, '')

describe('Timestamps on the command line', () => {
  let room: Workshop
  let authority: TestAuthority
  let clock: TimestampServer
  before(async () => {
    room = await workshop()
    await layOutPapers(room)
    await room.must([
      'accredit',
      ...room.desk('council'),
      ...['--status-base', 'https://council.example/status'],
      ...['--in', room.at('accreditation.json'), '--out', room.at('climate.accreditation.json')],
    ])
    authority = await testAuthority()
    clock = await timestampServer(stamping(authority, NOW))
    await room.write('clock.pem', authority.root.pem)
    await room.write('clock.der', authority.signer.der)
  })
  beforeEach(() => clock.answers(stamping(authority, NOW)))
  after(async () => {
    clock.stop()
    await room.remove()
  })

  let count = 0
  const tsa = (certificate = 'clock.pem') => [
    ...['--tsa', clock.url, '--tsa-certificate', room.at(certificate)],
  ]
  const attest = async (argv: readonly string[]) => {
    count += 1
    const folder = room.at(`out-${count}`)
    const desk = room.at(`desk-${count}`)
    const answer = await room.run([
      'attest',
      ...['--key', room.at('climate.key.json'), '--desk', desk, ...BASE],
      ...['--accreditation', room.at('climate.accreditation.json')],
      ...['--engagement', room.at('refinery.engagement.json')],
      ...['--results', room.at('refinery.results.csv'), '--evidence', room.at('evidence')],
      ...['--out', folder, ...argv],
    ])
    const file = `${folder}/${NAME}`
    return { ...answer, folder, desk, file, flat: answer.err.replaceAll(/\s+/g, ' ') }
  }
  const digestIn = async (file: string) => {
    const [document] = decodeInput(await readFile(file)).documents
    assert.ok(document?.ok)
    return document.secured.digestMultibase
  }
  /** The timestamp beside a file is of its credential. */
  const stamps = async (file: string) => {
    const reading = readTimestamp(await readFile(`${file}.tsr`))
    assert.ok(reading.ok)
    assert.equal(reading.token.digestMultibase, await digestIn(file))
  }
  const stamp = async (argv: readonly string[]) => {
    const answer = await room.run(['timestamp', ...argv])
    return { ...answer, flat: answer.err.replaceAll(/\s+/g, ' ') }
  }

  describe('with attest --tsa', () => {
    it('stand beside the attestations', async () => {
      const { code, err, out, file } = await attest([...tsa(), '--json'])
      assert.equal(code, 0, err)
      await stamps(file)
      const [line] = [...Object(parseJson(out).attestations)]
      assert.equal(line.timestamp, `${file}.tsr`)
      const spoken = await attest(tsa('clock.der'))
      assert.match(spoken.out, /timestamp {4}\S+\.json\.tsr\n/)
    })

    it('are not asked for otherwise', async () => {
      const before = clock.requests.length
      const { code, folder, out } = await attest(['--json'])
      assert.equal(code, 0)
      assert.deepEqual(await readdir(folder), [NAME])
      assert.ok(!out.includes('timestamp'))
      await attest([...tsa(), '--dry-run'])
      assert.equal(clock.requests.length, before)
    })

    it('that cannot be had leave the attestation as it is, and say how to get them later', async () => {
      clock.answers(() => ({ status: 503, body: new Uint8Array() }))
      const failed = await attest([...tsa(), '--json'])
      assert.equal(failed.code, 64)
      const [line] = [...Object(parseJson(failed.out).attestations)]
      assert.equal(line.timestamp, null)
      assert.deepEqual(await readdir(failed.folder), [NAME])
      assert.match(failed.flat, /The credential is signed, and has no timestamp\./)
      assert.match(failed.flat, /found 503/)
      const call = `battery-passport timestamp ${failed.file} --tsa ${clock.url}`
      const again = `${call} with the same --tsa-certificate`
      assert.ok(unbroken(failed.err).includes(unbroken(again)))
      clock.answers(stamping(authority, NOW))
      const later = await stamp([failed.file, ...tsa()])
      assert.equal(later.code, 0, later.err)
      await stamps(failed.file)
    })

    it('that do not hold are not kept', async () => {
      clock.answers(stamping(await testAuthority(), NOW))
      const { code, flat, folder, out } = await attest(tsa())
      assert.equal(code, 1)
      assert.match(flat, /no trusted authority/)
      assert.match(out, /timestamp {4}none\n/)
      assert.deepEqual(await readdir(folder), [NAME])
    })

    it('need a usable address, a certificate and a free place before anything is signed', async () => {
      const url = await attest(['--tsa', 'http://clock.example/'])
      const alone = await attest(['--tsa-certificate', room.at('clock.pem')])
      const none = await attest(tsa('accreditation.json'))
      for (const [answer, words] of [
        [url, /address of the timestamp authority cannot be used/],
        [alone, /nobody to ask for a timestamp/],
        [none, /no certificate that timestamps can rest on/],
      ] as const) {
        assert.equal(answer.code, 64)
        assert.match(answer.flat, words)
        assert.equal(existsSync(answer.desk), false)
      }
      await room.write(`out-${count + 1}/${NAME}.tsr`, 'x')
      const taken = await attest(tsa())
      assert.equal(taken.code, 64)
      assert.match(unbroken(taken.err), /existsalready;.*\.json\.tsrexpected:/)
      assert.equal(existsSync(taken.desk), false)
    })

    it('are of anybody where no certificate is named, which is told', async () => {
      const { code, flat, file } = await attest(['--tsa', clock.url])
      assert.equal(code, 0)
      assert.match(flat, /note: Without --tsa-certificate nobody looks whose the timestamps are/)
      await stamps(file)
    })
  })

  it('stand beside custody attestations with attest-custody --tsa', async () => {
    const out = room.at('pack.json')
    const argv = [
      'attest-custody',
      ...['--key', room.at('climate.key.json'), '--desk', room.at('desk-custody'), ...BASE],
      ...['--accreditation', room.at('climate.accreditation.json')],
      ...['--in', room.at('pack.custody.json'), '--supply-chain', room.at('supply-chain.csv')],
    ]
    await room.must([...argv, '--out', out, ...tsa()])
    await stamps(out)
    clock.answers(() => ({ status: 503, body: new Uint8Array() }))
    const failed = await room.run([...argv, '--again', '--out', room.at('again.json'), ...tsa()])
    assert.equal(failed.code, 64)
    assert.ok(existsSync(room.at('again.json')))
    assert.match(failed.out, /timestamp +none\n/)
  })

  describe('with timestamp', () => {
    it('are refused for what is no credential, all files at once', async () => {
      const { code, flat } = await stamp([
        ...[room.at('accreditation.json'), room.at('evidence', 'inventory.txt'), ...tsa()],
      ])
      assert.equal(code, 1)
      assert.match(flat, /accreditation\.json/)
      assert.match(flat, /inventory\.txt/)
      const nobody = await stamp([room.at('climate.accreditation.json')])
      assert.equal(nobody.code, 64)
      assert.match(nobody.flat, /not said who shall stamp/)
    })

    it('are replaced with --force alone, and told as JSON', async () => {
      const file = room.at('climate.accreditation.json')
      const { out } = await stamp([file, ...tsa(), '--json'])
      const [line] = [...Object(parseJson(out).timestamps)]
      assert.deepEqual(
        [line.file, line.timestamp, line.digestMultibase],
        [file, `${file}.tsr`, await digestIn(file)],
      )
      assert.equal((await stamp([file, ...tsa()])).code, 64)
      assert.equal((await stamp([file, ...tsa(), '--force'])).code, 0)
    })
  })
})

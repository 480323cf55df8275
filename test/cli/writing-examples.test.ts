import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { digestOfDocument } from '@battery-passport/contexts'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import { NOW } from '../support/consortium.ts'
import { testAuthority } from '../support/timestamp-authority.ts'
import { stamping, type TimestampServer, timestampServer } from '../support/timestamp-server.ts'
import { engagementForm, layOutPapers, MODEL, policyForm } from './support/papers.ts'
import { parseJson } from './support/parse-json.ts'
import { type Serving, serving } from './support/serving.ts'
import { type Workshop, workshop } from './support/workshop.ts'

/** The id of the attestation that the examples of withdrawals name. */
const ATTESTATION = 'urn:uuid:3c7f5dc5-0a5d-4b0e-8a39-2f6f3f1f7d10'

/** A line as a shell splits it. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

describe('The examples of the writing commands, one after the other in one folder', () => {
  let room: Workshop
  let service: Serving | null = null
  let clock: TimestampServer
  const home = process.cwd()

  before(async () => {
    room = await workshop()
    await layOutPapers(room)
    const authority = await testAuthority()
    clock = await timestampServer(stamping(authority, NOW))
    await room.write('clock.pem', authority.root.pem)
    const form = engagementForm(room.did.miner)
    await room.write('refinery.engagement.json', { ...form, id: ATTESTATION })
    await room.write('policy.json', policyForm(room, digestOfDocument(SHIPPED_METHODS[0])))
    await room.write('product.json', {})
    await room.write('request.json', {
      battery: {
        granularity: 'model',
        model: MODEL,
        category: 'EV',
        chemistry: 'NMC',
      },
      attestations: [ATTESTATION],
      validUntil: '2027-01-01T00:00:00Z',
    })
    await room.write('service.json', {
      dataDir: 'data',
      keyFile: 'maker.key.json',
      passphrase: { variable: 'BATTERY_PASSPORT_PASSPHRASE' },
      token: { variable: 'BATTERY_PASSPORT_TOKEN' },
      policyFile: 'policy.json',
      publicBaseUrl: 'https://passports.example',
      port: 0,
    })
    process.chdir(room.path)
  })
  after(async () => {
    await service?.stop()
    clock.stop()
    process.chdir(home)
    await room.remove()
  })

  /** The lines of the example on a help page that are calls of this program. */
  const linesOf = async (command: string) => {
    const { out } = await room.must([...command.split(' '), '--help'])
    const lines = out.slice(out.indexOf('\nExample:\n')).split('\n').slice(2).filter(Boolean)
    const calls = lines.map((line) => words(line)).filter(([first]) => first === 'battery-passport')
    assert.ok(calls.length > 0, command)
    return calls.map((call) => call.slice(1))
  }
  const runExample = async (command: string) => {
    for (const argv of await linesOf(command)) {
      const local = argv
        .map((word) => word.replace('http://127.0.0.1:8080', service?.url ?? word))
        .map((word) => word.replace('http://127.0.0.1:3161', clock.url))
      const { out } = await room.must(local)
      assert.notEqual(out, '')
    }
  }

  for (const command of [
    'keys new',
    'keys show',
    'keys',
    'identify',
    'accredit',
    'attest',
    'attest-custody',
    'timestamp',
    'lists',
  ]) {
    it(`of "${command}" runs`, () => runExample(command))
  }

  it('of "serve" runs', async () => {
    for (const member of ['registrar', 'council'] as const) {
      await room.must(['lists', ...room.desk(member), '--out', room.at('status', member)])
    }
    const made = await serving(['--config', 'service.json', '--init'])
    await made.stop()
    const [[command, ...argv] = []] = await linesOf('serve')
    assert.equal(command, 'serve')
    service = await serving(argv)
  })

  for (const command of ['submit', 'issue', 'bundle', 'suspend', 'reinstate', 'revoke']) {
    it(`of "${command}" runs`, () => runExample(command))
  }

  it('leave a presentation that a buyer accepts', async () => {
    const argv = ['fresh.presentation.json', '--policy', 'policy.json', '--json']
    const { out, code } = await room.run(['verify', ...argv])
    assert.equal(code, 0, out)
    const request = parseJson(await readFile('request.json', 'utf8'))
    assert.deepEqual(request.attestations, [ATTESTATION])
  })
})

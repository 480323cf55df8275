import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { run } from '@battery-passport/cli'
import { PACKAGE_VERSION } from '../../cli/version.ts'
import { BATTERY_ID } from '../support/consortium.ts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'
import { spawnCli } from './support/spawn-cli.ts'

const ISSUER = new URL('../../issuer/', import.meta.url).href
const COMMANDS = new URL('../../cli/commands/', import.meta.url).href

/** The commands that a help page lists. */
function commandsIn(help: string): string[] {
  const list = help.slice(help.indexOf('\nCommands:'))
  const names = [...list.matchAll(/^ {2}([a-z-]+)[ [<]/gm)].map(([, name = '']) => name)
  return names.filter((name) => name !== 'help' && name !== 'battery-passport')
}

describe('battery-passport', () => {
  it('lists its commands with --help, and answers 0', async () => {
    const { code, out, err } = await runCli(['--help'])
    assert.equal(code, 0)
    assert.equal(err, '')
    for (const name of ['keys', 'attest', 'issue', 'verify', 'score', 'policy', 'rulebooks']) {
      assert.ok(commandsIn(out).includes(name), name)
    }
  })

  it('prints the version of its package', async () => {
    const path = fileURLToPath(new URL('../../cli/package.json', import.meta.url))
    const { version } = JSON.parse(await readFile(path, 'utf8'))
    assert.equal(PACKAGE_VERSION, version)
    assert.equal((await runCli(['--version'])).out, `${version}\n`)
  })

  it('answers 64 for an unknown command, naming the nearest, and for none at all', async () => {
    const unknown = await runCli(['verfy', 'file'])
    assert.equal(unknown.code, 64)
    assert.equal(unknown.out, '')
    assert.match(unknown.err, /unknown command 'verfy'[\s\S]*Did you mean verify\?/)
    assert.equal((await runCli([])).code, 64)
    assert.equal((await runCli(['policy'])).code, 64)
  })

  it('leads to --help from every wrong call, of a command as of the program', async () => {
    for (const argv of [['verfy'], ['verify', 'file'], ['keys', 'show', '--jsn', 'my.key.json']]) {
      const { code, err } = await runCli(argv)
      assert.equal(code, 64)
      assert.match(err, /\nRun it with --help to see how it is used\.\n$/, argv.join(' '))
    }
  })

  it('names an option that does not exist, also where a required one is missing', async () => {
    for (const [argv, hint] of [
      [['verify', 'file', '--polcy', 'p.json'], /no option --polcy\. Did you mean --policy\?/],
      [['keys', 'new', '--ot=my.key.json'], /no option --ot\. Did you mean --out\?/],
      [['verify', 'file', '--zzzzzzzzzz'], /no option --zzzzzzzzzz\.\n$/],
    ] as const) {
      const { code, err } = await runCli(argv)
      assert.equal(code, 64)
      assert.match(err, /required option/)
      assert.match(err, hint)
    }
    for (const argv of [
      ['verify', 'file', '--at', '2026-10-01T00:00:00Z'],
      ['verify', 'file', '--', '--polcy'],
    ]) {
      assert.doesNotMatch((await runCli(argv)).err, /no option/)
    }
  })

  it('answers 70 for a fault of its own, with nothing on standard output', async () => {
    const written: string[] = []
    const complained: string[] = []
    const code = await run(['policy', 'init'], {
      stdin: Readable.from([]),
      out: (text) => written.push(text),
      err: (text) => complained.push(text),
      env: {},
      clock: {
        now: () => {
          throw new RangeError('the clock has stopped')
        },
      },
      colour: false,
    })
    assert.equal(code, 70)
    assert.deepEqual(written, [])
    assert.match(complained.join(''), /Internal error: the clock has stopped/)
  })

  it('ends the --help of every command with an example', async () => {
    const commands = commandsIn((await runCli(['--help'])).out)
    assert.ok(commands.length >= 15)
    for (const name of commands) {
      const { code, out } = await runCli([name, '--help'])
      assert.equal(code, 0, name)
      assert.match(out, /\nExample:\n(?: {2}\S.*\n)+$/, name)
      assert.doesNotMatch(out, /default: \[/, name)
      assert.equal((await runCli(['help', name])).out, out)
      for (const child of commandsIn(out)) {
        const page = await runCli([name, child, '--help'])
        assert.match(page.out, /\nExample:\n(?: {2}.+\n)+$/, `${name} ${child}`)
      }
    }
  })
})

describe('The examples of the reading commands', () => {
  let folder: BuyerFolder
  const env = { BATTERY_PASSPORT_PASSPHRASE: 'correct horse battery staple' }
  const home = process.cwd()
  /** Whose receipts are checked; the example names another's, for every key is a new one. */
  let verifierDid: string

  before(async () => {
    folder = await buyerFolder()
    const { consortium } = folder
    const presentation = await folder.present('presentation.json')
    await folder.write('passport.json', (await consortium.passport()).bytes)
    await folder.write('deliveries.ndjson', await consortium.presentation())
    await folder.write('items.csv', `id\n${BATTERY_ID}\n`)
    for (const [index, { bytes }] of consortium.attestations.entries()) {
      await folder.write(`attestations/${index}.json`, bytes)
      await folder.write('credential.json', bytes)
    }
    const battery = { granularity: 'item', category: 'EV', chemistry: 'NMC' }
    await folder.write('request.json', {
      battery: { ...battery, supplyChain: consortium.supplyChain },
      attestations: consortium.attestations.map(({ id }) => id),
    })
    const argv = ['verify', presentation, '--policy', folder.at('policy.json'), '--json']
    const verdict = (await runCli(argv)).out
    await folder.write('verdict-a.json', verdict)
    await folder.write('verdict-b.json', verdict)
    const key = ['keys', 'new', '--out', folder.at('verifier.key.json'), '--json']
    verifierDid = String(parseJson((await runCli(key, { env })).out).did)
    const rulebook = await runCli(['rulebooks', 'show', 'child-labour', '--json'])
    await folder.write('my-rulebook.json', rulebook.out)
  })
  after(async () => {
    process.chdir(home)
    await folder.remove()
  })

  for (const command of [
    '',
    'verify',
    'receipt',
    'receipt show',
    'receipt check',
    'score',
    'explain',
    'compare',
    'inspect',
    'proofs',
    'rulebooks',
    'rulebooks list',
    'rulebooks show',
    'rulebooks check',
    'policy',
    'policy init',
    'policy check',
  ]) {
    it(`of "${command}" runs as it stands there`, async () => {
      const help = (await runCli([...command.split(' ').filter(Boolean), '--help'])).out
      const lines = help.slice(help.indexOf('\nExample:\n')).split('\n').slice(2).filter(Boolean)
      assert.ok(lines.length > 0)
      process.chdir(folder.path)
      for (const line of lines) {
        const named = line.replace(/(?<=--expect-issuer )\S+/, verifierDid)
        const [program, ...argv] = named.trim().split(' ')
        assert.equal(program, 'battery-passport')
        const { code, out, err } = await runCli(argv, { env })
        assert.equal(code, 0, `${line}\n${err}`)
        assert.notEqual(out, '')
      }
      process.chdir(home)
    })
  }
})

describe('battery-passport as a process', () => {
  let folder: BuyerFolder
  before(async () => {
    folder = await buyerFolder()
  })
  after(() => folder.remove())

  it('verifies a JCS passport from standard input without a database, a server or JSON-LD', async () => {
    const stdin = await folder.consortium.presentation()
    const policy = folder.at('policy.json')
    const argv = ['verify', '-', '--policy', policy, '--at', '2026-10-01T00:00:00Z', '--json']
    const { code, out, err } = await spawnCli(argv, { stdin, showLoads: true })
    assert.equal(code, 0, err)
    assert.equal(parseJson(out).outcome, 'accepted')
    const loaded = err.split('\n').filter((line) => line.startsWith('loads '))
    assert.ok(loaded.some((line) => line.endsWith('/verifier/verifier.ts')))
    for (const name of ['express', 'level', 'classic-level', 'jsonld', 'jose', '@digitalbazaar']) {
      const found = loaded.filter((line) => line.includes(`/node_modules/${name}/`))
      assert.deepEqual(found, [], name)
    }
    const own = loaded.filter((line) => line.includes(ISSUER) || line.includes(COMMANDS))
    assert.deepEqual(own.map((line) => line.slice(line.lastIndexOf('/') + 1)).sort(), [
      'options.ts',
      'verify.ts',
    ])
  })

  it('ends with 64 and an empty standard output for wrong usage', async () => {
    const { code, out, err } = await spawnCli(['verify', '--json'])
    assert.equal(code, 64)
    assert.equal(out, '')
    assert.match(err, /missing required argument|required option/)
  })
})

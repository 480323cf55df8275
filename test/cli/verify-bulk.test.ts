import assert from 'node:assert/strict'
import { mkdir, truncate } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { run } from '@battery-passport/cli'
import { type Consortium, clockAt, presentationOf } from '../support/consortium.ts'
import { itemId, itemPassport, mixedDelivery } from '../support/mixed-delivery.ts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'
import { spawnCli } from './support/spawn-cli.ts'

describe('battery-passport verify --bulk', () => {
  let folder: BuyerFolder
  let consortium: Consortium
  let policy: string
  let shared: string
  /** Bare passports of the batteries 1, 2 and 3. */
  let bare: readonly string[]

  before(async () => {
    folder = await buyerFolder()
    consortium = folder.consortium
    policy = folder.at('policy.json')
    const { attestations, accreditations, identities } = consortium
    const lists = await consortium.statusLists()
    const rest = [...attestations, ...accreditations.values(), ...identities.values(), ...lists]
    shared = await folder.write('shared.json', presentationOf(rest))
    const passports = [1, 2, 3].map((number) => itemPassport(consortium, number))
    bare = (await Promise.all(passports)).map(({ bytes }) => new TextDecoder().decode(bytes))
  })
  after(() => folder.remove())

  const write = (lines: readonly string[], name = 'delivery.ndjson') =>
    folder.write(name, lines.map((line) => `${line}\n`).join(''))
  const list = (numbers: readonly number[], name = 'items.csv') =>
    folder.write(name, ['id', ...numbers.map(itemId), ''].join('\r\n'))
  const bulk = (file: string, ...more: string[]) =>
    runCli(['verify', '--bulk', file, '--policy', policy, '--with', shared, ...more])

  it('prints on each line exactly the verdict of the single command, on any number of threads', async function () {
    this.timeout(60_000)
    const { items } = await mixedDelivery(consortium)
    const expected: string[] = []
    const codes = new Set<number>()
    for (const { bytes } of items) {
      const file = await folder.write('single.json', bytes)
      const { code, out } = await runCli([
        'verify',
        file,
        '--policy',
        policy,
        '--with',
        shared,
        '--json',
      ])
      codes.add(code)
      expected.push(JSON.stringify(parseJson(out)))
    }
    assert.deepEqual([...codes].sort(), [0, 1])
    const quoted = items.map(({ name, bytes }) =>
      name === 'bare, enveloped' ? Buffer.concat([QUOTE, bytes, QUOTE]) : bytes,
    )
    const lines = quoted.flatMap((line) => [line, LINE_FEED])
    const file = await folder.write('mixed.ndjson', Buffer.concat(lines))
    for (const more of [[], ['--threads', '2'], ['--threads', '3']]) {
      const { code, out, err } = await bulk(file, '--json', ...more)
      assert.equal(code, 1, err)
      const found = out.split('\n')
      assert.equal(found.pop(), '')
      assert.equal(found.length, expected.length)
      for (const [index, line] of found.entries()) {
        assert.equal(line, expected[index], `${index + 1}: ${items[index]?.name}`)
      }
    }
  })

  it('answers 0 only if every line is accepted, 1 if one is rejected, else 2', async () => {
    const [first = '', second = ''] = bare
    for (const [lines, beside, expected] of [
      [bare, ['--with', shared], 0],
      [[first, '{}', second], ['--with', shared], 1],
      [bare, [], 2],
      [[first, '', second], [], 1],
      [[], ['--with', shared], 1],
    ] as const) {
      const file = await write(lines)
      const argv = ['verify', '--bulk', file, '--policy', policy, ...beside]
      for (const more of [[], ['--json']]) {
        const { code, out } = await runCli([...argv, ...more])
        assert.equal(code, expected, out)
      }
    }
  })

  it('names a broken line by its number and reads on', async () => {
    const [first = '', second = ''] = bare
    const file = await write([first, second.slice(0, -7), '', second])
    const { code, out } = await bulk(file)
    assert.equal(code, 1)
    assert.match(
      out,
      /^line 2 REJECTED\n {2}JSON_INVALID: .*: expected .*, found [^,]*, at \/validUntil\n/m,
    )
    assert.match(out, /^line 3 REJECTED\n {2}JSON_INVALID: /m)
    assert.match(out, /^4 lines: 2 accepted, 2 rejected, 0 indeterminate$/m)
    assert.doesNotMatch(out, /^line [14] /m)
    const json = await bulk(file, '--json')
    const outcomes = json.out
      .trimEnd()
      .split('\n')
      .map((line) => parseJson(line).outcome)
    assert.deepEqual(outcomes, ['accepted', 'rejected', 'rejected', 'accepted'])
  })

  it('reads standard input, without an end of the last line too', async () => {
    const stdin = new TextEncoder().encode(bare.join('\r\n'))
    const argv = ['verify', '--bulk', '-', '--policy', policy, '--with', shared]
    const { code, out } = await runCli(argv, { stdin })
    assert.equal(code, 0)
    assert.match(out, /^3 lines: 3 accepted, 0 rejected, 0 indeterminate$/m)
  })

  it('says how many lines had each code, the worst first', async () => {
    const passport = await itemPassport(consortium, 4, { subject: { category: 'LMT' } })
    const forged = new TextDecoder().decode(passport.bytes)
    const { code, out } = await bulk(await write([...bare, forged, forged]))
    assert.equal(code, 1)
    const rows = [...out.matchAll(/^ +(\d+) {2}(error|unknown|warning|note) +([A-Z_]+)$/gm)]
    const counts = new Map(rows.map(([, lines, severity, name]) => [`${severity} ${name}`, lines]))
    assert.equal(counts.get('error SCORE_MISMATCH'), '2')
    assert.equal(counts.get('note SUBJECT_NOT_EXPECTED'), '5')
    const severities = rows.map(([, , severity = '']) => severity)
    const ranks = severities.map((each) => ['error', 'unknown', 'warning', 'note'].indexOf(each))
    assert.deepEqual(
      ranks,
      ranks.toSorted((a, b) => a - b),
    )
    assert.match(out, /^ILLUSTRATIVE: /m)
  })

  it('fits a list that names the very batteries that came', async () => {
    const { code, out } = await bulk(await write(bare), '--expect-list', await list([3, 1, 2]))
    assert.equal(code, 0)
    assert.match(out, /items\.csv: 3 of 3 batteries came; it fits the list$/m)
  })

  it('answers 1 for what is missing, not on the list, or there twice', async () => {
    const [first = '', second = '', third = ''] = bare
    for (const [lines, numbers, expected] of [
      [bare, [1, 2, 3, 4], /^Missing: 1\n {2}\S+0004$/m],
      [bare, [1, 3], /^Not on the list: 1\n {2}\S+0002 {2}line 2$/m],
      [
        [first, second, first, third],
        [1, 2, 3],
        /^Named by several lines: 1\n {2}\S+0001 {2}lines 1, 3$/m,
      ],
    ] as const) {
      const file = await write(lines)
      const { code, out } = await bulk(file, '--expect-list', await list(numbers))
      assert.equal(code, 1)
      assert.match(out, /it does not fit the list$/m)
      assert.match(out, expected)
      const json = await bulk(file, '--json', '--expect-list', folder.at('items.csv'))
      assert.equal(json.code, 1)
      assert.match(json.err, expected)
      assert.equal(json.out.trimEnd().split('\n').length, lines.length)
    }
  })

  it('tells of a battery that came twice without a list too, and accepts it', async () => {
    const [first = ''] = bare
    const { code, out } = await bulk(await write([first, first]))
    assert.equal(code, 0)
    assert.match(out, /^Named by several lines: 1\n {2}\S+0001 {2}lines 1, 2$/m)
  })

  it('knows which battery a rejected line names', async () => {
    const [first = '', second = ''] = bare
    const forged = second.replace(/(?<="proofValue":"z.{20})./, (digit) =>
      digit === '2' ? '3' : '2',
    )
    const { code, out } = await bulk(
      await write([first, forged]),
      '--expect-list',
      await list([1, 2]),
    )
    assert.equal(code, 1)
    assert.match(out, /^line 2 REJECTED\n {2}of {2}\S+0002\n {2}PROOF_INVALID: /m)
    assert.match(out, /2 of 2 batteries came; it fits the list$/m)
  })

  it('shows no character of a line that a terminal obeys', async () => {
    const id = 'https://id.example/\u202egnirts\u0007'
    const hostile = JSON.stringify({ id, type: ['VerifiableCredential'] })
    const items = await folder.write('hostile.csv', 'id\nhttps://id.example/\u202e\u0007\n')
    const { out } = await bulk(await write([hostile]), '--expect-list', items)
    assert.match(out, /^Missing: 1$/m)
    for (const character of ['\u0007', '\u202e']) assert.ok(!out.includes(character))
  })

  it('says what is likely wrong where no line is JSON, and where there is none', async () => {
    const pretty = JSON.stringify(JSON.parse(bare[0] ?? ''), null, 2)
    const { code, out } = await bulk(await write(pretty.split('\n').slice(0, 40)))
    assert.equal(code, 1)
    assert.match(
      out.replaceAll(/\s+/g, ' '),
      /Most lines are not JSON: write each .* on one line of its own/,
    )
    assert.match((await bulk(await write([]))).out, /Nothing was delivered/)
  })

  it('judges at the instant of --at, and holds every line against --expect-issuer', async () => {
    const file = await write(bare)
    const at = '2026-10-20T00:00:00Z'
    const stale = await bulk(file, '--at', at, '--json')
    assert.equal(stale.code, 2)
    for (const line of stale.out.trimEnd().split('\n')) assert.equal(parseJson(line).at, at)
    const { miner, packMaker } = consortium.parties
    assert.equal((await bulk(file, '--expect-issuer', miner.did)).code, 1)
    assert.equal((await bulk(file, '--expect-issuer', packMaker.did)).code, 0)
  })

  it('rejects a line that is larger than any input, and reads the next', async function () {
    this.timeout(60_000)
    const large = await folder.write('large.ndjson', '{')
    await truncate(large, 64 * 1024 * 1024 + 2)
    const single = await runCli(['verify', large, '--policy', policy, '--with', shared, '--json'])
    assert.equal(single.code, 1)
    const huge = Readable.from(
      (function* () {
        yield new TextEncoder().encode('{')
        for (let mebibyte = 0; mebibyte < 65; mebibyte++) yield new Uint8Array(2 ** 20)
        yield new TextEncoder().encode(`\n${bare[0]}\n`)
      })(),
    )
    const out: string[] = []
    const code = await run(
      ['verify', '--bulk', '-', '--policy', policy, '--with', shared, '--json'],
      {
        stdin: huge,
        out: (text) => out.push(text),
        err: () => {},
        env: {},
        clock: clockAt(),
        colour: false,
      },
    )
    assert.equal(code, 1)
    const [first = '', second = ''] = out.join('').split('\n')
    assert.equal(first, JSON.stringify(parseJson(single.out)))
    assert.equal(parseJson(second).outcome, 'accepted')
  })

  it('answers 64 and nothing on standard output for what it cannot open or read', async () => {
    await mkdir(folder.at('a-folder'))
    const file = await write(bare)
    for (const [argv, expected] of [
      [['--bulk', folder.at('missing.ndjson'), '--policy', policy], /missing\.ndjson/],
      [['--bulk', folder.at('a-folder'), '--policy', policy], /a-folder/],
      [['--bulk', file, '--policy', folder.at('missing.json')], /missing\.json/],
      [['--bulk', file, '--policy', policy, '--expect-list', folder.at('none.csv')], /none\.csv/],
    ] as const) {
      const { code, out, err } = await runCli(['verify', ...argv, '--json'])
      assert.equal(code, 64, argv.join(' '))
      assert.equal(out, '')
      assert.match(err, expected)
      assert.match(err, /to do: /)
    }
  })

  it('answers 64 for a list it cannot take, with every fault', async () => {
    const file = await write(bare)
    for (const [content, expected] of [
      ['battery\n1\n', /Column id is missing/],
      ['id\n', /names no battery/],
      ['id\na\nb\na\nb\n', /row 4[\s\S]*row 5/],
      ['', /empty/],
    ] as const) {
      const csv = await folder.write('faulty.csv', content)
      const { code, out, err } = await bulk(file, '--expect-list', csv)
      assert.equal(code, 64)
      assert.equal(out, '')
      assert.match(err, expected)
    }
  })

  it('takes a list of a hundred thousand batteries', async () => {
    const numbers = Array.from({ length: 100_000 }, (_, number) => number + 1)
    const { code, out } = await bulk(await write(bare), '--expect-list', await list(numbers))
    assert.equal(code, 1)
    assert.match(out, /3 of 100000 batteries came/)
    assert.match(out, /^Missing: 99997$/m)
  })

  it('answers 64 for wrong usage', async () => {
    const file = await write(bare)
    const single = await folder.write('single.json', bare[0] ?? '')
    for (const argv of [
      [single, '--bulk', file],
      [],
      [single, '--threads', '2'],
      [single, '--expect-list', await list([1])],
      ['--bulk', file, '--expect-subject', itemId(1)],
      ['--bulk', file, '--threads', '0'],
      ['--bulk', file, '--threads', '65'],
      ['--bulk', file, '--threads', 'two'],
      ['--bulk', file, '--at', '2026-10-01'],
    ]) {
      const { code, out, err } = await runCli(['verify', ...argv, '--policy', policy])
      assert.equal(code, 64, argv.join(' '))
      assert.equal(out, '')
      assert.notEqual(err, '')
    }
  })

  it('tells on a terminal how far it is, once a second, and takes the line away', async () => {
    const file = await write(bare)
    const told = async (progress: boolean) => {
      let now = clockAt().now()
      const err: string[] = []
      const code = await run(['verify', '--bulk', file, '--policy', policy, '--with', shared], {
        stdin: Readable.from([]),
        out: () => {},
        err: (text) => err.push(text),
        env: {},
        clock: { now: () => now++ },
        progress,
        colour: false,
      })
      assert.equal(code, 0)
      return err
    }
    const lines = await told(true)
    assert.match(lines[0] ?? '', /1 lines, \d+ a second: 1 accepted, 0 rejected, 0 indeterminate$/)
    assert.equal(lines.at(-1), '\r\u001b[K')
    assert.deepEqual(await told(false), [])
  })

  it('waits until what it wrote was taken', async () => {
    let written = 0
    let taken = 0
    const code = await run(
      ['verify', '--bulk', await write(bare), '--policy', policy, '--with', shared, '--json'],
      {
        stdin: Readable.from([]),
        out: () => {
          written++
          assert.equal(written, taken + 1)
        },
        err: () => {},
        env: {},
        clock: clockAt(),
        drained: async () => {
          await new Promise((resolve) => setImmediate(resolve))
          taken = written
        },
        colour: false,
      },
    )
    assert.equal(code, 0)
    assert.equal(taken, 3)
  })

  it('runs as a process on two threads', async function () {
    this.timeout(60_000)
    const stdin = new TextEncoder().encode(bare.join('\n'))
    const argv = ['verify', '--bulk', '-', '--policy', policy, '--with', shared, '--threads', '2']
    const at = ['--at', '2026-10-01T00:00:00Z', '--json']
    const { code, out, err } = await spawnCli([...argv, ...at], { stdin })
    assert.equal(code, 0, err)
    assert.equal(out.trimEnd().split('\n').length, 3)
    assert.match(err, /^3 lines: 3 accepted/m)
  })
})

const QUOTE = Buffer.from('"')
const LINE_FEED = Buffer.from('\n')

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { chmod, readdir, readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { digestOfDocument } from '@battery-passport/contexts'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import { serviceOptions } from './support/open-service.ts'
import { policyForm } from './support/papers.ts'
import { parseJson } from './support/parse-json.ts'
import { serving } from './support/serving.ts'
import { TOKEN, type Workshop, workshop } from './support/workshop.ts'

describe('battery-passport serve', () => {
  let room: Workshop
  beforeEach(async () => {
    room = await workshop()
    await room.write('policy.json', policyForm(room, digestOfDocument(SHIPPED_METHODS[0])))
  })
  afterEach(() => room.remove())

  const options = () => serviceOptions(room)
  /** The options, one of them with another value, or without it. */
  const changed = (name: string, value?: string) =>
    options().flatMap((each, index, all) => {
      if (all[index - 1] === name) return value === undefined ? [] : [value]
      return each === name && value === undefined ? [] : [each]
    })
  const settings = (more: object = {}) => ({
    dataDir: 'data',
    keyFile: 'maker.key.json',
    passphrase: { variable: 'BATTERY_PASSPORT_PASSPHRASE' },
    policyFile: 'policy.json',
    publicBaseUrl: 'https://passports.example',
    port: 0,
    ...more,
  })
  const refused = async (argv: readonly string[]) => {
    const { code, out, err } = await room.run(['serve', ...argv])
    assert.equal(code, 64, err)
    assert.equal(out, '')
    return err.replaceAll(/\s+/g, ' ')
  }

  it('serves from options, and stops when it is told to', async () => {
    const service = await serving([...options(), '--init'])
    const answer = await fetch(`${service.url}/healthz`)
    assert.equal(answer.status, 200)
    assert.equal(await service.stop(), 0)
    await assert.rejects(fetch(`${service.url}/healthz`))
  })

  it('keeps even the files of the database from others, and narrows nothing that comes after', async () => {
    const before = process.umask(0)
    try {
      const service = await serving([...options(), '--init'])
      await service.stop()
      const level = room.at('data/level')
      for (const name of await readdir(level)) {
        assert.equal((await stat(join(level, name))).mode & 0o777, 0o600, name)
      }
      assert.equal(process.umask(), 0)
    } finally {
      process.umask(before)
    }
  })

  it('says once at the start, in its log, what the policy may not mean', async () => {
    const policy = policyForm(room, digestOfDocument(SHIPPED_METHODS[0]))
    await room.write('policy.json', {
      ...policy,
      passportIssuers: 'any',
      minimums: { overall: { coverage: 70 } },
    })
    const service = await serving([...options(), '--init'])
    await fetch(`${service.url}/healthz`)
    assert.equal(await service.stop(), 0)
    const lines = service.log().trimEnd().split('\n').map(parseJson)
    const warnings = lines.filter(({ event }) => event === 'policy-warning')
    assert.deepEqual(
      warnings.map(({ level, file }) => [level, file]),
      warnings.map(() => ['warning', room.at('policy.json')]),
    )
    const texts = warnings.map(({ warning }) => String(warning))
    assert.ok(texts.some((text) => /^allowIllustrative is true/.test(text)))
    assert.ok(texts.some((text) => /^minimums\.overall\.coverage is 70/.test(text)))
    assert.equal(texts.filter((text) => /Any DID may issue/.test(text)).length, 1)
  })

  it('does not warn of what is in order', async () => {
    const policy = policyForm(room, digestOfDocument(SHIPPED_METHODS[0]))
    await room.write('policy.json', { ...policy, minimums: { overall: { coverage: 7000 } } })
    const service = await serving([...options(), '--init'])
    assert.equal(await service.stop(), 0)
    const warnings = service.log().match(/"policy-warning"/g) ?? []
    assert.equal(warnings.length, 1, 'allowIllustrative alone')
  })

  it('serves from a file, its paths relative to it', async () => {
    const token = { variable: 'BATTERY_PASSPORT_TOKEN' }
    const file = await room.write('service.json', settings({ token }))
    const service = await serving(['--config', file, '--init'])
    assert.equal((await fetch(`${service.url}/did`)).status, 200)
    assert.equal(await service.stop(), 0)
    assert.equal(existsSync(room.at('data')), true)
  })

  it('takes the passphrase from its usual variable when the settings do not say', async () => {
    const { passphrase: _, ...rest } = settings({ token: { variable: 'BATTERY_PASSPORT_TOKEN' } })
    const file = await room.write('service.json', rest)
    const service = await serving(['--config', file, '--init'])
    assert.equal(await service.stop(), 0)
  })

  it('never makes a data folder unasked, nor over one that is there', async () => {
    assert.match(await refused(options()), /STORE_MISSING: .* start with --init/)
    assert.equal(existsSync(room.at('data')), false)
    const service = await serving([...options(), '--init'])
    await service.stop()
    assert.match(
      await refused([...options(), '--init']),
      /STORE_EXISTS: .* It is complete: start without --init\./,
    )
    const another = changed('--key', room.at('climate.key.json'))
    assert.match(
      await refused([...another, '--init']),
      /STORE_EXISTS: .* found the store of did:key:\S+ Use the key it was begun with/,
    )
    await room.write('filled/notes.txt', 'something')
    await chmod(room.at('filled'), 0o700)
    assert.match(
      await refused([...changed('--data', room.at('filled')), '--init']),
      /STORE_EXISTS: .* Choose another folder/,
    )
  })

  it('leaves no data folder behind when the start fails', async () => {
    await room.write('open.token', TOKEN)
    await chmod(room.at('open.token'), 0o644)
    await room.write('other.json', policyForm(room, digestOfDocument({ key: 'another' })))
    await room.write('wrong.json', {})
    for (const [argv, code] of [
      [[...options(), '--token-file', room.at('open.token')], /TOKEN_UNSUITABLE/],
      [changed('--policy', room.at('other.json')), /METHOD_UNAVAILABLE/],
      [changed('--policy', room.at('wrong.json')), /POLICY_INVALID/],
      [[...options(), '--host', '192.0.2.1', '--allow-remote'], /HOST_UNAVAILABLE/],
      [[...options(), '--passphrase-env', 'NOTHING'], /PASSPHRASE_MISSING/],
    ] as const) {
      assert.match(await refused([...argv, '--init']), code)
      assert.equal(existsSync(room.at('data')), false, String(code))
    }
  })

  it('refuses to start without a token, outside the demo', async () => {
    assert.match(await refused([...options(), '--token-env', 'NOTHING']), /TOKEN_MISSING/)
    const file = await room.write('service.json', settings())
    assert.match(await refused(['--config', file]), /TOKEN_MISSING/)
  })

  it('serves what the demo left, read-only without a token', async () => {
    const file = await room.write('service.json', settings())
    const made = await serving(['--demo', room.path, '--init'])
    await made.stop()
    const service = await serving(['--demo', room.path])
    const answer = await fetch(`${service.url}/passports`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    })
    assert.equal(answer.status, 403)
    await service.stop()
    assert.match(await refused(['--demo', room.path, '--config', file]), /settings of its own/)
    assert.match(await refused(['--demo', room.at('nowhere')]), /CONFIG_UNREADABLE/)
  })

  it('names a misspelt or misplaced setting', async () => {
    const file = await room.write(
      'service.json',
      settings({ tokn: { variable: 'X' }, port: '8080' }),
    )
    const text = await refused(['--config', file])
    assert.match(text, /CONFIG_INVALID/)
    assert.match(text, /where: \/tokn expected: one of [^:]*\bpolicyFile\b/)
    assert.match(text, /Did you mean "token"\?/)
    assert.match(text, /where: \/port/)
    assert.match(await refused(changed('--port', 'http')), /where: --port/)
    assert.match(await refused(changed('--public-base-url')), /missing\. where: --public-base-url/)
    const bare = await refused([])
    for (const option of ['--data', '--key', '--policy', '--public-base-url']) {
      assert.ok(bare.includes(`where: ${option} `), option)
    }
    assert.doesNotMatch(bare, /where: \//)
    assert.match(await refused(['--config', await room.write('bad.json', '{')]), /not strict JSON/)
  })

  it('names a misspelt field of the policy', async () => {
    const policy = policyForm(room, digestOfDocument(SHIPPED_METHODS[0]))
    await room.write('policy.json', { ...policy, anchrs: [] })
    const text = await refused([...options(), '--init'])
    assert.match(text, /POLICY_INVALID/)
    assert.match(text, /\/anchrs/)
    assert.match(text, /Did you mean "anchors"\?/)
  })

  it('says that a port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    assert.ok(address !== null && typeof address === 'object')
    try {
      const text = await refused([...changed('--port', String(address.port)), '--init'])
      assert.match(text, /PORT_TAKEN/)
      assert.match(text, new RegExp(`port ${address.port} of 127\\.0\\.0\\.1`))
    } finally {
      other.close()
    }
    assert.equal(existsSync(room.at('data')), false)
  })

  it('says that another service holds the data folder', async () => {
    const service = await serving([...options(), '--init'])
    try {
      assert.match(await refused(options()), /STORE_LOCKED/)
    } finally {
      await service.stop()
    }
  })

  it('refuses an address that other machines reach, unless it is meant', async () => {
    assert.match(await refused([...options(), '--host', '0.0.0.0']), /HOST_REMOTE/)
  })

  it('refuses a key that it cannot open', async () => {
    const text = (await readFile(room.at('maker.key.json'), 'utf8')).slice(0, 100)
    await room.write('cut.key.json', text)
    await chmod(room.at('cut.key.json'), 0o600)
    assert.match(await refused(changed('--key', room.at('cut.key.json'))), /KEY_FILE_TRUNCATED/)
    assert.match(
      await refused([...options(), '--passphrase-env', 'NOTHING', '--init']),
      /PASSPHRASE_MISSING/,
    )
  })
})

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digestOfDocument } from '@battery-passport/contexts'
import {
  didDocument,
  generatePrivateJwk,
  passphraseFrom,
  writeKeyFile,
} from '@battery-passport/keys'
import { parseServiceConfig, readServiceConfig, type ServiceConfig } from '../../issuer/config.ts'
import { ServiceConfig as ServiceConfigSchema } from '../../issuer/config-schema.ts'
import type { LogLine } from '../../issuer/http/log.ts'
import { initService } from '../../issuer/init.ts'
import { listen } from '../../issuer/listen.ts'
import { type RunningService, type StartDeps, serve, startService } from '../../issuer/main.ts'
import { openLevelStore } from '../../issuer/store/level.ts'
import type { Store } from '../../issuer/store/store.ts'
import { StoreError } from '../../issuer/store/store-error.ts'
import { Consortium, clockAt, NOW } from '../support/consortium.ts'
import { evidenceOf, TOKEN } from './http/service-under-test.ts'

const PASSPHRASE = 'a passphrase of the tests'

describe('the service as a program', () => {
  let folder: string
  let config: ServiceConfig
  let log: LogLine[]
  let running: RunningService | null
  const deps = (): StartDeps => ({
    clock: clockAt(),
    environment: { TOKEN, PASSPHRASE },
    log: (line) => log.push(line),
  })
  const start = async (changes: Partial<ServiceConfig> = {}) => {
    running = await startService({ ...config, ...changes }, deps())
    return running
  }

  const submit = async (url: string) => {
    const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/vp' }
    const body = await readFile(join(folder, 'presentation.json'))
    const answer = await fetch(`${url}/attestations`, { method: 'POST', headers, body })
    assert.equal(answer.status, 201, await answer.text())
  }
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-main-'))
    const consortium = await Consortium.assemble({ method: 'esg' })
    await writeKeyFile(join(folder, 'key.json'), {
      jwk: generatePrivateJwk('Ed25519'),
      passphrase: passphraseFrom(PASSPHRASE),
      created: NOW,
    })
    await writeFile(join(folder, 'policy.json'), JSON.stringify(consortium.policyDocument()))
    await writeFile(join(folder, 'presentation.json'), await evidenceOf(consortium))
    config = {
      dataDir: join(folder, 'data'),
      keyFile: join(folder, 'key.json'),
      passphrase: { variable: 'PASSPHRASE' },
      policyFile: join(folder, 'policy.json'),
      token: { variable: 'TOKEN' },
      publicBaseUrl: 'https://passports.packmaker.example',
      port: 0,
    }
    await initService(config, { clock: clockAt() })
  })
  after(() => rm(folder, { recursive: true }))
  beforeEach(() => {
    log = []
    running = null
  })
  afterEach(() => running?.close())

  it('listens on loopback and answers', async () => {
    const { url } = await start()
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.deepEqual(await (await fetch(`${url}/healthz`)).json(), { status: 'ok' })
    assert.ok(log.some(({ event, url: said }) => event === 'listening' && said === url))
  })

  it('issues as a did:web only under a policy that has its document', async () => {
    const did = 'did:web:packmaker.example'
    const keyFile = join(folder, 'web.key.json')
    const signer = await writeKeyFile(keyFile, {
      jwk: generatePrivateJwk('Ed25519'),
      passphrase: passphraseFrom(PASSPHRASE),
      created: NOW,
      name: did,
    })
    const { code, faults } = await start({ keyFile }).then(
      () => assert.fail('it started'),
      (error) => error,
    )
    assert.equal(code, 'POLICY_INVALID')
    assert.equal(faults[0].pointer, '/didDocuments')
    const document = didDocument(signer.publicKey, {
      did: signer.did,
      url: signer.verificationMethod,
    })
    await writeFile(join(folder, 'did.json'), JSON.stringify(document))
    const policy = JSON.parse(await readFile(config.policyFile, 'utf8'))
    const pin = { did, file: 'did.json', digestMultibase: digestOfDocument(document) }
    const policyFile = join(folder, 'web.policy.json')
    await writeFile(policyFile, JSON.stringify({ ...policy, didDocuments: [pin] }))
    const dataDir = join(folder, 'web-data')
    await initService({ dataDir }, { clock: clockAt() })
    const { url } = await start({ keyFile, policyFile, dataDir })
    assert.deepEqual(await (await fetch(`${url}/did`)).json(), document)
    await running?.close()
    await running?.finished
    await writeFile(
      join(folder, 'did.json'),
      JSON.stringify({ ...document, id: 'did:web:x.example' }),
    )
    await assert.rejects(start({ keyFile, policyFile, dataDir }), { code: 'DOCUMENT_INVALID' })
    running = null
  })

  it('has what was submitted after it was stopped and started', async () => {
    const { url } = await start()
    await submit(url)
    await running?.close()
    await running?.finished
    await assert.rejects(fetch(`${url}/healthz`))
    const again = await start()
    const headers = { Authorization: `Bearer ${TOKEN}` }
    const listed = await fetch(`${again.url}/attestations?limit=1`, { headers })
    assert.match(await listed.text(), /"next"/)
  })

  it('stops, and says that it did not work, when a write fails', async () => {
    const failure = new StoreError('STORE_FAILED', 'store: a write failed')
    const openStore = async (path: string): Promise<Store> => {
      const store = await openLevelStore(path)
      return { ...store, commit: () => Promise.reject(failure) }
    }
    const { url, finished } = await startService(config, { ...deps(), openStore })
    assert.equal((await fetch(`${url}/status-lists/suspension-1`)).status, 503)
    await assert.rejects(finished, failure)
    await assert.rejects(fetch(`${url}/healthz`))
  })

  it('says whether it was told to stop or could not go on', async () => {
    const told = serve(config, { ...deps(), started: () => process.emit('SIGTERM') })
    assert.equal(await told, 'stopped')
    const openStore = async (path: string): Promise<Store> => {
      const store = await openLevelStore(path)
      const failed = () => Promise.reject(new StoreError('STORE_FAILED', 'store: a write failed'))
      return { ...store, commit: failed }
    }
    const ask = ({ url }: RunningService) => void fetch(`${url}/status-lists/suspension-1`)
    assert.equal(await serve(config, { ...deps(), openStore, started: ask }), 'failed')
    assert.equal(process.listenerCount('SIGTERM'), 0)
  })

  it('finishes the requests under way before it stops', async () => {
    const { url, close } = await start()
    const under = Array.from({ length: 20 }, () => fetch(`${url}/status-lists/revocation-1`))
    const first = await under[0]
    const closing = close()
    assert.equal(first?.status, 200)
    for (const answer of await Promise.allSettled(under)) {
      if (answer.status === 'fulfilled') assert.equal(answer.value.status, 200)
    }
    await closing
    assert.equal(log.at(-1)?.event, 'stopped')
  })

  it('answers what had come before it was told to stop, and says that the connection ends', async () => {
    const { port, close } = await start()
    const sockets = Array.from({ length: 8 }, () => connect(port, '127.0.0.1'))
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    const answers = Promise.all(sockets.map(textOf))
    // All of it in one turn: the system has the requests, and nobody has read them.
    for (const socket of sockets) socket.write('GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n')
    await close()
    for (const answer of await answers) {
      assert.match(
        answer,
        /^HTTP\/1\.1 200 [\s\S]*\r\nConnection: close\r\n[\s\S]*\{"status":"ok"\}$/,
      )
    }
  })

  it('bounds how long a connection may stand still, also while it answers', async () => {
    let allowed: number | undefined
    const answer: RequestListener = (request, response) => {
      allowed = request.socket.timeout
      response.end()
    }
    const { port, close } = await listen(answer, { host: '127.0.0.1', port: 0 })
    await fetch(`http://127.0.0.1:${port}`)
    await close()
    assert.ok(allowed !== undefined && allowed > 0 && allowed <= 60_000, `${allowed}`)
  })

  it('refuses a port that is taken, and leaves the data folder free', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    await assert.rejects(start({ port }), { code: 'PORT_TAKEN', message: new RegExp(`${port}`) })
    other.close()
    assert.ok(!log.some(({ event }) => event === 'listening'))
    await start()
  })

  it('refuses a data folder that is open already, naming the process', async () => {
    const first = await start()
    await assert.rejects(startService(config, deps()), {
      code: 'STORE_LOCKED',
      message: new RegExp(`process ${process.pid} `),
    })
    assert.equal((await fetch(`${first.url}/healthz`)).status, 200)
  })

  it('refuses a data folder that is not there, and makes none', async () => {
    const dataDir = join(folder, 'elsewhere')
    await assert.rejects(start({ dataDir }), { code: 'STORE_MISSING' })
    await assert.rejects(start({ dataDir }), { code: 'STORE_MISSING' })
  })

  it('refuses a data folder of another address', async () => {
    await start()
    await running?.close()
    await assert.rejects(start({ publicBaseUrl: 'https://other.example' }), {
      code: 'STORE_FORMAT',
      message: /publicBaseUrl/,
    })
  })

  it('refuses to be reached from elsewhere unless it is meant', async () => {
    for (const host of [
      '0.0.0.0',
      '::',
      '192.0.2.1',
      'passports.example',
      '127.0.0.1.evil.example',
    ]) {
      await assert.rejects(start({ host }), { code: 'HOST_REMOTE' }, host)
    }
    const { url } = await start({ host: '0.0.0.0', allowRemote: true })
    assert.match(url, /0\.0\.0\.0/)
  })

  it('refuses to start without a token, but for the demonstration, which is read-only', async () => {
    const { token: _, ...open } = config
    await assert.rejects(startService(open, deps()), { code: 'TOKEN_MISSING' })
    running = await startService({ ...open, demo: true }, deps())
    const answer = await fetch(`${running.url}/passports`)
    assert.equal(answer.status, 403)
  })

  it('refuses a token that is empty, short, or readable by others, without showing it', async () => {
    const file = join(folder, 'token')
    await writeFile(file, `${TOKEN}\n`, { mode: 0o600 })
    await start({ token: { file } })
    await running?.close()
    await chmod(file, 0o644)
    await assert.rejects(start({ token: { file } }), { code: 'TOKEN_UNSUITABLE', message: /0644/ })
    await chmod(file, 0o600)
    await writeFile(file, 'short-secret')
    await assert.rejects(start({ token: { file } }), (error: Error) => {
      assert.doesNotMatch(error.message, /short-secret/)
      return true
    })
    await assert.rejects(start({ token: { variable: 'NOT_SET' } }), { code: 'TOKEN_MISSING' })
  })

  it('refuses a wrong passphrase', async () => {
    const environment = { TOKEN, PASSPHRASE: 'another passphrase' }
    await assert.rejects(startService(config, { ...deps(), environment }), {
      code: 'KEY_FILE_PASSPHRASE',
    })
  })

  it('refuses a policy with a misspelt field, with its place', async () => {
    const policyFile = join(folder, 'misspelt.json')
    const consortium = await Consortium.assemble({ method: 'esg' })
    await writeFile(policyFile, JSON.stringify(consortium.policyDocument({ requireCurent: true })))
    await assert.rejects(start({ policyFile }), {
      code: 'POLICY_INVALID',
      message: /\/requireCurent: expected one of .*Did you mean "requireCurrent"\?/,
    })
    await assert.rejects(start({ policyFile: join(folder, 'none.json') }), {
      code: 'POLICY_UNREADABLE',
    })
  })

  it('refuses a policy whose method is not at hand, or is not the one that is pinned', async () => {
    const small = await Consortium.assemble()
    const policyFile = join(folder, 'small.json')
    await writeFile(policyFile, JSON.stringify(small.policyDocument()))
    await assert.rejects(start({ policyFile }), {
      code: 'METHOD_UNAVAILABLE',
      message: /\/methods\/0/,
    })
    const [method] = small.policy().source.methods
    await writeFile(join(folder, 'method.json'), JSON.stringify(small.method.method))
    const rulebookFiles = await Promise.all(
      small.rulebooks.map(async (rulebook) => {
        const file = join(folder, `${rulebook.key}.json`)
        await writeFile(file, JSON.stringify(rulebook))
        return file
      }),
    )
    const withFile = small.policyDocument({ methods: [{ ...method, file: 'method.json' }] })
    await writeFile(policyFile, JSON.stringify(withFile))
    await start({ policyFile, rulebookFiles })
    await running?.close()
    await writeFile(
      join(folder, 'method.json'),
      JSON.stringify({ ...small.method.method, deMinimis: 1 }),
    )
    await assert.rejects(start({ policyFile, rulebookFiles }), {
      code: 'DOCUMENT_INVALID',
      message: /\/methods\/0\/digestMultibase/,
    })
  })

  it('reads its settings from a file, with paths beside it', async () => {
    const file = join(folder, 'service.json')
    const settings = { ...config, dataDir: 'data', keyFile: 'key.json', policyFile: 'policy.json' }
    await writeFile(file, JSON.stringify(settings))
    running = await startService(await readServiceConfig(file), deps())
    assert.equal((await fetch(`${running.url}/healthz`)).status, 200)
  })

  it('refuses misspelt and misplaced settings, all at once, with their places', () => {
    const wrong = { ...config, prot: 1, port: 70_000, token: { file: 'a', variable: 'b' } }
    assert.throws(
      () => parseServiceConfig(wrong, 'service.json'),
      (error: Error & { faults: { pointer: string }[] }) => {
        const pointers = error.faults.map(({ pointer }) => pointer).sort()
        assert.deepEqual(pointers, ['/port', '/prot', '/token'])
        assert.match(error.message, /\/prot: expected one of .*Did you mean "port"\?/)
        return true
      },
    )
  })

  it('has no setting for the key of an assurance body', () => {
    for (const name of ['assuranceKeyFile', 'attestationKey', 'signers', 'keys']) {
      assert.throws(() => parseServiceConfig({ ...config, [name]: 'key.json' }), {
        code: 'CONFIG_INVALID',
      })
    }
  })

  it('has every setting in the manual', async () => {
    const manual = await readFile(new URL('../../docs/operating.md', import.meta.url), 'utf8')
    const rows = manual.split('\n').filter((line) => line.startsWith('| `'))
    for (const name of Object.keys(ServiceConfigSchema.properties)) {
      assert.ok(
        rows.some((row) => row.includes(`\`${name}\``)),
        name,
      )
    }
  })

  it('keeps its files from others whatever the program around it allows, and leaves that as it is', async () => {
    const before = process.umask(0)
    try {
      const dataDir = join(folder, 'open', 'data')
      await initService({ dataDir }, { clock: clockAt() })
      const { url } = await start({ dataDir })
      await submit(url)
      for (const path of ['', 'level']) assert.equal(await modeOf(join(dataDir, path)), 0o700, path)
      const names = await readdir(dataDir)
      assert.deepEqual(names.sort(), ['high-water', 'level', 'lock'])
      for (const name of ['high-water', 'lock']) {
        assert.equal(await modeOf(join(dataDir, name)), 0o600, name)
      }
      assert.equal(process.umask(), 0)
    } finally {
      process.umask(before)
    }
  })

  it('creates no data folder over another', async () => {
    await assert.rejects(initService(config, { clock: clockAt() }), { code: 'STORE_EXISTS' })
  })
})

/** Everything that comes until the other side ends. */
async function textOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseJson } from './parse-json.ts'
import { type CliAnswer, type CliSurroundings, runCli } from './run-cli.ts'

/** Who has a key in the workshop. */
export type Member = 'registrar' | 'council' | 'climate' | 'maker' | 'miner'
const MEMBERS: readonly Member[] = ['registrar', 'council', 'climate', 'maker', 'miner']

export const PASSPHRASE = 'correct horse battery staple'
export const TOKEN = '0123456789abcdef0123456789abcdef'
export const REFINERY = 'urn:epc:id:sgln:9506000.22202.0'

/** What every call of the workshop has in its environment. */
export const ENVIRONMENT = {
  BATTERY_PASSPORT_PASSPHRASE: PASSPHRASE,
  BATTERY_PASSPORT_TOKEN: TOKEN,
} as const

/** A folder with the keys and the papers of some bodies, as they would keep them. */
export interface Workshop {
  readonly path: string
  readonly did: Readonly<Record<Member, string>>
  at(...parts: readonly string[]): string
  write(name: string, content: Uint8Array | string | object): Promise<string>
  /** Runs the command line with passphrase and token in the environment. */
  run(argv: readonly string[], more?: CliSurroundings): Promise<CliAnswer>
  /** The same, for a call that must succeed. */
  must(argv: readonly string[], more?: CliSurroundings): Promise<CliAnswer>
  /** `--key` and `--desk` of a member. */
  desk(member: Member): readonly string[]
  remove(): Promise<void>
}

/** The keys of all workshops, made once: to encrypt one takes as long as many tests. */
let keys: Promise<ReadonlyMap<Member, { readonly text: string; readonly did: string }>> | undefined

async function makeKeys() {
  const path = await mkdtemp(join(tmpdir(), 'battery-passport-keys-'))
  try {
    const made = MEMBERS.map(async (member) => {
      const file = join(path, `${member}.key.json`)
      const { code, out } = await runCli(['keys', 'new', '--out', file, '--json'], {
        env: ENVIRONMENT,
      })
      assert.equal(code, 0)
      const key = { text: await readFile(file, 'utf8'), did: String(parseJson(out).did) }
      return [member, key] as const
    })
    return new Map(await Promise.all(made))
  } finally {
    await rm(path, { recursive: true })
  }
}

/** A new folder with a key for each member, made by the command line itself. */
export async function workshop(): Promise<Workshop> {
  const path = await mkdtemp(join(tmpdir(), 'battery-passport-workshop-'))
  const at = (...parts: readonly string[]) => join(path, ...parts)
  const run = (argv: readonly string[], more: CliSurroundings = {}) =>
    runCli(argv, { ...more, env: { ...ENVIRONMENT, ...more.env } })
  const must = async (argv: readonly string[], more?: CliSurroundings) => {
    const answer = await run(argv, more)
    assert.equal(answer.code, 0, `${argv.join(' ')}\n${answer.err}`)
    return answer
  }
  keys ??= makeKeys()
  const made = await keys
  for (const [member, { text }] of made) {
    await writeFile(at(`${member}.key.json`), text, { mode: 0o600 })
  }
  const didOf = (member: Member) => made.get(member)?.did ?? ''
  return {
    path,
    did: {
      registrar: didOf('registrar'),
      council: didOf('council'),
      climate: didOf('climate'),
      maker: didOf('maker'),
      miner: didOf('miner'),
    },
    at,
    async write(name, content) {
      await mkdir(join(at(name), '..'), { recursive: true })
      const isText = typeof content === 'string' || content instanceof Uint8Array
      await writeFile(at(name), isText ? content : JSON.stringify(content, null, 2))
      return at(name)
    },
    run,
    must,
    desk: (member) => ['--key', at(`${member}.key.json`), '--desk', at(member)],
    remove: () => rm(path, { recursive: true, force: true }),
  }
}

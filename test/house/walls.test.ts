import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const packages = ['contexts', 'keys', 'rulebooks', 'verifier', 'issuer', 'cli']

/** Each room with one that stands above it, or beside it without knowing it. */
const forbidden = [
  ['contexts', 'keys'],
  ['keys', 'rulebooks'],
  ['rulebooks', 'keys'],
  ['keys', 'verifier'],
  ['verifier', 'issuer'],
  ['issuer', 'cli'],
] as const

describe('the walls between the packages', function () {
  this.timeout(120_000)
  let house: string

  before(() => {
    house = mkdtempSync(join(tmpdir(), 'walls-'))
    for (const name of packages) {
      cpSync(join(root, name), join(house, name), {
        recursive: true,
        filter: (path) => !/[\\/](node_modules|dist)$/.test(path),
      })
      const own = join(root, name, 'node_modules')
      if (existsSync(own)) symlinkSync(own, join(house, name, 'node_modules'))
    }
    for (const file of ['tsconfig.json', 'biome.json', 'package.json']) {
      cpSync(join(root, file), join(house, file))
    }
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
  })

  after(() => rmSync(house, { recursive: true, force: true }))

  for (const built of [false, true]) {
    describe(built ? 'when every package is built' : 'when nothing is built', () => {
      before(() => {
        if (!built) return
        const build = run('tsc', ['-b', ...packages])
        assert.equal(build.status, 0, build.stdout)
        assert.ok(existsSync(join(house, 'issuer/dist/index.d.ts')))
      })

      for (const [room, above] of forbidden) {
        it(`refuse an import of ${above} by package name in ${room}`, () => {
          const planted = join(house, room, 'planted.ts')
          writeFileSync(
            planted,
            `import * as above from '@battery-passport/${above}'\n\nexport const names = Object.keys(above)\n`,
          )
          try {
            const refused = run('tsc', ['-b', room])
            assert.notEqual(refused.status, 0, `tsc accepted ${above} in ${room}`)
            assert.match(refused.stdout, /planted\.ts.*|TS6059|TS6307/)
          } finally {
            rmSync(planted)
          }
        })
      }
    })
  }

  it('let a package import one below it', () => {
    const planted = join(house, 'verifier', 'planted.ts')
    writeFileSync(planted, "export { secure } from '@battery-passport/keys'\n")
    try {
      const accepted = run('tsc', ['-b', 'verifier'])
      assert.equal(accepted.status, 0, accepted.stdout)
    } finally {
      rmSync(planted)
    }
  })

  for (const [room, source, what] of [
    ['verifier', "import '@battery-passport/issuer'", 'a package above'],
    ['verifier', "import 'express'", 'a library of another room'],
    ['verifier', "import 'node:fs'", 'the file system'],
    ['verifier', "import '@battery-passport/keys/files'", 'the files of a package below'],
    ['verifier', "import '@battery-passport/keys/network'", 'the network of a package below'],
    ['rulebooks', "import 'node:https'", 'the network'],
    ['issuer', "import 'level'", 'the database outside its store'],
    ['issuer', "import '@digitalbazaar/vc'", 'a cryptographic library'],
    ['cli', "import '../verifier/index.ts'", 'a package by its path'],
  ] as const) {
    it(`make the linter name an import of ${what} in ${room}`, () => {
      const planted = join(house, room, 'planted.ts')
      writeFileSync(planted, `${source}\n`)
      try {
        const lint = run('biome', ['lint', '--vcs-enabled=false', planted])
        assert.notEqual(lint.status, 0)
        assert.match(lint.stdout + lint.stderr, /noRestrictedImports/)
      } finally {
        rmSync(planted)
      }
    })
  }

  function run(tool: string, args: readonly string[]) {
    return spawnSync(join(root, 'node_modules/.bin', tool), args, { cwd: house, encoding: 'utf8' })
  }
})

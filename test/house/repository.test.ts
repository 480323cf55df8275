import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Manifest {
  readonly name: string
  readonly license: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
}

describe('the repository', () => {
  const folders = ['', 'contexts', 'keys', 'rulebooks', 'verifier', 'issuer', 'cli']

  it('pins every dependency to one exact version', () => {
    for (const folder of folders) {
      const { dependencies = {}, devDependencies = {} } = manifest(folder)
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, `${folder}/package.json: ${name}`)
      }
    }
  })

  it('has no download address in its lock file', () => {
    assert.doesNotMatch(readFileSync(join(root, 'package-lock.json'), 'utf8'), /"resolved": "http/)
  })

  it('is under one licence', () => {
    for (const folder of folders) assert.equal(manifest(folder).license, 'Apache-2.0')
    assert.match(readFileSync(join(root, 'LICENSE'), 'utf8'), /Apache License/)
  })

  it('lets a buyer install the verifier without a web server or a database', () => {
    const seen = new Set<string>()
    const visit = (folder: string): void => {
      for (const name of Object.keys(manifest(folder).dependencies ?? {})) {
        if (seen.has(name)) continue
        seen.add(name)
        if (name.startsWith('@battery-passport/')) visit(name.slice('@battery-passport/'.length))
      }
    }
    visit('verifier')
    assert.ok(seen.has('@battery-passport/keys'))
    for (const absent of ['express', 'level', 'commander', 'helmet']) assert.ok(!seen.has(absent))
  })

  it('uses each library of its design in the room it belongs to', () => {
    for (const [room, library] of [
      ['keys', '@digitalbazaar/vc'],
      ['keys', 'jose'],
      ['keys', 'did-resolver'],
      ['keys', 'key-did-resolver'],
      ['issuer/http', 'express'],
      ['issuer/store', 'level'],
    ] as const) {
      const used = execFileSync(
        'git',
        ['grep', '-lE', `(from|import\\() ?'${library}'`, '--', room],
        {
          cwd: root,
          encoding: 'utf8',
        },
      )
      assert.notEqual(used.trim(), '', `${library} in ${room}`)
    }
  })

  it('mints no identifier of another body', () => {
    const names = execFileSync('git', ['ls-files', '*.ts', '*.json', '*.jsonld', '*.md', '*.csv'], {
      cwd: root,
      encoding: 'utf8',
    })
    for (const name of names.trim().split('\n')) {
      if (name === 'test/house/repository.test.ts') continue
      assert.doesNotMatch(readFileSync(join(root, name), 'utf8'), /globalbattery\.org/, name)
    }
  })
})

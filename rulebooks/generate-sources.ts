import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { digestOfDocument } from '@battery-passport/contexts'
import { checkMethod } from './check-method.ts'
import { checkRulebook } from './check-rulebook.ts'
import type { CheckedMethod, CheckedRulebook } from './checked.ts'

/** A data file of this package: where it is, its text, and what it says. */
export interface Source<T> {
  readonly path: string
  readonly text: string
  readonly document: T
}

/** All data files of this package, in the order of their keys and versions. */
export interface Sources {
  readonly rulebooks: readonly Source<CheckedRulebook>[]
  readonly methods: readonly Source<CheckedMethod>[]
}

const here = fileURLToPath(new URL('.', import.meta.url))
const VERSION_FILE = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\.json$/

/**
 * Reads `<key>/<version>.json` and `methods/<key>/<version>.json`, each method with the digests of
 * its rulebooks brought up to date. Throws, with every fault, on a document that must not load.
 */
export async function readSources(): Promise<Sources> {
  const rulebooks = (await readAll(here)).map(({ path, text }) => {
    const check = checkRulebook(JSON.parse(text))
    if (!check.ok) throw new Error(`${path}: ${JSON.stringify(check.faults, null, 2)}`)
    return { path, text, document: check.rulebook }
  })
  const documents = rulebooks.map(({ document }) => document)
  const methods = (await readAll(`${here}methods/`)).map((file) => {
    const text = withPins(file.text, documents)
    const check = checkMethod(JSON.parse(text), documents)
    if (!check.ok) throw new Error(`${file.path}: ${JSON.stringify(check.faults, null, 2)}`)
    return { path: file.path, text, document: check.method }
  })
  return { rulebooks, methods }
}

async function readAll(folder: string): Promise<{ path: string; text: string }[]> {
  const paths: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const names = await readdir(`${folder}${entry.name}`)
    const versions = names.filter((name) => VERSION_FILE.test(name))
    paths.push(...versions.map((name) => `${folder}${entry.name}/${name}`))
  }
  return Promise.all(
    paths.sort().map(async (path) => ({ path, text: await readFile(path, 'utf8') })),
  )
}

/**
 * A method's text with the digests of the rulebooks as they stand, its layout kept. For a released
 * version this must change nothing: changed rules are a new version.
 */
function withPins(text: string, rulebooks: readonly CheckedRulebook[]): string {
  return rulebooks.reduce((before, rulebook) => {
    const [key, version] = [rulebook.key, rulebook.version.replaceAll('.', '\\.')]
    const entry = `"key":\\s*"${key}",\\s*"version":\\s*"${version}",\\s*"digestMultibase":\\s*"`
    return before.replace(new RegExp(`(${entry})[^"]*`), `$1${digestOfDocument(rulebook)}`)
  }, text)
}

import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { schemaFaults, type Validator } from '@battery-passport/contexts'
import * as validators from './generated/validators.ts'
import type { Method, Rulebook } from './rulebook.ts'

/** A data file of this package: where it is, its text, and what it says. */
export interface Source<T> {
  readonly path: string
  readonly text: string
  readonly document: T
}

/** All data files of this package, in the order of their keys and versions. */
export interface Sources {
  readonly rulebooks: readonly Source<Rulebook>[]
  readonly methods: readonly Source<Method>[]
}

const here = fileURLToPath(new URL('.', import.meta.url))
const VERSION_FILE = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\.json$/

/** Reads `<key>/<version>.json` and `methods/<key>/<version>.json`; throws on one its schema refuses. */
export async function readSources(): Promise<Sources> {
  return {
    rulebooks: await readAll(here, isRulebook, validators.Rulebook),
    methods: await readAll(`${here}methods/`, isMethod, validators.Method),
  }
}

const isRulebook = (document: unknown): document is Rulebook => validators.Rulebook(document)
const isMethod = (document: unknown): document is Method => validators.Method(document)

async function readAll<T>(
  folder: string,
  accepts: (document: unknown) => document is T,
  validator: Validator,
): Promise<Source<T>[]> {
  const sources: Source<T>[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  for (const key of entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)) {
    for (const name of await readdir(`${folder}${key}`)) {
      if (!VERSION_FILE.test(name)) continue
      const path = `${folder}${key}/${name}`
      const text = await readFile(path, 'utf8')
      const document: unknown = JSON.parse(text)
      if (!accepts(document)) {
        throw new Error(`${path}: ${JSON.stringify(schemaFaults(validator, document))}`)
      }
      sources.push({ path, text, document })
    }
  }
  return sources.sort((a, b) => (a.path < b.path ? -1 : 1))
}

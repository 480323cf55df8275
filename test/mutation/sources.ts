import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { API } from 'typescript/unstable/sync'
import { findMutants, statementStarts } from './find-mutants.ts'
import { instrument } from './instrument.ts'
import type { Mutant } from './mutant.ts'

/** Files with their mutants in them, and the mutants in the order of their numbers. */
export interface Instrumented {
  readonly mutants: readonly Mutant[]
  /** By the whole path of the file. */
  readonly texts: ReadonlyMap<string, string>
}

/** Reads files and puts every mutant into them; nothing but their own text is looked at. */
export function instrumentFiles(
  root: string,
  files: readonly string[],
  work: string,
): Instrumented {
  mkdirSync(work, { recursive: true })
  const config = join(work, 'tsconfig.json')
  const compilerOptions = {
    noResolve: true,
    noLib: true,
    types: [],
    allowImportingTsExtensions: true,
  }
  const paths = files.map((file) => join(root, file))
  writeFileSync(config, JSON.stringify({ compilerOptions, files: paths }))
  const api = new API({ cwd: root })
  try {
    const [project] = api.updateSnapshot({ openProjects: [config] }).getProjects()
    const mutants: Mutant[] = []
    const texts = new Map<string, string>()
    for (const [index, file] of files.entries()) {
      const path = paths[index] ?? ''
      const source = project?.program.getSourceFile(path)
      if (source === undefined) throw new Error(`${file} cannot be read`)
      const first = mutants.length
      const found = findMutants(file, source)
      mutants.push(...found)
      const numbers = new Map(found.map((mutant, place) => [mutant, first + place]))
      const numberOf = (mutant: Mutant) => numbers.get(mutant) ?? -1
      texts.set(path, instrument(source.text, found, numberOf, statementStarts(source)))
    }
    return { mutants, texts }
  } finally {
    api.close()
  }
}

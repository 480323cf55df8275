import { schemaFiles, writeWhenRun } from '../contexts/generate-files.ts'
import * as rulebook from './rulebook.ts'

const PUBLISHED = { Rulebook: rulebook.Rulebook, Method: rulebook.Method }

/** Every file of this package that follows from its schemas, with its content. */
export function generatedFiles(): Promise<Record<string, string>> {
  return schemaFiles(import.meta.url, {
    published: PUBLISHED,
    validators: { validators: PUBLISHED },
    modules: { './rulebook.ts': rulebook },
  })
}

await writeWhenRun(import.meta.url, generatedFiles)

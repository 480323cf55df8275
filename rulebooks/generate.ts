import { schemaFiles, writeWhenRun } from '../contexts/generate-files.ts'
import { Method, Rulebook } from './rulebook.ts'

const PUBLISHED = { Rulebook, Method }

/** Every file of this package that follows from its schemas, with its content. */
export function generatedFiles(): Promise<Record<string, string>> {
  return schemaFiles(import.meta.url, {
    published: PUBLISHED,
    validators: { validators: PUBLISHED },
  })
}

await writeWhenRun(import.meta.url, generatedFiles)

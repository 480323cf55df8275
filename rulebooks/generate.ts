import { fileURLToPath } from 'node:url'
import * as schemas from '@battery-passport/contexts/schemas'
import {
  compileValidators,
  definitionsOf,
  publishedSchema,
  writeGenerated,
} from '../contexts/generator.ts'
import { Method, Rulebook } from './rulebook.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const PUBLISHED = { Rulebook, Method }
const DEFINITIONS = definitionsOf(schemas)

/** Every generated file of this package with its content. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const [name, schema] of Object.entries(PUBLISHED)) {
    files[here(`schemas/${name}.json`)] =
      `${JSON.stringify(publishedSchema(name, schema, DEFINITIONS), null, 2)}\n`
  }
  files[here('generated/validators.ts')] = await compileValidators(PUBLISHED, DEFINITIONS)
  return files
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeGenerated(await generatedFiles())

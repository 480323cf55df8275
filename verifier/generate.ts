import { fileURLToPath } from 'node:url'
import {
  compileValidators,
  definitionsOf,
  publishedSchema,
  writeGenerated,
} from '../contexts/generator.ts'
import * as vocabulary from '../contexts/schemas.ts'
import { findingsPage } from './generate-findings-page.ts'
import { VerificationPolicy } from './policy-schema.ts'
import { PassportVerdict } from './verdict-schema.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const PUBLISHED = { VerificationPolicy, PassportVerdict }
const DEFINITIONS = definitionsOf(vocabulary)

/** Every generated file of this package with its content. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const files: Record<string, string> = {
    [here('generated/validators.ts')]: await compileValidators({ VerificationPolicy }, DEFINITIONS),
    [here('../docs/findings.md')]: findingsPage(),
  }
  for (const [name, schema] of Object.entries(PUBLISHED)) {
    const text = `${JSON.stringify(publishedSchema(name, schema, DEFINITIONS), null, 2)}\n`
    files[here(`schemas/${name}.json`)] = text
  }
  return files
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeGenerated(await generatedFiles())

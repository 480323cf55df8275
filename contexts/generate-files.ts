import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TSchema } from '@sinclair/typebox'
import { compileValidators, definitionsOf, publishedSchema } from './generator.ts'
import * as vocabulary from './schemas.ts'

type Schemas = Readonly<Record<string, TSchema>>

/** Every exported schema of the vocabulary may be referred to by its name, whoever generates. */
const DEFINITIONS = definitionsOf(vocabulary)

/**
 * What follows from the schemas of a package, by absolute path: `schemas/NAME.json` for each that is
 * published, `generated/MODULE.ts` for each group that is validated.
 *
 * @param generator the URL of the module that generates: it lies in the folder of the package
 */
export async function schemaFiles(
  generator: string,
  {
    published = {},
    validators,
  }: { readonly published?: Schemas; readonly validators: Readonly<Record<string, Schemas>> },
): Promise<Record<string, string>> {
  const at = (path: string) => fileURLToPath(new URL(path, generator))
  const files: Record<string, string> = {}
  for (const [name, schema] of Object.entries(published)) {
    const text = `${JSON.stringify(publishedSchema(name, schema, DEFINITIONS), null, 2)}\n`
    files[at(`schemas/${name}.json`)] = text
  }
  for (const [module, schemas] of Object.entries(validators)) {
    files[at(`generated/${module}.ts`)] = await compileValidators(schemas, DEFINITIONS)
  }
  return files
}

/**
 * Writes the files that differ, where the program was started with the module that generates them;
 * the keys are absolute paths.
 */
export async function writeWhenRun(
  generator: string,
  generate: () => Promise<Record<string, string>>,
): Promise<void> {
  if (process.argv[1] !== fileURLToPath(generator)) return
  for (const [path, content] of Object.entries(await generate())) {
    const before = await readFile(path, 'utf8').catch(() => null)
    if (before === content) continue
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    console.error(`wrote ${path}`)
  }
}

import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TSchema } from '@sinclair/typebox'
import { _, type AnySchemaObject, type Code, Name, nil, stringify } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import { slimValidators } from './generate-slim.ts'

/** Where the published schemas say they live. `.example` is reserved: they ship, nothing is fetched. */
const SCHEMA_BASE = 'https://battery-passport.example/schemas/v1/'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Definitions = ReadonlyMap<string, string>

/** In characters: to call another function is not worth it for less. */
const LONG_SCHEMA = 150

/** Named schemas by their JSON text, so that each stands once and others refer to it. */
export function definitionsOf(named: Readonly<Record<string, unknown>>): Definitions {
  const definitions = new Map<string, string>()
  for (const [name, schema] of Object.entries(named)) {
    if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) continue
    const text = JSON.stringify(schema)
    if (text.length > 50) definitions.set(text, name)
  }
  return definitions
}

/**
 * The definitions, and with them every schema that stands twice: what is compiled in each of its
 * places again is the greater part of the code.
 */
function withRepeated(known: Definitions, schemas: readonly TSchema[]): Definitions {
  const counts = new Map<string, number>()
  const visit = (value: Json) => {
    if (value === null || typeof value !== 'object') return
    if (!Array.isArray(value) && 'type' in value && typeof value.type === 'string') {
      const text = JSON.stringify(value)
      if (known.has(text)) return
      const count = (counts.get(text) ?? 0) + 1
      counts.set(text, count)
      if (count > 1) return
    }
    for (const nested of Object.values(value)) visit(nested)
  }
  for (const schema of schemas) visit(JSON.parse(JSON.stringify(schema)))
  for (const text of known.keys()) {
    const schema: Record<string, Json> = JSON.parse(text)
    for (const nested of Object.values(schema)) visit(nested)
  }
  const repeated = [...counts].filter(([text, count]) => count > 1 && text.length > LONG_SCHEMA)
  return new Map([
    ...known,
    ...repeated.map(([text], index) => [text, `Repeated${index}`] as const),
  ])
}

/** Replaces each nested schema that has a name by a reference, and tells which names it used. */
function withReferences(
  schema: Json,
  definitions: Definitions,
  base: string,
  used: Set<string>,
  root = true,
): Json {
  if (schema === null || typeof schema !== 'object') return schema
  const name = root ? undefined : definitions.get(JSON.stringify(schema))
  if (name !== undefined) {
    used.add(name)
    return { $ref: `${base}#/$defs/${name}` }
  }
  if (Array.isArray(schema)) {
    return schema.map((item: Json) => withReferences(item, definitions, base, used, false))
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      withReferences(value, definitions, base, used, false),
    ]),
  )
}

/** All of `used` and what they use, each as a definition. */
function closure(definitions: Definitions, base: string, used: Set<string>): Record<string, Json> {
  const texts = new Map([...definitions].map(([text, name]) => [name, text]))
  const defs: Record<string, Json> = {}
  for (const name of used) {
    const text = texts.get(name)
    if (text !== undefined) defs[name] = withReferences(JSON.parse(text), definitions, base, used)
  }
  return Object.fromEntries(Object.entries(defs).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The published JSON Schema (2020-12) of a named type, complete in itself. */
export function publishedSchema(name: string, schema: TSchema, definitions: Definitions) {
  const used = new Set<string>()
  const body = withReferences(JSON.parse(JSON.stringify(schema)), definitions, '', used)
  const defs = closure(definitions, '', used)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${SCHEMA_BASE}${name}.json`,
    ...(body as object),
    ...(Object.keys(defs).length === 0 ? {} : { $defs: defs }),
  }
}

/**
 * Compiles schemas ahead of time into one module: compiling costs milliseconds a schema, and a
 * verifier must not pay them at every start. Exports one function per name.
 */
export async function compileValidators(
  schemas: Readonly<Record<string, TSchema>>,
  known: Definitions,
  remembered: Remembered = { from: '', names: [] },
): Promise<string> {
  const definitions = withRepeated(known, Object.values(schemas))
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    inlineRefs: false,
    strictTypes: false,
    strictRequired: false,
    code: { source: true, esm: true, lines: false, optimize: 2 },
  })
  // No schema of ours has $dynamicRef or unevaluatedProperties; what keeps account for them is code.
  Object.assign(ajv.opts, { dynamicRef: false, unevaluated: false })
  nameTheKnown(ajv)
  rememberTheShared(ajv)
  const used = new Set(definitions.values())
  const shared = `${SCHEMA_BASE}definitions.json`
  const $defs = closure(definitions, shared, used)
  for (const name of remembered.names) {
    const definition = $defs[name]
    if (definition === null || typeof definition !== 'object') throw new Error(`no schema ${name}`)
    $defs[name] = { ...definition, [FOUND_VALID]: name, [NOTE_VALID]: name }
  }
  ajv.addSchema({ $id: shared, $defs })
  const names: Record<string, string> = {}
  for (const [name, schema] of Object.entries(schemas)) {
    const $id = `${SCHEMA_BASE}${name}.json`
    const body = withReferences(JSON.parse(JSON.stringify(schema)), definitions, shared, new Set())
    ajv.addSchema({ ...(body as object), $id })
    names[name] = $id
  }
  const source = standaloneCode.default(ajv, names)
  const bundled = await build({
    stdin: {
      contents: `${memoryOf(remembered)}${source}`,
      resolveDir: dirname(fileURLToPath(import.meta.url)),
      loader: 'js',
    },
    bundle: true,
    external: remembered.from === '' ? [] : [remembered.from],
    format: 'esm',
    target: 'es2022',
    write: false,
    minifySyntax: true,
    charset: 'ascii',
  })
  return `// @ts-nocheck\n// Generated by \`npm run generate\` from the schemas beside this folder. Do not edit.\n${slimValidators(bundled.outputFiles[0]?.text ?? '')}`
}

/** Definitions of which what is valid is remembered, if it is marked as a shared part. */
export interface Remembered {
  /** The module that has `isSharedPart`, as the generated one names it. */
  readonly from: string
  readonly names: readonly string[]
}

const FOUND_VALID = 'x-found-valid'
const NOTE_VALID = 'x-note-valid'

/**
 * A shared part is frozen: once it has its shape, it has it in each document it comes in. These two
 * stand first and last in the function of a definition.
 */
function rememberTheShared(ajv: Ajv2020): void {
  ajv.addKeyword({
    keyword: FOUND_VALID,
    before: '$ref',
    code: ({ gen, data, schema }) => {
      gen.if(_`${found(schema)}.has(${data})`, () => gen.code(_`return true`))
    },
  })
  ajv.addKeyword({
    keyword: NOTE_VALID,
    post: true,
    code: ({ gen, data, schema }) => {
      gen.if(_`errors === 0 && isSharedPart(${data})`, () =>
        gen.code(_`${found(schema)}.add(${data})`),
      )
    },
  })
}

function found(name: string): Name {
  return new Name(`found${name}`)
}

function memoryOf({ from, names }: Remembered): string {
  if (names.length === 0) return ''
  const memories = names.map((name) => `const ${found(name)} = new WeakSet()\n`)
  return `import { isSharedPart } from ${JSON.stringify(from)}\n${memories.join('')}`
}

/**
 * Has two errors say what is known at their place: whoever mistyped a property, or the value that
 * tells the branches of a union apart, is shown the names there are.
 */
function nameTheKnown(ajv: Ajv2020): void {
  const property = ajv.getKeyword('additionalProperties')
  const tag = ajv.getKeyword('discriminator')
  if (typeof property !== 'object' || typeof tag !== 'object') throw new Error('Ajv changed')
  property.error = {
    message: 'must not be there',
    params: ({ params, parentSchema = {} }) =>
      _`{additionalProperty: ${params.additionalProperty}, known: ${namesOf(parentSchema)}${patternsOf(parentSchema)}}`,
  }
  tag.error = {
    message: 'must be known',
    params: ({ params, schema: { propertyName }, parentSchema = {} }) =>
      _`{tag: ${propertyName}, tagValue: ${params.tag}, known: ${tagsOf(ajv, parentSchema, propertyName)}}`,
  }
}

function namesOf({ properties = {} }: AnySchemaObject): Code {
  return stringify(Object.keys(properties))
}

function patternsOf({ patternProperties }: AnySchemaObject): Code {
  return patternProperties === undefined
    ? nil
    : _`, patterns: ${stringify(Object.keys(patternProperties))}`
}

function tagsOf(ajv: Ajv2020, { oneOf = [] }: AnySchemaObject, tagName: string): Code {
  const tags = oneOf.map((branch: AnySchemaObject) => {
    const schema = branch.$ref === undefined ? branch : ajv.getSchema(branch.$ref)?.schema
    if (typeof schema !== 'object') throw new Error(`no schema ${branch.$ref}`)
    return schema.properties[tagName].const
  })
  return stringify(tags)
}

import { fileURLToPath } from 'node:url'
import { writeGenerated } from '../contexts/generator.ts'
import { shippedModule } from './generate-module.ts'
import { pinnedMethod } from './generate-pins.ts'
import { readSources } from './generate-sources.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Everything written from the rulebooks and methods: their pins, the module, the pages. */
export async function shippedFiles(): Promise<Record<string, string>> {
  const { rulebooks, methods } = await readSources()
  const pinned = methods.map((method) => ({
    path: method.path,
    ...pinnedMethod(method, rulebooks),
  }))
  const files: Record<string, string> = {}
  for (const { path, text } of pinned) files[path] = text
  files[here('generated/shipped.ts')] = shippedModule(
    rulebooks.map(({ document }) => document),
    pinned.map(({ document }) => document),
  )
  return files
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeGenerated(await shippedFiles())

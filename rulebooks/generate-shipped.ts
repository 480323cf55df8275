import { fileURLToPath } from 'node:url'
import { digestOfDocument } from '@battery-passport/contexts'
import { writeWhenRun } from '../contexts/generate-files.ts'
import { methodPage } from './generate-method-page.ts'
import { shippedModule } from './generate-module.ts'
import { rulebookPage } from './generate-rulebook-page.ts'
import { readSources } from './generate-sources.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Everything written from the rulebooks and methods, by path: the methods with their pins, the
 * module for environments without a file system, the pages. A page shows the newest version.
 */
export async function shippedFiles(): Promise<Record<string, string>> {
  const sources = await readSources()
  const rulebooks = sources.rulebooks.map(({ document }) => document)
  const methods = sources.methods.map(({ document }) => document)
  const files: Record<string, string> = {
    [here('generated/shipped.ts')]: shippedModule(rulebooks, methods),
  }
  for (const { path, text } of sources.methods) files[path] = text
  for (const rulebook of rulebooks) {
    const page = rulebookPage(rulebook, digestOfDocument(rulebook))
    files[here(`../docs/rulebooks/${rulebook.key}.md`)] = page
  }
  for (const method of methods) {
    const page = methodPage(method, digestOfDocument(method), rulebooks)
    files[here('../docs/rulebooks/README.md')] = page
  }
  return files
}

await writeWhenRun(import.meta.url, shippedFiles)

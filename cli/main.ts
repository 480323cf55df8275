#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { bundledStart } from './bundled-start.ts'
import { compiledProgram } from './compiled-program.ts'

// Most of what `verify` takes in a new process is finding, opening and compiling three hundred files.
const program = bundledStart(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)))
const { start } =
  program === null
    ? await import('./start.ts')
    : (compiledProgram(program).run() as typeof import('./start.ts'))
await start()

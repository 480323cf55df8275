#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { bundledStart } from './bundled-start.ts'

// More than half of what `verify` takes in a new process is finding and opening three hundred files.
const bundle = bundledStart(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)))
await (bundle === null ? import('./start.ts') : import(bundle))

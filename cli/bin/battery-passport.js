#!/usr/bin/env node
// In the repository itself, so that `npm ci` links the command before anything is built.
import { existsSync } from 'node:fs'

const program = new URL('../dist/main.js', import.meta.url)
if (existsSync(program)) await import(program.href)
else {
  console.error(
    'error: The command is not built yet.\n  to do:    Run npm run build in the repository.',
  )
  process.exitCode = 70
}

import { writeFileSync } from 'node:fs'
import { codeFile, compiledProgram } from '../cli/dist/compiled-program.js'

/** Runs a program with the arguments that follow its name, and keeps what V8 compiled of it. */
const [, , file] = process.argv
const { script, run } = compiledProgram(file)
process.argv.splice(2, 1)
process.on('exit', () => writeFileSync(codeFile(file), script.createCachedData()))
await run().start()

import { run } from './run.ts'

// A JSON-LD document can write to every object through `__proto__`; without it, it cannot.
Reflect.deleteProperty(Object.prototype, '__proto__')

/** Runs the command line of this process to its end. */
export async function start(): Promise<void> {
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  process.exitCode = await run(process.argv.slice(2), {
    stdin: process.stdin,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    env: process.env,
    clock: { now: () => Math.floor(Date.now() / 1000) },
    drained,
    progress: process.stderr.isTTY === true,
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  })
}

/** A reader that has gone takes nothing more, and is not waited for. */
function drained(): Promise<void> {
  const { stdout } = process
  if (stdout.destroyed || !stdout.writableNeedDrain) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      stdout.off('drain', done).off('close', done)
      resolve()
    }
    stdout.on('drain', done).on('close', done)
  })
}

import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** The bytes of the heap that something still holds on to. */
export function heapHeld(): number {
  // Node has the collector at hand only under a flag, which may be set while it runs.
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  assert.ok(typeof collect === 'function')
  collect()
  return process.memoryUsage().heapUsed
}

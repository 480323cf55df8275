import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The pilot's files in a clone of the repository, seen from sources or from what was built. */
export function pilotFolder(): string {
  const { url } = import.meta
  const levels = extname(url) === '.js' ? '../../..' : '../..'
  return fileURLToPath(new URL(`${levels}/examples/pilot`, url))
}

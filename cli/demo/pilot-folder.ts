import { fileURLToPath } from 'node:url'

/** The pilot's files in a clone of the repository, seen from sources or from what was built. */
export function pilotFolder(): string {
  const levels = import.meta.url.includes('/dist/') ? '../../..' : '../..'
  return fileURLToPath(new URL(`${levels}/examples/pilot`, import.meta.url))
}

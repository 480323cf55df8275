import { readFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Where and when the figures were taken. */
export function machineLine(): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const day = new Date().toISOString().slice(0, 10)
  return `${day}, ${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GiB, ${platform()} ${arch()}, Node ${process.version}`
}

/** Where and when the figures were taken, and what was compared with. */
export function machineLines(): string[] {
  return [
    machineLine(),
    `compared with @digitalbazaar/vc ${versionOf('@digitalbazaar/vc')} (eddsa-rdfc-2022 ${versionOf('@digitalbazaar/eddsa-rdfc-2022-cryptosuite')}, vc-bitstring-status-list ${versionOf('@digitalbazaar/vc-bitstring-status-list')}, jsonld ${versionOf('jsonld')})`,
  ]
}

function versionOf(name: string): string {
  const path = fileURLToPath(new URL(`../node_modules/${name}/package.json`, import.meta.url))
  const { version }: { readonly version?: string } = JSON.parse(readFileSync(path, 'utf8'))
  return version ?? 'unknown'
}

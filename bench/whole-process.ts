import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatInstant, PASSPORT_CONTEXT, pinnedContext } from '@battery-passport/contexts'
import { type Chain, wholePresentations, withPassports } from './chain.ts'
import { median } from './measure.ts'
import { documentsOf } from './naive.ts'
import type { MeasuredRow } from './row.ts'

/** The row whose ratio is of times, not of speeds: less is better. */
export const WHOLE_PROCESS = 7

/**
 * Row 7: a passport with its whole chain on the command line, the start of Node included, against
 * the shortest script with @digitalbazaar/vc; pairs of processes, by the clock. The first pair, which
 * reads the files from the disk, does not count.
 */
export async function wholeProcessRow(
  chain: Chain,
  theirs: Chain,
  pairs: number,
): Promise<MeasuredRow> {
  const folder = mkdtempSync(join(tmpdir(), 'whole-process-'))
  try {
    const at = formatInstant(chain.clock.now())
    const [presentation] = wholePresentations(withPassports(chain, 1))
    const [theirPresentation] = wholePresentations(withPassports(theirs, 1))
    if (presentation === undefined || theirPresentation === undefined) throw new TypeError('none')
    const documents = documentsOf(theirs.keys)
    documents.set(PASSPORT_CONTEXT, pinnedContext(PASSPORT_CONTEXT).document)
    const write = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    const policy = write('policy.json', JSON.stringify(chain.policy.source))
    const input = write('presentation.json', presentation)
    const ours = [built('../cli/dist/main.js'), 'verify', input, '--policy', policy, '--at', at]
    const naive = [
      built('naive-script.mjs'),
      write('naive-presentation.json', theirPresentation),
      write('documents.json', JSON.stringify(Object.fromEntries(documents))),
      at,
    ]
    return rowOf(measured(ours, naive, pairs))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Pair {
  readonly ours: number
  readonly library: number
}

function measured(ours: readonly string[], naive: readonly string[], pairs: number): Pair[] {
  return Array.from({ length: pairs + 1 }, (_, pair) => {
    if (pair % 2 === 0) return { ours: timeOf(ours), library: timeOf(naive) }
    const library = timeOf(naive)
    return { ours: timeOf(ours), library }
  }).slice(1)
}

/** Milliseconds from the start of a process to its end; it must find everything right. */
function timeOf(args: readonly string[]): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const elapsed = performance.now() - start
  if (status !== 0) throw new Error(`the verifier refused what is right: ${status} ${stderr}`)
  return elapsed
}

function rowOf(pairs: readonly Pair[]): MeasuredRow {
  const ratios = pairs.map(({ ours, library }) => ours / library)
  const empty = median(pairs.map(() => timeOf(['--eval', ''])))
  return {
    row: WHOLE_PROCESS,
    name: 'cold chain on the command line, the start of Node included: the time it takes',
    ratio: rounded(median(ratios)),
    spread: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    goal: 0.35,
    unit: 'of the time of a script with @digitalbazaar/vc (elapsed time)',
    rounds: pairs.length,
    otherwise: `Node alone takes ${empty.toFixed(0)} ms`,
    ours: median(pairs.map(({ ours }) => ours)),
    library: median(pairs.map(({ library }) => library)),
    heap: null,
    resident: null,
  }
}

function built(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

function rounded(ratio: number): number {
  return Math.round(ratio * 100) / 100
}

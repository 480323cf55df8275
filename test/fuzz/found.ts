import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RULEBOOK_FILES } from '../conformance/generator/policy.ts'
import { graveCodes } from '../conformance/stored.ts'
import type { World } from './bases.ts'
import type { Hole } from './fuzz.ts'

/**
 * Writes a hole as a vector of the conformance corpus. It must not be accepted; its codes are what
 * the verifier said of it, and right only once somebody has looked at them.
 *
 * @returns its folder
 */
export function writeFound(
  folder: string,
  world: World,
  { fault, sent, verdict, recipe }: Hole,
): string {
  const { input, added } = sent
  const digest = createHash('sha256')
  for (const bytes of [input, ...added]) digest.update(bytes)
  const own = join(folder, digest.digest('hex').slice(0, 16))
  const write = (path: string, content: Uint8Array | string) => {
    const full = join(own, path)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, content)
  }
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  write(inputName(input), input)
  for (const [index, bytes] of added.entries()) {
    write(`with/${String(index).padStart(3, '0')}-${inputName(bytes)}`, bytes)
  }
  write('policy.json', json(world.policy))
  for (const { name, text } of RULEBOOK_FILES) write(name, text)
  const outcome = verdict === null || verdict.outcome === 'accepted' ? 'rejected' : verdict.outcome
  write(
    'expect.json',
    json({
      why: `Found by the fuzzer: ${fault.replaceAll(/\s+/g, ' ').slice(0, 120)}.`,
      at: world.at,
      outcome,
      codes: verdict === null ? [] : graveCodes(verdict),
      found: { seenOutcome: verdict?.outcome ?? null, recipe },
    }),
  )
  return own
}

function inputName(bytes: Uint8Array): string {
  const first = Buffer.from(bytes.subarray(0, 3)).toString()
  return first === 'eyJ' ? 'input.jwt' : first.startsWith('{') ? 'input.json' : 'input.bin'
}

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PassportVerdict } from '@battery-passport/verifier'
import { type StoredVector, verdictOn } from './stored.ts'

/** Where it is kept what the verifier says of each vector, and of which place. */
export const PLACES = join(fileURLToPath(new URL('.', import.meta.url)), 'places.json')

/** What is said of each vector, by its name: `SEVERITY CODE credential#pointer`, and the chain. */
export type Places = Readonly<Record<string, readonly string[]>>

/** What a verdict says, and of which place, in its own order; not in which words. */
export function placesOf({ findings, chain }: PassportVerdict): readonly string[] {
  return [
    ...findings.map(
      ({ severity, code, credential, pointer }) => `${severity} ${code} ${credential}#${pointer}`,
    ),
    `chain ${chain.map(({ result }) => result).join(' ')}`,
  ]
}

/** The file as text, from the answers of this verifier. */
export async function placesOfCorpus(vectors: readonly StoredVector[]): Promise<string> {
  const places: Record<string, readonly string[]> = {}
  for (const vector of vectors) places[vector.name] = placesOf(await verdictOn(vector))
  return `${JSON.stringify(places, null, 1)}\n`
}

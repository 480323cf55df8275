import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  createVerifier,
  type EffectivePolicy,
  type PassportVerdict,
  pinnedFiles,
  readPolicy,
  type VerifyOptions,
} from '@battery-passport/verifier'
import { clockAt } from '../support/consortium.ts'

/** Where the corpus stands. */
export const VECTORS = fileURLToPath(new URL('vectors', import.meta.url))

/** `expect.json` of a vector. */
export interface Expectation {
  readonly why: string
  readonly at: string
  readonly expectSubject?: string
  readonly expectIssuer?: string
  readonly outcome: PassportVerdict['outcome']
  readonly codes: readonly string[]
  readonly also?: readonly string[]
  readonly score?: { readonly value: number; readonly upper: number; readonly coverage: number }
  readonly siblingOf?: string
}

/** A vector as it stands in its folder. */
export interface StoredVector {
  readonly name: string
  readonly folder: string
  readonly input: Uint8Array
  readonly added: readonly Uint8Array[]
  readonly expected: Expectation
}

/** Every vector, by name `family/vector`. */
export function storedVectors(): readonly StoredVector[] {
  return readdirSync(VECTORS)
    .sort()
    .flatMap((family) =>
      readdirSync(join(VECTORS, family))
        .sort()
        .map((name) => storedVector(`${family}/${name}`)),
    )
}

/** One vector by its name. */
export function storedVector(name: string): StoredVector {
  const folder = join(VECTORS, name)
  const input = readdirSync(folder).find((file) => file.startsWith('input.'))
  if (input === undefined) throw new TypeError(`${name}: no input`)
  const beside = join(folder, 'with')
  return {
    name,
    folder,
    input: readFileSync(join(folder, input)),
    added: existsSync(beside)
      ? readdirSync(beside)
          .sort()
          .map((file) => readFileSync(join(beside, file)))
      : [],
    expected: JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')),
  }
}

/** The instant of the clock while the corpus is judged: later than everything in it. */
export const CLOCK = '2026-12-01T00:00:00Z'

/** A new verifier for the policy of a vector, which remembers nothing of others. */
export function verifierOf({ folder }: StoredVector) {
  const read = readPolicy(readFileSync(join(folder, 'policy.json')))
  if (!read.ok) throw new TypeError(JSON.stringify(read.faults))
  const { policy } = read
  return createVerifier({ policy, clock: clockAt(CLOCK), ...documentsOf(policy, folder) })
}

function documentsOf(policy: EffectivePolicy, folder: string) {
  const files = pinnedFiles(policy).map(({ kind, file }) => {
    const document: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    return { kind, document }
  })
  const of = (kind: 'method' | 'rulebook') =>
    files.filter((each) => each.kind === kind).map(({ document }) => document)
  return { methods: of('method'), rulebooks: of('rulebook') }
}

/** What the verifier says of a vector. */
export function verdictOn(vector: StoredVector): Promise<PassportVerdict> {
  const { at, expectSubject, expectIssuer } = vector.expected
  const options: VerifyOptions = {
    with: vector.added,
    at,
    ...(expectSubject === undefined ? {} : { expectSubject }),
    ...(expectIssuer === undefined ? {} : { expectIssuer }),
  }
  return verifierOf(vector).verifyPassport(vector.input, options)
}

/** Codes of errors and unknowns, sorted, each once. */
export function graveCodes({ findings }: PassportVerdict): readonly string[] {
  const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(grave.map(({ code }) => code))].sort()
}

import { digestMultibase } from '@battery-passport/contexts'
import type { Finding } from '../findings/findings.ts'
import { assertBytes } from '../policy/caller-faults.ts'
import { type DecodedInput, decodeInput } from '../reading/decode.ts'
import { type Documents, indexDocuments } from '../reading/documents.ts'
import type { Limits } from '../reading/limits.ts'
import type { PresentedTimestamp } from '../reading/presented-timestamp.ts'
import type { Memory } from './memory.ts'

/**
 * Credentials that were read and sorted once, to be added to many verifications: what the passports
 * of a series rest on. Nothing is verified yet.
 */
export interface PreparedCredentials {
  readonly documents: Documents
  /** What is wrong with the inputs themselves. */
  readonly findings: readonly Finding[]
  readonly timestamps: readonly PresentedTimestamp[]
}

/** Prepares credentials, and knows those it has prepared. */
export interface Preparation {
  prepare(added: readonly Uint8Array[], before?: PreparedCredentials): PreparedCredentials
  /** @throws {TypeError} for what another has prepared */
  assertOwn(prepared: PreparedCredentials): void
}

interface Origin {
  /** The digests of the inputs, in order. */
  readonly digests: readonly string[]
}

/**
 * Reads inputs, each a credential or a presentation; `/with/0` is the place of the first. The same
 * bytes in the same place are read once.
 */
export function preparation(
  memory: Pick<Memory, 'added' | 'inputs' | 'documents'>,
  limits: Limits,
): Preparation {
  const origins = new WeakMap<PreparedCredentials, Origin>()
  const originOf = (prepared: PreparedCredentials): Origin => {
    const origin = origins.get(prepared)
    if (origin === undefined) throw new TypeError('with: expected what this verifier prepared')
    return origin
  }

  const read = (bytes: Uint8Array, digest: string, place: number): DecodedInput => {
    const key = `${place} ${digest}`
    const known = memory.inputs.get(key)
    if (known !== undefined) return known
    const decoded = decodeInput(bytes, limits, `/with/${place}`, memory.documents)
    memory.inputs.set(key, decoded, bytes.length)
    return decoded
  }

  return {
    prepare(added, before) {
      const earlier = before === undefined ? [] : originOf(before).digests
      for (const bytes of added) assertBytes(bytes, 'with')
      const own = added.map((bytes) => ({ bytes, digest: digestMultibase(bytes) }))
      const digests = [...earlier, ...own.map(({ digest }) => digest)]
      const key = digests.join(' ')
      const known = memory.added.get(key)
      if (known !== undefined) return known
      const inputs = own.map(({ bytes, digest }, index) =>
        read(bytes, digest, earlier.length + index),
      )
      const documents = inputs.flatMap((input) => input.documents)
      const indexed = indexDocuments([...(before?.documents.all ?? []), ...documents], limits)
      const crowded = new Set([...(before?.documents.crowded ?? []), ...indexed.crowded])
      const prepared = Object.freeze({
        documents: { ...indexed, crowded: [...crowded] },
        findings: [...(before?.findings ?? []), ...inputs.flatMap(({ findings }) => findings)],
        timestamps: [
          ...(before?.timestamps ?? []),
          ...inputs.flatMap(({ timestamps }) => timestamps),
        ],
      })
      memory.added.set(key, prepared)
      origins.set(prepared, { digests })
      return prepared
    },
    assertOwn: (prepared) => {
      originOf(prepared)
    },
  }
}

import { dirname, resolve } from 'node:path'
import { digestOfDocument } from '@battery-passport/contexts'
import type { LoadedMethod } from '@battery-passport/rulebooks'
import {
  type EffectivePolicy,
  type JsonValue,
  MethodDocumentError,
  methodLibrary,
  readPolicy,
} from '@battery-passport/verifier'
import { readBytes, readDocument } from './config.ts'
import { StartError } from './start-error.ts'

/** A policy with the content of the methods and rulebooks it names. */
export interface PolicyOnDisk {
  readonly policy: EffectivePolicy
  /** Documents besides the shipped ones. */
  readonly methods: readonly JsonValue[]
  readonly rulebooks: readonly JsonValue[]
  /** The methods the policy accepts, each with its rulebooks. */
  readonly accepted: readonly LoadedMethod[]
}

/**
 * Reads the policy by which the service judges what it is given and what it issues.
 *
 * @param more method and rulebook files besides those the policy names
 * @throws {StartError} POLICY_*, DOCUMENT_*, METHOD_UNAVAILABLE
 */
export async function readPolicyFile(
  path: string,
  more: {
    readonly methodFiles?: readonly string[]
    readonly rulebookFiles?: readonly string[]
  } = {},
): Promise<PolicyOnDisk> {
  const read = readPolicy(await readBytes(path, 'POLICY_UNREADABLE'))
  if (!read.ok) {
    throw new StartError(
      'POLICY_INVALID',
      `${path}: the policy is not as it should be.`,
      read.faults,
    )
  }
  const { policy } = read
  const { methods: pinnedMethods, rulebooks: pinnedRulebooks = [] } = policy.source
  const methods = [
    ...(await pinnedDocuments(path, 'methods', pinnedMethods)),
    ...(await documents(more.methodFiles ?? [])),
  ]
  const rulebooks = [
    ...(await pinnedDocuments(path, 'rulebooks', pinnedRulebooks)),
    ...(await documents(more.rulebookFiles ?? [])),
  ]
  const accepted = acceptedMethods(path, pinnedMethods, { methods, rulebooks })
  return { policy, methods, rulebooks, accepted }
}

function documents(files: readonly string[]): Promise<readonly JsonValue[]> {
  return Promise.all(files.map((file) => readDocument(file, 'DOCUMENT_UNREADABLE')))
}

/** A file is pinned by digest: whoever can change it cannot change what the policy means. */
async function pinnedDocuments(
  path: string,
  list: string,
  pins: readonly { readonly digestMultibase: string; readonly file?: string }[],
): Promise<JsonValue[]> {
  const found: JsonValue[] = []
  for (const [index, { digestMultibase, file }] of pins.entries()) {
    if (file === undefined) continue
    const name = resolve(dirname(path), file)
    const document = await readDocument(name, 'DOCUMENT_UNREADABLE')
    const digest = digestOfDocument(document)
    if (digest !== digestMultibase) {
      const pointer = `/${list}/${index}/digestMultibase`
      throw new StartError(
        'DOCUMENT_INVALID',
        `${path}: ${file} is not the file the policy names.`,
        [{ pointer, expected: digestMultibase, found: digest }],
      )
    }
    found.push(document)
  }
  return found
}

function acceptedMethods(
  path: string,
  pins: EffectivePolicy['source']['methods'],
  given: { readonly methods: readonly JsonValue[]; readonly rulebooks: readonly JsonValue[] },
): LoadedMethod[] {
  try {
    const library = methodLibrary(given)
    return pins.map(({ digestMultibase }, index) => {
      const lookup = library.find(digestMultibase)
      if (lookup.ok) return lookup.method
      throw new StartError('METHOD_UNAVAILABLE', `${path}: ${lookup.detail}`, [
        {
          pointer: `/methods/${index}`,
          expected: `the content of ${lookup.missing}, shipped or in a file`,
          found: 'nothing',
        },
      ])
    })
  } catch (error) {
    if (!(error instanceof MethodDocumentError)) throw error
    throw new StartError('DOCUMENT_INVALID', `${path}: ${error.message}`)
  }
}

import { dirname, resolve } from 'node:path'
import type { LoadedMethod } from '@battery-passport/rulebooks'
import {
  type EffectivePolicy,
  type JsonValue,
  MethodDocumentError,
  methodLibrary,
  pinFault,
  pinnedFiles,
  readPolicy,
} from '@battery-passport/verifier'
import { readBytes, readDocument } from './config.ts'
import { StartError } from './start-error.ts'

/** A policy with the content of the files it names. */
export interface PolicyOnDisk {
  readonly policy: EffectivePolicy
  /** Documents besides the shipped ones. */
  readonly methods: readonly JsonValue[]
  readonly rulebooks: readonly JsonValue[]
  /** The DID documents that its files hold. */
  readonly didDocuments: readonly JsonValue[]
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
  const pinned = await pinnedDocuments(path, policy)
  const methods = [...pinned.methods, ...(await documents(more.methodFiles ?? []))]
  const rulebooks = [...pinned.rulebooks, ...(await documents(more.rulebookFiles ?? []))]
  const accepted = acceptedMethods(path, policy.source.methods, { methods, rulebooks })
  return { policy, methods, rulebooks, didDocuments: pinned.didDocuments, accepted }
}

function documents(files: readonly string[]): Promise<readonly JsonValue[]> {
  return Promise.all(files.map((file) => readDocument(file, 'DOCUMENT_UNREADABLE')))
}

async function pinnedDocuments(
  path: string,
  policy: EffectivePolicy,
): Promise<Pick<PolicyOnDisk, 'methods' | 'rulebooks' | 'didDocuments'>> {
  const methods: JsonValue[] = []
  const rulebooks: JsonValue[] = []
  const didDocuments: JsonValue[] = []
  for (const pinned of pinnedFiles(policy)) {
    const name = resolve(dirname(path), pinned.file)
    const document = await readDocument(name, 'DOCUMENT_UNREADABLE')
    const fault = pinFault(pinned, document)
    if (fault !== null) {
      const message = `${path}: ${pinned.file} is not the file the policy names.`
      throw new StartError('DOCUMENT_INVALID', message, [fault])
    }
    if (pinned.kind === 'method') methods.push(document)
    else if (pinned.kind === 'rulebook') rulebooks.push(document)
    else didDocuments.push(document)
  }
  return { methods, rulebooks, didDocuments }
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

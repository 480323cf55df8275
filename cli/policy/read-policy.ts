import { dirname, resolve } from 'node:path'
import { faultRemedy, type SchemaFault } from '@battery-passport/contexts'
import {
  type EffectivePolicy,
  type JsonValue,
  type PinnedFile,
  pinFault,
  pinnedFiles,
  readPolicy,
} from '@battery-passport/verifier'
import { CommandError, type Complaint, usageError } from '../errors.ts'
import { parseDocument, placeIn } from '../input/read-document.ts'
import { readFileBytes } from '../input/read-file.ts'
import type { RulebookDocument } from '../input/read-rulebooks.ts'

/** A policy file with what its `file` fields name, or all its faults. */
export type PolicyFile =
  | {
      readonly ok: true
      readonly policy: EffectivePolicy
      readonly documents: readonly RulebookDocument[]
      /** The DID documents its files hold. */
      readonly didDocuments: readonly JsonValue[]
    }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/**
 * Reads a policy and what it names, for use.
 *
 * @throws {CommandError} usage, with all faults: a program must not verify by half a policy
 */
export async function usePolicy(path: string): Promise<PolicyFile & { readonly ok: true }> {
  const file = await readPolicyWithFiles(path)
  if (file.ok) return file
  throw usageError(...file.complaints)
}

/**
 * Reads a policy and what it names, for checking.
 *
 * @throws {CommandError} usage: the policy itself cannot be read
 */
export async function readPolicyWithFiles(path: string): Promise<PolicyFile> {
  const read = readPolicy(await readFileBytes(path))
  if (!read.ok) return { ok: false, complaints: read.faults.map((fault) => complaint(path, fault)) }
  const documents: RulebookDocument[] = []
  const didDocuments: JsonValue[] = []
  const complaints: Complaint[] = []
  for (const pinned of pinnedFiles(read.policy)) {
    try {
      const { name, document } = await readPinned(path, pinned)
      const { kind, digestMultibase } = pinned
      if (kind === 'did-document') didDocuments.push(document)
      else documents.push({ name, kind, document, digestMultibase })
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      complaints.push(...error.complaints)
    }
  }
  if (complaints.length > 0) return { ok: false, complaints }
  return { ok: true, policy: read.policy, documents, didDocuments }
}

async function readPinned(
  policyPath: string,
  pinned: PinnedFile,
): Promise<{ readonly name: string; readonly document: JsonValue }> {
  const { kind, file, digestMultibase } = pinned
  const name = resolve(dirname(policyPath), file)
  const document: JsonValue = await readBeside(policyPath, pinned, name)
  const fault = pinFault(pinned, document)
  if (fault === null) return { name, document }
  if (fault.expected !== digestMultibase) {
    throw usageError({
      what: 'The DID document file cannot be relied on.',
      where: placeIn(policyPath, fault.pointer),
      expected: fault.expected,
      found: fault.found,
      remedy: 'Ask who speaks under the DID for its document, and pin that.',
    })
  }
  throw usageError({
    what: `The ${WORDS[kind]} file is not the one the policy names.`,
    where: placeIn(policyPath, fault.pointer),
    expected: fault.expected,
    found: `${fault.found}, the digest of ${file}`,
    remedy: 'Restore the file, or after reading what changed write its digest into the policy.',
  })
}

const WORDS: Readonly<Record<PinnedFile['kind'], string>> = {
  method: 'method',
  rulebook: 'rulebook',
  'did-document': 'DID document',
}

async function readBeside(
  policyPath: string,
  { kind, pointer, file }: PinnedFile,
  name: string,
): Promise<JsonValue> {
  try {
    return parseDocument(await readFileBytes(name), name)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    const [first] = error.complaints
    throw usageError({
      what: `The ${WORDS[kind]} file of the policy cannot be used: ${first?.what ?? error.message}`,
      where: placeIn(policyPath, `${pointer}/file`),
      expected: first?.expected ?? 'a readable file',
      found: `${first?.found ?? 'none'} at ${first?.where ?? name}`,
      remedy: `Put the file there, or correct "${file}": it is relative to the policy.`,
    })
  }
}

function complaint(path: string, fault: SchemaFault): Complaint {
  const { pointer, expected, found, isUnknown } = fault
  const otherwise =
    found === 'nothing'
      ? 'Write the field; "policy init" writes an example.'
      : 'Correct the value; "policy check" explains every field.'
  return {
    what: isUnknown ? `The policy has an unknown field ${found}.` : 'The policy is not in order.',
    where: placeIn(path, pointer),
    expected,
    found,
    remedy: faultRemedy(fault, otherwise),
  }
}

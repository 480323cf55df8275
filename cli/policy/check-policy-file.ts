import type { EffectivePolicy } from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { CommandError, type Complaint } from '../errors.ts'
import { checkedDocuments, readRulebookFolder } from '../input/read-rulebooks.ts'
import { readPolicyWithFiles } from './read-policy.ts'
import { policyWarnings } from './warnings.ts'

/** A policy that is in order with what its author may not mean, or every fault of it. */
export type PolicyFileCheck =
  | {
      readonly ok: true
      readonly policy: EffectivePolicy
      readonly warnings: readonly string[]
    }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/**
 * Checks a policy with the files it names and, where one is given, a folder of methods and
 * rulebooks, as `verify` takes them.
 *
 * @throws {CommandError} usage: the policy itself or the folder cannot be read
 */
export async function checkPolicyFile(
  file: string,
  folder: string | undefined,
  deps: Pick<CommandDeps, 'clock' | 'err'>,
): Promise<PolicyFileCheck> {
  const read = await readPolicyWithFiles(file)
  if (!read.ok) return read
  const added = folder === undefined ? [] : await readRulebookFolder(folder, deps)
  try {
    const checked = checkedDocuments([...read.documents, ...added])
    const { policy } = read
    return { ok: true, policy, warnings: policyWarnings(policy, checked, deps.clock.now()) }
  } catch (error) {
    if (error instanceof CommandError) return { ok: false, complaints: error.complaints }
    throw error
  }
}

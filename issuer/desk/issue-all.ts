import { join } from 'node:path'
import type { ProofForm } from '@battery-passport/keys'
import { syncFolder, writeSynced } from '@battery-passport/keys/files'
import type { SecuredCredential } from '@battery-passport/verifier'
import { hexDigest } from '../hex-digest.ts'
import { signCredential, textOfSecured } from '../sign-credential.ts'
import type { IssuedType } from './entries.ts'
import { endingOf, FOLDERS } from './places.ts'
import { type Draft, type Planned, planIssue } from './plan-issue.ts'
import type { DeskState } from './state.ts'
import { checkOwnSignature, type Workbench } from './workbench.ts'

/** How the credentials of one act are signed. */
export interface IssueOptions {
  /** `proof.created`, RFC 3339 with `Z`. */
  readonly created: string
  /** The default is that of the desk. */
  readonly form?: ProofForm
}

/**
 * Plan, record the intent, sign, store, record, release: whatever is interrupted, no index is given
 * out twice, and what was released is on the disk.
 */
export async function issueAll<T extends IssuedType>(
  bench: Workbench,
  type: T,
  drafts: readonly Draft<T>[],
  options: IssueOptions,
): Promise<readonly SecuredCredential<T>[]> {
  const planned = planIssue(type, drafts, bench)
  const { created } = options
  await bench.record(
    planned.map(({ unsecured, place }) => ({
      kind: 'intended',
      id: unsecured.id,
      type,
      created,
      ...place,
    })),
  )
  await bench.done('intent-recorded')
  const signed = await signAll(bench, type, planned, options)
  await bench.done('signed')
  const files = signed.map(({ secured, name }) => {
    const text = textOfSecured(secured)
    return { secured, file: `${name}${endingOf(text)}`, text }
  })
  const folder = join(bench.folder, FOLDERS.issued)
  await bench.turns.orFail(async () => {
    // Only the log makes a file count, so it needs no second name meanwhile.
    for (const { file, text } of files) await writeSynced(join(folder, file), text, 'wx')
    await syncFolder(folder)
  })
  await bench.done('files-written')
  await bench.record(
    files.map(({ secured: { id, digestMultibase }, file, text }) => ({
      kind: 'issued',
      id,
      digestMultibase,
      file,
      sha256: hexDigest(text),
    })),
  )
  await bench.done('issue-recorded')
  return signed.map(({ secured }) => secured)
}

/** Withdraws the indexes of credentials that may have been signed and were never released. */
export async function abandon(
  bench: Workbench,
  unfinished: DeskState['unfinished'],
): Promise<void> {
  if (unfinished.length === 0) return
  await bench.record(
    unfinished.map(({ id, generation, index }) => ({ kind: 'abandoned', id, generation, index })),
  )
}

async function signAll<T extends IssuedType>(
  bench: Workbench,
  type: T,
  planned: readonly Planned<T>[],
  { created, form = bench.form }: IssueOptions,
): Promise<readonly { readonly secured: SecuredCredential<T>; readonly name: string }[]> {
  const { signer } = bench
  try {
    return await Promise.all(
      planned.map(async ({ unsecured, name }) => {
        const secured = await signCredential(type, unsecured, { signer, created, form })
        await checkOwnSignature(secured, signer)
        return { secured, name }
      }),
    )
  } catch (error) {
    await abandon(bench, bench.state.unfinished)
    throw error
  }
}

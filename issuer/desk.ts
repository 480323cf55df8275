import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Notice, SecuredCredential } from '@battery-passport/verifier'
import { changeStatus, type StatusChange } from './desk/change-status.ts'
import { DeskError } from './desk/desk-error.ts'
import type { IssuedType } from './desk/entries.ts'
import { abandon, type IssueOptions, issueAll } from './desk/issue-all.ts'
import { FOLDERS } from './desk/places.ts'
import type { Draft } from './desk/plan-issue.ts'
import { publishLists } from './desk/publish-lists.ts'
import type { IssuedRecord } from './desk/state.ts'
import { type DeskParts, type Workbench, workbench } from './desk/workbench.ts'
import type { FolderLock } from './folder-lock.ts'
import { readSigned } from './sign-credential.ts'
import type { NoticeTerms } from './withdrawal-notice.ts'

/**
 * The desk of a body that issues by hand: it gives every credential a place in its status lists,
 * records what it is about to sign, signs, keeps what it signed, and publishes the lists. One
 * process has it open, and does one thing at a time. See `createDesk` and `openDesk`.
 */
export class Desk {
  /** Whose desk it is. */
  readonly did: string
  readonly #bench: Workbench
  readonly #lock: FolderLock

  /** Called by `openDesk` alone, which checked the parts. */
  constructor(parts: DeskParts, lock: FolderLock) {
    this.did = parts.deskFile.did
    this.#bench = workbench(parts)
    this.#lock = lock
  }

  /** Under which address its lists are; it never changes. */
  get statusBase(): string {
    return this.#bench.deskFile.statusBase
  }

  /** Everything that was issued here, in order, and how it stands. */
  get records(): readonly IssuedRecord[] {
    return this.#bench.state.issued
  }

  /**
   * Issues one credential.
   *
   * @param draft is given the `credentialStatus` to put in; when it throws, nothing was recorded
   * @returns the credential as every verifier reads it; it is on the disk
   * @throws {DeskError} ID_TAKEN, ISSUER_MISMATCH, DESK_FAILED
   *
   * @example
   * ```ts
   * const issued = await desk.issue('RulebookAttestation',
   *   (credentialStatus) => attest({ ...request, credentialStatus }, context), { created })
   * ```
   */
  async issue<T extends IssuedType>(
    type: T,
    draft: Draft<T>,
    options: IssueOptions,
  ): Promise<SecuredCredential<T>> {
    const [issued] = await this.issueAll(type, [draft], options)
    if (issued === undefined) throw new TypeError('issue: nothing came of one draft')
    return issued
  }

  /**
   * Issues several credentials as one act: every draft is made before the first is signed, and all
   * are released or none.
   *
   * @throws {DeskError} ID_TAKEN, ISSUER_MISMATCH, DESK_FAILED
   */
  issueAll<T extends IssuedType>(
    type: T,
    drafts: readonly Draft<T>[],
    options: IssueOptions,
  ): Promise<readonly SecuredCredential<T>[]> {
    return this.#bench.turns.take(() => issueAll(this.#bench, type, drafts, options))
  }

  /**
   * An issued credential as every verifier reads it.
   *
   * @throws {DeskError} NOT_ISSUED
   */
  async issued(id: string): Promise<SecuredCredential<IssuedType>> {
    const { file, type } = this.#recordOf(id)
    return readSigned(type, await this.#read(FOLDERS.issued, file))
  }

  /**
   * Withdraws a credential for good, from the next publication on: as a whole and from the beginning
   * unless a notice says less. Doing it again changes nothing, unless a notice says more.
   *
   * @param at when it was decided, RFC 3339
   * @param reason one line for the log of the desk; nobody else is told
   * @param notice what everybody is told: why, how far and since when
   * @throws {DeskError} NOT_ISSUED, REVOKED_FOR_GOOD, NOTICES_FULL
   * @throws {IssuanceError} NOTICE_REFUSED
   *
   * @example
   * ```ts
   * await desk.revoke(id, now, undefined, { reason: 'misstatement', indicators: ['ghg.intensity'] })
   * await desk.publishLists(now, 7 * 86_400)
   * ```
   */
  revoke(id: string, at: string, reason?: string, notice?: NoticeTerms): Promise<void> {
    return this.#change('revoked', id, at, reason, notice)
  }

  /**
   * Suspends a credential until it is reinstated, from the next publication on.
   *
   * @param notice why and since when; a suspension is of the whole
   * @throws {DeskError} NOT_ISSUED, REVOKED_FOR_GOOD, NOTICES_FULL
   * @throws {IssuanceError} NOTICE_REFUSED
   */
  suspend(id: string, at: string, reason?: string, notice?: NoticeTerms): Promise<void> {
    return this.#change('suspended', id, at, reason, notice)
  }

  /**
   * Ends a suspension, from the next publication on.
   *
   * @throws {DeskError} NOT_ISSUED, REVOKED_FOR_GOOD
   */
  reinstate(id: string, at: string, reason?: string): Promise<void> {
    return this.#change('active', id, at, reason)
  }

  /**
   * Signs every list anew as it now stands, and makes these editions the current ones.
   *
   * @param now RFC 3339
   * @param validitySeconds how long they may be relied on; short
   * @throws {DeskError} DESK_CLOCK when `now` is before the last publication
   */
  publishLists(
    now: string,
    validitySeconds: number,
  ): Promise<readonly SecuredCredential<'BitstringStatusListCredential'>[]> {
    return this.#bench.turns.take(() => publishLists(this.#bench, now, validitySeconds))
  }

  /** The editions that were published last; none before the first time. */
  lists(): Promise<readonly SecuredCredential<'BitstringStatusListCredential'>[]> {
    return this.#bench.turns.take(() =>
      Promise.all(
        (this.#bench.state.published?.lists ?? []).map(async ({ file }) =>
          readSigned('BitstringStatusListCredential', await this.#read(FOLDERS.lists, file)),
        ),
      ),
    )
  }

  /** The notices that the lists name as they now stand: whoever gets the lists needs them, too. */
  notices(): Promise<readonly Notice[]> {
    return this.#bench.turns.take(() => {
      const { state } = this.#bench
      const generations = Array.from({ length: state.current.generation }, (_, each) => each + 1)
      const named = generations.flatMap((generation) => {
        const { revocation, suspension } = state.notices(generation)
        return [...revocation, ...suspension]
      })
      return Promise.all(
        named.map(async ({ file }) =>
          readSigned('WithdrawalNotice', await this.#read(FOLDERS.notices, file)),
        ),
      )
    })
  }

  /** Lets the folder go, when what was begun has ended. Doing it again changes nothing. */
  async close(): Promise<void> {
    if (await this.#bench.turns.end()) await this.#lock.release()
  }

  /** Called by `openDesk` alone: ends what a crash left open. */
  abandonUnfinished(): Promise<void> {
    return this.#bench.turns.take(() => abandon(this.#bench, this.#bench.state.unfinished))
  }

  #change(
    to: StatusChange['to'],
    id: string,
    at: string,
    reason: string | undefined,
    notice?: NoticeTerms,
  ): Promise<void> {
    return this.#bench.turns.take(() =>
      changeStatus(this.#bench, this.#recordOf(id), {
        to,
        at,
        ...(reason === undefined ? {} : { reason }),
        ...(notice === undefined ? {} : { notice }),
      }),
    )
  }

  #recordOf(id: string): IssuedRecord {
    const record = this.#bench.state.find(id)
    if (record !== undefined) return record
    throw new DeskError('NOT_ISSUED', {
      place: id,
      expected: 'the id of a credential that was issued at this desk',
      found: 'none such',
      remedy: 'Look up its id, or use the desk that issued it.',
    })
  }

  #read(folder: string, file: string): Promise<string> {
    return readFile(join(this.#bench.folder, folder, file), 'utf8')
  }
}

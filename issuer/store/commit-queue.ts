import { nextEntry } from './audit-log.ts'
import type { SealedChange } from './sealed-change.ts'
import type { AuditEntry, AuditHead, CommitReason, Durability } from './store.ts'
import { StoreError } from './store-error.ts'

/** One accepted commit with the entry that records it. */
export interface EnteredCommit {
  readonly changes: readonly SealedChange[]
  readonly entry: AuditEntry
}

/** What a backend does for the queue. */
export interface CommitTarget {
  /** Which of these keys have a record now, in their order. */
  exist(keys: readonly string[]): Promise<readonly boolean[]>
  /** Writes all of it or nothing; `sync` returns only when it survives a power cut. */
  write(commits: readonly EnteredCommit[], sync: boolean): Promise<void>
}

interface Waiting {
  readonly changes: readonly SealedChange[]
  readonly reason: CommitReason & { readonly at: string }
  readonly durability: Durability
  readonly resolve: (entry: AuditEntry) => void
  readonly reject: (error: unknown) => void
}

/** The most commits that share one write. */
const MOST_TOGETHER = 256

/**
 * The one writer: commits are taken in order, and those that wait while the disk works share the
 * next synchronous write. After a failed write nothing more is written: the database may have
 * written a part, and going on has been seen to lose acknowledged records.
 */
export class CommitQueue {
  private readonly waiting: Waiting[] = []
  private readonly target: CommitTarget
  private end: AuditHead
  private running: Promise<void> | null = null
  private broken: StoreError | null = null
  private closed = false

  constructor(target: CommitTarget, head: AuditHead) {
    this.target = target
    this.end = head
  }

  get head(): AuditHead {
    return this.end
  }

  get failure(): StoreError | null {
    return this.broken
  }

  commit(
    changes: readonly SealedChange[],
    reason: CommitReason & { readonly at: string },
    durability: Durability,
  ): Promise<AuditEntry> {
    if (this.broken !== null) return Promise.reject(this.broken)
    if (this.closed) {
      return Promise.reject(
        new StoreError('STORE_CLOSED', 'store: it was closed before this commit.'),
      )
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ changes, reason, durability, resolve, reject })
      this.running ??= this.run()
    })
  }

  /** Takes no further commit and waits for those under way. */
  async close(): Promise<void> {
    this.closed = true
    await this.running
  }

  private async run(): Promise<void> {
    // One turn of the event loop: whoever is ready now joins the same write.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.waiting.length > 0) await this.writeTogether(this.waiting.splice(0, MOST_TOGETHER))
    this.running = null
  }

  private async writeTogether(group: readonly Waiting[]): Promise<void> {
    const accepted: (Waiting & { readonly entry: AuditEntry })[] = []
    try {
      const present = await this.presence(group)
      let head = this.end
      for (const commit of group) {
        const refusal = refusalOf(commit, head, present)
        if (refusal !== null) {
          commit.reject(refusal)
          continue
        }
        const entry = nextEntry(head, commit.reason, commit.changes)
        head = entry
        for (const change of commit.changes) {
          present.set(change.key, change.type !== 'remove')
        }
        accepted.push({ ...commit, entry })
      }
      if (accepted.length === 0) return
      const sync = accepted.some(({ durability }) => durability === 'synced')
      await this.target.write(accepted, sync)
      this.end = head
    } catch (cause) {
      this.fail(cause, group)
      return
    }
    for (const { resolve, entry } of accepted) resolve(entry)
  }

  /** Which records the `create` changes of a group would meet. */
  private async presence(group: readonly Waiting[]): Promise<Map<string, boolean>> {
    const created = group.flatMap(({ changes }) =>
      changes.flatMap(({ type, key }) => (type === 'create' ? [key] : [])),
    )
    const exist = await this.target.exist(created)
    return new Map(created.map((key, index) => [key, exist[index] === true]))
  }

  private fail(cause: unknown, group: readonly Waiting[]): void {
    this.broken = new StoreError(
      'STORE_FAILED',
      'store: a write failed, so nothing more is written. Look at the disk, then start the service again: it finds out what was kept.',
      { cause },
    )
    for (const { reject } of [...group, ...this.waiting.splice(0)]) reject(this.broken)
  }
}

function refusalOf(
  { changes, reason }: Waiting,
  head: AuditHead,
  present: ReadonlyMap<string, boolean>,
): StoreError | null {
  if (reason.at < head.at) {
    return new StoreError(
      'STORE_CLOCK',
      `clock: expected an instant not before ${head.at}, the last entry of the audit log, found ${reason.at}. Set the clock of this machine right.`,
    )
  }
  const seen = new Map<string, boolean>()
  for (const { type, key } of changes) {
    if (type === 'create' && (seen.get(key) ?? present.get(key) ?? false)) {
      return new StoreError('STORE_CONFLICT', `record ${key}: expected none yet, found one.`)
    }
    seen.set(key, type !== 'remove')
  }
  return null
}

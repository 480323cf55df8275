import { BoundedCache } from '@battery-passport/keys'
import type { CommitTarget, EnteredCommit } from './commit-queue.ts'
import type { HighWaterFile } from './high-water.ts'
import type { Database } from './level-folder.ts'
import { seal } from './sealed.ts'
import type { SealedChange } from './sealed-change.ts'
import type { AuditEntry } from './store.ts'

/** The part of the keys under which the audit log lies. */
export const AUDIT = 'audit'
/** Sequence numbers have this many digits in keys, so that their order is that of the bytes. */
const SEQUENCE_DIGITS = 15
/** With so many commits that the disk may not have, the next write waits for it. */
const MOST_UNSYNCED = 256
/** As many as requests can be under way, and some. */
const MOST_ABSENT = 4096

/** A commit as it is written, once or twice. */
interface WrittenCommit extends EnteredCommit {
  readonly appended: ReturnType<typeof auditOperation>
}

/** What the commit queue does to a database. */
export class LevelTarget implements CommitTarget {
  private readonly db: Database
  private readonly mark: HighWaterFile
  /** What was written since the last synchronous write. */
  private unsynced: readonly WrittenCommit[] = []
  /** Keys that were looked for in vain, and not written since: this is the one writer. */
  private readonly absent = new BoundedCache<true>(MOST_ABSENT)

  constructor(db: Database, mark: HighWaterFile) {
    this.db = db
    this.mark = mark
  }

  /** What is sealed under a key. The way to the thread pool would take longer than the look-up. */
  find(key: string): Uint8Array | undefined {
    const sealed = this.db.getSync(key)
    if (sealed === undefined) this.absent.set(key, true)
    return sealed
  }

  async exist(keys: readonly string[]): Promise<readonly boolean[]> {
    return keys.map((key) => this.absent.get(key) === undefined && this.find(key) !== undefined)
  }

  /**
   * A synchronous write repeats what no synchronous write had: LevelDB begins a new file now and
   * then without writing the one before through, and a power cut would leave a gap before what was
   * acknowledged. For the same reason the mark names nothing that was not written synchronously.
   */
  async write(commits: readonly EnteredCommit[], sync: boolean): Promise<void> {
    const added = commits.map((commit) => ({ ...commit, appended: auditOperation(commit.entry) }))
    const together = [...this.unsynced, ...added]
    if (!sync && together.length < MOST_UNSYNCED) {
      await this.writeAll(added, false)
      this.unsynced = together
      return
    }
    const last = together.at(-1)
    if (last === undefined) return
    await this.writeAll(together, true)
    this.unsynced = []
    await this.mark.advance(last.entry)
  }

  /** Makes everything that was written survive a power cut. */
  async sync(): Promise<void> {
    await this.write([], true)
    await this.mark.sync()
  }

  /**
   * Writes commits in one batch: of each key what the last of them says. A chained batch takes a third
   * of the time of an array of operations.
   */
  private async writeAll(commits: readonly WrittenCommit[], sync: boolean): Promise<void> {
    const last = new Map<string, SealedChange>()
    for (const { changes } of commits) {
      for (const change of changes) last.set(change.key, change)
    }
    const batch = this.db.batch()
    for (const [key, change] of last) {
      if (change.type === 'remove') batch.del(key)
      else batch.put(key, change.sealed)
    }
    for (const { appended } of commits) batch.put(appended.key, appended.value)
    await batch.write({ sync })
    // Only now: whoever looked for one while it was written may have found nothing.
    for (const key of last.keys()) this.absent.delete(key)
  }
}

/** What appends an entry to the log. */
export function auditOperation(entry: AuditEntry) {
  const key = `${AUDIT}/${sequenceId(entry.sequence)}`
  return { type: 'put' as const, key, value: seal(key, JSON.stringify(entry)) }
}

/** The id of an entry in the log. */
export function sequenceId(sequence: number): string {
  return String(sequence).padStart(SEQUENCE_DIGITS, '0')
}

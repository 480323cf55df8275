import assert from 'node:assert/strict'
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { initLevelStore, openLevelStore } from '../../../issuer/store/level.ts'
import type { Change, Durability, Store } from '../../../issuer/store/store.ts'

const at = '2026-11-23T12:00:00Z'

/** A store whose folder is copied while it is open, as the end of its process would leave it. */
export class CrashedStore {
  readonly home: string
  readonly folder: string
  /** What was acknowledged, by kind and id; null for a record that was removed. */
  readonly acknowledged = new Map<string, string | null>()
  private open: Store | null = null
  private copies = 0

  private constructor(home: string) {
    this.home = home
    this.folder = join(home, 'data')
  }

  static async create(): Promise<CrashedStore> {
    const crashed = new CrashedStore(await mkdtemp(join(tmpdir(), 'battery-passport-crash-')))
    await initLevelStore(crashed.folder, { at })
    return crashed
  }

  async commit(changes: readonly Change[], durability: Durability = 'synced'): Promise<void> {
    const reason = { action: 'passport-issued', subject: 'urn:example:passport', at } as const
    this.open ??= await openLevelStore(this.folder)
    await this.open.commit(changes, reason, durability)
    for (const change of changes) {
      const value = change.type === 'remove' ? null : change.value
      this.acknowledged.set(`${change.kind}/${change.id}`, value)
    }
  }

  /** As the service issues: an intent, then everything else in a commit that waits for the disk. */
  async issue(id: string): Promise<void> {
    const value = JSON.stringify({ id, text: 'x'.repeat(100) })
    await this.commit([{ type: 'create', kind: 'intent', id, value }], 'ordered')
    await this.commit([
      { type: 'create', kind: 'passport', id, value },
      { type: 'put', kind: 'own-list', id: 'one', value: `after ${id}` },
      { type: 'remove', kind: 'intent', id },
    ])
  }

  /** The folder as it is now, in a folder of its own. */
  async crash(): Promise<string> {
    this.copies++
    const copy = join(this.home, `crash-${this.copies}`)
    await copyFolder(this.folder, copy)
    // The process whose end is played goes on: its own lock would never be taken over.
    await writeFile(join(copy, 'lock'), `${2 ** 30} 1 ${hostname()} some-id\n`)
    return copy
  }

  async close(): Promise<void> {
    await this.open?.close()
    this.open = null
  }

  async dispose(): Promise<void> {
    await this.close()
    await rm(this.home, { recursive: true })
  }

  /** Opens a folder and holds what it has against what was acknowledged. */
  async assertComplete(folder: string): Promise<void> {
    const store = await openLevelStore(folder)
    try {
      for (const [key, value] of this.acknowledged) {
        const [kind = '', id = ''] = key.split('/')
        assert.ok(isKind(kind))
        assert.equal(await store.read(kind, id), value, key)
      }
    } finally {
      await store.close()
    }
  }
}

export async function copyFolder(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true })
  await chmod(to, 0o700)
}

const KINDS = ['intent', 'passport', 'own-list'] as const
function isKind(kind: string): kind is (typeof KINDS)[number] {
  return KINDS.some((each) => each === kind)
}

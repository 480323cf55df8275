import { randomInt } from 'node:crypto'
import { formatInstant, parseInstant } from '@battery-passport/contexts'
import type { Clock } from '@battery-passport/verifier'
import type { PassportStatus } from '../issue-request.ts'
import { nextGeneration, statusEntries, unusedIndex } from '../status-lists.ts'
import type { Change, CommitReason, Store } from '../store/store.ts'
import type { StatusEntries } from '../unsecured.ts'
import {
  type ListName,
  listNameText,
  parseListName,
  placeOf,
  type StatusPlace,
} from './list-name.ts'
import { Mutex } from './mutex.ts'
import { allRecords, readRecord, writing } from './record-types.ts'
import type { OwnListRecord, StatusRecord } from './records.ts'
import { ServiceError } from './service-error.ts'
import { type ListSigning, listId, signList } from './sign-list.ts'

/** A list is never dated further ahead of the clock than verifiers allow for skew, in seconds. */
const MAXIMUM_LEAD = 60

interface RegisterDeps extends ListSigning {
  readonly store: Store
  readonly clock: Clock
  /** A list older than this is signed anew before it is handed out. */
  readonly refreshSeconds: number
}

interface Generation {
  readonly used: Set<number>
  readonly revoked: Set<number>
  readonly suspended: Set<number>
}

/** A commit that a change of status is made one with. */
export interface Alongside {
  readonly changes: readonly Change[]
  readonly reason: CommitReason
}

/** Our own status lists: which index is whose, which bits are set, and the newest edition of each. */
export class StatusRegister {
  private readonly deps: RegisterDeps
  private readonly generations = new Map<number, Generation>()
  private readonly editions = new Map<string, OwnListRecord>()
  private readonly signing = new Mutex()
  private newest = 1

  private constructor(deps: RegisterDeps) {
    this.deps = deps
  }

  static async open(deps: RegisterDeps): Promise<StatusRegister> {
    const register = new StatusRegister(deps)
    for await (const [id] of allRecords(deps.store, 'status-index')) {
      const { generation, index } = placeOf(id)
      register.generation(generation).used.add(index)
      register.newest = Math.max(register.newest, generation)
    }
    for await (const [, { place, status }] of allRecords(deps.store, 'status')) {
      setBits(register.generation(place.generation), place.index, status)
    }
    for await (const [name, edition] of allRecords(deps.store, 'own-list')) {
      register.editions.set(name, edition)
    }
    return register
  }

  /** A random index that no passport has, taken until it is released or its passport is stored. */
  reserve(): StatusPlace {
    const { used } = this.generation(this.newest)
    const generation = nextGeneration({ generation: this.newest, used: used.size })
    this.newest = generation
    const taken = this.generation(generation).used
    const index = unusedIndex((each) => taken.has(each), randomInt)
    taken.add(index)
    return { generation, index }
  }

  /** Gives an index back whose passport was never released. */
  release({ generation, index }: StatusPlace): void {
    this.generation(generation).used.delete(index)
  }

  /** The `credentialStatus` of the passport at a place. */
  entries({ generation, index }: StatusPlace): StatusEntries {
    const revocation = this.idOf({ purpose: 'revocation', generation })
    const suspension = this.idOf({ purpose: 'suspension', generation })
    return statusEntries({ revocation, suspension }, index)
  }

  /** The list that a route names, or null if there is none. */
  named(text: string): ListName | null {
    const list = parseListName(text)
    return list === null || list.generation > this.newest ? null : list
  }

  /** The newest edition of a list, signed anew if it grows old. */
  async current(list: ListName): Promise<OwnListRecord> {
    const known = this.editions.get(listNameText(list))
    if (known !== undefined && this.isFresh(known)) return known
    return this.signing.run(async () => {
      const meanwhile = this.editions.get(listNameText(list))
      if (meanwhile !== undefined && this.isFresh(meanwhile)) return meanwhile
      const edition = await this.sign(list, this.bits(list))
      await this.commit([writing('put', 'own-list', listNameText(list), edition)], {
        action: 'list-signed',
        subject: this.idOf(list),
      })
      this.editions.set(listNameText(list), edition)
      return edition
    })
  }

  /** The newest editions of both lists of a generation. */
  async currentPair(generation: number): Promise<readonly OwnListRecord[]> {
    return [
      await this.current({ purpose: 'revocation', generation }),
      await this.current({ purpose: 'suspension', generation }),
    ]
  }

  /** The status of a passport, and since when and why it has it. */
  async statusOf(passport: string): Promise<StatusRecord | null> {
    return readRecord(this.deps.store, 'status', passport)
  }

  /**
   * Gives a passport a status: record and lists change in one commit, with what is alongside.
   *
   * @throws {ServiceError} STATUS_FINAL: what is revoked stays revoked
   */
  change(
    wanted: {
      readonly passport: string
      readonly place: StatusPlace
      readonly status: PassportStatus
      readonly reason: string
    },
    alongside?: Alongside,
  ): Promise<StatusRecord> {
    const { passport, place, status, reason } = wanted
    return this.signing.run(async () => {
      const before = await this.statusOf(passport)
      const was = before?.status ?? 'active'
      if (was === 'revoked' && status !== 'revoked') throw statusFinal(passport, status)
      const changedAt = formatInstant(this.deps.clock.now())
      const record =
        was === status && before !== null ? before : { place, status, reason, changedAt }
      if (was === status) {
        if (alongside !== undefined) await this.commit(alongside.changes, alongside.reason)
        return record
      }
      const editions = await this.editionsWith(place, was, status)
      await this.commit(
        [
          ...(alongside?.changes ?? []),
          writing('put', 'status', passport, record),
          ...editions.map(([name, edition]) => writing('put', 'own-list', name, edition)),
        ],
        alongside?.reason ?? {
          action: 'status-changed',
          subject: passport,
          detail: `${status}: ${reason}`,
        },
      )
      setBits(this.generation(place.generation), place.index, status)
      for (const [name, edition] of editions) this.editions.set(name, edition)
      return record
    })
  }

  /** The lists whose bit differs between two statuses, signed with the new bit. */
  private async editionsWith(
    { generation, index }: StatusPlace,
    was: PassportStatus,
    status: PassportStatus,
  ): Promise<(readonly [name: string, edition: OwnListRecord])[]> {
    const editions: (readonly [string, OwnListRecord])[] = []
    for (const [purpose, meaning] of [
      ['revocation', 'revoked'],
      ['suspension', 'suspended'],
    ] as const) {
      if ((was === meaning) === (status === meaning)) continue
      const bits = new Set(this.bits({ purpose, generation }))
      if (status === meaning) bits.add(index)
      else bits.delete(index)
      const list = { purpose, generation }
      editions.push([listNameText(list), await this.sign(list, bits)])
    }
    return editions
  }

  private sign(list: ListName, set: ReadonlySet<number>): Promise<OwnListRecord> {
    return signList(list, set, this.nextEdition(list), this.deps)
  }

  /**
   * Verifiers take the edition that was signed last: one that follows another within its second is
   * dated a second later. Beyond the lead two share a second, and verifiers count both.
   */
  private nextEdition(list: ListName): string {
    const now = this.deps.clock.now()
    const last = parseInstant(this.editions.get(listNameText(list))?.createdAt ?? '')
    if (last === null || last < now) return formatInstant(now)
    return formatInstant(last - now < MAXIMUM_LEAD ? last + 1 : last)
  }

  private isFresh({ createdAt }: OwnListRecord): boolean {
    const created = parseInstant(createdAt)
    return created !== null && this.deps.clock.now() - created < this.deps.refreshSeconds
  }

  private bits({ purpose, generation }: ListName): ReadonlySet<number> {
    const { revoked, suspended } = this.generation(generation)
    return purpose === 'revocation' ? revoked : suspended
  }

  private generation(number: number): Generation {
    const known = this.generations.get(number)
    if (known !== undefined) return known
    const empty = {
      used: new Set<number>(),
      revoked: new Set<number>(),
      suspended: new Set<number>(),
    }
    this.generations.set(number, empty)
    return empty
  }

  private idOf(list: ListName): string {
    return listId(list, this.deps.publicBaseUrl)
  }

  private async commit(changes: readonly Change[], reason: CommitReason): Promise<void> {
    const at = formatInstant(this.deps.clock.now())
    await this.deps.store.commit(changes, { ...reason, at })
  }
}

function setBits(generation: Generation, index: number, status: PassportStatus): void {
  const { revoked, suspended } = generation
  for (const [set, meaning] of [
    [revoked, 'revoked'],
    [suspended, 'suspended'],
  ] as const) {
    if (status === meaning) set.add(index)
    else set.delete(index)
  }
}

function statusFinal(passport: string, status: PassportStatus): ServiceError {
  return new ServiceError('STATUS_FINAL', `Passport ${passport} is revoked, and stays so.`, {
    faults: [
      {
        pointer: '/status',
        expected: 'revoked: a revocation cannot be taken back',
        found: status,
        remedy: 'Issue a new passport for the battery.',
      },
    ],
  })
}

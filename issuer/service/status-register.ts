import { randomInt } from 'node:crypto'
import { formatInstant, parseInstant } from '@battery-passport/contexts'
import type { Clock, Passport } from '@battery-passport/verifier'
import type { PassportStatus } from '../issue-request.ts'
import { canName } from '../notice-room.ts'
import { nextGeneration, statusEntries, unusedIndex } from '../status-lists.ts'
import type { Change, CommitReason, Store } from '../store/store.ts'
import type { StatusEntries } from '../unsecured.ts'
import type { NoticeTerms } from '../withdrawal-notice.ts'
import {
  type ListName,
  listNameText,
  parseListName,
  placeOf,
  type StatusPlace,
} from './list-name.ts'
import { Mutex } from './mutex.ts'
import { allRecords, readRecord, writing } from './record-types.ts'
import type { NoticeRecord, OwnListRecord, StatusRecord } from './records.ts'
import { ServiceError } from './service-error.ts'
import { type ListContent, type ListSigning, listId, signList } from './sign-list.ts'
import { signNotice } from './sign-notice.ts'

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
  /** By index: the notice that the list of its status names. */
  readonly notices: Map<number, NoticeRecord>
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
    for await (const [, { place, status, notice }] of allRecords(deps.store, 'status')) {
      setStatus(register.generation(place.generation), place.index, status, notice)
    }
    for await (const [name, edition] of allRecords(deps.store, 'own-list')) {
      register.editions.set(name, edition)
    }
    return register
  }

  /** A random index that no passport has, taken until it is released or its passport is stored. */
  reserve(): StatusPlace {
    const { used, notices } = this.generation(this.newest)
    const generation = nextGeneration({
      generation: this.newest,
      used: used.size,
      notices: notices.size,
    })
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
      const edition = await this.sign(list, this.content(list))
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
   * @throws {ServiceError} STATUS_FINAL: what is revoked stays revoked; NOTICES_FULL
   * @throws {IssuanceError} NOTICE_REFUSED
   */
  change(
    wanted: {
      readonly passport: string
      readonly place: StatusPlace
      readonly status: PassportStatus
      readonly reason: string
      /** What everybody is told. */
      readonly notice?: { readonly terms: NoticeTerms; readonly withdrawn: Passport }
    },
    alongside?: Alongside,
  ): Promise<StatusRecord> {
    const { passport, place, status, reason, notice: asked } = wanted
    return this.signing.run(async () => {
      const before = await this.statusOf(passport)
      const was = before?.status ?? 'active'
      if (was === 'revoked' && (status !== 'revoked' || asked !== undefined)) {
        throw statusFinal(passport, status)
      }
      const changedAt = formatInstant(this.deps.clock.now())
      if (was === status && asked === undefined) {
        if (alongside !== undefined) await this.commit(alongside.changes, alongside.reason)
        return before ?? { place, status, reason, changedAt }
      }
      const notice =
        asked === undefined
          ? undefined
          : await signNotice(asked.withdrawn, asked.terms, changedAt, this.deps)
      const record = {
        place,
        status,
        reason,
        changedAt,
        ...(notice === undefined ? {} : { notice }),
      }
      const editions = await this.editionsWith(record, was)
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
      setStatus(this.generation(place.generation), place.index, status, notice)
      for (const [name, edition] of editions) this.editions.set(name, edition)
      return record
    })
  }

  /** The lists that say something else after a change, signed anew. */
  private async editionsWith(
    { place: { generation, index }, status, notice }: StatusRecord,
    was: PassportStatus,
  ): Promise<(readonly [name: string, edition: OwnListRecord])[]> {
    const next = copyOf(this.generation(generation))
    setStatus(next, index, status, notice)
    const editions: (readonly [string, OwnListRecord])[] = []
    for (const [purpose, meaning] of MEANINGS) {
      const isSaid = status === meaning && notice !== undefined
      if ((was === meaning) === (status === meaning) && !isSaid) continue
      const content = contentOf(next, meaning)
      const { form } = this.deps
      if (isSaid && !canName(content.notices, { ...content, form })) throw noticesFull()
      const list = { purpose, generation }
      editions.push([listNameText(list), await this.sign(list, content)])
    }
    return editions
  }

  private sign(list: ListName, content: ListContent): Promise<OwnListRecord> {
    return signList(list, content, this.nextEdition(list), this.deps)
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

  private content({ purpose, generation }: ListName): ListContent {
    return contentOf(
      this.generation(generation),
      purpose === 'revocation' ? 'revoked' : 'suspended',
    )
  }

  private generation(number: number): Generation {
    const known = this.generations.get(number)
    if (known !== undefined) return known
    const empty = {
      used: new Set<number>(),
      revoked: new Set<number>(),
      suspended: new Set<number>(),
      notices: new Map<number, NoticeRecord>(),
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

const MEANINGS = [
  ['revocation', 'revoked'],
  ['suspension', 'suspended'],
] as const

function setStatus(
  generation: Generation,
  index: number,
  status: PassportStatus,
  notice: NoticeRecord | undefined,
): void {
  for (const [, meaning] of MEANINGS) {
    if (status === meaning) generation[meaning].add(index)
    else generation[meaning].delete(index)
  }
  if (notice === undefined) generation.notices.delete(index)
  else generation.notices.set(index, notice)
}

function copyOf({ used, revoked, suspended, notices }: Generation): Generation {
  return {
    used,
    revoked: new Set(revoked),
    suspended: new Set(suspended),
    notices: new Map(notices),
  }
}

/** What the list of a status says. */
function contentOf(generation: Generation, meaning: 'revoked' | 'suspended'): ListContent {
  const set = generation[meaning]
  const notices = [...generation.notices].flatMap(([index, { id, digestMultibase }]) =>
    set.has(index) ? [{ index, id, digestMultibase }] : [],
  )
  return { set, notices }
}

function noticesFull(): ServiceError {
  return new ServiceError('NOTICES_FULL', 'The status list of this passport can name no more.', {
    faults: [
      {
        pointer: '/notice',
        expected: 'a list that has room for a notice',
        found: 'a full one',
        remedy: 'Leave the notice out: the withdrawal is then of the whole, from the beginning.',
      },
    ],
  })
}

function statusFinal(passport: string, status: PassportStatus): ServiceError {
  return new ServiceError('STATUS_FINAL', `Passport ${passport} is revoked, and stays so.`, {
    faults: [
      {
        pointer: '/status',
        expected: 'revoked, as it is: a revocation cannot be taken back, nor its notice changed',
        found: status,
        remedy: 'Issue a new passport for the battery.',
      },
    ],
  })
}

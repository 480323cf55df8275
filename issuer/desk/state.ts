import type { NamedNotice } from '../status-lists.ts'
import type { DeskEvent, IssuedType, Noticed } from './entries.ts'

/** A credential that was issued, and how it stands. */
export interface IssuedRecord {
  readonly id: string
  readonly type: IssuedType
  readonly created: string
  readonly generation: number
  readonly index: number
  readonly digestMultibase: string
  /** Under `issued/`. */
  readonly file: string
  readonly sha256: string
  readonly status: 'active' | 'suspended' | 'revoked'
  /** The notice of its revocation, or of what was withdrawn of it while it is not revoked. */
  readonly notice?: Noticed
  readonly suspensionNotice?: Noticed
}

type Intended = Extract<DeskEvent, { kind: 'intended' }>
type Published = Extract<DeskEvent, { kind: 'published' }>

/** What the log says, event by event. A class, since it is the sum of a life. */
export class DeskState {
  #deskFile = ''
  #generation = 1
  #published: Published | null = null
  readonly #used = new Map<number, Set<number>>()
  readonly #intended = new Map<string, Intended>()
  readonly #issued = new Map<string, IssuedRecord>()
  /** Indexes of credentials that were never released, by generation. */
  readonly #withdrawn = new Map<number, Set<number>>()
  readonly #notices: Noticed[] = []

  /** Takes the next event of the log. */
  apply(event: DeskEvent): void {
    if ('notice' in event && event.notice !== undefined) this.#notices.push(event.notice)
    switch (event.kind) {
      case 'created':
        this.#deskFile = event.deskFile
        return
      case 'intended':
        this.#intended.set(event.id, event)
        this.#generation = Math.max(this.#generation, event.generation)
        addTo(this.#used, event.generation, event.index)
        return
      case 'issued': {
        const intended = this.#intended.get(event.id)
        if (intended === undefined) throw new TypeError(`issued without intent: ${event.id}`)
        this.#intended.delete(event.id)
        const { kind: _, ...signed } = event
        const { kind: __, ...place } = intended
        this.#issued.set(event.id, { ...place, ...signed, status: 'active' })
        return
      }
      case 'abandoned':
        this.#intended.delete(event.id)
        addTo(this.#withdrawn, event.generation, event.index)
        return
      case 'revoked':
        this.#setStatus(event.id, 'revoked', { notice: event.notice })
        return
      case 'withdrawn-in-part': {
        const { status, suspensionNotice } = this.#recordOf(event.id)
        this.#setStatus(event.id, status, { notice: event.notice, suspensionNotice })
        return
      }
      case 'suspended': {
        const { notice } = this.#recordOf(event.id)
        this.#setStatus(event.id, 'suspended', { notice, suspensionNotice: event.notice })
        return
      }
      case 'reinstated': {
        const { notice } = this.#recordOf(event.id)
        this.#setStatus(event.id, 'active', { notice })
        return
      }
      case 'published':
        this.#published = event
        return
    }
  }

  /** The digest of `desk.json`, as it was when the desk was made. */
  get deskFile(): string {
    return this.#deskFile
  }

  /** The pair of lists that new credentials go to, and how much of it is taken. */
  get current(): { readonly generation: number; readonly used: number; readonly notices: number } {
    const generation = this.#generation
    const { revocation, suspension } = this.notices(generation)
    return {
      generation,
      used: this.#used.get(generation)?.size ?? 0,
      notices: Math.max(revocation.length, suspension.length),
    }
  }

  get published(): Published | null {
    return this.#published
  }

  /** Credentials whose signing was begun and not ended: only a crash leaves any. */
  get unfinished(): readonly Intended[] {
    return [...this.#intended.values()]
  }

  /** Everything that was issued, in order. */
  get issued(): readonly IssuedRecord[] {
    return [...this.#issued.values()]
  }

  find(id: string): IssuedRecord | undefined {
    return this.#issued.get(id)
  }

  isUsed(generation: number, index: number): boolean {
    return this.#used.get(generation)?.has(index) ?? false
  }

  /** The indexes that are set in each list of a generation. */
  setBits(generation: number): { readonly revocation: number[]; readonly suspension: number[] } {
    const own = this.issued.filter((each) => each.generation === generation)
    const of = (status: IssuedRecord['status']) =>
      own.filter((each) => each.status === status).map(({ index }) => index)
    const inPart = own.flatMap(({ status, notice, index }) =>
      status !== 'revoked' && notice !== undefined ? [index] : [],
    )
    return {
      revocation: [...(this.#withdrawn.get(generation) ?? []), ...of('revoked'), ...inPart],
      suspension: of('suspended'),
    }
  }

  /** The notices that each list of a generation names. */
  notices(generation: number): {
    readonly revocation: readonly (Noticed & NamedNotice)[]
    readonly suspension: readonly (Noticed & NamedNotice)[]
  } {
    const own = this.issued.filter((each) => each.generation === generation)
    const named = (index: number, notice: Noticed | undefined) =>
      notice === undefined ? [] : [{ ...notice, index }]
    return {
      revocation: own.flatMap(({ index, notice }) => named(index, notice)),
      suspension: own.flatMap(({ index, suspensionNotice }) => named(index, suspensionNotice)),
    }
  }

  /** Every notice that was ever signed, also those that no list names any more. */
  get everyNotice(): readonly Noticed[] {
    return this.#notices
  }

  #recordOf(id: string): IssuedRecord {
    const record = this.#issued.get(id)
    if (record === undefined) throw new TypeError(`status of an unknown credential: ${id}`)
    return record
  }

  #setStatus(
    id: string,
    status: IssuedRecord['status'],
    notices: {
      readonly notice?: Noticed | undefined
      readonly suspensionNotice?: Noticed | undefined
    },
  ): void {
    const { notice: _, suspensionNotice: __, ...record } = this.#recordOf(id)
    const { notice, suspensionNotice } = notices
    this.#issued.set(id, {
      ...record,
      status,
      ...(notice === undefined ? {} : { notice }),
      ...(suspensionNotice === undefined ? {} : { suspensionNotice }),
    })
  }
}

function addTo(map: Map<number, Set<number>>, key: number, value: number): void {
  const there = map.get(key)
  if (there === undefined) map.set(key, new Set([value]))
  else there.add(value)
}

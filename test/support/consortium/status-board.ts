import { createHash } from 'node:crypto'
import {
  CONTEXTS,
  MINIMUM_STATUS_ENTRIES,
  STATUS_PURPOSES,
  type StatusPurpose,
} from '@battery-passport/contexts'
import { encodeBitstring } from '@battery-passport/issuer'
import { DATES } from './dates.ts'
import type { Party } from './parties.ts'
import { type AnyCredential, type Change, type Signed, signAnyway } from './signed.ts'

type StatusList = Signed<'BitstringStatusListCredential'>

/** What the lists of one issuer say: ids of credentials. */
export interface Withdrawn {
  readonly revoked?: readonly string[]
  readonly suspended?: readonly string[]
  /** Notices that the revocation list names, and those of the suspension list. */
  readonly notices?: readonly Named[]
  readonly suspensionNotices?: readonly Named[]
}

/** A notice about a credential, by its id. */
export interface Named {
  readonly about: string
  readonly notice: Signed<'WithdrawalNotice'>
}

/** Gives every credential an index in the lists of its issuer, and signs the lists. */
export class StatusBoard {
  readonly #indexes = new Map<string, Map<string, number>>()
  readonly #encode: (set: readonly number[]) => string

  /** @param encode how the set indexes are written */
  constructor(encode: (set: readonly number[]) => string = encodeBitstring) {
    this.#encode = encode
  }

  /** The `credentialStatus` of a credential; the same for the same id. */
  entriesFor(issuer: Party, id: string): readonly object[] {
    const index = this.#indexOf(issuer, id)
    return STATUS_PURPOSES.map((statusPurpose) => ({
      type: 'BitstringStatusListEntry',
      statusPurpose,
      statusListIndex: String(index),
      statusListCredential: listId(issuer, statusPurpose),
    }))
  }

  /** The two current lists of an issuer: revocation, then suspension. */
  async lists(
    issuer: Party,
    withdrawn: Withdrawn = {},
    change: Change = {},
  ): Promise<StatusList[]> {
    const { created, validFrom, validUntil } = DATES.lists
    const lists = STATUS_PURPOSES.map((purpose) => {
      const ids = (purpose === 'revocation' ? withdrawn.revoked : withdrawn.suspended) ?? []
      const own = this.#indexes.get(issuer.key) ?? new Map<string, number>()
      const set = ids.flatMap((id) => own.get(id) ?? [])
      const named =
        (purpose === 'revocation' ? withdrawn.notices : withdrawn.suspensionNotices) ?? []
      const notices = named.map(({ about, notice }) => ({
        index: own.get(about),
        ...notice.reference,
      }))
      const honest: AnyCredential = {
        '@context': CONTEXTS,
        id: listId(issuer, purpose),
        type: ['VerifiableCredential', 'BitstringStatusListCredential'],
        issuer: issuer.did,
        validFrom,
        validUntil,
        credentialSubject: {
          id: `${listId(issuer, purpose)}#list`,
          type: 'BitstringStatusList',
          statusPurpose: purpose,
          encodedList: this.#encode(set),
          ...(notices.length === 0 ? {} : { notices }),
        },
      }
      const by = { signer: issuer.signer, created }
      return signAnyway('BitstringStatusListCredential', honest, by, change)
    })
    return Promise.all(lists)
  }

  /** Follows from the id, whatever was signed before; never the same twice. */
  #indexOf(issuer: Party, id: string): number {
    const own = this.#indexes.get(issuer.key) ?? new Map<string, number>()
    this.#indexes.set(issuer.key, own)
    const known = own.get(id)
    if (known !== undefined) return known
    const taken = new Set(own.values())
    let index = createHash('sha256').update(id).digest().readUInt32BE(0) % MINIMUM_STATUS_ENTRIES
    while (taken.has(index)) index = (index + 1) % MINIMUM_STATUS_ENTRIES
    own.set(id, index)
    return index
  }
}

/** Where an issuer publishes a list. */
export function listId(issuer: Party, purpose: StatusPurpose): string {
  return `https://${issuer.key.toLowerCase()}.example/status/${purpose}`
}

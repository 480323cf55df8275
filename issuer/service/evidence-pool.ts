import { createHash } from 'node:crypto'
import {
  type Attestation,
  type Custody,
  decodeInput,
  type Identity,
  isOfType,
  type SecuredCredential,
  type StatementType,
  type StatusList,
} from '@battery-passport/verifier'
import { bundle } from '../bundle.ts'
import type { Store } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import type { Timestamp } from '../timestamps.ts'
import { Mutex } from './mutex.ts'
import { presentationText } from './presented.ts'
import { allRecords } from './record-types.ts'
import { type RequestFault, ServiceError } from './service-error.ts'

/** What an assurance body states, of answers or of shares. */
export type Statement = Attestation | Custody

const STATEMENTS: readonly StatementType[] = ['RulebookAttestation', 'CustodyAttestation']

/** A set of attestations with everything at hand that they rest on. */
export interface EvidenceChain {
  readonly attestations: readonly Attestation[]
  readonly custody: readonly Custody[]
  /** Those of the operators: they tell which ids name the same facility. */
  readonly identities: readonly Identity[]
  /** The credentials as items of a presentation, the attestations first. */
  readonly items: readonly string[]
  /** Those at hand of these credentials. */
  readonly timestamps: readonly Timestamp[]
  /** The same as a presentation: always the same array for the same chain. */
  readonly bytes: Uint8Array
}

/** The most chains that are kept assembled. */
const REMEMBERED_CHAINS = 64

/**
 * The verified credentials of others, in memory: what the store keeps under `evidence` and
 * `foreign-list`, found by digest, id and DID. It changes only after the store has.
 */
export class EvidencePool {
  private readonly byDigest = new Map<string, SecuredCredential>()
  private readonly byId = new Map<string, SecuredCredential[]>()
  private readonly lists = new Map<string, StatusList>()
  private readonly issuers = new Set<string>()
  private readonly chains = new Map<string, EvidenceChain>()
  private readonly stamps = new Map<string, readonly string[]>()

  /** Comparing with what is here, storing and adding are one step: no older list may slip in between. */
  readonly writing = new Mutex()

  static async open(store: Store): Promise<EvidencePool> {
    const pool = new EvidencePool()
    for (const kind of ['evidence', 'foreign-list'] as const) {
      for await (const [id, { text, timestamps = [] }] of allRecords(store, kind)) {
        const credential = readStored(text, `${kind}/${id}`)
        pool.take([credential])
        if (timestamps.length > 0) pool.stamps.set(credential.digestMultibase, timestamps)
      }
    }
    return pool
  }

  /**
   * Takes credentials that were stored, as they are read after a restart: those that were sent are cut
   * from the text of a whole submission, and would keep all of it in memory.
   */
  add(credentials: readonly SecuredCredential[]): void {
    this.take(credentials.map((each) => readStored(storedText(each), each.id)))
  }

  /** A list takes the place of the one before it. */
  private take(credentials: readonly SecuredCredential[]): void {
    for (const each of credentials) {
      if (isOfType(each, 'BitstringStatusListCredential')) {
        this.lists.set(nameOf(each), each)
      } else if (!this.byDigest.has(each.digestMultibase)) {
        this.byDigest.set(each.digestMultibase, each)
        this.byId.set(each.id, [...(this.byId.get(each.id) ?? []), each])
        for (const did of speakersOf(each)) this.issuers.add(did)
      }
    }
    this.chains.clear()
  }

  /** The tokens of a credential that are kept. */
  timestampsOf(digest: string): readonly string[] {
    return this.stamps.get(digest) ?? []
  }

  /** Takes all timestamps of a credential, as they were stored. */
  stamp(digest: string, tokens: readonly string[]): void {
    this.stamps.set(digest, tokens)
    this.chains.clear()
  }

  has(digest: string): boolean {
    return this.byDigest.has(digest)
  }

  /** The newest edition of a list by its issuer: another issuer's of the same id is another list. */
  list(list: Pick<StatusList, 'issuer' | 'id'>): StatusList | undefined {
    return this.lists.get(nameOf(list))
  }

  /** Whether a credential is here that this issuer's list can be about. */
  knowsIssuer(did: string): boolean {
    return this.issuers.has(did)
  }

  /** Everything, lists included: what a submission may rest on without repeating it. */
  everything(): readonly SecuredCredential[] {
    return [...this.byDigest.values(), ...this.lists.values()]
  }

  /** What was attested, of answers and of shares, in the order of the digests after `after`. */
  attestations(after: string, limit: number): readonly Statement[] {
    const found: Statement[] = []
    for (const each of this.byDigest.values()) {
      if (each.digestMultibase > after && isStatement(each)) found.push(each)
    }
    return found.sort((a, b) => (a.digestMultibase < b.digestMultibase ? -1 : 1)).slice(0, limit)
  }

  /**
   * The attestations of a request, by id or digest.
   *
   * @param types those that may be named
   * @param member of the request that names them, for messages
   * @throws {ServiceError} ATTESTATION_UNKNOWN, ATTESTATION_AMBIGUOUS with every fault
   */
  named(
    names: readonly string[],
    types: readonly StatementType[] = STATEMENTS,
    member = 'attestations',
  ): readonly Statement[] {
    const found: Statement[] = []
    const unknown: RequestFault[] = []
    const ambiguous: RequestFault[] = []
    for (const [index, name] of names.entries()) {
      const candidates = this.candidates(name, types)
      const [only] = candidates
      const pointer = `/${member}/${index}`
      if (only === undefined) {
        const expected = `the id or digest of a ${types.join(' or ')} that was submitted`
        const remedy = 'Submit it with POST /attestations first, or correct the name.'
        unknown.push({ pointer, expected, found: name, remedy })
      } else if (candidates.length > 1) {
        const expected = `one of ${candidates.map(({ digestMultibase }) => digestMultibase).join(', ')}`
        const remedy = 'Name the one you mean by its digest.'
        ambiguous.push({ pointer, expected, found: name, remedy })
      } else found.push(only)
    }
    if (unknown.length > 0) {
      const message = 'The request names attestations that were never submitted.'
      throw new ServiceError('ATTESTATION_UNKNOWN', message, { faults: unknown })
    }
    if (ambiguous.length > 0) {
      const message = 'The request names attestations by an id that several of them have.'
      throw new ServiceError('ATTESTATION_AMBIGUOUS', message, { faults: ambiguous })
    }
    return found
  }

  /** The chain of attestations and of the identities of the DIDs besides. */
  chain(statements: readonly Statement[], dids: readonly string[]): EvidenceChain {
    const key = [...statements.map(({ digestMultibase }) => digestMultibase), '', ...dids].join(' ')
    const known = this.chains.get(key)
    if (known !== undefined) return known
    const own = this.identitiesOf(dids)
    const presentation = bundle([...statements, ...own], this.everything(), this.timestamps())
    const { timestamps = [] } = presentation
    const items = presentation.verifiableCredential.map((document) => JSON.stringify(document))
    const bytes = new TextEncoder().encode(presentationText(items, timestamps))
    const attestations = Object.freeze(
      statements.filter((each) => isOfType(each, 'RulebookAttestation')),
    )
    const custody = statements.filter((each) => isOfType(each, 'CustodyAttestation'))
    const identities = this.identitiesOf(attestations.flatMap(operatorsOf))
    const chain = Object.freeze({ attestations, custody, identities, items, timestamps, bytes })
    if (this.chains.size >= REMEMBERED_CHAINS) this.chains.clear()
    this.chains.set(key, chain)
    return chain
  }

  private timestamps(): readonly Timestamp[] {
    return [...this.stamps].flatMap(([digestMultibase, tokens]) =>
      tokens.map((rfc3161) => ({ digestMultibase, rfc3161 })),
    )
  }

  private identitiesOf(dids: readonly string[]): readonly Identity[] {
    return [...this.byDigest.values()].flatMap((each) =>
      isOfType(each, 'RegisteredIdentity') && dids.includes(each.credential.credentialSubject.id)
        ? [each]
        : [],
    )
  }

  private candidates(name: string, types: readonly StatementType[]): readonly Statement[] {
    const found = [this.byDigest.get(name), ...(this.byId.get(name) ?? [])]
    return found.flatMap((each) =>
      each !== undefined && isStatement(each) && types.includes(each.type) ? [each] : [],
    )
  }
}

function isStatement(secured: SecuredCredential): secured is Statement {
  return isOfType(secured, 'RulebookAttestation') || isOfType(secured, 'CustodyAttestation')
}

/** Who signs lists that a credential can stand in, or that its body's credentials can. */
function speakersOf(credential: SecuredCredential): readonly string[] {
  const { issuer } = credential
  if (!isOfType(credential, 'VerifierAccreditation')) return [issuer]
  const { statusSuccessor } = credential.credential.credentialSubject
  return statusSuccessor === undefined ? [issuer] : [issuer, statusSuccessor]
}

function operatorsOf({ credential: { credentialSubject: subject } }: Attestation): string[] {
  return subject.type === 'Facility' ? [subject.operator] : []
}

/** The key of a foreign list's record: ids are URLs of any form and length. */
export function listKey(list: Pick<StatusList, 'issuer' | 'id'>): string {
  return createHash('sha256').update(nameOf(list)).digest('base64url')
}

/** A list is known by issuer and id: an issuer must not take the place of another's list. */
function nameOf({ issuer, id }: Pick<StatusList, 'issuer' | 'id'>): string {
  return `${issuer} ${id}`
}

/** A verified credential as it is stored. */
export function storedText({ document }: SecuredCredential): string {
  return JSON.stringify(document)
}

/** Reads a credential that was verified before it was stored. */
function readStored(text: string, record: string): SecuredCredential {
  const [document] = decodeInput(new TextEncoder().encode(text)).documents
  if (document?.ok) return document.secured
  throw new StoreError(
    'STORE_FORMAT',
    `record ${record}: expected a credential that can be read, found one that cannot. Open the folder with the version that wrote it.`,
  )
}

import { BoundedCache, type ProofForm, type Signer } from '@battery-passport/keys'
import type { LoadedMethod } from '@battery-passport/rulebooks'
import type { Clock, Evaluated, Verifier } from '@battery-passport/verifier'
import type { IssueRequest, StatusChange } from '../issue-request.ts'
import { checkPresentationSize } from '../lint/presentation-size.ts'
import { readSigned } from '../sign-credential.ts'
import type { Store } from '../store/store.ts'
import { type AcceptedEvidence, acceptEvidence } from './accept-evidence.ts'
import { acceptList } from './accept-list.ts'
import { ChainVerdicts } from './chain-verdicts.ts'
import { EvidencePool, type Statement } from './evidence-pool.ts'
import { type IssuedPassport, issuePassport } from './issue-passport.ts'
import { InFlight, type OnceKey } from './once.ts'
import type { OutputCheck } from './output-check.ts'
import { claimStore } from './owner.ts'
import { presentationText, presentedText } from './presented.ts'
import { pageOfRecords, readRecord } from './record-types.ts'
import type { NoticeRecord, OwnListRecord, PassportRecord, StatusRecord } from './records.ts'
import { SeriesParts } from './series-parts.ts'
import { ServiceError } from './service-error.ts'
import { StatusRegister } from './status-register.ts'

/** What the service is made of. Everything that decides comes from outside. */
export interface PassportServiceDeps {
  readonly store: Store
  readonly verifier: Verifier
  /** By the same policy. */
  readonly outputCheck: OutputCheck
  /** The manufacturer's key. */
  readonly signer: Signer
  readonly form: ProofForm
  readonly methods: readonly LoadedMethod[]
  readonly clock: Clock
  /** Where the service is found from outside, without a slash at its end; part of every id. */
  readonly publicBaseUrl: string
  readonly statusListValiditySeconds: number
  /** The oldest list the service's own policy takes. */
  readonly statusMaximumAgeSeconds: number
}

/** A passport with what a listing says of it. */
export interface ListedPassport {
  readonly id: string
  readonly record: PassportRecord
  readonly status: StatusRecord['status']
}

/** An issuer of passports with its memory: what the routes call. */
export interface PassportService {
  readonly signer: Signer
  readonly publicBaseUrl: string
  acceptEvidence(bytes: Uint8Array): Promise<AcceptedEvidence>
  acceptList(bytes: Uint8Array): ReturnType<typeof acceptList>
  /** What was attested, of answers and of shares, in the order of the digests. */
  attestations(after: string, limit: number): readonly Statement[]
  /** Issues at most once for a key, however many requests come at the same time. */
  issue(request: IssueRequest, once: OnceKey): Promise<IssuedPassport>
  /** @throws {ServiceError} PASSPORT_UNKNOWN */
  passport(id: string): Promise<PassportRecord>
  passports(after: string | undefined, limit: number): Promise<readonly ListedPassport[]>
  /** The passport first, then its whole chain with the freshest lists and its notice. */
  presentation(id: string): Promise<string>
  /** @throws {ServiceError} PASSPORT_UNKNOWN, STATUS_FINAL, NOTICES_FULL */
  changeStatus(id: string, change: StatusChange): Promise<StatusRecord>
  /**
   * Why, and since when, a passport is withdrawn.
   *
   * @throws {ServiceError} PASSPORT_UNKNOWN, NOTICE_UNKNOWN
   */
  notice(id: string): Promise<NoticeRecord>
  /** A list of our own by its name in routes, or null. */
  ownList(name: string): Promise<OwnListRecord | null>
  /** Why the service cannot work, or null. */
  failure(): Error | null
  close(): Promise<void>
}

/**
 * Opens an issuer over an open store. The store belongs to it from then on.
 *
 * @throws {StoreError} STORE_FORMAT when the store is another issuer's; STORE_CORRUPT
 */
export async function openPassportService(deps: PassportServiceDeps): Promise<PassportService> {
  const { store, clock, verifier, signer, publicBaseUrl } = deps
  await claimStore(store, { issuer: signer.did, publicBaseUrl }, clock)
  const pool = await EvidencePool.open(store)
  const validitySeconds = deps.statusListValiditySeconds
  const register = await StatusRegister.open({
    ...deps,
    validitySeconds,
    refreshSeconds: Math.ceil(Math.min(validitySeconds, deps.statusMaximumAgeSeconds) / 2),
  })
  const issuing = new InFlight<IssuedPassport>()
  const issuingDeps = {
    chains: new ChainVerdicts(verifier, clock),
    evaluations: new BoundedCache<Evaluated>(64),
    parts: new SeriesParts(),
  }
  const accepting = { store, pool, verifier, clock }

  const passport = async (id: string) => {
    const record = await readRecord(store, 'passport', id)
    if (record !== null) return record
    throw new ServiceError('PASSPORT_UNKNOWN', 'No passport of this service has this id.')
  }
  return {
    signer,
    publicBaseUrl,
    acceptEvidence: (bytes) => acceptEvidence(bytes, accepting),
    acceptList: (bytes) => acceptList(bytes, accepting),
    attestations: (after, limit) => pool.attestations(after, limit),
    issue: (request, once) =>
      issuing.share(once, () =>
        issuePassport(request, once, { ...deps, ...issuingDeps, evidence: pool, register }),
      ),
    passport,
    async passports(after, limit) {
      const options = after === undefined ? { limit } : { after, limit }
      const page = await pageOfRecords(store, 'passport', options)
      return Promise.all(
        page.map(async ([id, record]) => {
          const changed = await register.statusOf(id)
          return { id, record, status: changed?.status ?? 'active' }
        }),
      )
    },
    async presentation(id) {
      const { text, attestations, status } = await passport(id)
      const chain = pool.chain(pool.named(attestations), [signer.did])
      const lists = await register.currentPair(status.generation)
      const changed = await register.statusOf(id)
      const notices = changed?.notice === undefined ? [] : [changed.notice]
      const items = [text, ...[...lists, ...notices].map((each) => each.text)].map(presentedText)
      const [first = '', ...ours] = items
      const { timestamps } = chain
      const whole = presentationText([first, ...chain.items, ...ours], timestamps)
      checkPresentationSize(whole, chain.items.length + items.length)
      return whole
    },
    async changeStatus(id, { status, reason, notice: terms }) {
      const { status: place, text } = await passport(id)
      const change = { passport: id, place, status, reason }
      if (terms === undefined) return register.change(change)
      const withdrawn = readSigned('BatteryPassport', text)
      return register.change({ ...change, notice: { terms, withdrawn } })
    },
    async notice(id) {
      await passport(id)
      const changed = await register.statusOf(id)
      if (changed?.notice !== undefined) return changed.notice
      throw new ServiceError('NOTICE_UNKNOWN', 'No notice is in force for this passport.')
    },
    async ownList(name) {
      const list = register.named(name)
      return list === null ? null : register.current(list)
    },
    failure: () => store.failure(),
    async close() {
      try {
        await store.close()
      } finally {
        await deps.outputCheck.close()
      }
    },
  }
}

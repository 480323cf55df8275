import { formatInstant } from '@battery-passport/contexts'
import {
  type Clock,
  type CredentialVerdict,
  decodeInput,
  type Finding,
  isOfType,
  type SecuredCredential,
  type StatusList,
  type Verifier,
} from '@battery-passport/verifier'
import { type CredentialPool, chainOf, indexPool } from '../chain.ts'
import { supersedes } from '../list-order.ts'
import type { Change, Store } from '../store/store.ts'
import { type Timestamp, timestampsOf } from '../timestamps.ts'
import { type EvidencePool, listKey, storedText } from './evidence-pool.ts'
import { presentationText } from './presented.ts'
import { judgeTimestamps } from './presented-timestamps.ts'
import { readRecord, writing } from './record-types.ts'
import { ServiceError } from './service-error.ts'

/** What became of a submission. */
export interface AcceptedEvidence {
  /** Verified and kept now. */
  readonly stored: readonly SecuredCredential[]
  /** Verified, and kept before. */
  readonly known: readonly SecuredCredential[]
  /** Not kept: nothing here rests on it, or it does not hold by itself. */
  readonly leftOut: readonly {
    readonly credential: string
    readonly findings: readonly Finding[]
  }[]
  /** How many timestamps were kept that were not here before. */
  readonly timestamps: number
  /** Warnings and notes. */
  readonly findings: readonly Finding[]
}

interface EvidenceDeps {
  readonly store: Store
  readonly pool: EvidencePool
  readonly verifier: Verifier
  readonly clock: Clock
}

/**
 * Takes a presentation of attestations with what they rest on. Every attestation is walked to its
 * anchor under the service's policy, or nothing of the submission is stored. What is stored already
 * need not be sent again.
 *
 * @throws {ServiceError} EVIDENCE_REFUSED with every finding
 */
export async function acceptEvidence(
  bytes: Uint8Array,
  deps: EvidenceDeps,
): Promise<AcceptedEvidence> {
  const { store, pool, verifier, clock } = deps
  const { documents, timestamps: presented } = decodeInput(bytes)
  const input = documents.flatMap((each) => (each.ok ? [each.secured] : []))
  const atHand = indexPool([...input, ...pool.everything()])
  const verdict =
    input.length === documents.length && input.some(isAhead) && !input.some(isAttestation)
      ? NOTHING_ATTESTED
      : await verifier.verifyAttestations(bytes, { with: knownBeside(input, atHand) })
  if (verdict.outcome !== 'accepted') {
    const message = 'The policy of this service stands against it.'
    throw new ServiceError('EVIDENCE_REFUSED', message, { findings: verdict.findings })
  }
  const passed = new Set(passedLinks(verdict))
  const kept: SecuredCredential[] = []
  const leftOut: AcceptedEvidence['leftOut'][number][] = []
  for (const each of listsLast(distinct(input))) {
    if (passed.has(each.digestMultibase)) {
      kept.push(each)
      continue
    }
    const alone = await verifyAlone(each, atHand, verifier)
    if (alone?.outcome === 'accepted') {
      kept.push(each)
      // With it came the lists it stands in.
      for (const digest of passedLinks(alone)) passed.add(digest)
    } else leftOut.push({ credential: each.id, findings: severe(alone?.findings ?? []) })
  }
  if (kept.length === 0) {
    throw new ServiceError('EVIDENCE_REFUSED', 'The submission holds nothing that can be kept.', {
      findings: [...leftOut.flatMap(({ findings }) => findings), ...verdict.findings],
    })
  }
  const { usable, findings: unkept } = await judgeTimestamps(presented, kept)
  const { fresh, stamped } = await pool.writing.run(() =>
    storeNew(kept, usable, { store, pool, clock }),
  )
  return {
    stored: fresh,
    known: kept.filter((each) => !fresh.includes(each)),
    leftOut,
    timestamps: stamped,
    findings: [...verdict.findings, ...unkept],
  }
}

/** What is found of a submission that only prepares for attestations to come. */
const NOTHING_ATTESTED = { outcome: 'accepted', chain: [], findings: [] } as const

const isAttestation = (each: SecuredCredential) =>
  isOfType(each, 'RulebookAttestation') || isOfType(each, 'CustodyAttestation')

/** Identities and accreditations may be sent ahead of what will rest on them. */
const isAhead = (each: SecuredCredential) =>
  isOfType(each, 'RegisteredIdentity') || isOfType(each, 'VerifierAccreditation')

/** What the store knows that the submission refers to, as one presentation. */
function knownBeside(
  input: readonly SecuredCredential[],
  atHand: CredentialPool,
): readonly Uint8Array[] {
  const sent = new Set(input)
  const beside = chainOf(input, atHand).filter((each) => !sent.has(each))
  return beside.length === 0 ? [] : [presentationOf(beside)]
}

function presentationOf(credentials: readonly SecuredCredential[]): Uint8Array {
  const items = credentials.map(({ document }) => JSON.stringify(document))
  return new TextEncoder().encode(presentationText(items))
}

/**
 * A credential that is sent ahead, such as the manufacturer's own identity; null for what cannot be.
 * Each is read with nothing but what it rests on: with the whole submission, the work would grow
 * with the square of its size.
 */
async function verifyAlone(
  credential: SecuredCredential,
  atHand: CredentialPool,
  verifier: Verifier,
): Promise<CredentialVerdict | null> {
  if (!isAhead(credential)) return null
  return verifier.verifyCredential(presentationOf(chainOf([credential], atHand)))
}

/** The digests of what a verdict rests on and holds. */
function passedLinks({ chain }: Pick<CredentialVerdict, 'chain'>): readonly string[] {
  return chain.flatMap((link) => (link.result === 'passed' ? [link.digestMultibase] : []))
}

function severe(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
}

/** A list counts only for what stands in it, so that is looked at before. */
function listsLast(credentials: readonly SecuredCredential[]): readonly SecuredCredential[] {
  const isList = (each: SecuredCredential) => isOfType(each, 'BitstringStatusListCredential')
  return [...credentials.filter((each) => !isList(each)), ...credentials.filter(isList)]
}

function distinct(credentials: readonly SecuredCredential[]): readonly SecuredCredential[] {
  return [...new Map(credentials.map((each) => [each.digestMultibase, each])).values()]
}

/** A list counts as new only if it takes the place of the one at hand. */
function isNew(each: SecuredCredential, pool: EvidencePool): boolean {
  if (!isOfType(each, 'BitstringStatusListCredential')) return !pool.has(each.digestMultibase)
  const current = pool.list(each)
  return current === undefined || supersedes(each, current)
}

/** Stores what is not here yet, in one commit. */
async function storeNew(
  kept: readonly SecuredCredential[],
  timestamps: readonly Timestamp[],
  { store, pool, clock }: Pick<EvidenceDeps, 'store' | 'pool' | 'clock'>,
): Promise<{ readonly fresh: readonly SecuredCredential[]; readonly stamped: number }> {
  const fresh = newestOfEachList(kept.filter((each) => isNew(each, pool)))
  const stamps = newTimestamps(kept, timestamps, pool)
  const [first] = [...fresh, ...stamps.keys()]
  if (first === undefined) return { fresh, stamped: 0 }
  const at = formatInstant(clock.now())
  const changes = fresh.map((each): Change => evidenceChange(each, at, stamps.get(each)))
  for (const [each, tokens] of stamps) {
    if (fresh.includes(each)) continue
    const record = await readRecord(store, 'evidence', each.digestMultibase)
    if (record === null) continue
    changes.push(
      writing('put', 'evidence', each.digestMultibase, { ...record, timestamps: tokens }),
    )
  }
  const before = [...stamps.keys()].map((each) => pool.timestampsOf(each.digestMultibase).length)
  await store.commit(changes, { action: 'evidence-stored', subject: first.id, at })
  pool.add(fresh)
  for (const [each, tokens] of stamps) pool.stamp(each.digestMultibase, tokens)
  const after = [...stamps.values()].map((tokens) => tokens.length)
  return { fresh, stamped: sum(after) - sum(before) }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

/** All tokens of each credential that gets more than are here; the first few stay. */
function newTimestamps(
  kept: readonly SecuredCredential[],
  timestamps: readonly Timestamp[],
  pool: EvidencePool,
): ReadonlyMap<SecuredCredential, string[]> {
  const found = new Map<SecuredCredential, string[]>()
  for (const each of kept) {
    const { digestMultibase } = each
    const before = pool.timestampsOf(digestMultibase)
    const known = before.map((rfc3161) => ({ digestMultibase, rfc3161 }))
    const tokens = timestampsOf([each], [...known, ...timestamps]).map(({ rfc3161 }) => rfc3161)
    if (tokens.length > before.length) found.set(each, tokens)
  }
  return found
}

/** One submission may hold two editions of a list: one stays. */
function newestOfEachList(credentials: readonly SecuredCredential[]): SecuredCredential[] {
  const lists = new Map<string, StatusList>()
  const others: SecuredCredential[] = []
  for (const each of credentials) {
    if (isOfType(each, 'BitstringStatusListCredential')) {
      const other = lists.get(listKey(each))
      if (other === undefined || supersedes(each, other)) lists.set(listKey(each), each)
    } else others.push(each)
  }
  return [...others, ...lists.values()]
}

/** The change that keeps a verified credential of another issuer. */
export function evidenceChange(
  each: SecuredCredential,
  receivedAt: string,
  timestamps?: string[],
): Change {
  const record = {
    text: storedText(each),
    receivedAt,
    ...(timestamps === undefined ? {} : { timestamps }),
  }
  return isOfType(each, 'BitstringStatusListCredential')
    ? writing('put', 'foreign-list', listKey(each), record)
    : writing('put', 'evidence', each.digestMultibase, record)
}

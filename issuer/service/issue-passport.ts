import { formatInstant } from '@battery-passport/contexts'
import type { ProofForm, Signer } from '@battery-passport/keys'
import type { LoadedMethod } from '@battery-passport/rulebooks'
import type { Attestation, Clock, Custody, Evaluations } from '@battery-passport/verifier'
import { type ComposedPassport, composePassport } from '../compose.ts'
import { IssuanceError } from '../errors.ts'
import type { IssueRequest } from '../issue-request.ts'
import { secureText } from '../sign-credential.ts'
import type { Change, Store } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import type { ChainVerdicts } from './chain-verdicts.ts'
import type { EvidenceChain, EvidencePool } from './evidence-pool.ts'
import { dropIntent, newIntent, recordIntent } from './intents.ts'
import { chooseMethod } from './method-choice.ts'
import { type OnceKey, recall } from './once.ts'
import type { OutputCheck } from './output-check.ts'
import { findPredecessor, type Predecessor } from './predecessor.ts'
import { readRecord, writing } from './record-types.ts'
import type { IntentRecord, PassportRecord } from './records.ts'
import { inRequestTerms, toComposition } from './request-terms.ts'
import type { SeriesParts } from './series-parts.ts'
import { ServiceError } from './service-error.ts'
import type { StatusRegister } from './status-register.ts'

/** What the walk needs besides the request. */
export interface IssueDeps {
  readonly store: Store
  readonly evidence: EvidencePool
  readonly register: StatusRegister
  readonly chains: ChainVerdicts
  readonly outputCheck: OutputCheck
  readonly evaluations: Evaluations
  readonly parts: SeriesParts
  /** The manufacturer's: it signs the passport and its lists, and nothing else. */
  readonly signer: Signer
  readonly form: ProofForm
  /** Those the service's policy accepts. */
  readonly methods: readonly LoadedMethod[]
  readonly clock: Clock
  readonly publicBaseUrl: string
}

type Unsigned = ComposedPassport['credential']

/** A passport that was released, under its id in routes. */
export interface IssuedPassport {
  readonly id: string
  readonly record: PassportRecord
}

/**
 * Issues a passport: verifies every attestation it rests on, composes it, evaluates the rulebooks,
 * reserves a status index and records the intent, secures, and verifies the result as a stranger
 * would. Only what its own verifier accepts is released, in one durable batch. The same request
 * under the same key answers the same passport; after a crash it goes on from the recorded intent.
 *
 * @throws {ServiceError} with everything that is wrong; {IssuanceError} PASSPORT_REFUSED likewise
 * @throws {StoreError} when the store cannot write: whether the passport was kept is found out by
 *   sending the same request again
 */
export async function issuePassport(
  request: IssueRequest,
  once: OnceKey,
  deps: IssueDeps,
): Promise<IssuedPassport> {
  const { reply, intent: earlier } = await recall(once, deps.store)
  if (reply !== null) return releasedPassport(reply.passport, deps.store)

  const { signer, form } = deps
  const intent = earlier ?? newIntent(once, deps)
  try {
    const method = chooseMethod(request.method, deps.methods)
    const predecessor = await findPredecessor(request.battery, deps)
    const statements = [
      ...deps.evidence.named(request.attestations, ['RulebookAttestation']),
      ...deps.evidence.named(request.custody ?? [], ['CustodyAttestation'], 'custody'),
    ]
    const chain = currentChain(statements, deps)
    await verifyChain(chain, deps)
    const composition = toComposition(request, intent, predecessor, deps)
    const { attestations, custody, identities } = chain
    const { evaluations } = deps
    const context = {
      method,
      attestations,
      custody,
      identities,
      created: intent.created,
      evaluations,
    }
    const { credential, canonical } = inRequestTerms(() => composePassport(composition, context))
    if (earlier === null) await recordIntent(once, intent, deps)
    const { created } = intent
    const text = await secureText(credential, { signer, form, created, canonical })
    // Anew: a list that came while this was signed counts.
    const current = currentChain(statements, deps)
    const digestMultibase = await verifyOutput({ text, credential }, current, intent, deps)
    const record = { ...recordOf(credential, intent), text, digestMultibase }
    return await release(record, { once, intent, predecessor }, deps)
  } catch (error) {
    // A refusal released nothing, so the key and the index are free again. Anything else may have
    // taken effect: the intent stays, and the same request goes on from it. So it does where the
    // store cannot forget the intent; of that it tells by itself, and the refusal is what was asked.
    if (isRefusal(error)) await dropIntent(once, intent, deps).catch(() => undefined)
    throw error
  }
}

/** What the attestations rest on, as it is known now. */
function currentChain(
  statements: readonly (Attestation | Custody)[],
  { evidence, signer }: IssueDeps,
): EvidenceChain {
  return evidence.chain(statements, [signer.did])
}

/** Every attestation, walked to its anchor under the policy as it stands now. */
async function verifyChain(chain: EvidenceChain, { chains }: IssueDeps): Promise<void> {
  const { outcome, findings } = await chains.of(chain)
  if (outcome === 'accepted') return
  const message = 'The attestations are not accepted by the policy of this service any more.'
  throw new ServiceError('PASSPORT_NOT_ACCEPTED', message, { findings })
}

/** The passport with its chain and lists, as the service would hand it out; answers its digest. */
async function verifyOutput(
  { text, credential }: { readonly text: string; readonly credential: Unsigned },
  chain: EvidenceChain,
  { status }: IntentRecord,
  { outputCheck, register, signer }: IssueDeps,
): Promise<string> {
  const lists = await register.currentPair(status.generation)
  const subject = credential.credentialSubject.id
  const unreleased = { text, chain, lists, subject, issuer: signer.did }
  const { outcome, passport, findings } = await outputCheck.verify(unreleased)
  if (outcome === 'accepted' && passport?.credential === credential.id) {
    return passport.digestMultibase
  }
  const message = 'The policy of this service stands against it.'
  throw new ServiceError('PASSPORT_NOT_ACCEPTED', message, { findings })
}

function recordOf(
  { id, credentialSubject }: Unsigned,
  { status, created }: IntentRecord,
): Omit<PassportRecord, 'text' | 'digestMultibase'> {
  const { id: battery, granularity, attestations, custody } = credentialSubject
  return {
    credential: id,
    battery,
    granularity,
    // Of answers and of shares: what the presentation begins its chain with.
    attestations: [...attestations, ...custody].map(({ digestMultibase }) => digestMultibase),
    status,
    issuedAt: created,
  }
}

/** One batch: the passport, the answer of its key, the end of the intent, the predecessor's end. */
async function release(
  record: PassportRecord,
  about: {
    readonly once: OnceKey
    readonly intent: IntentRecord
    readonly predecessor: Predecessor | null
  },
  { store, register, clock }: IssueDeps,
): Promise<IssuedPassport> {
  const { once, intent, predecessor } = about
  const changes: Change[] = [
    writing('create', 'passport', intent.passport, record),
    writing('create', 'reply', once.id, {
      requestDigest: once.requestDigest,
      passport: intent.passport,
    }),
    { type: 'remove', kind: 'intent', id: once.id },
  ]
  const reason = { action: 'passport-issued', subject: record.credential } as const
  if (predecessor === null) {
    await store.commit(changes, { ...reason, at: formatInstant(clock.now()) })
  } else {
    const end = {
      ...predecessor,
      status: 'revoked',
      reason: `superseded by ${record.credential}`,
    } as const
    await register.change(end, { changes, reason })
  }
  return { id: intent.passport, record }
}

async function releasedPassport(id: string, store: Store): Promise<IssuedPassport> {
  const record = await readRecord(store, 'passport', id)
  if (record !== null) return { id, record }
  throw new StoreError(
    'STORE_CORRUPT',
    `record passport/${id}: expected the passport an answer was given for, found none. Restore the data folder from a copy.`,
  )
}

function isRefusal(error: unknown): boolean {
  return error instanceof ServiceError || error instanceof IssuanceError
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseInstant } from '@battery-passport/contexts'
import type { ProofForm, Signer } from '@battery-passport/keys'
import { createVerifier } from '@battery-passport/verifier'
import type { Express } from 'express'
import supertest from 'supertest'
import { createApp } from '../../../issuer/http/app.ts'
import { bearerToken } from '../../../issuer/http/auth.ts'
import type { LogLine } from '../../../issuer/http/log.ts'
import { issuerOperations } from '../../../issuer/http/operations.ts'
import type { IssueRequest } from '../../../issuer/issue-request.ts'
import {
  checkInPlace,
  checkOnThread,
  type OutputCheck,
} from '../../../issuer/service/output-check.ts'
import {
  openPassportService,
  type PassportService,
} from '../../../issuer/service/passport-service.ts'
import { initLevelStore, openLevelStore } from '../../../issuer/store/level.ts'
import type { Store } from '../../../issuer/store/store.ts'
import {
  BATTERY_ID,
  Consortium,
  MODEL_ID,
  NOW,
  PRODUCT,
  presentationOf,
  type Signed,
} from '../../support/consortium.ts'

export const TOKEN = 'a-token-of-the-tests-0123456789'
export const BASE_URL = 'https://passports.packmaker.example'

/** The issuer's service of the consortium's pack maker, over a real store in a folder of its own. */
export interface ServiceUnderTest {
  readonly app: Express
  readonly service: PassportService
  readonly store: Store
  readonly folder: string
  readonly log: readonly LogLine[]
  /** Errors that the service reported as failures. */
  readonly failures: readonly unknown[]
  /** Moves the clock. */
  advance(seconds: number): void
  /** Closes the service and opens another over the same folder. */
  restart(): Promise<ServiceUnderTest>
  dispose(): Promise<void>
}

export interface ServiceOptions {
  readonly policy?: Readonly<Record<string, unknown>>
  readonly signer?: Signer
  readonly form?: ProofForm
  readonly token?: string | null
  readonly statusListValiditySeconds?: number
  /** Whether own output is verified on a thread of its own. */
  readonly onThread?: boolean
  /** Wraps the store, to make it fail. */
  readonly wrap?: (store: Store) => Store
  /** Wraps the check of own output, likewise. */
  readonly wrapCheck?: (check: OutputCheck) => OutputCheck
}

export async function serviceUnderTest(
  consortium: Consortium,
  options: ServiceOptions = {},
): Promise<ServiceUnderTest> {
  const folder = join(await mkdtemp(join(tmpdir(), 'battery-passport-service-')), 'data')
  await initLevelStore(folder, { at: NOW })
  return openUnderTest(consortium, options, { folder, now: parseInstant(NOW) ?? 0 })
}

async function openUnderTest(
  consortium: Consortium,
  options: ServiceOptions,
  begun: { readonly folder: string; readonly now: number },
): Promise<ServiceUnderTest> {
  const { folder } = begun
  let now = begun.now
  const clock = { now: () => now }
  const policy = consortium.policy(options.policy)
  const { wrap = (each: Store) => each, wrapCheck = (each: OutputCheck) => each } = options
  const store = wrap(await openLevelStore(folder))
  const documents = { methods: [consortium.method.method], rulebooks: consortium.rulebooks }
  const verifier = createVerifier({ policy, clock, ...documents })
  const service = await openPassportService({
    store,
    verifier,
    outputCheck: wrapCheck(
      options.onThread ? checkOnThread({ policy, ...documents }, clock) : checkInPlace(verifier),
    ),
    signer: options.signer ?? consortium.parties.packMaker.signer,
    form: options.form ?? consortium.form,
    methods: [consortium.method],
    clock,
    publicBaseUrl: BASE_URL,
    statusListValiditySeconds: options.statusListValiditySeconds ?? 86_400,
    statusMaximumAgeSeconds: policy.statusMaximumAge,
  })
  const log: LogLine[] = []
  const failures: unknown[] = []
  const app = createApp({
    operations: issuerOperations(service, clock),
    authoriser: bearerToken(options.token === undefined ? TOKEN : options.token),
    log: (line) => log.push(line),
    failed: (error) => failures.push(error),
  })
  return {
    app,
    service,
    store,
    folder,
    log,
    failures,
    advance: (seconds) => {
      now += seconds
    },
    async restart() {
      await service.close()
      return openUnderTest(consortium, options, { folder, now })
    },
    async dispose() {
      await service.close()
      await rm(join(folder, '..'), { recursive: true })
    },
  }
}

/** A consortium with its service, made and taken away around the tests of a `describe`. */
export interface Served {
  readonly consortium: Consortium
  readonly under: ServiceUnderTest
  /** Closes the service and opens another over the same folder. */
  restart(): Promise<void>
}

/**
 * Called in a `describe`: one consortium for all of its tests, and one service for all or each.
 *
 * @param options.ready what is done with each new service
 */
export function served(
  lifetime: 'all' | 'each',
  options: ServiceOptions & {
    readonly ready?: (served: Served) => Promise<unknown>
  } = {},
): Served {
  const { ready = async () => undefined, ...serviceOptions } = options
  let consortium: Consortium | null = null
  let under: ServiceUnderTest | null = null
  const there = <T>(value: T | null): T => {
    if (value === null) throw new Error('no test runs')
    return value
  }
  const it: Served = {
    get consortium() {
      return there(consortium)
    },
    get under() {
      return there(under)
    },
    async restart() {
      under = await there(under).restart()
    },
  }
  const open = async () => {
    under = await serviceUnderTest(it.consortium, serviceOptions)
    await ready(it)
  }
  const close = () => under?.dispose()
  before(async () => {
    consortium = await Consortium.assemble()
  })
  if (lifetime === 'all') {
    before(open)
    after(close)
  } else {
    beforeEach(open)
    afterEach(close)
  }
  return it
}

/** Everything the honest consortium attested, with what it rests on. */
export async function evidenceOf(
  consortium: Consortium,
  attestations: readonly Signed[] = consortium.attestations,
): Promise<Uint8Array> {
  return presentationOf([
    ...attestations,
    ...consortium.accreditations.values(),
    ...consortium.identities.values(),
    ...(await consortium.statusLists()),
  ])
}

/** The request for a passport of the consortium's battery. */
export function requestOf(consortium: Consortium, serial = ''): IssueRequest {
  return {
    battery: {
      granularity: 'item',
      id: `${BATTERY_ID}${serial}`,
      model: MODEL_ID,
      category: 'EV',
      chemistry: 'NMC',
      manufacturedOn: '2026-09-15',
      product: PRODUCT,
      supplyChain: [...consortium.supplyChain],
    },
    attestations: consortium.attestations.map(({ reference }) => reference.digestMultibase),
    validUntil: '2036-09-20T12:00:00Z',
  }
}

export function submit(app: Express, body: Uint8Array): supertest.Test {
  return supertest(app)
    .post('/attestations')
    .set('Authorization', `Bearer ${TOKEN}`)
    .type('application/vp')
    .send(Buffer.from(body))
}

export function order(app: Express, request: unknown, key = 'key-00000001'): supertest.Test {
  return supertest(app)
    .post('/passports')
    .set('Authorization', `Bearer ${TOKEN}`)
    .set('Idempotency-Key', key)
    .type('application/json')
    .send(typeof request === 'string' ? request : JSON.stringify(request))
}

/** A GET whose body is kept as the bytes that came. */
export function read(app: Express, path: string, headers: Record<string, string> = {}) {
  return supertest(app).get(path).set(headers).buffer(true).parse(collect)
}

function collect(response: supertest.Response, done: (error: Error | null, body: Buffer) => void) {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('end', () => done(null, Buffer.concat(chunks)))
}

/** A POST with the token. */
export function post(app: Express, path: string, body: unknown, mediaType = 'application/json') {
  return supertest(app)
    .post(path)
    .set('Authorization', `Bearer ${TOKEN}`)
    .type(mediaType)
    .send(body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body))
}

export const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` }

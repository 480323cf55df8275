import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BatteryPassport, formatInstant } from '@battery-passport/contexts'
import {
  checkOnThread,
  type IssueRequest,
  initLevelStore,
  openLevelStore,
  openPassportService,
  type PassportService,
} from '@battery-passport/issuer/service'
import { createVerifier } from '@battery-passport/verifier'
import { Level } from 'level'
import { presentationOf } from '../test/support/consortium.ts'
import type { Chain } from './chain.ts'
import { naiveIssuer } from './naive.ts'

/** Both ways to issue a passport durably, each on a level database in a folder of its own. */
export interface Issuing {
  readonly service: PassportService
  /** A new request each time: each for another battery. */
  nextRequest(): IssueRequest
  /** `vc.issue()` of the same passport, then one `put` with `sync`. */
  issueNaively(request: IssueRequest): Promise<unknown>
  dispose(): Promise<void>
}

const BASE_URL = 'https://passports.packmaker.example'

/** Opens both, with the attestations of a chain submitted to the service. */
export async function openIssuing(chain: Chain): Promise<Issuing> {
  const folder = await mkdtemp(join(tmpdir(), 'battery-passport-bench-'))
  const service = await openService(chain, join(folder, 'ours'))
  const level = new Level<string, string>(join(folder, 'library'))
  await level.open()
  const issue = await naiveIssuer()
  const [first] = chain.passports
  if (first === undefined) throw new TypeError('a chain without a passport')
  const { credential: unsecured } = first.secured
  let number = 0
  return {
    service,
    nextRequest() {
      number++
      return requestFor(unsecured, String(number).padStart(9, '0'))
    },
    async issueNaively({ battery }) {
      const id = battery.granularity === 'item' ? battery.id : ''
      const { credentialSubject } = unsecured
      const credential = { ...unsecured, id, credentialSubject: { ...credentialSubject, id } }
      const issued = await issue(credential)
      await level.put(id, JSON.stringify(issued), { sync: true })
      return issued
    },
    async dispose() {
      await service.close()
      await level.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function openService(chain: Chain, folder: string): Promise<PassportService> {
  const { clock, consortium, manufacturer, policy } = chain
  await initLevelStore(folder, { at: formatInstant(clock.now()) })
  const service = await openPassportService({
    store: await openLevelStore(folder),
    verifier: createVerifier(chain),
    outputCheck: checkOnThread({ policy, methods: [], rulebooks: [] }, clock),
    signer: manufacturer.signer,
    form: 'eddsa-jcs-2022',
    methods: [consortium.method],
    clock,
    publicBaseUrl: BASE_URL,
    statusListValiditySeconds: policy.statusMaximumAge,
    statusMaximumAgeSeconds: policy.statusMaximumAge,
  })
  await service.acceptEvidence(presentationOf(chain.shared))
  return service
}

/** A request for the passport of one more battery of the model of another. */
function requestFor({ credentialSubject }: BatteryPassport, serial: string): IssueRequest {
  const { id, model = '', category, chemistry, product, supplyChain } = credentialSubject
  return {
    battery: {
      granularity: 'item',
      id: `${id}${serial}`,
      model,
      manufacturedOn: '2026-09-15',
      category,
      chemistry,
      product,
      supplyChain,
    },
    attestations: credentialSubject.attestations.map(({ digestMultibase }) => digestMultibase),
    validUntil: '2036-09-20T12:00:00Z',
  }
}

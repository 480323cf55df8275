import type { SupplyChainRow } from '@battery-passport/contexts'
import { MODEL_ID } from './battery.ts'
import { DATES } from './dates.ts'
import type { Signed } from './signed.ts'
import type { World } from './world.ts'

/** What the scheme owner accredits the product body for, besides its batteries. */
export const CUSTODY_SCOPE = {
  rulebook: 'chain-of-custody',
  assuranceLevels: ['limited', 'reasonable'],
  engagementTypes: ['verification'],
  subjectTypes: ['Battery'],
  stages: ['*'],
  materials: ['*'],
  countries: ['*'],
} as const

/** The subject of an honest custody attestation: every row of the model, at limited level. */
export function custodySubject(
  supplyChain: readonly SupplyChainRow[],
  { parties }: World,
  accreditation: Signed<'VerifierAccreditation'>,
): object {
  const { period, statementDate, productionWindow } = DATES.attestations
  return {
    id: MODEL_ID,
    type: 'Battery',
    granularity: 'model',
    manufacturer: parties.packMaker.did,
    supplyChain,
    period,
    productionWindow,
    statementDate,
    assuranceLevel: 'limited',
    accreditation: accreditation.reference,
  }
}

import { digestMultibase } from '@battery-passport/contexts'
import type { LoadedMethod, Rulebook } from '@battery-passport/rulebooks'
import { bestAnswers } from './answers.ts'
import { MODEL_ID } from './battery.ts'
import { DATES } from './dates.ts'
import type { Signed } from './signed.ts'
import { type AttestationSpec, activitiesOf, type World } from './world.ts'

/** The engagement behind every honest attestation. */
export const ENGAGEMENT = {
  standard: 'ISAE 3000 (Revised)',
  engagementType: 'verification',
  conclusion: 'unmodified',
  materiality: '5 % of the total',
  dataCutOff: '2026-02-28',
  statementDate: DATES.attestations.statementDate,
  siteVisits: [{ date: DATES.attestations.siteVisit, mode: 'on-site' }],
  findings: [],
} as const

/** The id of the honest attestation of a spec. */
export function attestationId({ rulebook, facility, by }: AttestationSpec): string {
  const about = facility === null ? 'model' : (facility.id.split('.')[1] ?? '')
  return `https://${by.key.toLowerCase()}.example/attestations/${rulebook}-${about}`
}

/** The subject of an honest attestation: the best answers, each resting on one report. */
export function attestedSubject(
  spec: AttestationSpec,
  rulebook: Rulebook,
  world: World,
  accreditation: Signed<'VerifierAccreditation'> | undefined,
): Readonly<Record<string, unknown>> {
  const { facility, by } = spec
  const { parties, facilities, method } = world
  const activities = facility === null ? [{ stage: 'product' }] : activitiesOf(facility, facilities)
  const evidenceId = uuidOf(attestationId(spec))
  const level = by === parties.socialBody ? 'limited' : 'reasonable'
  const common = {
    activities,
    boundary: { kind: 'whole' },
    rulebook: pinOf(rulebook, method),
    period: DATES.attestations.period,
    results: bestAnswers(rulebook, activities, level, evidenceId),
    engagement: ENGAGEMENT,
    evidenceFiles: [
      {
        id: evidenceId,
        name: `Assessment report ${attestationId(spec)}`,
        mediaType: 'application/pdf',
        digestMultibase: digestMultibase(attestationId(spec)),
        accessClass: 'assurance-body',
        holder: by.did,
      },
    ],
    accreditation: accreditation?.reference,
  }
  if (facility === null) {
    return {
      id: MODEL_ID,
      type: 'Battery',
      granularity: 'model',
      manufacturer: parties.packMaker.did,
      plants: [facilities.packPlant.id],
      productionWindow: DATES.attestations.productionWindow,
      ...common,
    }
  }
  return {
    id: facility.id,
    type: 'Facility',
    country: facility.country,
    operator: facility.operator.did,
    operatorGroup: facility.operator.ultimateParentLei,
    ...common,
  }
}

/** A rulebook by its digest, as an attestation names it. */
export function pinOf({ key, version }: Rulebook, method: LoadedMethod) {
  const loaded = method.rulebooks.find(({ rulebook }) => rulebook.key === key)
  return { key, version, digestMultibase: loaded?.digestMultibase ?? '' }
}

/** A UUID that is always the same for a name. */
function uuidOf(name: string): string {
  const hex = Buffer.from(digestMultibase(name)).toString('hex')
  const part = (from: number, length: number) => hex.slice(from, from + length)
  return `urn:uuid:${part(8, 8)}-${part(20, 4)}-4${part(30, 3)}-8${part(40, 3)}-${part(50, 12)}`
}

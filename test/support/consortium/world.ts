import type { Activity, SupplyChainRow } from '@battery-passport/contexts'
import {
  appliesTo,
  type CheckedRulebook,
  type LoadedMethod,
  type Rulebook,
} from '@battery-passport/rulebooks'
import type { Facilities, Facility, Parties, Party } from './parties.ts'

/** Who there is, what they do, and by which method it is scored. */
export interface World {
  readonly parties: Parties
  readonly facilities: Facilities
  readonly rulebooks: readonly CheckedRulebook[]
  readonly method: LoadedMethod
}

/** What an attestation of the consortium is about, under which rulebook, and by whom. */
export interface AttestationSpec {
  readonly rulebook: string
  /** Null: the battery model. */
  readonly facility: Facility | null
  readonly by: Party
}

/** Rulebooks that the climate body attests at facilities; the social body attests the others. */
const ENVIRONMENT: readonly string[] = [
  'small-climate',
  'greenhouse-gas',
  'biodiversity',
  'circular-design',
]

/** Whether the climate body attests facilities under a rulebook. */
export function isEnvironmental(rulebook: string): boolean {
  return ENVIRONMENT.includes(rulebook)
}

/** The supply chain of the battery: the mine's nickel leaves 3000 basis points unknown. */
export function supplyChainOf(facilities: Facilities): readonly SupplyChainRow[] {
  const { mine, refinery, cellPlant, packPlant } = facilities
  const row = (facility: Facility, stage: string, share: number, material?: string) => ({
    facility: facility.id,
    stage,
    ...(material === undefined ? {} : { material }),
    share,
    custodyModel: 'segregated' as const,
  })
  return [
    row(mine, 'mining', 10000, 'lithium'),
    row(mine, 'mining', 7000, 'nickel'),
    row(refinery, 'refining', 10000, 'nickel'),
    row(cellPlant, 'cell', 10000),
    row(packPlant, 'pack', 10000),
  ]
}

/** What a facility was attested to do. */
export function activitiesOf(facility: Facility, facilities: Facilities): readonly Activity[] {
  return supplyChainOf(facilities)
    .filter((row) => row.facility === facility.id)
    .map(({ stage, material }) => (material === undefined ? { stage } : { stage, material }))
}

/** Whether a rulebook has a question for a subject with these activities. */
export function asksOf(rulebook: Rulebook, activities: readonly Activity[]): boolean {
  return rulebook.indicators.some((indicator) =>
    activities.some((activity) => appliesTo(indicator, activity)),
  )
}

/** Every facility × rulebook that asks something of it, and the battery model. */
export function specsOf({ parties, facilities, method }: World): readonly AttestationSpec[] {
  const { climateBody, socialBody, productBody } = parties
  return method.rulebooks.flatMap(({ rulebook }) => [
    ...Object.values(facilities)
      .filter((facility: Facility) => asksOf(rulebook, activitiesOf(facility, facilities)))
      .map((facility: Facility) => ({
        rulebook: rulebook.key,
        facility,
        by: isEnvironmental(rulebook.key) ? climateBody : socialBody,
      })),
    ...(asksOf(rulebook, [{ stage: 'product' }])
      ? [{ rulebook: rulebook.key, facility: null, by: productBody }]
      : []),
  ])
}

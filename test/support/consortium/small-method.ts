import { digestOfDocument } from '@battery-passport/contexts'
import {
  type CheckedMethod,
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
} from '@battery-passport/rulebooks'

/**
 * A method with two small rulebooks, so that a score can be worked out on paper: every kind of
 * indicator, a facility gate, a product-level indicator, a condition that makes one not applicable.
 */

const header = {
  version: '1.0.0',
  status: 'illustrative',
  owner: 'Tests (fictional)',
  disclaimer: 'Fictional, for tests alone.',
  validFrom: '2020-01-01',
  validUntil: '2039-12-31',
} as const

const indicator = {
  basis: [{ norm: 'A fictional norm', clause: 'Clause 1' }],
  tier: 'baseline',
  level: 'facility',
  minimumAssurance: 'limited',
  evidenceRequired: true,
  notApplicableWhen: [],
} as const

const FACILITY_STAGES = ['mining', 'refining', 'cell', 'pack'] as const

/** Environment and governance; facilities and the battery. */
export const climateRulebook = {
  ...header,
  key: 'small-climate',
  title: 'Small climate rulebook',
  subjectTypes: ['Facility', 'Battery'],
  stageWeights: { mining: 3000, refining: 2000, cell: 2000, pack: 1000, product: 2000 },
  minimumPeriodMonths: 12,
  maximumValidityMonths: 18,
  indicators: [
    {
      ...indicator,
      id: 'climate.intensity',
      pillar: 'environment',
      text: 'Emissions for each kilowatt-hour of battery capacity.',
      kind: 'quantity',
      unit: 'kgCO2e/kWh',
      stages: [...FACILITY_STAGES],
      weight: 5000,
      points: [{ below: '20', points: 10000 }, { below: '60', points: 5000 }, { points: 0 }],
      topic: 'greenhouse-gas-emissions',
    },
    {
      ...indicator,
      id: 'climate.inventory',
      pillar: 'governance',
      text: 'Is there a complete inventory of emissions?',
      kind: 'boolean',
      stages: [...FACILITY_STAGES],
      weight: 2000,
      points: { true: 10000, false: 0 },
      topic: 'greenhouse-gas-emissions',
    },
    {
      ...indicator,
      id: 'climate.recyclability',
      tier: 'leading',
      pillar: 'environment',
      text: 'How well can the battery be recycled?',
      kind: 'choice',
      level: 'product',
      stages: ['product'],
      weight: 3000,
      points: { full: 10000, partial: 4000, none: 0 },
      topic: 'resource-circularity',
    },
  ],
}

/** Social and governance; facilities alone; zero tolerance for child labour. */
export const labourRulebook = {
  ...header,
  key: 'small-labour',
  title: 'Small labour rulebook',
  subjectTypes: ['Facility'],
  stageWeights: { mining: 4000, refining: 3000, cell: 2000, pack: 1000 },
  minimumPeriodMonths: 12,
  maximumValidityMonths: 18,
  indicators: [
    {
      ...indicator,
      id: 'labour.no-children',
      pillar: 'social',
      text: 'Is it shown that nobody below the minimum age works here?',
      kind: 'boolean',
      stages: [...FACILITY_STAGES],
      weight: 5000,
      points: { true: 10000, false: 0 },
      gate: { when: ['false'], cap: 1000, level: 'product' },
      topic: 'youth-protection',
    },
    {
      ...indicator,
      id: 'labour.grievances',
      tier: 'leading',
      pillar: 'social',
      text: 'How mature is the grievance mechanism?',
      kind: 'maturity',
      stages: [...FACILITY_STAGES],
      weight: 3000,
      points: { absent: 0, defined: 5000, effective: 10000 },
      notApplicableWhen: ['no-workers'],
      topic: 'rights-and-equality',
    },
    {
      ...indicator,
      id: 'labour.policy',
      pillar: 'governance',
      text: 'Is there a published labour policy?',
      kind: 'boolean',
      stages: [...FACILITY_STAGES],
      evidenceRequired: false,
      minimumAssurance: 'none',
      weight: 2000,
      points: { true: 10000, false: 0 },
      equivalences: [
        {
          standard: 'A fictional labour standard',
          editions: ['2024'],
          points: 10000,
          minimumLevel: 'limited',
        },
      ],
      topic: 'rights-and-equality',
    },
  ],
}

/** Pins the two rulebooks; four stages for one chemistry. */
export const smallMethodDocument = {
  ...header,
  key: 'small',
  title: 'Small method',
  rulebooks: [climateRulebook, labourRulebook].map((rulebook) => ({
    key: rulebook.key,
    version: rulebook.version,
    digestMultibase: digestOfDocument(rulebook),
    weight: 5000,
  })),
  pillars: { environment: 4000, social: 4000, governance: 2000 },
  chemistries: {
    NMC: {
      stages: [
        {
          key: 'mining',
          materials: [
            { key: 'lithium', weight: 5000 },
            { key: 'nickel', weight: 5000 },
          ],
        },
        { key: 'refining', materials: [{ key: 'nickel', weight: 10000 }] },
        { key: 'cell', materials: 'none' },
        { key: 'pack', materials: 'none' },
      ],
    },
  },
  gradeBands: [
    { from: 0, grade: 'C' },
    { from: 5000, grade: 'B' },
    { from: 8000, grade: 'A' },
  ],
  deMinimis: 0,
  custodyModels: ['identity-preserved', 'segregated', 'mass-balance'],
  maximumPeriodSpreadMonths: 12,
  maximumPeriodAgeMonths: 24,
  facilityIdScheme: 'sgln',
}

/** The method and its rulebooks, checked. */
export function smallMethod(): {
  readonly method: CheckedMethod
  readonly rulebooks: readonly CheckedRulebook[]
} {
  const rulebooks = [climateRulebook, labourRulebook].map((document) => {
    const check = checkRulebook(document)
    if (!check.ok) throw new TypeError(JSON.stringify(check.faults))
    return check.rulebook
  })
  const check = checkMethod(smallMethodDocument, rulebooks)
  if (!check.ok) throw new TypeError(JSON.stringify(check.faults))
  return { method: check.method, rulebooks }
}

import { digestOfDocument, type Result, type SupplyChainRow } from '@battery-passport/contexts'
import {
  type AttestedAnswers,
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  type EvaluationInput,
  evaluate,
  type Indicator,
  type LoadedMethod,
  loadMethod,
  type Method,
  type Rulebook,
} from '@battery-passport/rulebooks'

/** Small rulebooks and methods, made by overriding the one thing a test is about. */

export function indicator(overrides: Partial<Indicator> & { readonly id: string }): Indicator {
  const isQuantity = overrides.kind === 'quantity'
  return {
    pillar: 'social',
    tier: 'leading',
    text: 'A question of a test.',
    basis: [{ norm: 'A norm of a test', clause: '1' }],
    kind: 'boolean',
    ...(isQuantity ? { unit: 't' } : {}),
    stages: ['cell'],
    level: 'facility',
    weight: 10000,
    points: isQuantity
      ? [{ below: '10', points: 10000 }, { points: 0 }]
      : { true: 10000, false: 0 },
    minimumAssurance: 'none',
    evidenceRequired: false,
    notApplicableWhen: [],
    topic: 'test',
    ...overrides,
  }
}

export function rulebook(overrides: Partial<Rulebook>): Rulebook {
  return {
    key: 'one',
    version: '1.0.0',
    title: 'One',
    status: 'illustrative',
    owner: 'A test',
    disclaimer: 'Of a test.',
    validFrom: '2025-01-01',
    validUntil: '2030-12-31',
    subjectTypes: ['Facility', 'Battery'],
    stageWeights: { cell: 10000 },
    minimumPeriodMonths: 12,
    maximumValidityMonths: 18,
    indicators: [indicator({ id: 'one' })],
    ...overrides,
  }
}

export function method(rulebooks: readonly Rulebook[], overrides: Partial<Method> = {}): Method {
  const share = Math.floor(10000 / rulebooks.length)
  return {
    key: 'test',
    version: '1.0.0',
    title: 'Test',
    status: 'illustrative',
    owner: 'A test',
    disclaimer: 'Of a test.',
    validFrom: '2025-01-01',
    validUntil: '2030-12-31',
    rulebooks: rulebooks.map((each, i) => ({
      key: each.key,
      version: each.version,
      digestMultibase: digestOfDocument(each),
      weight: i === 0 ? 10000 - share * (rulebooks.length - 1) : share,
    })),
    pillars: { environment: 0, social: 10000, governance: 0 },
    chemistries: { NMC: { stages: [{ key: 'cell', materials: 'none' }] } },
    gradeBands: [
      { from: 0, grade: 'C' },
      { from: 5000, grade: 'B' },
      { from: 8000, grade: 'A' },
    ],
    deMinimis: 0,
    custodyModels: ['mass-balance'],
    maximumPeriodSpreadMonths: 12,
    maximumPeriodAgeMonths: 24,
    facilityIdScheme: 'register-url',
    ...overrides,
  }
}

/** Checks and loads; a fault is the test's own mistake and is shown whole. */
export function load(
  rulebooks: readonly Rulebook[],
  overrides: Partial<Method> = {},
): LoadedMethod {
  const checked = rulebooks.map((each): CheckedRulebook => {
    const check = checkRulebook(each)
    if (!check.ok) throw new Error(JSON.stringify(check.faults, null, 2))
    return check.rulebook
  })
  const check = checkMethod(method(rulebooks, overrides), checked)
  if (!check.ok) throw new Error(JSON.stringify(check.faults, null, 2))
  return loadMethod(check.method, checked)
}

export const FACILITY = 'https://register.example/facilities/'

export function row(facility: string, overrides: Partial<SupplyChainRow> = {}): SupplyChainRow {
  return {
    facility: `${FACILITY}${facility}`,
    stage: 'cell',
    share: 10000,
    custodyModel: 'mass-balance',
    ...overrides,
  }
}

export function answer(
  id: string,
  value: string,
  overrides: Partial<Extract<Result, { answer: 'assessed' }>> = {},
): Result {
  return { indicator: id, answer: 'assessed', value, assuranceLevel: 'limited', ...overrides }
}

/** What a facility (or with null the battery) was attested under the rulebook `one`. */
export function attested(
  facility: string | null,
  results: readonly Result[],
  overrides: Partial<AttestedAnswers> = {},
): AttestedAnswers {
  return {
    credential: `urn:uuid:${facility ?? 'battery'}`,
    subject:
      facility === null
        ? { type: 'Battery' }
        : { type: 'Facility', facility: `${FACILITY}${facility}` },
    rulebook: 'one',
    activities: [{ stage: facility === null ? 'product' : 'cell' }],
    boundary: { kind: 'whole' },
    period: { from: '2025-01-01', until: '2025-12-31' },
    results,
    qualifiedIndicators: [],
    withdrawnIndicators: [],
    ...overrides,
  }
}

export function input(
  loaded: LoadedMethod,
  supplyChain: readonly SupplyChainRow[],
  attestations: readonly AttestedAnswers[],
): EvaluationInput {
  return {
    method: loaded,
    battery: { granularity: 'item', category: 'EV', chemistry: 'NMC' },
    supplyChain,
    attestations,
    shareAssurance: 'none',
  }
}

/** The evaluation; a refusal is the test's own mistake. */
export function evaluated(...args: Parameters<typeof input>) {
  const result = evaluate(input(...args))
  if (result.outcome !== 'evaluated') throw new Error(JSON.stringify(result.faults, null, 2))
  return result
}

export const interval = ({ value, upper }: { value: number; upper: number }) => [value, upper]

import { ASSURANCE_LEVELS, type Result, type SupplyChainRow } from '@battery-passport/contexts'
import {
  type AttestedAnswers,
  appliesTo,
  checkRulebook,
  type EvaluationInput,
  type Indicator,
  type LoadedMethod,
  type Method,
  PILLARS,
  type Rulebook,
} from '@battery-passport/rulebooks'
import { FACILITY, indicator, load, method as methodOf, rulebook } from './build.ts'
import { type Choices, choices } from './random.ts'

/**
 * A random battery under random rulebooks: every rule of scoring turns up within a few hundred
 * seeds. In a diligent supply chain nearly everything is attested and good, so that the bounds are
 * close and the grades high.
 */
export function randomCase(seed: number, size: 'small' | 'usual' = 'usual'): EvaluationInput {
  const known = cases.get(`${size} ${seed}`)
  if (known !== undefined) return known
  const made = makeCase(seed, size)
  cases.set(`${size} ${seed}`, made)
  return made
}

/** Most of a case's time is checking its rulebooks, and every property looks at the same cases. */
const cases = new Map<string, EvaluationInput>()

function makeCase(seed: number, size: 'small' | 'usual'): EvaluationInput {
  const pick = choices(seed)
  const isDiligent = pick.chance(30)
  const { method, rulebooks } = randomMethod(pick, size)
  const supplyChain = randomRows(pick, method, size, isDiligent)
  return {
    method,
    battery: {
      granularity: pick.one(['item', 'batch', 'model'] as const),
      category: pick.one(['EV', 'LMT', 'industrial'] as const),
      chemistry: 'NMC',
    },
    supplyChain,
    attestations: randomAttestations(pick, rulebooks, supplyChain, isDiligent),
    shareAssurance: 'none',
  }
}

const EVERY_STAGE: Method['chemistries'][string]['stages'] = [
  { key: 'mining', materials: [{ key: 'lithium', weight: 10000 }] },
  { key: 'refining', materials: [{ key: 'nickel', weight: 10000 }] },
  { key: 'cell', materials: 'none' },
]

function randomMethod(
  pick: Choices,
  size: string,
): { method: LoadedMethod; rulebooks: readonly Rulebook[] } {
  const keys = size === 'small' ? ['one'] : ['one', 'two', 'three'].slice(0, pick.integer(1, 3))
  const rulebooks = keys.map((key) => randomRulebook(pick, key, size))
  const weights = pick.partition(keys.length, 10000)
  const [environment = 0, social = 0, governance = 0] = pick.chance(20)
    ? [0, 10000, 0]
    : pick.partition(3, 10000)
  const stages: Method['chemistries'][string]['stages'] = [
    randomStage(pick, 'mining', ['lithium', 'nickel', 'cobalt']),
  ]
  if (pick.chance(60)) stages.push(randomStage(pick, 'refining', ['nickel', 'cobalt']))
  stages.push({ key: 'cell', materials: 'none' })
  const pinned = methodOf(rulebooks).rulebooks
  const loaded = load(rulebooks, {
    rulebooks: pinned.map((entry, i) => ({ ...entry, weight: weights[i] ?? 0 })),
    pillars: { environment, social, governance },
    chemistries: { NMC: { stages }, LFP: { stages: EVERY_STAGE } },
    deMinimis: pick.one([0, 500, 3000]),
    ...(pick.chance(50) ? { gradeCapIfBaselineNotMet: 'B' } : {}),
  })
  return { method: loaded, rulebooks }
}

function randomStage(pick: Choices, key: string, names: readonly string[]) {
  const chosen = pick.some(names, 60)
  const materials = chosen.length > 0 ? chosen : [pick.one(names)]
  const weights = pick.partition(materials.length, 10000)
  return { key, materials: materials.map((name, i) => ({ key: name, weight: weights[i] ?? 0 })) }
}

function randomRulebook(pick: Choices, key: string, size: string): Rulebook {
  const count = size === 'small' ? pick.integer(1, 3) : pick.integer(2, 6)
  const weights = pick.partition(count, 10000)
  const indicators = weights.map((weight, i) => ({
    ...randomIndicator(pick, `${key}.${i}`, i === 0),
    weight,
  }))
  const stages = [...new Set(indicators.flatMap((each) => each.stages))]
  const stageWeights = pick.partition(stages.length, 10000)
  return repaired(
    rulebook({
      key,
      status: pick.one(['illustrative', 'preliminary', 'active', 'deprecated'] as const),
      indicators,
      stageWeights: Object.fromEntries(stages.map((stage, i) => [stage, stageWeights[i] ?? 0])),
    }),
  )
}

/** Lets an indicator always apply wherever a rulebook without it would have none that does. */
function repaired(document: Rulebook): Rulebook {
  const check = checkRulebook(document)
  if (check.ok) return document
  const named = check.faults.map(({ pointer }) => {
    const index = /^\/indicators\/(\d+)\/notApplicableWhen$/.exec(pointer)?.[1]
    if (index === undefined) throw new Error(JSON.stringify(check.faults, null, 2))
    return Number(index)
  })
  return repaired({
    ...document,
    indicators: document.indicators.map((each, i) =>
      named.includes(i) ? { ...each, notApplicableWhen: [] } : each,
    ),
  })
}

function randomIndicator(pick: Choices, id: string, isFirst: boolean): Indicator {
  const isProduct = !isFirst && pick.chance(20)
  const kind = pick.one(['boolean', 'choice', 'maturity', 'quantity', 'quantity'] as const)
  const points = kind === 'quantity' ? randomBands(pick) : randomPoints(pick, kind)
  const gate = pick.chance(35) ? randomGate(pick, points, isProduct) : undefined
  const stages = isProduct ? ['product'] : pick.some(['mining', 'refining'], 60)
  if (!isProduct && (isFirst || stages.length === 0 || pick.chance(50))) stages.push('cell')
  const hasMaterials = !isFirst && !isProduct && pick.chance(30)
  return {
    ...indicator({ id, kind }),
    pillar: isFirst ? 'social' : pick.one(PILLARS),
    tier: pick.one(['baseline', 'leading'] as const),
    stages,
    level: isProduct ? 'product' : 'facility',
    points,
    minimumAssurance: pick.one(ASSURANCE_LEVELS),
    evidenceRequired: pick.chance(20),
    notApplicableWhen: gate === undefined && pick.chance(40) ? ['no-such-thing'] : [],
    ...(hasMaterials ? { materials: pick.one([['nickel'], ['lithium', 'nickel']]) } : {}),
    ...(gate === undefined ? {} : { gate }),
    ...(pick.chance(25)
      ? {
          equivalences: [
            {
              standard: 'S',
              editions: ['2020', '2024'],
              points: pick.one([1, 5000, 10000]),
              minimumLevel: pick.one(ASSURANCE_LEVELS),
            },
          ],
        }
      : {}),
  }
}

function randomPoints(pick: Choices, kind: string): Record<string, number> {
  if (kind === 'boolean') {
    return pick.chance(80) ? { true: 10000, false: 0 } : { true: 0, false: 10000 }
  }
  const middle = Object.fromEntries(
    ['some', 'most'].map((name) => [name, pick.one([0, 1, 3333, 10000])]),
  )
  return { none: 0, ...middle, all: 10000 }
}

const BOUNDS = ['-1.5', '0', '0.30', '2', '10']

function randomBands(pick: Choices): { below?: string; points: number }[] {
  const bounds = pick.some(BOUNDS, 60)
  const ends = bounds.length > 0 ? bounds : ['2']
  const worths = pick.shuffled([
    0,
    10000,
    ...ends.slice(1).map(() => pick.one([0, 2500, 7001, 10000])),
  ])
  return worths.map((points, i) => {
    const below = ends[i]
    return below === undefined ? { points } : { below, points }
  })
}

function randomGate(
  pick: Choices,
  points: Indicator['points'],
  isProduct: boolean,
): Indicator['gate'] {
  const common = {
    cap: pick.one([0, 2999, 5000, 9999]),
    level: isProduct ? 'product' : pick.one(['facility', 'product'] as const),
  } as const
  if (!Array.isArray(points)) {
    const worthless = Object.keys(points).filter((answer) => points[answer] === 0)
    return { when: worthless.slice(0, pick.integer(1, worthless.length)), ...common }
  }
  const highest = points.findLast((band) => band.points > 0)
  return highest?.below === undefined
    ? undefined
    : { when: { atLeast: pick.one([highest.below, '10', '12.5']) }, ...common }
}

const FACILITIES = ['a', 'b', 'c', 'd'].map((name) => `${FACILITY}${name}`)

function randomRows(
  pick: Choices,
  { method }: LoadedMethod,
  size: string,
  isDiligent: boolean,
): SupplyChainRow[] {
  const pairs = (method.chemistries.NMC?.stages ?? []).flatMap(({ key: stage, materials }) =>
    materials === 'none'
      ? [{ stage }]
      : materials.map(({ key: material }) => ({ stage, material })),
  )
  const outside = pick.chance(20) ? [{ stage: 'mining', material: 'gold' }, { stage: 'pack' }] : []
  const rows = [...pairs, ...outside].flatMap((pair) => {
    const count = pick.integer(isDiligent ? 1 : 0, size === 'small' ? 2 : 3)
    if (count === 0) return []
    const shares = pick.partition(
      count,
      isDiligent ? 10000 : pick.one([10000, 10000, 9600, 7000, 333]),
    )
    const facilities = pick.shuffled(FACILITIES)
    return shares.map((share, i) => ({
      facility: facilities[i] ?? '',
      ...pair,
      share,
      custodyModel: 'mass-balance' as const,
    }))
  })
  const only = { facility: FACILITIES[0] ?? '', stage: 'cell', share: 100 }
  return rows.length > 0 ? rows : [{ ...only, custodyModel: 'mass-balance' }]
}

function randomAttestations(
  pick: Choices,
  rulebooks: readonly Rulebook[],
  rows: readonly SupplyChainRow[],
  isDiligent: boolean,
): AttestedAnswers[] {
  const statement = isDiligent ? diligentStatement : randomStatement
  const attestations = rulebooks.flatMap((each): AttestedAnswers[] => {
    const ofFacilities = FACILITIES.flatMap((facility) => {
      const activities = rows
        .filter((row) => row.facility === facility)
        .map(({ stage, material }) => (material === undefined ? { stage } : { stage, material }))
      if (activities.length === 0 || !(isDiligent || pick.chance(85))) return []
      const groups = pick.chance(60) ? [activities] : activities.map((activity) => [activity])
      return groups.map((group) => statement(pick, each, { type: 'Facility', facility }, group))
    })
    const ofBattery =
      isDiligent || pick.chance(60)
        ? [statement(pick, each, { type: 'Battery' }, [{ stage: 'product' }])]
        : []
    return [...ofFacilities, ...ofBattery]
  })
  const [first] = rulebooks
  if (attestations.length > 0 || first === undefined) return attestations
  return [randomStatement(pick, first, { type: 'Battery' }, [{ stage: 'product' }])]
}

function randomStatement(
  pick: Choices,
  { key, indicators }: Rulebook,
  subject: AttestedAnswers['subject'],
  activities: AttestedAnswers['activities'],
): AttestedAnswers {
  const asked = indicators.filter((each) => activities.some((place) => appliesTo(each, place)))
  const isPartial = subject.type === 'Facility' && pick.chance(20)
  return {
    credential: `urn:uuid:00000000-0000-4000-8000-${String(pick.integer(0, 2 ** 31)).padStart(12, '0')}`,
    subject,
    rulebook: key,
    activities,
    boundary: isPartial
      ? { kind: 'partial', coveredShare: pick.one([1, 5000, 9999]), excluded: 'A line.' }
      : { kind: 'whole' },
    period: {
      from: pick.one(['2024-07-01', '2025-01-01']),
      until: pick.one(['2025-06-30', '2025-12-31']),
    },
    results: pick.shuffled(asked).flatMap((each) => randomResult(pick, each)),
    qualifiedIndicators: pick.some(
      asked.map(({ id }) => id),
      5,
    ),
    withdrawnIndicators: [],
  }
}

/** The same with a whole boundary, every indicator answered, and most at their best. */
function diligentStatement(...args: Parameters<typeof randomStatement>): AttestedAnswers {
  const [pick, { indicators }, , activities] = args
  const asked = indicators.filter((each) => activities.some((place) => appliesTo(each, place)))
  return {
    ...randomStatement(...args),
    boundary: { kind: 'whole' },
    results: asked.flatMap((each) =>
      pick.chance(90) ? [bestResult(each)] : randomResult(pick, each),
    ),
    qualifiedIndicators: [],
  }
}

/** The best answer of an indicator, assured and evidenced as well as any. */
export function bestResult({ id, points }: Indicator): Result {
  const best = Array.isArray(points)
    ? points.findIndex((band) => band.points === 10000)
    : Object.keys(points).findIndex((answer) => points[answer] === 10000)
  const value = Array.isArray(points) ? numberIn(points, best) : (Object.keys(points)[best] ?? '')
  return {
    indicator: id,
    answer: 'assessed',
    value,
    ...(Array.isArray(points) ? { unit: 't' } : {}),
    assuranceLevel: 'reasonable',
    evidenceIds: ['urn:uuid:00000000-0000-4000-8000-000000000000'],
  }
}

/** The lowest number of a band; a band without a lower bound has any number below the next. */
function numberIn(bands: readonly { readonly below?: string }[], index: number): string {
  return bands[index - 1]?.below ?? '-1000'
}

function randomResult(pick: Choices, each: Indicator): Result[] {
  const common = {
    indicator: each.id,
    assuranceLevel: pick.chance(60) ? ('reasonable' as const) : pick.one(ASSURANCE_LEVELS),
  }
  const evidenceIds = ['urn:uuid:00000000-0000-4000-8000-000000000000']
  const evidence = pick.chance(80) ? { evidenceIds } : {}
  if (pick.chance(8)) return []
  if (pick.chance(5)) return [{ indicator: each.id, answer: 'not-assessed' }]
  const [condition] = each.notApplicableWhen
  if (condition !== undefined && pick.chance(50)) {
    return [{ ...common, answer: 'not-applicable', condition, ...evidence }]
  }
  if (each.equivalences !== undefined && pick.chance(40)) {
    const edition = pick.one(['2020', '2024'])
    return [{ ...common, answer: 'equivalent', standard: 'S', edition, evidenceIds }]
  }
  if (!Array.isArray(each.points)) {
    const value = pick.one(Object.keys(each.points))
    return [{ ...common, answer: 'assessed', value, ...evidence }]
  }
  return [
    {
      ...common,
      answer: 'assessed',
      value: pick.one([
        '-1.50',
        '-1.49',
        '0',
        '0.3',
        '0.2999',
        '1',
        '2.0',
        '9.99',
        '10',
        '12.5',
        '100',
      ]),
      unit: 't',
      ...(pick.chance(40) ? { uncertainty: pick.one(['0', '0.01', '1', '2.5']) } : {}),
      ...evidence,
    },
  ]
}

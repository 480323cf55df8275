import type { Result } from '@battery-passport/contexts'
import {
  type AttestedAnswers,
  appliesTo,
  type EvaluationInput,
  type Indicator,
  type Rulebook,
} from '@battery-passport/rulebooks'
import { Fraction } from './fraction.ts'

/**
 * A battery of which everything is known: one way in which what is unknown may turn out. Worlds know
 * no intervals, so that the bounds of a score can be compared with the best and the worst of them.
 */

/** What one part of a facility answers: its worth and whether that triggers the gate, or nothing. */
type Truth = { readonly points: number; readonly triggers: boolean } | 'not-applicable'

/** The whole of a facility, or of what its boundary leaves out, at one site. */
interface Part {
  readonly share: number
  readonly truths: readonly Truth[]
}

interface WorldSubject {
  readonly share: number
  readonly parts: readonly Part[]
  /** False for the rest of the shares within deMinimis: its product gates are let pass. */
  readonly isListed: boolean
}

interface Pair {
  readonly stage: string
  readonly material: string | undefined
  readonly weight: number
}

interface Place extends Pair {
  readonly indicators: readonly Indicator[]
  readonly subjects: readonly WorldSubject[]
}

type World = readonly Place[]

const WHOLE = 10000

/** Places with, for every open question, the list of what may be true. */
interface Question {
  readonly options: readonly Truth[]
}
interface OpenSubject extends Omit<WorldSubject, 'parts'> {
  readonly parts: readonly { readonly share: number; readonly questions: readonly Question[] }[]
}
interface OpenPlace extends Omit<Place, 'subjects'> {
  readonly subjects: readonly OpenSubject[]
}

/** Everything an indicator may turn out to be: each of its answers, or not applicable. */
function everyTruth({ points, gate, notApplicableWhen }: Indicator): Truth[] {
  const truths: Truth[] = Array.isArray(points)
    ? points.flatMap((band, i): Truth[] => {
        const worth = { points: band.points, triggers: false }
        if (gate === undefined || !('atLeast' in gate.when)) return [worth]
        const threshold = Number(gate.when.atLeast)
        const start = i === 0 ? Number.NEGATIVE_INFINITY : Number(points[i - 1]?.below)
        const end = band.below === undefined ? Number.POSITIVE_INFINITY : Number(band.below)
        return [
          ...(start < threshold ? [worth] : []),
          ...(end > threshold ? [{ ...worth, triggers: true }] : []),
        ]
      })
    : Object.entries(points).map(([answer, worth]) => ({
        points: worth,
        triggers: gate !== undefined && !('atLeast' in gate.when) && gate.when.includes(answer),
      }))
  return notApplicableWhen.length > 0 ? [...truths, 'not-applicable'] : truths
}

/** What an answer says is true: one thing, or for an uncertain quantity each band within reach. */
function truthsOf(indicator: Indicator, statement: AttestedAnswers | undefined): Truth[] {
  const result = statement?.results.find((each) => each.indicator === indicator.id)
  if (result === undefined || statement?.qualifiedIndicators.includes(indicator.id)) {
    return everyTruth(indicator)
  }
  if (result.answer === 'not-assessed' || !counts(indicator, result)) return everyTruth(indicator)
  if (result.answer === 'not-applicable') return ['not-applicable']
  if (result.answer === 'equivalent') {
    return [{ points: indicator.equivalences?.[0]?.points ?? 0, triggers: false }]
  }
  const { points, gate } = indicator
  if (!Array.isArray(points)) {
    const worth = points[result.value] ?? 0
    const when = gate?.when ?? []
    return [{ points: worth, triggers: !('atLeast' in when) && when.includes(result.value) }]
  }
  // The figures of the cases have at most four decimals: ten-thousandths of them are integers.
  const exact = (text: string) => Math.round(Number(text) * 10000)
  const [from, until] = [
    exact(result.value) - exact(result.uncertainty ?? '0'),
    exact(result.value) + exact(result.uncertainty ?? '0'),
  ]
  const bounds = points.flatMap(({ below }) => (below === undefined ? [] : [exact(below)]))
  const threshold = gate !== undefined && 'atLeast' in gate.when ? exact(gate.when.atLeast) : null
  const marks = [from, until, ...bounds, ...bounds.map((b) => b - 1), ...around(threshold)]
  return marks
    .filter((mark) => mark >= from && mark <= until)
    .map((mark) => ({
      points: points.find((p) => p.below === undefined || mark < exact(p.below))?.points ?? 0,
      triggers: threshold !== null && mark >= threshold,
    }))
}

function around(threshold: number | null): number[] {
  return threshold === null ? [] : [threshold - 1, threshold]
}

const LEVELS = ['none', 'limited', 'reasonable']

function counts(
  indicator: Indicator,
  result: Exclude<Result, { answer: 'not-assessed' }>,
): boolean {
  const required = [
    indicator.minimumAssurance,
    ...(result.answer === 'equivalent' ? (indicator.equivalences ?? []) : []).map(
      ({ minimumLevel }) => minimumLevel,
    ),
  ]
  return (
    required.every((level) => LEVELS.indexOf(result.assuranceLevel) >= LEVELS.indexOf(level)) &&
    (!indicator.evidenceRequired || result.evidenceIds !== undefined)
  )
}

/** The places of the (one) rulebook of a case, with every open question. */
function openPlaces({ method, supplyChain, attestations }: EvaluationInput): OpenPlace[] {
  const rulebook = rulebookOf(method)
  const stages = method.method.chemistries.NMC?.stages ?? []
  const pairs = stages.flatMap(({ key: stage, materials }): Pair[] =>
    materials === 'none'
      ? [{ stage, material: undefined, weight: 1 }]
      : materials.map(({ key: material, weight }) => ({ stage, material, weight })),
  )
  const product: Pair = { stage: 'product', material: undefined, weight: 1 }
  return [...pairs, product].flatMap((pair): OpenPlace[] => {
    const activity =
      pair.material === undefined
        ? { stage: pair.stage }
        : { stage: pair.stage, material: pair.material }
    const indicators = rulebook.indicators.filter((each) => appliesTo(each, activity))
    if (indicators.length === 0) return []
    const rows =
      pair.stage === 'product'
        ? [{ facility: undefined, share: WHOLE }]
        : supplyChain.filter((r) => r.stage === pair.stage && r.material === pair.material)
    const subjects = rows.map(({ facility, share }): OpenSubject => {
      const statement = attestations.find(
        (each) =>
          (each.subject.type === 'Facility' ? each.subject.facility : undefined) === facility &&
          each.activities.some((a) => a.stage === pair.stage && a.material === pair.material),
      )
      const covered =
        statement?.boundary.kind === 'partial' ? statement.boundary.coveredShare : WHOLE
      const questions = (of: AttestedAnswers | undefined) =>
        indicators.map((each) => ({ options: distinct(truthsOf(each, of)) }))
      const parts = [{ share: covered, questions: questions(statement) }]
      if (covered < WHOLE) parts.push({ share: WHOLE - covered, questions: questions(undefined) })
      return { share, isListed: true, parts }
    })
    const left = WHOLE - rows.reduce((sum, { share }) => sum + share, 0)
    if (left > 0) {
      subjects.push({
        share: left,
        isListed: left > method.method.deMinimis,
        parts: [
          {
            share: WHOLE,
            questions: indicators.map((each) => ({ options: distinct(everyTruth(each)) })),
          },
        ],
      })
    }
    return [{ ...pair, indicators, subjects }]
  })
}

function rulebookOf(method: EvaluationInput['method']): Rulebook {
  const [loaded, second] = method.rulebooks
  if (loaded === undefined || second !== undefined) throw new Error('one rulebook, please')
  return loaded.rulebook
}

function distinct(truths: readonly Truth[]): Truth[] {
  return [...new Map(truths.map((truth) => [JSON.stringify(truth), truth])).values()]
}

/** How many worlds a case has. */
export function countWorlds(input: EvaluationInput): number {
  return openPlaces(input)
    .flatMap(({ subjects }) => subjects.flatMap(({ parts }) => parts.flatMap((p) => p.questions)))
    .reduce((product, { options }) => product * options.length, 1)
}

/** Every world of a case, one after the other. */
export function* worldsOf(input: EvaluationInput): Generator<World> {
  const places = openPlaces(input)
  const questions = places.flatMap(({ subjects }) =>
    subjects.flatMap(({ parts }) => parts.flatMap((part) => part.questions)),
  )
  const chosen = questions.map(() => 0)
  for (;;) {
    let next = 0
    yield places.map((place) => ({
      ...place,
      subjects: place.subjects.map((subject) => ({
        ...subject,
        parts: subject.parts.map(({ share, questions: asked }) => ({
          share,
          truths: asked.map(({ options }): Truth => {
            const truth = options[chosen[next] ?? 0]
            next += 1
            if (truth === undefined) throw new Error('no such option')
            return truth
          }),
        })),
      })),
    }))
    let at = 0
    while (at < chosen.length) {
      const count = (chosen[at] ?? 0) + 1
      chosen[at] = count < (questions[at]?.options.length ?? 0) ? count : 0
      if (chosen[at] !== 0) break
      at += 1
    }
    if (at === chosen.length) return
  }
}

/** The worth of a world in basis points: the rulebook's, and that of each pillar it has. */
export function worthOfWorld(input: EvaluationInput, world: World) {
  const pillars = ['environment', 'social', 'governance'] as const
  const cells = pillars.map((pillar) => ({ pillar, worth: worth(input, world, pillar) }))
  const weights = input.method.method.pillars
  let sum = new Fraction(0)
  let whole = 0
  for (const { pillar, worth: each } of cells) {
    if (each === null) continue
    sum = sum.plus(each.times(weights[pillar]))
    whole += weights[pillar]
  }
  return { rulebook: worth(input, world, null), cells, esg: sum.dividedBy(whole) }
}

function worth(input: EvaluationInput, world: World, pillar: string | null): Fraction | null {
  const weights = new Map(Object.entries(rulebookOf(input.method).stageWeights))
  let sum = new Fraction(0)
  let whole = 0
  for (const stage of new Set(world.map((place) => place.stage))) {
    const places = world.filter(
      (place) =>
        place.stage === stage &&
        place.indicators.some((each) => pillar === null || each.pillar === pillar),
    )
    if (places.length === 0) continue
    let inStage = new Fraction(0)
    for (const place of places) inStage = inStage.plus(worthAt(place, pillar).times(place.weight))
    const weight = weights.get(stage) ?? 0
    sum = sum.plus(
      inStage.dividedBy(places.reduce((total, each) => total + each.weight, 0)).times(weight),
    )
    whole += weight
  }
  if (whole === 0) return null
  let result = sum.dividedBy(whole)
  for (const { indicators, subjects } of world) {
    for (const [i, { gate }] of indicators.entries()) {
      if (gate?.level !== 'product') continue
      if (subjects.some((subject) => subject.isListed && triggers(subject, i))) {
        result = atMost(result, gate.cap)
      }
    }
  }
  return result
}

function worthAt({ indicators, subjects }: Place, pillar: string | null): Fraction {
  let sum = new Fraction(0)
  for (const subject of subjects) {
    let mixed = new Fraction(0)
    for (const part of subject.parts) {
      mixed = mixed.plus(worthOfPart(indicators, part, pillar).times(part.share))
    }
    let worthOfSubject = mixed.dividedBy(WHOLE)
    for (const [i, { gate }] of indicators.entries()) {
      if (gate?.level === 'facility' && triggers(subject, i)) {
        worthOfSubject = atMost(worthOfSubject, gate.cap)
      }
    }
    sum = sum.plus(worthOfSubject.times(subject.share))
  }
  return sum.dividedBy(WHOLE)
}

function worthOfPart(
  indicators: readonly Indicator[],
  { truths }: Part,
  pillar: string | null,
): Fraction {
  let sum = 0
  let weight = 0
  for (const [i, each] of indicators.entries()) {
    const truth = truths[i]
    if (truth === undefined || truth === 'not-applicable') continue
    if (pillar !== null && each.pillar !== pillar) continue
    sum += each.weight * truth.points
    weight += each.weight
  }
  if (weight === 0) throw new Error('a load rule was broken: nothing always applies')
  return new Fraction(sum, weight)
}

function triggers({ parts }: WorldSubject, indicator: number): boolean {
  return parts.some(({ truths }) => {
    const truth = truths[indicator]
    return truth !== undefined && truth !== 'not-applicable' && truth.triggers
  })
}

function atMost(worthBefore: Fraction, cap: number): Fraction {
  const limit = new Fraction(cap)
  return limit.isBelow(worthBefore) ? limit : worthBefore
}

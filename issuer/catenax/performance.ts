import type { Category, ProductData } from '@battery-passport/contexts'
import { wholeNumber } from './decimal.ts'
import type { Source } from './source.ts'

const RATED = '/performance/rated'

/** Rated values whose unit in BatteryPass 6.1.0 is the unit of our member: the text moves as it is. */
const SAME_UNIT = [
  ['/voltage/min', 'minimumVoltageV'],
  ['/voltage/nominal', 'nominalVoltageV'],
  ['/voltage/max', 'maximumVoltageV'],
  ['/capacity/value', 'nominalCapacityAh'],
  ['/capacity/value', 'ratedCapacityAh'],
  ['/roundTripEfficiency/initial', 'initialRoundTripEfficiencyPercent'],
  ['/roundTripEfficiency/50PercentLife', 'roundTripEfficiencyAtHalfCycleLifePercent'],
  ['/resistance/cell', 'internalCellResistanceOhm'],
  ['/resistance/pack', 'internalPackResistanceOhm'],
  ['/lifetime/cycleLifeTesting/appliedChargeRate', 'cycleLifeTestChargeCRate'],
  ['/lifetime/cycleLifeTesting/appliedDischargeRate', 'cycleLifeTestDischargeCRate'],
] as const satisfies readonly (readonly [string, keyof ProductData])[]

/** The rated performance (Annex XIII points 1(g), (h), (j) to (l), (n) to (p)). */
export function mapPerformance(
  source: Source,
  product: ProductData,
  category: Category | undefined,
): void {
  for (const [path, member] of SAME_UNIT) {
    const value = source.decimal(`${RATED}${path}`)
    if (value === undefined) continue
    product[member] = value
    source.map(`${RATED}${path}`, `/product/${member}`)
  }
  mapThreshold(source, product, category)
  mapCycles(source, product)
  mapIdleTemperature(source, product)
}

function mapThreshold(source: Source, product: ProductData, category: Category | undefined): void {
  const from = `${RATED}/capacity/thresholdExhaustion`
  const value = source.decimal(from)
  if (value === undefined) return
  if (category !== 'EV') {
    source.leave(from, 'Annex XIII point 1(k) is for electric vehicle batteries only')
    return
  }
  product.capacityThresholdForExhaustionPercent = value
  source.map(from, '/product/capacityThresholdForExhaustionPercent')
}

function mapCycles(source: Source, product: ProductData): void {
  const from = `${RATED}/lifetime/cycleLifeTesting/cycles`
  const value = source.decimal(from)
  if (value === undefined) return
  const cycles = wholeNumber(value)
  if (cycles === null) {
    source.fault(from, 'a whole number of cycles', 'round it as the test report does')
    return
  }
  product.expectedLifetimeCycles = cycles
  source.map(from, '/product/expectedLifetimeCycles')
}

function mapIdleTemperature(source: Source, product: ProductData): void {
  const lower = source.decimal(`${RATED}/temperature/lower`)
  const upper = source.decimal(`${RATED}/temperature/upper`)
  if (lower === undefined || upper === undefined) {
    source.leave(`${RATED}/temperature`, 'a temperature range needs both ends')
    return
  }
  product.temperatureRangeNotInUse = { minimumCelsius: lower, maximumCelsius: upper }
  source.map(`${RATED}/temperature/lower`, '/product/temperatureRangeNotInUse/minimumCelsius')
  source.map(`${RATED}/temperature/upper`, '/product/temperatureRangeNotInUse/maximumCelsius')
}

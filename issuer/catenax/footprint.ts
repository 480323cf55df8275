import type { CarbonFootprint, LifeCycleStage, ProductData } from '@battery-passport/contexts'
import { linkedDocuments } from './linked-documents.ts'
import type { Source } from './source.ts'

const FROM = '/sustainability/carbonFootprint'
const TO = '/product/carbonFootprint'

/** The life-cycle stages in the words of BatteryPass 6.1.0 (Annex II point 4), and the whole. */
const STAGES: Readonly<Record<string, LifeCycleStage | 'total'>> = {
  'raw material acquisition and pre-processing': 'raw-material-acquisition-and-pre-processing',
  'main product production': 'main-product-production',
  distribution: 'distribution',
  'end of life and recycling': 'end-of-life-and-recycling',
  total: 'total',
}

/** Ways to write kilograms of carbon dioxide equivalent per kilowatt-hour, without their spaces. */
const UNITS = ['kgco2/kwh', 'kgco2e/kwh', 'kgco2eq/kwh', 'kgco2-eq/kwh', 'kgco2-eq./kwh']

interface Entry {
  readonly from: string
  readonly stage: LifeCycleStage | 'total'
}

/** The carbon footprint (Annex XIII point 1(c)): the whole, per life-cycle stage, class, documents. */
export function mapFootprint(source: Source, product: ProductData): void {
  const footprint: CarbonFootprint = {}
  const entries = source.entries(FROM).flatMap((from) => entryAt(source, from))
  for (const entry of entries) {
    if (entries.filter(({ stage }) => stage === entry.stage).length > 1) {
      source.leave(
        entry.from,
        `several values for "${entry.stage}": which holds is not decided here`,
      )
      continue
    }
    mapValue(source, entry, footprint)
    mapClass(source, entry, footprint)
    mapDocuments(source, entry, footprint)
  }
  if (Object.keys(footprint).length > 0) product.carbonFootprint = footprint
}

function entryAt(source: Source, from: string): Entry[] {
  const type = source.text(`${from}/type`)
  if (type !== 'Climate Change Total') {
    source.leave(from, 'the carbon footprint has the single impact category "Climate Change Total"')
    return []
  }
  const unit = source.text(`${from}/unit`)?.toLowerCase().replaceAll(/\s/g, '') ?? ''
  if (!UNITS.includes(unit)) {
    source.leave(from, 'the carbon footprint is stated in kilograms of CO2 equivalent per kWh')
    return []
  }
  const lifecycle = source.text(`${from}/lifecycle`)?.trim().toLowerCase() ?? ''
  const stage = Object.hasOwn(STAGES, lifecycle) ? STAGES[lifecycle] : undefined
  if (stage === undefined) {
    source.leave(from, `its life cycle is none of: ${Object.keys(STAGES).join(', ')}`)
    return []
  }
  return [{ from, stage }]
}

function mapValue(source: Source, { from, stage }: Entry, footprint: CarbonFootprint): void {
  const value = source.decimal(`${from}/value`)
  if (value === undefined) return
  let at = TO
  if (stage === 'total') footprint.kgCO2ePerKWh = value
  else {
    const stages = footprint.perLifeCycleStage ?? []
    at = `${TO}/perLifeCycleStage/${stages.length}`
    footprint.perLifeCycleStage = [...stages, { stage, kgCO2ePerKWh: value }]
  }
  source.map(`${from}/value`, `${at}/kgCO2ePerKWh`)
  source.map(`${from}/unit`, `${at}/kgCO2ePerKWh`)
  source.map(`${from}/type`, `${at}/kgCO2ePerKWh`)
  source.map(`${from}/lifecycle`, stage === 'total' ? `${at}/kgCO2ePerKWh` : `${at}/stage`)
}

function mapClass(source: Source, { from }: Entry, footprint: CarbonFootprint): void {
  const performanceClass = source.text(`${from}/performanceClass`)
  if (performanceClass === undefined) return
  footprint.performanceClass ??= performanceClass
  if (footprint.performanceClass === performanceClass) {
    source.map(`${from}/performanceClass`, `${TO}/performanceClass`)
  } else {
    source.fault(
      `${from}/performanceClass`,
      `one class, "${footprint.performanceClass}" as before`,
      'a battery model has one carbon footprint performance class (Article 7(2))',
    )
  }
}

function mapDocuments(source: Source, { from }: Entry, footprint: CarbonFootprint): void {
  const rules = linkedDocuments(
    source,
    `${from}/rulebook`,
    `${TO}/calculationRules`,
    footprint.calculationRules,
  )
  if (rules !== undefined) footprint.calculationRules = rules
  const declaration = linkedDocuments(
    source,
    `${from}/declaration`,
    `${TO}/declaration`,
    footprint.declaration,
  )
  if (declaration !== undefined) footprint.declaration = declaration
}

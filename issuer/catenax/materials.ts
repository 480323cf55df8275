import type {
  Concentration,
  LinkedDocument,
  ProductData,
  Substance,
} from '@battery-passport/contexts'
import { isGreater, times } from './decimal.ts'
import { linkedDocuments } from './linked-documents.ts'
import type { Source } from './source.ts'
import { type Form, substanceAt } from './substances.ts'

/** Percent by mass in one unit; by volume there is none without a density. */
const PERCENT_BY_MASS: Readonly<Record<Concentration['unit'], string | null>> = {
  percent: '1',
  'percent-by-volume': null,
  'per-mille': '0.1',
  'parts-per-million': '0.0001',
  'parts-per-billion': '0.0000001',
  'parts-per-trillion': '0.0000000001',
}

/** Annex VI Part A point 10: critical raw materials above 0,1 % weight by weight. */
const CRITICAL_PERCENT = '0.1'

const HEAVY_METAL =
  'Annex XIII point 1(a) and (b) speak of hazardous substances other than mercury, cadmium or lead'

const ACTIVE: Form = {
  identification: 'materialIdentification',
  unit: 'materialUnit',
  located: false,
}
const HAZARDOUS: Form = { ...ACTIVE, located: true }
const COMPOSITION: Form = { identification: 'id', unit: 'unit', located: false }

/** Material composition, hazardous substances, critical raw materials and recycled content. */
export function mapMaterials(source: Source, product: ProductData): void {
  const composition: Substance[] = []
  const hazardous: Substance[] = []
  const critical: Substance[] = []
  const add = (from: string, form: Form, list: Substance[], to: string, name?: string) => {
    const substance = substanceAt(source, from, form, `${to}/${list.length}`, name)
    if (substance === undefined) return
    list.push(substance)
    if (isCriticalRawMaterial(substance)) mapCritical(source, from, form, critical, substance)
  }
  for (const metal of ['cobalt', 'lithium', 'nickel', 'lead'] as const) {
    const from = `/materials/active/${metal}`
    if (!source.isThere(from)) continue
    add(from, ACTIVE, composition, '/product/materialComposition', metal)
    mapRecycled(source, product, from, metal)
  }
  for (const entry of source.entries('/materials/active/other')) {
    add(entry, ACTIVE, composition, '/product/materialComposition')
  }
  for (const entry of source.entries('/materials/composition')) {
    add(entry, COMPOSITION, composition, '/product/materialComposition')
  }
  for (const entry of source.entries('/materials/hazardous/other')) {
    add(entry, HAZARDOUS, hazardous, '/product/hazardousSubstances')
  }
  if (composition.length > 0) product.materialComposition = composition
  if (hazardous.length > 0) product.hazardousSubstances = hazardous
  if (critical.length > 0) product.criticalRawMaterials = critical
}

/** The documents on the impact of every substance (Article 74(1)(f)); the rest of the three metals stays. */
export function impactDocuments(source: Source, to: string): LinkedDocument[] | undefined {
  const metals = ['cadmium', 'mercury', 'lead'].map((metal) => `/materials/hazardous/${metal}`)
  const others = ['/materials/hazardous/other', '/materials/active/other'].flatMap((list) =>
    source.entries(list),
  )
  let documents: LinkedDocument[] | undefined
  for (const from of [...metals, '/materials/active/lead', ...others]) {
    documents = linkedDocuments(source, `${from}/impactOfSubstances`, to, documents)
  }
  source.leave(
    '/materials/hazardous/lead/recycled',
    'the recycled content of lead is read from /materials/active/lead/recycled',
  )
  for (const from of metals) source.leave(from, HEAVY_METAL)
  return documents
}

function isCriticalRawMaterial({ isCriticalRawMaterial, concentration }: Substance): boolean {
  if (isCriticalRawMaterial !== true || concentration === undefined) return false
  const percent = PERCENT_BY_MASS[concentration.unit]
  return percent !== null && isGreater(times(concentration.value, percent), CRITICAL_PERCENT)
}

/** A critical raw material is listed by name and concentration, besides standing in its own list. */
function mapCritical(
  source: Source,
  from: string,
  form: Form,
  critical: Substance[],
  { name, substanceIdentifiers, concentration }: Substance,
): void {
  const to = `/product/criticalRawMaterials/${critical.length}`
  critical.push({
    name,
    ...(substanceIdentifiers === undefined ? {} : { substanceIdentifiers }),
    ...(concentration === undefined ? {} : { concentration }),
    isCriticalRawMaterial: true,
  })
  source.map(`${from}/concentration`, `${to}/concentration/value`)
  source.map(`${from}/${form.unit}`, `${to}/concentration/unit`)
  source.map(`${from}/critical`, `${to}/isCriticalRawMaterial`)
  for (const index of (substanceIdentifiers ?? []).keys()) {
    const identifier = `${from}/${form.identification}/${index}`
    source.map(`${identifier}/type`, `${to}/substanceIdentifiers/${index}/scheme`)
    source.map(`${identifier}/id`, `${to}/substanceIdentifiers/${index}/value`)
    source.map(`${identifier}/name`, `${to}/substanceIdentifiers/${index}/name`)
  }
}

const RECYCLED = {
  cobalt: 'recycledContentCobaltPercent',
  lithium: 'recycledContentLithiumPercent',
  nickel: 'recycledContentNickelPercent',
  lead: 'recycledContentLeadPercent',
} as const

function mapRecycled(
  source: Source,
  product: ProductData,
  from: string,
  metal: keyof typeof RECYCLED,
): void {
  const value = source.decimal(`${from}/recycled`)
  if (value === undefined) return
  product[RECYCLED[metal]] = value
  source.map(`${from}/recycled`, `/product/${RECYCLED[metal]}`)
}

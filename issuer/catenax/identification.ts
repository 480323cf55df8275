import { CATEGORIES, type Category, type ProductData, parseDay } from '@battery-passport/contexts'
import { chemistryCode } from './chemistry.ts'
import type { Source } from './source.ts'

/** Catena-X categories that Article 77(1) gives no passport, in the words a person uses. */
const WITHOUT_PASSPORT: Readonly<Record<string, string>> = {
  SLI: 'SLI batteries',
  portable: 'portable batteries',
  incorporated: 'incorporated batteries',
}

/** The battery category; a fault if it has no passport or is none. */
export function categoryOf(source: Source): Category | undefined {
  const from = '/identification/category'
  const text = source.text(from)
  const category = CATEGORIES.find((known) => known === text)
  if (category !== undefined) {
    source.map(from, '/category')
    return category
  }
  const expected = `one of ${CATEGORIES.join(', ')}`
  if (text !== undefined && Object.hasOwn(WITHOUT_PASSPORT, text)) {
    source.fault(
      from,
      expected,
      `${WITHOUT_PASSPORT[text]} have no battery passport under Article 77(1) of Regulation (EU) 2023/1542; issue passports for electric vehicle, light means of transport and industrial batteries only`,
    )
  } else if (text !== undefined || !source.isThere(from)) {
    source.fault(from, expected, 'state the battery category of Article 3 of the Regulation')
  }
  return undefined
}

/**
 * The cathode chemistry as a code; the designation itself goes to the product data. One that names
 * no code that is known, or several, is left to whoever asks for the passport.
 */
export function chemistryOf(source: Source, product: ProductData): string | undefined {
  const from = '/identification/chemistry'
  const text = source.text(from)
  if (text === undefined) {
    if (!source.isThere(from)) {
      source.fault(
        from,
        'the cathode chemistry',
        'name it, for example "Nickel Cobalt Manganese (NCM)"',
      )
    }
    return undefined
  }
  product.chemistryDesignation = text
  source.map(from, '/product/chemistryDesignation')
  const code = chemistryCode(text)
  if (code === null) return undefined
  source.map(from, '/chemistry')
  return code
}

/** The day of manufacture, `YYYY-MM-DD`. */
export function manufacturedOnOf(source: Source): string | undefined {
  const from = '/operation/manufacturer/manufacturingDate'
  const day = source.text(from)
  if (day === undefined) return undefined
  if (parseDay(day) === null) {
    source.fault(from, 'a calendar day YYYY-MM-DD', 'correct the date of manufacture')
    return undefined
  }
  source.map(from, '/manufacturedOn')
  return day
}

/** What identifies the model and, apart from the product data, its batch and item. */
export interface Identifiers {
  readonly modelName?: string
  readonly batchNumber?: string
  readonly serialNumber?: string
}

/** The identifiers of model, batch and item (Annex VI Part A point 2). */
export function identifiersOf(source: Source, product: ProductData): Identifiers {
  const type = '/identification/identification/type'
  const model = source.text(`${type}/manufacturerPartId`)
  if (model !== undefined) {
    product.modelIdentifier = model
    source.map(`${type}/manufacturerPartId`, '/product/modelIdentifier')
  }
  const modelName = source.text(`${type}/nameAtManufacturer`)
  source.map(`${type}/nameAtManufacturer`, '/modelName')
  const batchNumber = local(source, 'batch', 'batchId', '/batchNumber')
  const serialNumber = local(source, 'serial', 'partInstanceId', '/serialNumber')
  return {
    ...(modelName === undefined ? {} : { modelName }),
    ...(batchNumber === undefined ? {} : { batchNumber }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
  }
}

/** The one local identifier with a key; of several none is chosen. */
function local(source: Source, list: string, key: string, to: string): string | undefined {
  const entries = source.entries(`/identification/identification/${list}`)
  const matching = entries.filter((entry) => source.text(`${entry}/key`) === key)
  const [entry] = matching
  if (entry === undefined) return undefined
  if (matching.length > 1) {
    for (const each of matching) source.leave(each, `several identifiers have the key ${key}`)
    return undefined
  }
  const value = source.text(`${entry}/value`)
  if (value === undefined) return undefined
  source.map(`${entry}/value`, to)
  source.map(`${entry}/key`, to)
  return value
}

/** The manufacturer's and the plants' Catena-X business partner numbers. */
export function mapMaker(source: Source, product: ProductData): void {
  const from = '/operation/manufacturer'
  const number = source.text(`${from}/manufacturer`)
  if (number !== undefined) {
    product.manufacturerInformation = { registeredIds: [{ scheme: 'BPNL', value: number }] }
    source.map(`${from}/manufacturer`, '/product/manufacturerInformation/registeredIds/0/value')
  }
  const plants: { scheme: string; value: string }[] = []
  for (const entry of source.entries(`${from}/facility`)) {
    const value = source.text(`${entry}/facility`)
    if (value === undefined) continue
    const index = plants.push({ scheme: 'BPNA', value }) - 1
    source.map(`${entry}/facility`, `/product/manufacturingPlace/registeredIds/${index}/value`)
  }
  if (plants.length > 0) product.manufacturingPlace = { registeredIds: plants }
}

import { type ProductData, WARRANTY_UNITS } from '@battery-passport/contexts'
import { times, wholeNumber } from './decimal.ts'
import type { Source } from './source.ts'

/** Kilograms in one unit: exact by definition (the pound is 0.45359237 kg). */
const KILOGRAMS: Readonly<Record<string, string>> = {
  'unit:gram': '0.001',
  'unit:kilogram': '1',
  'unit:tonneMetricTon': '1000',
  'unit:tonUsOrShortTonUkorus': '907.18474',
  'unit:ounceAvoirdupois': '0.028349523125',
  'unit:pound': '0.45359237',
}

/** Weight (Annex VI Part A point 5) and commercial warranty (Annex XIII point 1(m)). */
export function mapCharacteristics(source: Source, product: ProductData): void {
  mapWeight(source, product)
  mapWarranty(source, product)
}

function mapWeight(source: Source, product: ProductData): void {
  const from = '/characteristics/physicalDimension/weight'
  const value = source.decimal(`${from}/value`)
  const unit = source.text(`${from}/unit`)
  if (value === undefined) return
  const factor = unit !== undefined && Object.hasOwn(KILOGRAMS, unit) ? KILOGRAMS[unit] : undefined
  if (factor === undefined) {
    source.fault(
      `${from}/unit`,
      `one of ${Object.keys(KILOGRAMS).join(', ')}`,
      'state the unit of the weight',
    )
    return
  }
  product.weightKg = times(value, factor)
  source.map(`${from}/value`, '/product/weightKg')
  source.map(`${from}/unit`, '/product/weightKg')
}

function mapWarranty(source: Source, product: ProductData): void {
  const from = '/characteristics/warranty'
  const value = source.decimal(`${from}/lifeValue`)
  const unit = source.text(`${from}/lifeUnit`)
  if (value === undefined) return
  const calendarUnit = WARRANTY_UNITS.find((known) => unit === `unit:${known}`)
  if (calendarUnit === undefined) {
    source.leave(from, 'Annex XIII point 1(m) asks for a period of calendar life')
    return
  }
  const whole = wholeNumber(value)
  if (whole === null) {
    source.fault(`${from}/lifeValue`, 'a whole number', 'state the warranty in a smaller unit')
    return
  }
  product.commercialWarrantyPeriod = { value: whole, unit: calendarUnit }
  source.map(`${from}/lifeValue`, '/product/commercialWarrantyPeriod/value')
  source.map(`${from}/lifeUnit`, '/product/commercialWarrantyPeriod/unit')
}

import {
  faultRemedy,
  isProductData,
  type ProductData,
  productFaults,
} from '@battery-passport/contexts'
import { fromCatenaX, isCatenaX, type MappedCatenaX } from '@battery-passport/issuer'
import { refusal } from '../errors.ts'
import { parseDocument, placeIn } from '../input/read-document.ts'

/** Product data of either kind of document. */
export type ReadProduct =
  | { readonly kind: 'own'; readonly product: ProductData }
  | { readonly kind: 'catena-x'; readonly product: ProductData; readonly mapping: MappedCatenaX }

/**
 * Reads product data: our own JSON, or a Catena-X BatteryPass 6.1.0 document.
 *
 * @throws {CommandError} refused, with every fault; usage: the file is no JSON
 */
export function readProduct(bytes: Uint8Array, file: string): ReadProduct {
  const text = new TextDecoder().decode(bytes)
  if (isCatenaX(text)) {
    const mapping = fromCatenaX(text)
    if (mapping.ok) return { kind: 'catena-x', product: mapping.product, mapping }
    throw refusal(
      ...mapping.faults.map(({ pointer, expected, found, remedy }) => ({
        what: 'The Catena-X document cannot be used as it is.',
        where: placeIn(file, pointer),
        expected,
        found,
        remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`,
      })),
    )
  }
  const document: unknown = parseDocument(bytes, file)
  if (isProductData(document)) return { kind: 'own', product: document }
  throw refusal(
    ...productFaults(document).map((fault) => ({
      what: fault.isUnknown
        ? 'Product data have no such property here.'
        : 'These are not product data.',
      where: placeIn(file, fault.pointer),
      expected: fault.expected,
      found: fault.found,
      remedy: faultRemedy(fault, 'Correct it; docs/product-data.md lists every field.'),
    })),
  )
}

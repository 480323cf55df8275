import * as generated from './generated/typed-product-validators.ts'
import type { ProductData } from './product.ts'
import { type SchemaFault, schemaFaults } from './validate.ts'

/** Every fault of the product data's shape against its closed schema; none means it has it. */
export function productFaults(document: unknown): SchemaFault[] {
  return schemaFaults(generated.ProductData, document)
}

/** Whether a value is product data: the one place where outside data becomes the type. */
export function isProductData(document: unknown): document is ProductData {
  return generated.ProductData(document)
}

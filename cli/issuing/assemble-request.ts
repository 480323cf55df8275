import { preview } from '@battery-passport/contexts'
import type { JsonObject, JsonValue } from '@battery-passport/verifier'
import { type Complaint, refusal } from '../errors.ts'
import { placeIn } from '../input/read-document.ts'
import type { NumberedSupplyChain } from '../tables/supply-chain-table.ts'
import { mergeMembers } from './merge-members.ts'
import type { ReadProduct } from './read-product.ts'

/** What a request is put together from. */
export interface RequestParts {
  readonly request: { readonly file: string; readonly document: JsonValue }
  readonly product?: { readonly file: string; readonly read: ReadProduct }
  readonly supplyChain?: NumberedSupplyChain & { readonly file: string }
}

/** The body of `POST /passports`: whether it has its form is for the service to say. */
export type AssembledRequest = Readonly<Record<string, unknown>>

/**
 * Puts product data and supply chain into a request, which may supplement the product data: a
 * Catena-X document has no place for some fields. What stands in two places must be the same:
 * nothing is overwritten silently.
 *
 * @throws {CommandError} refused, with everything that is given twice and differs
 */
export function assembleRequest(parts: RequestParts): AssembledRequest {
  const { file, document } = parts.request
  const request = objectAt(document, file, '')
  const battery = objectAt(request.battery ?? {}, file, '/battery')
  const complaints: Complaint[] = []
  const merged: Record<string, unknown> = { ...battery }
  const put = (member: string, value: unknown, from: string) => {
    const own = battery[member] === undefined ? {} : { [member]: battery[member] }
    const { merged: both, conflicts } = mergeMembers(own, { [member]: value })
    for (const { pointer, own: found, given } of conflicts) {
      complaints.push({
        what: `The request and ${from} differ.`,
        where: placeIn(file, `/battery${pointer}`),
        expected: preview(given),
        found: preview(found),
        remedy: 'Remove it from the request, or correct one of the two.',
      })
    }
    Object.assign(merged, both)
  }
  if (parts.product !== undefined) {
    const { read, file: from } = parts.product
    put('product', read.product, from)
    if (read.kind === 'catena-x') {
      const { category, chemistry, manufacturedOn } = read.mapping
      put('category', category, from)
      if (chemistry !== undefined) put('chemistry', chemistry, from)
      else if (battery.chemistry === undefined) complaints.push(unknownChemistry(from, read, file))
      // The day of one item says nothing of a model or batch.
      if (battery.granularity === 'item' && manufacturedOn !== undefined) {
        put('manufacturedOn', manufacturedOn, from)
      }
    }
  }
  if (parts.supplyChain !== undefined) {
    put('supplyChain', parts.supplyChain.rows, parts.supplyChain.file)
  }
  if (complaints.length > 0) throw refusal(...complaints)
  return { ...request, battery: merged }
}

/** A wrong chemistry would put the wrong materials on the scale: nothing is guessed. */
function unknownChemistry(from: string, { product }: ReadProduct, file: string): Complaint {
  return {
    what: 'Which chemistry this is can only be said by you: the designation names no code, or several.',
    where: placeIn(from, '/identification/chemistry'),
    expected: `a designation such as "Nickel Cobalt Manganese (NCM)", or /battery/chemistry in ${file}`,
    found: preview(product.chemistryDesignation),
    remedy:
      'Write its code into the request as the method spells it: "battery": { "chemistry": … }.',
  }
}

function objectAt(value: JsonValue, file: string, pointer: string): JsonObject {
  if (typeof value === 'object' && !isList(value)) return value
  throw refusal({
    what: 'This is no request for a passport.',
    where: placeIn(file, pointer),
    expected: 'a JSON object',
    found: preview(value),
    remedy: 'Write { "battery": { … }, "attestations": [ … ], "validUntil": "…" }.',
  })
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

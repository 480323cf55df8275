import { deepFreeze } from './freeze.ts'

const shared = new WeakSet<object>()

/**
 * Marks a JSON value as a part that many documents have in common, such as the product data of the
 * passports of one model. It is frozen with all that is in it: what was found of it once, its
 * canonical form or that it has its shape, holds for as long as it is there.
 *
 * @param part what is frozen in it already is frozen all the way
 */
export function sharedPart<T extends object>(part: T): T {
  shared.add(deepFreeze(part))
  return part
}

/** Whether a value was marked as shared, and so cannot change. */
export function isSharedPart(value: unknown): value is object {
  return typeof value === 'object' && value !== null && shared.has(value)
}

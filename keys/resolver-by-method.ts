import { methodOf, parseDid } from './did.ts'
import type { Resolver } from './resolver.ts'

/**
 * Asks, for each DID, the resolver of its method (DID Core §7.1).
 *
 * @param resolvers by method name, such as `key` and `web`
 * @example
 * ```ts
 * const resolver = resolverByMethod({ key: didKeyResolver() })
 * const resolution = await resolver.resolve('did:example:123')
 * // { ok: false, code: 'DID_UNRESOLVED', … }
 * ```
 */
export function resolverByMethod(resolvers: Readonly<Record<string, Resolver>>): Resolver {
  // No object: did:constructor:x would find what every object inherits.
  const byMethod = new Map(Object.entries(resolvers))
  const known = [...byMethod.keys()].map((method) => `did:${method}`).join(', ')
  return {
    async resolve(text) {
      const did = parseDid(text)
      const resolver = did === null ? undefined : byMethod.get(methodOf(did))
      if (resolver !== undefined) return resolver.resolve(text)
      const detail = `expected a DID of a method that is resolved here: ${known}`
      return { ok: false, code: 'DID_UNRESOLVED', detail }
    },
  }
}

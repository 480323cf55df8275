import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'

/** Every address of a host, in numbers. */
export type Lookup = (host: string) => Promise<readonly string[]>

/** As the operating system resolves names, its hosts file included. */
export const lookupAll: Lookup = async (host) => {
  const found = await systemLookup(host, { all: true })
  return found.map(({ address }) => address)
}

/**
 * Answers a connection with addresses that were checked before: to ask again would be to believe a
 * second answer, which an attacker's name server gives differently (DNS rebinding).
 */
export function fixedLookup(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_host, options, callback) => {
    const [first] = all
    if (first === undefined) callback(new Error('no address'), '')
    else if (options.all === true) callback(null, [...all])
    else callback(null, first.address, first.family)
  }
}

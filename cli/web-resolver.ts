import { didKeyResolver, type Resolver, resolverByMethod } from '@battery-passport/keys'
import { webDidResolver } from '@battery-passport/verifier'
import type { CommandDeps } from './command-deps.ts'

/** A resolver that asks the network for did:web. Only who wants it loads what it takes. */
export async function webResolver(deps: Pick<CommandDeps, 'clock' | 'fetcher'>): Promise<Resolver> {
  const fetcher = deps.fetcher ?? (await import('@battery-passport/keys/network')).httpsFetcher()
  const web = webDidResolver({ fetcher, clock: deps.clock })
  return resolverByMethod({ key: didKeyResolver(), web })
}

import type { Resolution, Resolver } from './resolver.ts'

/**
 * Asks a resolver that is handed in. One that throws has not resolved: that leaves open, and is no
 * reason to fall over. What it throws is not told: a verdict goes to strangers, and the message may
 * name what is inside.
 */
export async function resolveDid(did: string, resolver: Resolver): Promise<Resolution> {
  try {
    return await resolver.resolve(did)
  } catch {
    return { ok: false, code: 'DID_UNRESOLVED', detail: 'The resolver failed on this DID.' }
  }
}

import { type DidDocument, type Resolver, resolveDid } from '@battery-passport/keys'

/** A resolver that notes what it was asked, and what it answered. */
export interface WatchedResolver {
  readonly resolver: Resolver
  /** Whether another resolver gives the very documents that were given so far. */
  agreesWith(other: Resolver): Promise<boolean>
}

/**
 * Watches which DID documents a part of a walk rests on. Keys are revoked between two questions, so
 * what was found under one answer may be remembered only while the answer is the same document.
 */
export function watchResolver(resolver: Resolver): WatchedResolver {
  const answers = new Map<string, DidDocument | null>()
  return {
    resolver: {
      async resolve(did) {
        const resolution = await resolver.resolve(did)
        const document = resolution.ok ? resolution.document : null
        // Two answers to one question: nothing can agree with both.
        const isSame = !answers.has(did) || answers.get(did) === document
        answers.set(did, isSame ? document : null)
        return resolution
      },
    },
    agreesWith: (other) => gives(answers, other),
  }
}

async function gives(
  answers: ReadonlyMap<string, DidDocument | null>,
  resolver: Resolver,
): Promise<boolean> {
  for (const [did, before] of answers) {
    if (before === null || (await documentOf(did, resolver)) !== before) return false
  }
  return true
}

async function documentOf(did: string, resolver: Resolver): Promise<DidDocument | null> {
  const resolution = await resolveDid(did, resolver)
  return resolution.ok ? resolution.document : null
}

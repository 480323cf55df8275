import { didKeyResolver } from '@battery-passport/keys'
import type { SecuredCredential } from '@battery-passport/verifier'
import type { Inquiry } from '../verifier/inquiry.ts'
import { createMemory } from '../verifier/memory/memory.ts'
import { NO_TIMES } from '../verifier/proof/trusted-time.ts'
import { indexDocuments } from '../verifier/reading/documents.ts'
import { decodedLists } from '../verifier/status/decoded-lists.ts'
import { statusOf } from '../verifier/status/status.ts'
import { ownSigner } from '../verifier/status/status-signers.ts'
import type { Chain } from './chain.ts'
import type { NaiveStack } from './naive.ts'
import type { Contest } from './row.ts'

/**
 * Row 5: is a passport revoked or suspended, by lists that were verified before: both entries, and
 * of each list issuer, purpose, key, age and validity again. The library verifies and decodes the
 * list for every entry.
 */
export function statusContest(
  chain: Chain,
  naive: NaiveStack,
  theirs: Chain,
  count: { readonly ours: number; readonly library: number },
): Contest {
  const [passport] = chain.passports
  const [theirPassport] = theirs.passports
  if (passport === undefined || theirPassport === undefined) throw new TypeError('no passport')
  const lists = chain.lists.map(({ secured }) => ({ ok: true, secured }) as const)
  const now = chain.clock.now()
  const lasting = {
    policy: chain.policy,
    at: now,
    now,
    resolver: didKeyResolver(),
    memory: createMemory(),
    documents: indexDocuments(lists, chain.policy.limits),
    seen: null,
    supposed: null,
    times: NO_TIMES,
  }
  return {
    row: 5,
    name: 'status of a passport, both entries, by lists that were seen before',
    goal: 350,
    by: 'processor',
    ours: {
      async run() {
        const { secured } = passport
        for (let time = 0; time < count.ours; time++) await check(secured, lasting)
        return count.ours
      },
    },
    library: {
      async run() {
        const { document } = theirPassport
        for (let time = 0; time < count.library; time++) await naive.checkStatus(document)
        return count.library
      },
    },
  }
}

async function check(
  passport: SecuredCredential,
  lasting: Omit<Inquiry, 'authentications' | 'lists'>,
): Promise<void> {
  const lists = decodedLists(lasting.memory.bitstrings)
  const inquiry: Inquiry = { ...lasting, authentications: new Map(), lists }
  const { withdrawals, findings } = await statusOf(passport, inquiry, ownSigner(passport.issuer))
  if (withdrawals.length === 0 && findings.length === 0) return
  throw new Error(`the status is not what it should be: ${JSON.stringify(findings)}`)
}

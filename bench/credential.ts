import { createVerifier, type Verifier } from '@battery-passport/verifier'
import type { Chain } from './chain.ts'
import type { NaiveStack } from './naive.ts'
import type { Contest } from './row.ts'

/**
 * Row 1: one passport credential from bytes, each a different one. Ours reads it strictly, looks at
 * its shape, checks contexts, key, signature and validity, takes its digest and the digest of the
 * input, and says in a verdict what of its chain is not at hand. The library parses it with
 * JSON.parse and checks signature, dates and, in part, its form.
 */
export function credentialContest(chain: Chain, naive: NaiveStack, theirs: Chain): Contest {
  const [first] = chain.passports
  return {
    row: 1,
    name: `verify one passport of ${((first?.bytes.length ?? 0) / 1000).toFixed(1)} kB from bytes`,
    goal: 10,
    by: 'processor',
    ours: {
      async run() {
        // A new one each round: it would remember what it verified.
        const verifier = createVerifier(chain)
        for (const { bytes } of chain.passports) await verifyAlone(verifier, bytes)
        return chain.passports.length
      },
    },
    library: {
      async run() {
        for (const { bytes } of theirs.passports) await naive.verify(bytes, 'without status')
        return theirs.passports.length
      },
    },
  }
}

/** Everything about the passport itself holds; only what it rests on is not at hand. */
async function verifyAlone(verifier: Verifier, bytes: Uint8Array): Promise<void> {
  const { outcome, findings } = await verifier.verifyCredential(bytes)
  if (outcome !== 'indeterminate' || findings.some(({ severity }) => severity === 'error')) {
    throw new Error(`the verifier refused what is right: ${JSON.stringify(findings)}`)
  }
}

/** How often ours verifies what the library verifies once, to run as long: each time all anew. */
const TIMES = 10

/**
 * Row 6: the same with passports that are signed with eddsa-rdfc-2022 on both sides, so that both
 * make the same canonical form of the same statements; ours with its default suite is row 1.
 */
export function sameSuiteContest(naive: NaiveStack, theirs: Chain): Contest {
  const { ours, ...others } = credentialContest(theirs, naive, theirs)
  return {
    ...others,
    row: 6,
    name: 'verify one passport with eddsa-rdfc-2022, the suite of the library',
    ours: {
      async run() {
        let verified = 0
        for (let time = 0; time < TIMES; time++) verified += await ours.run()
        return verified
      },
    },
  }
}

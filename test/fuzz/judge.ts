import { createVerifier, type ExplainedVerdict, parsePolicy } from '@battery-passport/verifier'
import { RULEBOOK_FILES } from '../conformance/generator/policy.ts'
import { CLOCK } from '../conformance/stored.ts'
import { clockAt } from '../support/consortium.ts'
import type { Sent, World } from './bases.ts'

/** Whoever answers; the fuzzer must find out one who is too kind. */
export type Judge = (sent: Sent) => Promise<ExplainedVerdict>

/** The verifier, or one with a hole in it. */
export interface Library {
  readonly createVerifier: typeof createVerifier
  readonly parsePolicy: typeof parsePolicy
}

/** A verifier for the policy of a world, which remembers nothing yet. */
export function newJudge(
  { policy: document, at }: World,
  library: Library = { createVerifier, parsePolicy },
): Judge {
  const read = library.parsePolicy(JSON.parse(JSON.stringify(document)))
  if (!read.ok) throw new TypeError(JSON.stringify(read.faults))
  const verifier = library.createVerifier({
    policy: read.policy,
    clock: clockAt(CLOCK),
    methods: documentsOf('method'),
    rulebooks: documentsOf('rulebook'),
  })
  return ({ input, added }) => verifier.explainPassport(input, { with: added, at })
}

function documentsOf(kind: 'method' | 'rulebook'): readonly object[] {
  return RULEBOOK_FILES.filter((each) => each.kind === kind).map(({ document }) => document)
}

import type { PassportVerdict } from '../verdict.ts'

/** The answer of a verdict, without the chain it was walked on. */
export interface VerdictInBrief extends Pick<PassportVerdict, 'outcome' | 'findings'> {
  /** The passport as the walk saw it; null if it could not be read. */
  readonly passport: { readonly credential: string; readonly digestMultibase: string } | null
}

/** What matters of a verdict to who made the passport. */
export function briefly({ outcome, findings, chain: [first] }: PassportVerdict): VerdictInBrief {
  if (first === undefined) return { outcome, findings, passport: null }
  const { credential, digestMultibase } = first
  return { outcome, findings, passport: { credential, digestMultibase } }
}

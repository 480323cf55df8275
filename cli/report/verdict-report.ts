import type { Finding, PassportVerdict } from '@battery-passport/verifier'
import { chainTree } from './chain-tree.ts'
import type { CredentialLabels } from './credential-labels.ts'
import { findingsReport } from './findings-report.ts'
import { wrap } from './layout.ts'
import { scoreReport } from './score-report.ts'
import type { Style } from './style.ts'

export interface VerdictReportDeps {
  readonly labels: CredentialLabels
  readonly style: Style
  /** The name of the added file with that number. */
  readonly fileOf: (index: number) => string | undefined
}

/** A verdict as a person reads it: the answer first, then what it rests on. */
export function verdictReport(verdict: PassportVerdict, deps: VerdictReportDeps): string {
  const { style } = deps
  const { chain, findings } = verdict
  const title = (text: string) => style.strong(text)
  const scorePart =
    verdict.outcome === 'accepted' ? [title('Score'), scoreReport(verdict.score), ''] : []
  const findingsPart =
    findings.length === 0
      ? []
      : [title('Findings'), findingsReport(findings, { ...deps, chain }), '']
  const chainPart = [title('Chain'), chainTree(chain, { ...deps, findings }), '']
  return [
    ...illustrative(findings, style),
    ...headline(verdict, deps),
    '',
    ...scorePart,
    ...findingsPart,
    ...chainPart,
    wrap(`input ${verdict.input.digestMultibase}`, '  '),
    wrap(`policy ${verdict.policy.digestMultibase}`, '  '),
    '',
  ].join('\n')
}

/** Nobody must take a score by rulebooks that only show the mechanism for one to decide by. */
function illustrative(findings: readonly Finding[], style: Style): string[] {
  if (!findings.some(({ code }) => code === 'ILLUSTRATIVE')) return []
  const text =
    'ILLUSTRATIVE: the rulebooks of this score show how it works. It is no basis for a decision.'
  return [style.unsure(text), '']
}

function headline(verdict: PassportVerdict, { labels, style }: VerdictReportDeps): string[] {
  const [passport] = verdict.chain
  const subject =
    passport?.type === 'BatteryPassport'
      ? [
          wrap(labels.about(passport), '  of  ', '      '),
          wrap(labels.party(passport.issuer), '  by  ', '      '),
        ]
      : []
  const about = [...subject, wrap(`${verdict.at}${listsOf(verdict)}`, '  at  ')]
  switch (verdict.outcome) {
    case 'accepted':
      return [style.good(style.strong('ACCEPTED')), ...about]
    case 'rejected':
      return [
        `${style.bad(style.strong('REJECTED'))}: ${count(verdict.findings, 'error')}. No score is accepted.`,
        ...about,
      ]
    case 'indeterminate':
      return [
        `${style.unsure(style.strong('INDETERMINATE'))}: ${count(verdict.findings, 'unknown')}. It could not be checked; with more input it may be.`,
        ...about,
      ]
  }
}

/** Only an acceptance says that nothing was withdrawn; one that rescores does not either. */
function listsOf({ outcome, findings, statusAsOf }: PassportVerdict): string {
  if (statusAsOf === undefined) return ''
  const isWithdrawn = findings.some(({ code }) => code === 'REVOKED' || code === 'SUSPENDED')
  return outcome === 'accepted' && !isWithdrawn
    ? `; nothing it rests on was withdrawn as of ${statusAsOf}, the oldest list used`
    : `; the oldest status list used is of ${statusAsOf}`
}

function count(findings: readonly Finding[], severity: Finding['severity']): string {
  const number = findings.filter((finding) => finding.severity === severity).length
  const noun = severity === 'error' ? 'error' : 'open question'
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

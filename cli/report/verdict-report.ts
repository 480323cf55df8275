import type { Explanation } from '@battery-passport/rulebooks'
import type { Finding, PassportVerdict } from '@battery-passport/verifier'
import type { Depth } from '../depth-option.ts'
import { chainTree } from './chain-tree.ts'
import type { CredentialLabels } from './credential-labels.ts'
import { explanationTree } from './explanation-tree.ts'
import type { FindingsDeps } from './finding-lines.ts'
import { findingsReport } from './findings-report.ts'
import { wrap } from './layout.ts'
import { obstaclesReport, standsInTheWay } from './obstacles-report.ts'
import { scoreReport } from './score-report.ts'
import type { Style } from './style.ts'

export interface VerdictReportDeps {
  readonly labels: CredentialLabels
  readonly style: Style
  /** The name of the added file with that number. */
  readonly fileOf: (index: number) => string | undefined
  /** Given where it is asked what the answer comes from. */
  readonly explained?: Explained
}

/** The derivation of the accepted score; null where none is accepted. */
export interface Explained {
  readonly explanation: Explanation | null
  readonly depth: Depth
}

/** A verdict as a person reads it: the answer first, then what it rests on. */
export function verdictReport(verdict: PassportVerdict, deps: VerdictReportDeps): string {
  const { style } = deps
  const { chain, findings } = verdict
  const title = (text: string) => style.strong(text)
  const scorePart =
    verdict.outcome === 'accepted' ? [title('Score'), scoreReport(verdict.score), ''] : []
  const findingsPart = findingsParts(findings, deps.explained !== undefined, { ...deps, chain })
  const chainPart = [title('Chain'), chainTree(chain, { ...deps, findings }), '']
  return [
    ...illustrative(findings, style),
    ...headline(verdict, deps),
    '',
    ...scorePart,
    ...derivationPart(deps),
    ...findingsPart,
    ...chainPart,
    wrap(`input ${verdict.input.digestMultibase}`, '  '),
    wrap(`policy ${verdict.policy.digestMultibase}`, '  '),
    '',
  ].join('\n')
}

function derivationPart({ explained, style }: VerdictReportDeps): string[] {
  if (explained === undefined || explained.explanation === null) return []
  const { explanation, depth } = explained
  return [style.strong('Where the score comes from'), explanationTree(explanation, depth), '']
}

const UNTRUSTED = wrap(
  'No score is derived from what is not accepted. "battery-passport explain" shows what follows from the documents as they are, without trust.',
  '  ',
)

/** The findings; where it is asked why, those that stand in the way by the credential they are of. */
function findingsParts(
  findings: readonly Finding[],
  explains: boolean,
  deps: FindingsDeps,
): string[] {
  const { style } = deps
  const inTheWay = explains ? findings.filter(standsInTheWay) : []
  const others = explains ? findings.filter((each) => !standsInTheWay(each)) : findings
  const otherTitle = inTheWay.length === 0 ? 'Findings' : 'Other findings'
  return [
    ...(inTheWay.length === 0
      ? []
      : [
          style.strong('What stands in the way'),
          obstaclesReport(inTheWay, deps),
          '',
          UNTRUSTED,
          '',
        ]),
    ...(others.length === 0 ? [] : [style.strong(otherTitle), findingsReport(others, deps), '']),
  ]
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

const WITHDRAWALS: ReadonlySet<string> = new Set(['REVOKED', 'SUSPENDED', 'WITHDRAWN_IN_PART'])

/** Only an acceptance says that nothing was withdrawn; one that rescores does not either. */
function listsOf({ outcome, findings, statusAsOf }: PassportVerdict): string {
  if (statusAsOf === undefined) return ''
  const isWithdrawn = findings.some(({ code }) => WITHDRAWALS.has(code))
  return outcome === 'accepted' && !isWithdrawn
    ? `; nothing it rests on was withdrawn as of ${statusAsOf}, the oldest list used`
    : `; the oldest status list used is of ${statusAsOf}`
}

function count(findings: readonly Finding[], severity: Finding['severity']): string {
  const number = findings.filter((finding) => finding.severity === severity).length
  const noun = severity === 'error' ? 'error' : 'open question'
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

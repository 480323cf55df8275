import { parseInstant } from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import type { DatedCredential } from '../reading/dated-credential.ts'
import type { SecuredCredential } from '../reading/secured-credential.ts'

type DatedNotice = DatedCredential<'WithdrawalNotice'>

/** What a notice is about. */
type Withdrawn = Pick<SecuredCredential, 'id' | 'type' | 'digestMultibase' | 'credential'>

/** What a notice says must withdraw something, and at once. */
export function noticeFindings(notice: DatedNotice, withdrawn: Withdrawn): readonly Finding[] {
  return [...dateFindings(notice), ...scopeFindings(notice, withdrawn)]
}

/** From when on a notice withdraws, and by which name it says so. */
export function sinceOf({ credential: { credentialSubject } }: DatedNotice): {
  readonly member: string
  readonly text: string
} {
  const { effectiveFrom, voidFrom = '' } = credentialSubject
  return effectiveFrom === undefined
    ? { member: 'voidFrom', text: voidFrom }
    : { member: 'effectiveFrom', text: effectiveFrom }
}

/** The bytes count, not the id alone: an issuer may have signed twice under one. */
export function aboutFindings(notice: DatedNotice, withdrawn: Withdrawn): readonly Finding[] {
  const { id, digestMultibase } = notice.credential.credentialSubject
  if (id === withdrawn.id && digestMultibase === withdrawn.digestMultibase) return []
  return [
    finding('DIGEST_MISMATCH', {
      credential: notice.id,
      pointer: `/credentialSubject/${id === withdrawn.id ? 'digestMultibase' : 'id'}`,
      detail: 'The notice is about another credential than the one whose index names it.',
      expected: `${withdrawn.id} (${withdrawn.digestMultibase})`,
      found: `${id} (${digestMultibase})`,
      remedy: 'The issuer must publish a list that names the notice about this credential.',
      whose: 'issuer',
    }),
  ]
}

/** A withdrawal that begins later than it is made known would be none for as long as one likes. */
function dateFindings(notice: DatedNotice): readonly Finding[] {
  const { member, text } = sinceOf(notice)
  const since = parseInstant(text)
  if (since !== null && since <= notice.validity.from) return []
  return [
    finding('SCHEMA', {
      credential: notice.id,
      pointer: `/credentialSubject/${member}`,
      detail: `${member} is later than the notice is valid from.`,
      expected: `not later than ${notice.credential.validFrom}`,
      found: text,
    }),
  ]
}

/** To withdraw what was never said would be to withdraw nothing. */
function scopeFindings(notice: DatedNotice, withdrawn: Withdrawn): readonly Finding[] {
  const { withdraws } = notice.credential.credentialSubject
  if (withdraws.kind === 'whole') return []
  const said = answeredIndicators(withdrawn)
  if (said === null) {
    return [
      finding('SCHEMA', {
        credential: notice.id,
        pointer: '/credentialSubject/withdraws/kind',
        detail: `A ${withdrawn.type} has no indicators to be withdrawn.`,
        expected: 'whole',
        found: withdraws.kind,
      }),
    ]
  }
  return withdraws.indicators.flatMap((indicator, index) =>
    said.has(indicator)
      ? []
      : [
          finding('ANSWER_INVALID', {
            credential: notice.id,
            pointer: `/credentialSubject/withdraws/indicators/${index}`,
            detail: 'The notice withdraws an indicator that the attestation does not answer.',
            expected: 'an indicator among its results',
            found: indicator,
            remedy: 'The assurance body must name the indicators as the attestation does.',
          }),
        ],
  )
}

/** The indicators that an attestation answers, each of which can be withdrawn; null: it is none. */
export function answeredIndicators({
  type,
  credential,
}: Pick<SecuredCredential, 'type' | 'credential'>): ReadonlySet<string> | null {
  if (type !== 'RulebookAttestation' || !('results' in credential.credentialSubject)) return null
  return new Set(credential.credentialSubject.results.map(({ indicator }) => indicator))
}

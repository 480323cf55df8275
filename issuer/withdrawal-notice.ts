import { CONTEXTS, parseInstant, type WithdrawalReason } from '@battery-passport/contexts'
import type { SecuredCredential } from '@battery-passport/verifier'
import {
  type DatedCredential,
  datedCredential,
  noticeFindings,
} from '@battery-passport/verifier/rules'
import { type IssuanceFault, refuseFaults } from './errors.ts'
import { findingFault } from './lint/finding-fault.ts'
import { frameFaults, shapeFaults } from './lint/shape.ts'
import { listValidity } from './status-lists.ts'
import type { Unsecured } from './unsecured.ts'

/** Why, how far and since when something is withdrawn, as whoever withdraws it decides. */
export interface NoticeTerms {
  readonly reason: WithdrawalReason
  /** For every reader. */
  readonly description?: string
  /** The answers of an attestation that are withdrawn; without them it is withdrawn as a whole. */
  readonly indicators?: readonly string[]
  /** From when on it is not to be relied on, RFC 3339; without any of the two, from now on. */
  readonly effectiveFrom?: string
  /** From when on it is void: not together with `effectiveFrom`. */
  readonly voidFrom?: string
}

/** What a notice is made from. */
export interface NoticeRequest extends NoticeTerms {
  /** An absolute URI that no other credential of this issuer has. */
  readonly id: string
  /** The issuer of what is withdrawn, or who accredited that issuer. */
  readonly issuer: string
  readonly withdrawn: SecuredCredential
  /** When it is signed and from when on it is valid, RFC 3339. */
  readonly validFrom: string
  readonly validUntil: string
}

/**
 * Makes a `WithdrawalNotice`. Only a list that names it, for a bit that is set, makes it count.
 * Nothing is signed.
 *
 * @throws {IssuanceError} NOTICE_REFUSED with every fault
 */
export function withdrawalNotice(request: NoticeRequest): Unsecured<'WithdrawalNotice'> {
  const { id, issuer, withdrawn, validFrom, validUntil, reason, description, indicators } = request
  const { effectiveFrom, voidFrom } = request
  const credential = {
    '@context': CONTEXTS,
    id,
    type: ['VerifiableCredential', 'WithdrawalNotice'] as const,
    issuer,
    validFrom,
    validUntil,
    credentialSubject: {
      id: withdrawn.id,
      type: 'WithdrawnCredential' as const,
      digestMultibase: withdrawn.digestMultibase,
      reason,
      ...(description === undefined ? {} : { description }),
      withdraws:
        indicators === undefined
          ? { kind: 'whole' as const }
          : { kind: 'indicators' as const, indicators: [...indicators] },
      ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
      ...(voidFrom === undefined ? {} : { voidFrom }),
      ...(effectiveFrom === undefined && voidFrom === undefined
        ? { effectiveFrom: validFrom }
        : {}),
    },
  }
  refuseFaults('NOTICE_REFUSED', shapeFaults('WithdrawalNotice', credential))
  const dated = datedCredential<'WithdrawalNotice'>(credential, parseInstant(validFrom) ?? 0)
  refuseFaults('NOTICE_REFUSED', [
    ...frameFaults('WithdrawalNotice', credential),
    ...ruleFaults(dated, withdrawn),
  ])
  return credential
}

/** What a notice says goes on after its end; it only must have one. */
const VALIDITY_SECONDS = 10 * 365 * 86_400

/** From when until when a notice that is signed at an instant is valid, RFC 3339. */
export function noticeValidity(created: string): {
  readonly validFrom: string
  readonly validUntil: string
} {
  return listValidity(created, VALIDITY_SECONDS)
}

function ruleFaults(
  notice: DatedCredential<'WithdrawalNotice'>,
  withdrawn: SecuredCredential,
): readonly IssuanceFault[] {
  const remedy = 'Name indicators that the attestation answers, and an instant that has come.'
  return noticeFindings(notice, withdrawn).map((found) => findingFault(found, { remedy }))
}

/** From when on a notice withdraws, RFC 3339. */
export function noticeStart({
  credential,
}: {
  readonly credential: Pick<Unsecured<'WithdrawalNotice'>, 'credentialSubject'>
}): string {
  const { effectiveFrom, voidFrom } = credential.credentialSubject
  return effectiveFrom ?? voidFrom ?? ''
}

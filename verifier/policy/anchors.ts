import { formatInstant } from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import type { SecuredCredential } from '../reading/secured-credential.ts'
import type { Ending } from '../time/ending.ts'
import { inForce } from '../time/validity.ts'
import type { TrustAnchor } from './policy.ts'
import type { AnchorRole } from './policy-schema.ts'

/** The anchor of a role that covers a DID at an instant; or null, and one out of time if there is one. */
export function anchorOf(
  anchors: readonly TrustAnchor[],
  did: string,
  roles: readonly AnchorRole[],
  instant: number,
): { readonly anchor: TrustAnchor | null; readonly outOfTime: TrustAnchor | null } {
  const named = anchors.filter((anchor) => anchor.did === did && roles.includes(anchor.role))
  const inTime = named.filter(({ validFrom, validUntil }) =>
    inForce({ from: validFrom, until: validUntil }, instant),
  )
  inTime.sort((a, b) => b.validUntil - a.validUntil)
  const [anchor = null] = inTime
  return { anchor, outOfTime: anchor === null ? (named[0] ?? null) : null }
}

/** The code for an accreditation that leads to no anchor, or to one that did not count then. */
export function noAnchor(accreditation: SecuredCredential, outOfTime: TrustAnchor | null): Finding {
  const { id, issuer, created } = accreditation
  return finding('ANCHOR_UNKNOWN', {
    credential: id,
    pointer: '/issuer',
    detail:
      outOfTime === null
        ? 'Its issuer is no anchor of your policy, and it names no accreditation it rests on.'
        : 'Its issuer was no anchor of your policy when it signed.',
    expected:
      outOfTime === null
        ? 'an anchor of role scheme-owner or accreditation-body'
        : `signed from ${formatInstant(outOfTime.validFrom)} to ${formatInstant(outOfTime.validUntil)}`,
    found: outOfTime === null ? issuer : formatInstant(created),
  })
}

/** That the anchor a credential rests on has ended since it signed. */
export function anchorEnded(anchored: SecuredCredential, anchor: TrustAnchor): Ending {
  return {
    last: anchor.validUntil,
    note: finding('ENDED_SINCE', {
      credential: anchored.id,
      pointer: '/issuer',
      detail: 'The trust anchor it rests on has ended since.',
      expected: 'an anchor that is in force',
      found: `${anchor.did} until ${formatInstant(anchor.validUntil)}`,
    }),
  }
}

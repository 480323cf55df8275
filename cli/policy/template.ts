import { formatInstant } from '@battery-passport/contexts'
import type { AnchorRole } from '@battery-passport/verifier'

/** A trust anchor as it is named on the command line. */
export interface NamedAnchor {
  readonly did: string
  readonly role: AnchorRole
}

/** The method a new policy accepts. */
export interface PinnedMethod {
  readonly key: string
  readonly version: string
  readonly digestMultibase: string
}

/**
 * A policy to begin with: careful where a choice must be made, with comments that say what to
 * decide. Without anchors it trusts nobody and is refused until some are written in.
 *
 * @param now seconds since the epoch; anchors count from two years before to two years after
 */
export function policyTemplate(
  anchors: readonly NamedAnchor[],
  method: PinnedMethod,
  now: number,
): object {
  const year = Number(formatInstant(now).slice(0, 4))
  const validFrom = `${year - 2}-01-01T00:00:00Z`
  const validUntil = `${year + 2}-12-31T23:59:59Z`
  const whom =
    anchors.length === 0
      ? 'There are no anchors yet, so nothing can be accepted: ask the scheme you rely on for its DID and those of its accreditation body and registrar, and compare them over a second channel.'
      : 'Compare the DIDs of the anchors over a second channel: everything rests on them.'
  return {
    $comment: `What you accept as a battery passport. ${whom} Run "battery-passport policy check" on this file: it explains every field.`,
    anchors: anchors.map(({ did, role }) => ({
      $comment: `Signatures of this ${role} count between these instants; narrow them to what you know.`,
      did,
      role,
      validFrom,
      validUntil,
    })),
    passportIssuers: 'registered',
    methods: [
      {
        $comment:
          'The shipped method is illustrative: every passport scored by it is refused until allowIllustrative below is true.',
        ...method,
      },
    ],
    allowIllustrative: false,
    minimums: {
      $comment: 'In basis points: 5000 is half. Leaving evidence out lowers coverage.',
      overall: { coverage: 5000 },
    },
    minimumShareAssurance: 'none',
    requireProvenIndependence: false,
    statusMaximumAgeSeconds: 604_800,
    requireCurrent: false,
    acceptSelfAssertedTime: false,
    uncountedAttestation: 'reject',
  }
}

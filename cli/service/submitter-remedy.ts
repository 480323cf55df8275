import type { FindingCode } from '@battery-passport/verifier'

/**
 * What one who submits to a service does about a finding. The remedies of the verifier are for a
 * buyer, who asks the manufacturer; here it is the manufacturer's service that refuses.
 */
const REMEDIES: Readonly<Partial<Record<FindingCode, string>>> = {
  REFERENCE_MISSING:
    'Submit that credential too: "submit" takes its file or folder with --with. An attestation needs its accreditation, and the accreditation of its accreditor.',
  STATUS_UNREACHABLE:
    'Submit the current list too: "submit" takes its file or folder with --with. The desk that signed the credential writes it with "battery-passport lists".',
  STATUS_STALE:
    'Have the desk that signed the credential sign its lists anew with "battery-passport lists", and submit them with --with.',
  INDEPENDENCE_UNPROVEN:
    'Submit the RegisteredIdentity of the operator too: "submit" takes its file with --with.',
  REVOKED:
    'It counts no more, and its issuer knows why. Submit the one that replaces it, or what does not rest on it.',
  SUSPENDED:
    'Wait until its issuer reinstates it, then submit the newer list; or submit what does not rest on it.',
  WITHDRAWN_IN_PART: 'Submit the corrected attestation when its issuer has signed it.',
}

const BY_CODE: ReadonlyMap<string, string> = new Map(Object.entries(REMEDIES))

/** The remedy in the words of a submitter; the one of the service where these do as well. */
export function submitterRemedy(
  code: string | undefined,
  remedy: string | undefined,
): string | undefined {
  return BY_CODE.get(code ?? '') ?? remedy
}

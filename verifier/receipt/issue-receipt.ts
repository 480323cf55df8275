import {
  CONTEXTS,
  digestMultibase,
  formatInstant,
  type VerificationReceipt,
} from '@battery-passport/contexts'
import { type SecuredDocument, type Signer, secureWithDataIntegrity } from '@battery-passport/keys'
import { SEVERITIES } from '../findings/finding-kind.ts'
import type { Finding } from '../findings/findings.ts'
import { VerificationReceipt as hasItsForm } from '../generated/typed-receipt-validators.ts'
import type { Clock } from '../inquiry.ts'
import { assertEffective, secondsOf } from '../policy/caller-faults.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import type { PassportVerdict } from '../verdict.ts'
import type { DeliveryVerdict } from '../verifier.ts'
import { VERIFIER_VERSION } from '../version.ts'
import { receiptEnd } from './receipt-end.ts'

/** What a receipt is made of. */
export interface ReceiptRequest {
  /** The id of the receipt: a new one for each, such as `urn:uuid:…`. */
  readonly id: string
  /** What was verified, and what came of it. */
  readonly verification: DeliveryVerdict
  /** What was added to the input, in its order. */
  readonly with?: readonly Uint8Array[]
  /** The policy it was verified under. */
  readonly policy: EffectivePolicy
  readonly clock: Clock
  /** The verifier’s own key: Ed25519. */
  readonly signer: Signer
}

/** A receipt with its proof. */
export type SignedReceipt = SecuredDocument<VerificationReceipt>

/**
 * Signs that a passport was verified, by what and with which outcome (`eddsa-jcs-2022`). It holds no
 * longer than what the verdict rests on: see `receiptEnd`. Whoever trusts the signer can rely on it
 * in place of a verification; no program takes it for a score.
 *
 * @throws {TypeError} the policy is not the one of the verdict, or the receipt would not have its form
 * @throws {SecuringError} the key is none of Ed25519
 */
export async function issueReceipt(request: ReceiptRequest): Promise<SignedReceipt> {
  const { id, verification, policy, clock, signer } = request
  const { verdict } = verification
  assertEffective(policy)
  if (policy.digestMultibase !== verdict.policy.digestMultibase) {
    throw new TypeError(
      `policy: expected ${verdict.policy.digestMultibase}, found ${policy.digestMultibase}`,
    )
  }
  const created = formatInstant(secondsOf(clock))
  const receipt: VerificationReceipt = {
    '@context': CONTEXTS,
    id,
    type: ['VerifiableCredential', 'VerificationReceipt'],
    issuer: signer.did,
    validFrom: verdict.at,
    validUntil: receiptEnd(verdict, policy),
    credentialSubject: {
      type: 'PassportVerification',
      input: verdict.input,
      ...passportOf(verification),
      added: (request.with ?? []).map((bytes) => ({ digestMultibase: digestMultibase(bytes) })),
      policy: verdict.policy,
      anchors: policy.anchors.map(({ did, role, validFrom, validUntil }) => ({
        id: did,
        role,
        from: formatInstant(validFrom),
        until: formatInstant(validUntil),
      })),
      at: verdict.at,
      verifiedAt: created,
      ...(verdict.statusAsOf === undefined ? {} : { statusAsOf: verdict.statusAsOf }),
      verifier: { name: '@battery-passport/verifier', version: VERIFIER_VERSION },
      ...answerOf(verdict),
    },
  }
  if (!hasItsForm(receipt)) {
    throw new TypeError(`a receipt without its form: ${JSON.stringify(hasItsForm.errors)}`)
  }
  return secureWithDataIntegrity(receipt, { signer, cryptosuite: 'eddsa-jcs-2022', created })
}

type Subject = VerificationReceipt['credentialSubject']

/** The passport by its id and bytes, and the battery it names; nothing where none can be read. */
function passportOf({ verdict, battery }: DeliveryVerdict): Pick<Subject, 'passport' | 'battery'> {
  const [first] = verdict.chain
  if (battery === null || first === undefined) return {}
  const { credential: id, digestMultibase: digest } = first
  return { passport: { id, type: 'BatteryPassport', digestMultibase: digest }, battery }
}

function answerOf(verdict: PassportVerdict): Pick<Subject, 'outcome' | 'codes' | 'score'> {
  const codes = codesOf(verdict.findings)
  if (verdict.outcome !== 'accepted') return { outcome: verdict.outcome, codes }
  return { outcome: 'accepted', codes, score: verdict.score }
}

/** Each code with each of its severities once, the worst first. */
function codesOf(findings: readonly Finding[]): Subject['codes'] {
  return SEVERITIES.flatMap((severity) => {
    const alike = findings.filter((each) => each.severity === severity)
    return [...new Set(alike.map(({ code }) => code))].sort().map((code) => ({ code, severity }))
  })
}

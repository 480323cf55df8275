import type { FindingCode } from '../findings/finding-kinds.ts'
import { finding } from '../findings/findings.ts'
import { proofPointer } from '../reading/secured-credential.ts'
import type { Signed } from './signed.ts'
import type { Authenticity } from './signer-judgement.ts'

/** Why it is not certain who signed. */
export type Refused = Extract<Authenticity, { readonly ok: false }>

interface What {
  readonly detail: string
  readonly expected: string
  readonly found: string
}

/** A refusal at a member of the proof. */
export function refuse(credential: Signed, code: FindingCode, member: string, what: What): Refused {
  return refuseAt(credential, code, proofPointer(credential, member), what)
}

/** A refusal at a place in the credential. */
export function refuseAt(
  credential: Signed,
  code: FindingCode,
  pointer: string,
  what: What,
): Refused {
  return { ok: false, findings: [finding(code, { credential: credential.id, pointer, ...what })] }
}

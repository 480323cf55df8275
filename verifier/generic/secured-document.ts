import type {
  ContextLoader,
  ProblemDetails,
  ProofPurpose,
  ProofVerification,
  Resolver,
} from '@battery-passport/keys'
import type { Clock } from '../inquiry.ts'

/** How a document that is no passport is verified. */
export interface SecuredDocumentOptions {
  readonly clock: Clock
  /** Default: did:key alone. */
  readonly resolver?: Resolver
  /** The issuer of the credential, or the holder of the presentation, as it must be. */
  readonly expectController?: string
  /** Default: `assertionMethod` for a credential, `authentication` for a presentation. */
  readonly proofPurpose?: ProofPurpose
  /** What the holder of a presentation was asked. */
  readonly challenge?: string
  /** The domain of the verifier. */
  readonly domain?: string
  /** Seconds; default 60. */
  readonly clockSkew?: number
  /** Gives the contexts that JSON-LD suites need; default: those that are pinned here. */
  readonly contextLoader?: ContextLoader
}

/** What verification of a secured document comes to (Data Model 2.0 §7.1). */
export interface SecuredDocumentVerdict {
  /** `indeterminate`: nothing stands against it, but something could not be checked. */
  readonly outcome: 'verified' | 'refused' | 'indeterminate'
  readonly kind: 'credential' | 'presentation' | 'unknown'
  /** RFC 6901: empty, or where in the presentation it stands. */
  readonly pointer: string
  /** The `issuer` of a credential, the `holder` of a presentation. */
  readonly controller: string | null
  /** Every proof with its own result; the signature of a JWT is one. */
  readonly proofs: readonly ProofVerification[]
  /** What stands against the document besides its proofs. */
  readonly errors: readonly ProblemDetails[]
  /** What was not looked at, or is worth knowing. */
  readonly warnings: readonly string[]
  /** Those of a presentation. */
  readonly credentials: readonly SecuredDocumentVerdict[]
}

/** The verdict that follows from what was found, with the places as they are from the top. */
export function verdictOf(found: Omit<SecuredDocumentVerdict, 'outcome'>): SecuredDocumentVerdict {
  const { pointer, credentials } = found
  const placed = (error: ProblemDetails) => ({ ...error, pointer: pointer + error.pointer })
  const proofs = found.proofs.map((proof) => ({
    ...proof,
    pointer: pointer + proof.pointer,
    errors: proof.errors.map(placed),
  }))
  const errors = found.errors.map(placed)
  const all = [...errors, ...proofs.flatMap((proof) => proof.errors)]
  const isRefused =
    all.some(({ severity }) => severity === 'error') ||
    credentials.some(({ outcome }) => outcome === 'refused')
  const isOpen = all.length > 0 || credentials.some(({ outcome }) => outcome !== 'verified')
  const outcome = isRefused ? 'refused' : isOpen ? 'indeterminate' : 'verified'
  return Object.freeze({ outcome, ...found, proofs, errors })
}

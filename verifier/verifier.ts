import { digestOfDocument } from '@battery-passport/contexts'
import { detached, didKeyResolver, type Resolver } from '@battery-passport/keys'
import type { Explanation } from '@battery-passport/rulebooks'
import { type Begun, beginVerification, conclude } from './begun.ts'
import { type Finding, finding } from './findings/findings.ts'
import type { Clock, Inquiry } from './inquiry.ts'
import { createMemory, type Memory } from './memory/memory.ts'
import { type PreparedCredentials, preparation } from './memory/prepared-credentials.ts'
import { type Scored, walkPassport } from './passport.ts'
import { assertEffective, assertNoExpectations } from './policy/caller-faults.ts'
import {
  credentialExpectationFindings,
  type Expectations,
  expectationFindings,
} from './policy/expectations.ts'
import { methodLibrary } from './policy/methods.ts'
import { pinnedResolver } from './policy/pinned-did-documents.ts'
import type { EffectivePolicy } from './policy/policy.ts'
import { coverageFindings, timeFindings } from './policy/policy-findings.ts'
import type { DecodedInput } from './reading/decode.ts'
import { isOfType, type SecuredCredential } from './reading/secured-credential.ts'
import type { Report } from './report.ts'
import { attestationExaminers, walkAttestation, walkCredential, walkCustody } from './standalone.ts'
import type { SeenLists } from './status/seen-lists.ts'
import type { SupposedRevocation } from './status/supposed-withdrawal.ts'
import { type CredentialVerdict, outcomeOf, type PassportVerdict, withoutScore } from './verdict.ts'

/** What a verifier needs besides the policy. It never asks the network, the files or the clock itself. */
export interface VerifierDeps {
  readonly clock: Clock
  /** For every DID that the policy does not pin a document of; default: did:key only. */
  readonly resolver?: Resolver
  /** The DID documents that the policy names by files, as parsed JSON. */
  readonly didDocuments?: readonly unknown[]
  /** Methods and rulebooks besides the shipped ones, as parsed JSON. */
  readonly methods?: readonly unknown[]
  readonly rulebooks?: readonly unknown[]
  /** What was seen of status lists before; default: nothing, so that any that is fresh counts. */
  readonly seen?: SeenLists
}

/** What every verdict of a verifier is made under. */
export interface VerifierOptions extends VerifierDeps {
  readonly policy: EffectivePolicy
}

/** What is asked in one verification. */
export interface VerifyOptions extends Expectations {
  /**
   * More credentials, such as current status lists: each a credential or a presentation, or all of
   * them as this verifier has prepared them.
   */
  readonly with?: readonly Uint8Array[] | PreparedCredentials
  /** The instant to judge at, RFC 3339 with `Z`; default: the clock. */
  readonly at?: string
}

/** What is asked of the attestations of a presentation: they are of many issuers and subjects. */
export type AttestationsOptions = Omit<VerifyOptions, keyof Expectations>

/** A verdict on what was delivered, with what it says it is. */
export interface DeliveryVerdict {
  readonly verdict: PassportVerdict
  /** The id of the battery in the passport, whatever the verdict; null if no passport can be read. */
  readonly battery: string | null
}

/** A verdict with where its score comes from. */
export interface ExplainedVerdict extends DeliveryVerdict {
  /** The derivation of the accepted score; null where none is accepted. */
  readonly explanation: Explanation | null
}

/** A verifier for repeated use: remembers verified bytes, asks everything else anew. */
export interface Verifier {
  /**
   * Reads credentials once that are added to many verifications.
   *
   * @param before what it prepared earlier and puts before them
   */
  prepare(added: readonly Uint8Array[], before?: PreparedCredentials): PreparedCredentials
  /** May the score of this passport be relied on? Never throws for a bad credential. */
  verifyPassport(bytes: Uint8Array, options?: VerifyOptions): Promise<PassportVerdict>
  /** The same, with the battery that the passport names, to compare a delivery with its list. */
  verifyDelivery(bytes: Uint8Array, options?: VerifyOptions): Promise<DeliveryVerdict>
  /** The same, with the derivation of the accepted score down to the answers it comes from. */
  explainPassport(bytes: Uint8Array, options?: VerifyOptions): Promise<ExplainedVerdict>
  /**
   * Is one credential genuine, in force and not withdrawn, and its issuer entitled to it where its
   * type has such a rule? The first, of a presentation.
   */
  verifyCredential(bytes: Uint8Array, options?: VerifyOptions): Promise<CredentialVerdict>
  /**
   * Would every attestation of this presentation be accepted?
   *
   * @throws {TypeError} if one issuer or subject is expected of all of them
   */
  verifyAttestations(bytes: Uint8Array, options?: AttestationsOptions): Promise<CredentialVerdict>
}

/**
 * Makes a verifier for one policy.
 *
 * @throws {TypeError} if a given method or rulebook has faults, or an option is not what its type
 *   says
 */
export function createVerifier(options: VerifierOptions): Verifier {
  return verifierSupposing(null, options, createMemory())
}

/** A verifier that takes a credential as revoked, to see what follows; null: as things are. */
export function verifierSupposing(
  supposed: SupposedRevocation | null,
  options: VerifierOptions,
  memory: Memory,
): Verifier {
  const { policy, clock, seen = null, didDocuments = [] } = options
  assertEffective(policy)
  const methods = methodLibrary(options)
  // A faulty one is told of here, and not by the first passport that claims it.
  for (const document of options.methods ?? []) methods.find(digestOfDocument(document))
  const resolver = pinnedResolver(
    policy.didDocuments,
    didDocuments,
    options.resolver ?? didKeyResolver(),
  )

  const { prepare, assertOwn } = preparation(memory, policy.limits)
  const begin = (bytes: Uint8Array, { with: more = [], ...asked }: VerifyOptions) => {
    const added = isPrepared(more) ? more : prepare(more)
    assertOwn(added)
    const rest = { policy, clock, resolver, memory, seen, supposed }
    return beginVerification(bytes, asked.at, added, rest)
  }

  const judge = async (bytes: Uint8Array, asked: VerifyOptions = {}): Promise<Judged> => {
    const { frame, input, inquiry, report } = await begin(bytes, asked)
    const passport = passportOf(input, report)
    const battery = passport === null ? null : detached(passport.credential.credentialSubject.id)
    if (passport !== null) report.add(expectationFindings(passport, asked))
    const scored = passport === null ? null : await walkPassport(passport, inquiry, methods, report)
    report.add([...coverageFindings(policy), ...timeFindings(policy)])
    const findings = conclude(report, inquiry)
    const outcome = outcomeOf(findings)
    const common = { ...frame, ...report.statusAsOf, chain: report.chain(inquiry.documents.all) }
    if (outcome === 'accepted' && scored !== null) {
      const { score, explain } = scored
      return { battery, verdict: { ...common, outcome, score, findings }, explain }
    }
    return { battery, verdict: { ...common, ...withoutScore(findings) }, explain: null }
  }

  return {
    prepare,
    verifyPassport: async (bytes, asked) => (await judge(bytes, asked)).verdict,

    async verifyDelivery(bytes, asked) {
      const { verdict, battery } = await judge(bytes, asked)
      return { verdict, battery }
    },

    async explainPassport(bytes, asked) {
      const { verdict, battery, explain } = await judge(bytes, asked)
      return { verdict, battery, explanation: explain === null ? null : explain() }
    },

    async verifyCredential(bytes, asked = {}) {
      const { frame, input, inquiry, report } = await begin(bytes, asked)
      const [first] = input.documents
      if (first?.ok) {
        report.add(credentialExpectationFindings(first.secured, asked))
        await walkCredential(first.secured, inquiry, methods, report)
      } else if (first !== undefined) report.add(first.findings)
      return credentialVerdict(frame, inquiry, report)
    },

    async verifyAttestations(bytes, asked = {}) {
      assertNoExpectations(asked)
      const { frame, input, inquiry, report } = await begin(bytes, asked)
      const examiners = attestationExaminers(inquiry, methods)
      let found = false
      for (const document of input.documents) {
        if (!document.ok) report.add(document.findings)
        else if (isOfType(document.secured, 'RulebookAttestation')) {
          found = true
          await walkAttestation(document.secured, inquiry, examiners, report)
        } else if (isOfType(document.secured, 'CustodyAttestation')) {
          found = true
          await walkCustody(document.secured, inquiry, examiners, report)
        }
      }
      if (!found && input.findings.length === 0) report.add([nothingAttested()])
      return credentialVerdict(frame, inquiry, report)
    },
  }
}

/**
 * Verifies one passport. For many, `createVerifier` remembers what they share.
 *
 * @throws {TypeError} for a programmer's mistake, never for a bad credential
 */
export function verifyPassport(
  bytes: Uint8Array,
  policy: EffectivePolicy,
  deps: VerifierDeps & VerifyOptions,
): Promise<PassportVerdict> {
  return createVerifier({ ...deps, policy }).verifyPassport(bytes, deps)
}

/** Verifies one credential of any type and what it rests on. */
export function verifyCredential(
  bytes: Uint8Array,
  policy: EffectivePolicy,
  deps: VerifierDeps & VerifyOptions,
): Promise<CredentialVerdict> {
  return createVerifier({ ...deps, policy }).verifyCredential(bytes, deps)
}

interface Judged extends DeliveryVerdict {
  readonly explain: Scored['explain'] | null
}

function isPrepared(added: NonNullable<VerifyOptions['with']>): added is PreparedCredentials {
  return 'documents' in added
}

/** The passport of the input: the credential itself, or the first of a presentation. */
function passportOf(
  { documents: [first] }: DecodedInput,
  report: Report,
): SecuredCredential<'BatteryPassport'> | null {
  if (first === undefined) return null
  if (!first.ok) {
    report.add(first.findings)
    return null
  }
  if (isOfType(first.secured, 'BatteryPassport')) return first.secured
  report.add([
    finding('SCHEMA', {
      credential: first.secured.id,
      pointer: '/type',
      detail: 'The first credential must be the passport.',
      expected: 'BatteryPassport',
      found: first.secured.type,
      whose: 'holder',
      remedy: 'Send the passport, or a presentation whose first credential is the passport.',
    }),
  ])
  return null
}

function credentialVerdict(
  frame: Begun['frame'],
  inquiry: Inquiry,
  report: Report,
): CredentialVerdict {
  report.add(timeFindings(inquiry.policy))
  const findings = conclude(report, inquiry)
  const chain = report.chain(inquiry.documents.all)
  return { ...frame, ...report.statusAsOf, outcome: outcomeOf(findings), findings, chain }
}

function nothingAttested(): Finding {
  return finding('SCHEMA', {
    credential: '',
    pointer: '/verifiableCredential',
    detail: 'There is no attestation in it.',
    expected: 'at least one RulebookAttestation or CustodyAttestation',
    found: 'none',
    whose: 'holder',
    remedy: 'Send the attestations with the credentials they rest on.',
  })
}

import { randomUUID } from 'node:crypto'
import { formatInstant, type PassportSubject, type Score } from '@battery-passport/contexts'
import { referenceTo, signCredential, type Unsecured } from '@battery-passport/issuer'
import type { Signer } from '@battery-passport/keys'
import { evaluate } from '@battery-passport/rulebooks'
import {
  type Attestation,
  attestedAnswers,
  type Custody,
  methodLibrary,
  type Passport,
  type SecuredCredential,
  shareAssuranceOf,
} from '@battery-passport/verifier'
import type { Genuine } from './genuine.ts'

/** Who signs what no honest issuer of ours would: with a key of the demo, and the library alone. */
export interface Forger {
  readonly signer: Signer
  /** Seconds since the epoch. */
  readonly now: () => number
}

/** What is different in a forged passport; the rest is as in the genuine one. */
export interface PassportChange {
  readonly attestations?: readonly Attestation[]
  readonly custody?: readonly Custody[]
  readonly supplyChain?: PassportSubject['supplyChain']
  readonly credentialStatus?: Passport['credential']['credentialStatus']
  /** The score it claims instead of the one that follows. */
  readonly claim?: (score: Score) => Score
}

/**
 * A passport by the forger's key over other attestations or rows than the genuine one, with the
 * score that follows from them: apart from the fraud itself it is flawless.
 */
export async function forgePassport(
  { passport, attestations, custody }: Genuine,
  change: PassportChange,
  { signer, now }: Forger,
): Promise<Passport> {
  const rests = change.attestations ?? attestations
  const assured = change.custody ?? custody
  const { credential } = passport
  const subject: PassportSubject = {
    ...credential.credentialSubject,
    manufacturer: signer.did,
    supplyChain: change.supplyChain ?? credential.credentialSubject.supplyChain,
    attestations: rests.map(referenceTo),
    custody: assured.map(referenceTo),
  }
  const score = scoreOf(subject, rests, assured)
  const claim = change.claim ?? ((each: Score) => each)
  const unsecured: Unsecured<'BatteryPassport'> = {
    ...credential,
    id: `${credential.id}-${randomUUID()}`,
    issuer: signer.did,
    credentialSubject: { ...subject, score: claim(score) },
    credentialStatus: change.credentialStatus ?? credential.credentialStatus,
  }
  return signCredential('BatteryPassport', unsecured, { signer, created: formatInstant(now()) })
}

/** A statement by the forger's key that differs from a genuine one. */
export function forgeAttestation(
  { credential }: Attestation,
  change: (
    subject: Attestation['credential']['credentialSubject'],
  ) => Attestation['credential']['credentialSubject'],
  { signer, now }: Forger,
  credentialStatus = credential.credentialStatus,
): Promise<Attestation> {
  const unsecured: Unsecured<'RulebookAttestation'> = {
    ...credential,
    id: `urn:uuid:${randomUUID()}`,
    issuer: signer.did,
    credentialSubject: change(credential.credentialSubject),
    credentialStatus,
  }
  const created = formatInstant(now())
  return signCredential('RulebookAttestation', unsecured, { signer, created })
}

/** An accreditation by the forger's key that differs from a genuine one. */
export function forgeAccreditation(
  { credential }: SecuredCredential<'VerifierAccreditation'>,
  change: Partial<Unsecured<'VerifierAccreditation'>>,
  { signer, now }: Forger,
): Promise<SecuredCredential<'VerifierAccreditation'>> {
  const id = `urn:uuid:${randomUUID()}`
  const created = formatInstant(now())
  const unsecured = { ...credential, id, ...change }
  return signCredential('VerifierAccreditation', unsecured, { signer, created })
}

function scoreOf(
  subject: PassportSubject,
  attestations: readonly Attestation[],
  custody: readonly Custody[],
): Score {
  const { granularity, category, chemistry, supplyChain } = subject
  const lookup = methodLibrary({}).find(subject.score.method.digestMultibase)
  if (!lookup.ok) throw new TypeError(lookup.detail)
  const evaluation = evaluate({
    method: lookup.method,
    battery: { granularity, category, chemistry },
    supplyChain,
    attestations: attestations.map((each) => attestedAnswers(each)),
    shareAssurance: shareAssuranceOf(supplyChain, custody),
  })
  if (evaluation.outcome === 'evaluated') return evaluation.score
  throw new TypeError(`no score follows: ${evaluation.faults[0].detail}`)
}

import { VC_CONTEXT } from '@battery-passport/contexts'
import {
  type Attestation,
  type Custody,
  decodeInput,
  isOfType,
  type Passport,
  type SecuredCredential,
} from '@battery-passport/verifier'

/** A genuine presentation, taken apart. */
export interface Genuine {
  readonly passport: Passport
  /** What the passport rests on. */
  readonly others: readonly SecuredCredential[]
  readonly attestations: readonly Attestation[]
  readonly custody: readonly Custody[]
}

/** Takes a presentation apart, as anybody who holds it can. */
export function takeApart(presentation: Uint8Array): Genuine {
  const [passport, ...others] = decodeInput(presentation).documents.flatMap((each) =>
    each.ok ? [each.secured] : [],
  )
  if (passport === undefined || !isOfType(passport, 'BatteryPassport')) {
    throw new TypeError('the presentation of the demo does not begin with a passport')
  }
  const attestations = others.filter((each) => isOfType(each, 'RulebookAttestation'))
  const custody = others.filter((each) => isOfType(each, 'CustodyAttestation'))
  return { passport, others, attestations, custody }
}

/** The attestation about a facility under a rulebook. */
export function attestationOf(
  { attestations }: Genuine,
  facility: string,
  rulebook: string,
): Attestation {
  const found = attestations.find(({ credential: { credentialSubject: subject } }) => {
    return subject.id === facility && subject.rulebook.key === rulebook
  })
  if (found === undefined) throw new TypeError(`no attestation of ${facility} under ${rulebook}`)
  return found
}

/** The accreditation that an attestation rests on. */
export function accreditationOf(
  { others }: Genuine,
  attestation: Attestation,
): SecuredCredential<'VerifierAccreditation'> {
  const { digestMultibase } = attestation.credential.credentialSubject.accreditation
  const found = others.find((each) => each.digestMultibase === digestMultibase)
  if (found !== undefined && isOfType(found, 'VerifierAccreditation')) return found
  throw new TypeError(`the accreditation of ${attestation.id} is not in the presentation`)
}

/** A presentation of documents, the passport first. */
export function presentationOf(documents: readonly unknown[]): string {
  return JSON.stringify({
    '@context': [VC_CONTEXT],
    type: ['VerifiablePresentation'],
    verifiableCredential: documents,
  })
}

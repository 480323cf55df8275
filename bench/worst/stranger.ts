import { CONTEXTS, type CredentialType } from '@battery-passport/contexts'
import type { ProofForm, Signer } from '@battery-passport/keys'
import {
  type AnyCredential,
  Consortium,
  DATES,
  type Signed,
  seededSigner,
  signAnyway,
} from '../../test/support/consortium.ts'

/** When a credential of a stranger is signed and valid. */
type Dates = keyof Pick<
  typeof DATES,
  'accreditations' | 'attestations' | 'passport' | 'lists' | 'notices'
>

const DATES_OF: Readonly<Partial<Record<CredentialType, Dates>>> = {
  BatteryPassport: 'passport',
  BitstringStatusListCredential: 'lists',
  VerifierAccreditation: 'accreditations',
  RegisteredIdentity: 'accreditations',
  WithdrawalNotice: 'notices',
}

/**
 * Somebody whom no policy names: signs what it likes, as well as anybody could. What it signs has
 * its form and its signature, so that it is refused late.
 */
export class Stranger {
  readonly signer: Signer
  readonly name: string

  constructor(name: string, algorithm: 'Ed25519' | 'P-256' = 'Ed25519') {
    this.name = name
    this.signer = seededSigner(`worst cases, ${name}`, algorithm)
  }

  get did(): string {
    return this.signer.did
  }

  /** The id of something of it. */
  id(path: string): string {
    return `https://${this.name}.example/${path}`
  }

  sign<T extends CredentialType>(
    type: T,
    path: string,
    credentialSubject: object,
    {
      form,
      alter,
    }: { form?: ProofForm; alter?: (credential: AnyCredential) => AnyCredential } = {},
  ): Promise<Signed<T>> {
    const { created, validFrom, validUntil } = DATES[DATES_OF[type] ?? 'attestations']
    const hasStatus = type !== 'BitstringStatusListCredential' && type !== 'WithdrawalNotice'
    const unsigned: AnyCredential = {
      '@context': CONTEXTS,
      id: this.id(path),
      type: ['VerifiableCredential', type],
      issuer: this.did,
      validFrom,
      validUntil,
      credentialSubject,
      ...(hasStatus ? { credentialStatus: this.status(0) } : {}),
    }
    const by = { signer: this.signer, created, ...(form === undefined ? {} : { form }) }
    return signAnyway(type, unsigned, by, alter === undefined ? {} : { alter })
  }

  /** Two entries, in the two lists of a number. */
  status(number: number, index = '0'): readonly object[] {
    return (['revocation', 'suspension'] as const).map((statusPurpose) => ({
      type: 'BitstringStatusListEntry',
      statusPurpose,
      statusListIndex: index,
      statusListCredential: this.id(`${statusPurpose}/${number}`),
    }))
  }
}

/** What an honest subject says, to be taken up by a stranger. */
export function subjectOf(signed: Signed): Readonly<Record<string, unknown>> {
  const document: { readonly credentialSubject?: Readonly<Record<string, unknown>> } = {
    ...signed.document,
  }
  return document.credentialSubject ?? {}
}

/** Always the same parties, whose credentials are secured in one form. */
export function assembled(form: ProofForm = 'eddsa-jcs-2022'): Promise<Consortium> {
  return Consortium.assemble({ seed: 'worst cases', form })
}

import { type CredentialType, jcs } from '@battery-passport/contexts'
import { encodeProofValue, jcsHashData, type Signer } from '@battery-passport/keys'
import { type AnyCredential, type Signed, signedDocument } from '../../support/consortium.ts'

/** The document of a signed credential, with its proof. */
export function documentOf({ bytes }: Signed): AnyCredential & { readonly proof: object } {
  return JSON.parse(Buffer.from(bytes).toString())
}

/**
 * The same credential under a proof with other members, signed with `eddsa-jcs-2022` as it stands:
 * what a signer could make that no honest program would. An undefined member is left out.
 */
export function resealed<T extends CredentialType>(
  signed: Signed<T>,
  signer: Pick<Signer, 'sign'>,
  members: Readonly<Record<string, unknown>> = {},
): Promise<Signed<T>> {
  const { proof, ...unsecured } = documentOf(signed)
  return sealed(signed.type, unsecured, signer, { ...proof, ...members })
}

/** A credential under a proof with these members, whoever they name. */
export async function sealed<T extends CredentialType>(
  type: T,
  unsecured: AnyCredential,
  signer: Pick<Signer, 'sign'>,
  proof: Readonly<Record<string, unknown>>,
): Promise<Signed<T>> {
  const options = Object.fromEntries(
    Object.entries(proof).filter(([key, value]) => key !== 'proofValue' && value !== undefined),
  )
  const signature = await signer.sign(jcsHashData(jcs(options), jcs(unsecured)))
  const proofValue = encodeProofValue(signature)
  return signedDocument(type, { ...unsecured, proof: { ...options, proofValue } })
}

/** The parts of a compact JWT, decoded. */
export interface JwtParts {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
}

/** Takes the JWT of an enveloped credential apart. */
export function jwtParts({ bytes }: Signed): JwtParts {
  const [header = '', payload = ''] = Buffer.from(bytes).toString().split('.')
  return { header: decoded(header), payload: decoded(payload) }
}

/** A compact JWT of a header and a payload, or of their texts, signed as it stands. */
export async function compactJwt(
  header: object | string,
  payload: object | string,
  signer: Pick<Signer, 'sign'>,
): Promise<string> {
  const input = [header, payload]
    .map((part) => Buffer.from(typeof part === 'string' ? part : jcs(part)).toString('base64url'))
    .join('.')
  const signature = await signer.sign(new TextEncoder().encode(input))
  return `${input}.${Buffer.from(signature).toString('base64url')}`
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}

/**
 * The packages of Digital Bazaar ship no types: this much of them is used, in `json-ld.ts` and
 * `proofs/json-ld-hash.ts`. Nothing of it shows in an exported signature, so that the built package
 * does without this file.
 */

interface DigitalBazaarSigner {
  readonly id: string
  readonly algorithm: string
  sign(options: { readonly data: Uint8Array }): Promise<Uint8Array>
}

interface DigitalBazaarVerifier {
  readonly algorithm: string
  verify(options: { readonly data: Uint8Array; readonly signature: Uint8Array }): Promise<boolean>
}

/** What is hashed: a document, and a proof without its value. */
interface DigitalBazaarSigned {
  readonly document: object
  readonly proof: object
  readonly documentLoader: (url: string) => Promise<{ readonly document: unknown }>
}

interface DigitalBazaarVerifyData extends Partial<DigitalBazaarSigned> {
  readonly verificationMethod?: object
  readonly cryptosuite?: object
  readonly dataIntegrityProof: object
}

interface DigitalBazaarCryptosuite {
  readonly name: string
  canonize(input: object, options: object): Promise<string>
  createVerifier?(options: { readonly verificationMethod: object }): Promise<DigitalBazaarVerifier>
  readonly createVerifyData?: (options: DigitalBazaarVerifyData) => Promise<Uint8Array>
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: {
      readonly signer?: DigitalBazaarSigner
      readonly date?: string
      readonly cryptosuite: DigitalBazaarCryptosuite
    })
    createVerifyData(signed: DigitalBazaarSigned): Promise<Uint8Array>
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: DigitalBazaarCryptosuite
}

declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  export const cryptosuite: DigitalBazaarCryptosuite
}

declare module '@digitalbazaar/vc' {
  import type { DataIntegrityProof } from '@digitalbazaar/data-integrity'

  type Loader = (url: string) => Promise<{ readonly document: unknown }>

  export function issue(options: {
    readonly credential: object
    readonly suite: DataIntegrityProof
    readonly documentLoader: Loader
    readonly now: Date
  }): Promise<unknown>

  export function verifyCredential(options: {
    readonly credential: object
    readonly suite: DataIntegrityProof
    readonly documentLoader: Loader
    readonly controller: object
    readonly checkStatus: () => Promise<{ readonly verified: boolean }>
    readonly now: Date
    readonly maxClockSkew: number
  }): Promise<{ readonly verified: boolean; readonly error?: unknown }>
}

/** What the bench uses of the libraries it measures against, which ship no types. */

declare module '@digitalbazaar/vc' {
  import type { DataIntegrityProof } from '@digitalbazaar/data-integrity'

  interface LoadedDocument {
    readonly contextUrl: null
    readonly documentUrl: string
    readonly document: unknown
  }
  type DocumentLoader = (url: string) => Promise<LoadedDocument>

  interface VerifyOptions {
    readonly credential: object
    readonly suite: DataIntegrityProof
    readonly documentLoader: DocumentLoader
    readonly now?: Date
  }
  interface StatusResult {
    readonly verified: boolean
    readonly error?: unknown
    readonly results?: readonly { readonly status: boolean }[]
  }
  type CheckStatus = (options: VerifyOptions) => Promise<StatusResult>

  export const defaultDocumentLoader: DocumentLoader
  export function issue(options: {
    readonly credential: object
    readonly suite: DataIntegrityProof
    readonly documentLoader: DocumentLoader
  }): Promise<unknown>
  export function verifyCredential(
    options: VerifyOptions & { readonly checkStatus: CheckStatus },
  ): Promise<{
    readonly verified: boolean
    readonly error?: unknown
    readonly statusResult?: StatusResult
  }>
}

declare module '@digitalbazaar/vc-bitstring-status-list' {
  import type { CheckStatus } from '@digitalbazaar/vc'
  export const checkStatus: CheckStatus
}

declare module '@digitalbazaar/ed25519-multikey' {
  interface KeyPair {
    readonly id: string
    readonly controller: string
    readonly publicKeyMultibase: string
    signer(): {
      readonly id: string
      readonly algorithm: string
      sign(options: { readonly data: Uint8Array }): Promise<Uint8Array>
    }
  }
  export function generate(options?: { readonly controller?: string }): Promise<KeyPair>
}

declare module 'jsonld-signatures' {
  import type { DocumentLoader } from '@digitalbazaar/vc'

  const signatures: { extendContextLoader(documentLoader: DocumentLoader): DocumentLoader }
  // biome-ignore lint/style/noDefaultExport: that is how jsonld-signatures exports itself
  export default signatures
}

/** The size limits of the profile. Units: bytes of UTF-8 unless named otherwise. */
export interface Limits {
  readonly presentationBytes: number
  readonly presentationCredentials: number
  readonly credentialBytes: number
  readonly passportBytes: number
  readonly envelopedCredentialBytes: number
  readonly envelopedPassportBytes: number
  /** Nesting of objects and arrays, counted per credential. */
  readonly depth: number
  /** Values of any kind, counted per credential. */
  readonly nodes: number
  readonly arrayItems: number
  /** Members of one object: what its schema refuses is to be refused before it is built. */
  readonly objectMembers: number
  readonly attestations: number
  readonly stringBytes: number
  readonly encodedListBytes: number
  /** A timestamp in base64. */
  readonly timestampBytes: number
  /** Different documents under one id: the editions of a status list are the most there are. */
  readonly documentsOfOneId: number
  /** Accreditations between an attestation and its anchor. */
  readonly chainDepth: number
}

/** The limits the formats are defined with; a policy may only lower them. */
export const LIMITS: Limits = Object.freeze({
  presentationBytes: 4 * 1024 * 1024,
  presentationCredentials: 512,
  credentialBytes: 64 * 1024,
  passportBytes: 128 * 1024,
  envelopedCredentialBytes: 64 * 1024,
  envelopedPassportBytes: 192 * 1024,
  depth: 12,
  nodes: 10_000,
  arrayItems: 256,
  objectMembers: 256,
  attestations: 384,
  stringBytes: 8 * 1024,
  encodedListBytes: 32 * 1024,
  timestampBytes: 22 * 1024,
  documentsOfOneId: 16,
  chainDepth: 8,
})

/** Documents that are no credentials may be wider: a rulebook, a request, the settings of a service. */
export const DOCUMENT_LIMITS: Limits = Object.freeze({
  ...LIMITS,
  nodes: 200_000,
  arrayItems: 4096,
  objectMembers: 200_000,
})

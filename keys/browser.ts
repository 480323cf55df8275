/**
 * What of this package runs anywhere: reading keys and DIDs, checking proofs, JWTs and timestamps,
 * and securing with a signer that is handed in. It is all that a bundle for browsers gets; private
 * keys and their files stay outside.
 */
export type { ProofForm } from '@battery-passport/contexts'
export { BoundedCache } from './bounded-cache.ts'
export {
  checkDataIntegrity,
  type ProofCheck,
  type SecuredDocument,
  secureWithDataIntegrity,
} from './data-integrity.ts'
export {
  KEY_OF_SUITE,
  type ProofFault,
  type ProofFaultCode,
  type ProofOf,
  type ProofParts,
  type ProofReading,
  parseProof,
} from './data-integrity-proof.ts'
export {
  type CompactJwt,
  decodeJose,
  JOSE_ALGORITHMS,
  type JoseHeader,
  MAX_JWT_LENGTH,
} from './decode-jose.ts'
export { detached } from './detached.ts'
export {
  type Did,
  type DidUrl,
  type DidUrlParts,
  MAX_DID_KEY_LENGTH,
  MAX_DID_LENGTH,
  MAX_DID_URL_LENGTH,
  methodOf,
  parseDid,
  parseDidUrl,
} from './did.ts'
export {
  type DidDocument,
  didDocument,
  didKeyOf,
  type PublishedDidDocument,
  type UnusableMethod,
  type VerificationMethod,
} from './did-document.ts'
export { didKeyResolver } from './did-key-resolver.ts'
export { checkJcsSignature, jcsHashData } from './eddsa-jcs-2022.ts'
export type { Fetched, Fetcher } from './fetcher.ts'
export { checkJose, type JoseCheck, secureWithJose } from './jose.ts'
export type { ContextLoader } from './json-ld.ts'
export type { Ed25519Jwk, P256Jwk, PrivateJwk, PublicJwk } from './jwk.ts'
export { endsBy, hasBegun, listedMethod } from './listed-method.ts'
export {
  encodeMultikey,
  type KeyFault,
  type KeyRefusal,
  type KeyType,
  MAX_MULTIKEY_LENGTH,
} from './multikey.ts'
export { type Secured, secure } from './proof.ts'
export type { ProofRefusal } from './proof-refusal.ts'
export { decodeProofValue, encodeProofValue } from './proof-value.ts'
export { type AddProofOptions, addProof, type WithProof } from './proofs/add-proof.ts'
export { type AuthorisedKey, authorisedKey, type ProofPurpose } from './proofs/authorised-key.ts'
export { type CanonicalWork, canonicalWork, MAX_CANONICAL_WORK } from './proofs/canonical-work.ts'
export { clockSkewOf } from './proofs/clock-skew.ts'
export { parseDateTimeStamp } from './proofs/date-time-stamp.ts'
export { type ProblemDetails, type ProblemName, problem } from './proofs/problem-details.ts'
export {
  MAX_PROOFS,
  type ProofsVerification,
  type ProofVerification,
  type VerifyProofsOptions,
  verifyProofs,
} from './proofs/verify-proofs.ts'
export {
  type KeyReading,
  type PublicKey,
  publicKeyFromJwk,
  publicKeyFromMultikey,
} from './public-key.ts'
export { faultOfRdfc } from './rdfc-signature.ts'
export {
  type DidDocumentReading,
  MAX_VERIFICATION_METHODS,
  readDidDocument,
} from './read-did-document.ts'
export { resolveDid } from './resolve-did.ts'
export type { Resolution, Resolver } from './resolver.ts'
export { resolverByMethod } from './resolver-by-method.ts'
export { SecuringError, type SecuringFault } from './securing-error.ts'
export type { Signer } from './signer.ts'
export { type SignerName, signerName } from './signer-name.ts'
export { thumbprint } from './thumbprint.ts'
export { fromBase64, toBase64 } from './timestamp/base64.ts'
export {
  certificateBase64,
  MAX_CERTIFICATE_BYTES,
  readX509,
  type X509,
  type X509Reading,
} from './timestamp/certificate.ts'
export {
  checkTimestamp,
  type TimestampAuthority,
  type TimestampCheck,
} from './timestamp/check-timestamp.ts'
export { readDer } from './timestamp/der.ts'
export {
  type ObtainedTimestamp,
  obtainTimestamp,
  type TimestampSender,
  type TimestampSource,
} from './timestamp/obtain-timestamp.ts'
export { type TimestampRequest, timestampRequest } from './timestamp/timestamp-request.ts'
export {
  MAX_TIMESTAMP_BYTES,
  readTimestamp,
  type TimestampReading,
  type TimestampToken,
} from './timestamp/timestamp-token.ts'
export type { UnsecuredCredential } from './unsecured.ts'
export { verifySignature } from './verify-signature.ts'
export { MAX_WEB_DID_LENGTH, parseWebDid, type WebDidReading } from './web-did.ts'

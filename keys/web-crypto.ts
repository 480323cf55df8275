/**
 * Web Cryptography of the platform. A page that came over plain http has none: that is no fault of
 * any signature, so it is never answered as one.
 *
 * @throws {TypeError} where there is none
 */
export function webCrypto() {
  const crypto: Partial<typeof globalThis.crypto> | undefined = globalThis.crypto
  if (crypto?.subtle !== undefined) return crypto.subtle
  throw new TypeError(
    'Web Cryptography: expected crypto.subtle, found none. Serve the page over https or from localhost.',
  )
}

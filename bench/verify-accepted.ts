import type { Verifier, VerifyOptions } from '@battery-passport/verifier'

/** Verifies a passport that is right; the bench must not measure how fast it is refused. */
export async function verifyAccepted(
  verifier: Verifier,
  bytes: Uint8Array,
  options: VerifyOptions = {},
): Promise<void> {
  const { outcome, findings } = await verifier.verifyPassport(bytes, options)
  if (outcome === 'accepted') return
  throw new Error(`the verifier refused what is right: ${JSON.stringify(findings)}`)
}

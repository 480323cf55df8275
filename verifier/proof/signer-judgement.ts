import type { PublicKey } from '@battery-passport/keys'
import type { Finding } from '../findings/findings.ts'

/** Who signed it, or why that is not certain. */
export type Authenticity =
  | {
      readonly ok: true
      readonly key: PublicKey
      /** What stands against taking the signing time on the signer's word. */
      readonly doubts: readonly Finding[]
      /** Whether neither signer nor key has been distrusted or revoked since it signed. */
      readonly isGoodToday: boolean
    }
  | { readonly ok: false; readonly findings: readonly [Finding, ...Finding[]] }

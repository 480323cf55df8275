import type { PassportSubject } from '@battery-passport/contexts'

type Unscored<T> = T extends unknown ? Omit<T, 'score'> : never

/**
 * A passport as the rules look at it that bind attestations to its battery. None of them looks at
 * the score, so they can be asked before there is one.
 */
export interface UnscoredPassport {
  readonly id: string
  /** When it was or will be signed, seconds since the epoch. */
  readonly created: number
  readonly credential: { readonly credentialSubject: Unscored<PassportSubject> }
}

import { formatInstant } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { listKeysOf } from '../proof/covered-keys.ts'
import type { Accreditation } from '../reading/secured-credential.ts'

/** Which keys may sign for a DID, by thumbprint; null where any key of its DID may. */
export type ListKeys = ReadonlySet<string> | null

/** One who may say how the credentials of an issuer stand. */
export interface StatusSigner {
  readonly did: string
  readonly keys: ListKeys
  /** What it signed before does not count: seconds since the epoch; null: at any time. */
  readonly from: number | null
  /** Whether it signs status lists too: who accredited the issuer signs notices alone. */
  readonly signsLists: boolean
}

/** An anchor or a manufacturer speaks for itself, with any key of its DID. */
export function ownSigner(did: string): readonly StatusSigner[] {
  return [{ did, keys: null, from: null, signsLists: true }]
}

/**
 * Who speaks for an accredited body: itself with its listed keys, of any date, for it goes on
 * publishing its lists when its accreditation has ended; whom an accreditation names for the time
 * after the body; and who accredited it, by notices.
 *
 * @param pinned its accreditation
 * @param others more of its accreditations, which hold
 * @param above who speaks for the one that accredited it
 */
export function signersOf(
  pinned: Accreditation,
  others: readonly Accreditation[],
  above: readonly StatusSigner[],
): readonly StatusSigner[] {
  const { id: body } = pinned.credential.credentialSubject
  const accreditations = [pinned, ...others]
  const successors = accreditations.flatMap(({ credential, validity }): StatusSigner[] => {
    const { statusSuccessor } = credential.credentialSubject
    return statusSuccessor === undefined
      ? []
      : [{ did: statusSuccessor, keys: null, from: validity.from, signsLists: true }]
  })
  return [
    { did: body, keys: listKeysOf(accreditations), from: null, signsLists: true },
    ...successors,
    // Not those further up, who did not accredit this body.
    ...above.filter(({ signsLists }) => signsLists).map((each) => ({ ...each, signsLists: false })),
  ]
}

/** Why none of several signers signed something, or null if one did. */
export type NotSigned = 'issuer' | 'time' | 'key' | null

/** Whether something was signed by one who may: by its issuer, its time, and its key if known. */
export function notSigned(
  { issuer, created }: { readonly issuer: string; readonly created: number },
  signers: readonly StatusSigner[],
  key: PublicKey | null,
): NotSigned {
  const named = signers.filter(({ did }) => did === issuer)
  if (named.length === 0) return 'issuer'
  const inTime = named.filter(({ from }) => from === null || from <= created)
  if (inTime.length === 0) return 'time'
  if (key === null) return null
  return inTime.some(({ keys }) => keys === null || keys.has(key.thumbprint)) ? null : 'key'
}

/** The keys that one of several signers may use, for a reader. */
export function keysInWords(signers: readonly StatusSigner[], issuer: string): string {
  const keys = signers.flatMap((each) => (each.did === issuer ? [...(each.keys ?? [])] : []))
  return `one of ${[...new Set(keys)].join(', ')}`
}

/** From when on a successor may sign, for a reader. */
export function startInWords(signers: readonly StatusSigner[], issuer: string): string {
  const starts = signers.flatMap(({ did, from }) => (did === issuer && from !== null ? [from] : []))
  return `not before ${formatInstant(Math.min(...starts))}`
}
